import type { Book, BookBlock } from '../../model/book.ts';
import type { FontRequest } from '../../model/resources.ts';
import type { FontChoice } from '../../model/text-layer.ts';
import { EMOJI_FONT, mayBeEmoji } from '../text/font-requests.ts';
import { fontsIn, styleOf } from './book-style.ts';
import { piecesOf, plainText } from './inline-text.ts';

type Wanted = { readonly request: FontRequest; readonly pointer: string };

const ofBlock = (book: Book, block: BookBlock): readonly FontRequest[] => {
  if (block.type !== 'paragraph' && block.type !== 'heading') return [];
  const style = styleOf(book, block.style);
  const fonts = piecesOf(block.text, style).flatMap((piece) => piece.fonts);
  const cap = block.type === 'paragraph' && block.dropCap && style.dropCap?.font ? fontsIn(style.dropCap.font) : [];
  return [...fonts, ...cap, ...(mayBeEmoji(plainText(block.text)) ? [EMOJI_FONT] : [])];
};

/** Every font that the text of a book is set in, with the pointer of a place that needs it. */
export const fontsOfBook = (book: Book, pointer: string): readonly Wanted[] => {
  const body = styleOf(book, 'body');
  const lines = Object.entries(book.masters).flatMap(([id, { folio, head }]) =>
    [folio, head].flatMap((line) =>
      line ? fontsIn(line.font ?? [...body.font]).map((request) => ({ request, pointer: `${pointer}/masters/${id}` })) : [],
    ),
  );
  const blocks = book.sections.flatMap((section, i) =>
    section.text.flatMap((block, j) =>
      ofBlock(book, block).map((request: FontChoice): Wanted => ({ request, pointer: `${pointer}/sections/${i}/text/${j}` })),
    ),
  );
  return [...lines, ...blocks];
};
