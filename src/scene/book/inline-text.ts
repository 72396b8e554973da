import type { BookInline } from '../../model/book.ts';
import type { FontChoice, TextRun } from '../../model/text-layer.ts';
import { fontsIn, markedFonts, type TextStyle } from './book-style.ts';
import type { Hyphenation } from './hyphenation.ts';

/** A piece of text with all that decides how it is set. */
export type Piece = { readonly text: string; readonly fonts: readonly FontChoice[]; readonly fill: TextRun['fill'] };

export const piecesOf = (text: BookInline, style: TextStyle): readonly Piece[] => {
  const list = typeof text === 'string' ? [text] : text;
  return list.map((one): Piece => {
    if (typeof one === 'string') return { text: one, fonts: style.font, fill: undefined };
    const fonts = one.font === undefined ? style.font : fontsIn(one.font);
    return { text: one.text, fonts: markedFonts(fonts, one), fill: one.fill };
  });
};

/** The characters of a text without its marks. */
export const plainText = (text: BookInline): string =>
  typeof text === 'string' ? text : text.map((one) => (typeof one === 'string' ? one : one.text)).join('');

export const runsOf = (pieces: readonly Piece[], divide: Hyphenation): TextRun[] =>
  pieces.map(({ text, fonts, fill }) => ({
    text: divide(text),
    sizeFactor: 1,
    baselineShift: 0,
    font: [...fonts],
    ...(fill === undefined ? {} : { fill }),
  }));

const OPENING = /^[\p{Ps}\p{Pi}"'¿¡]+/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The first letter with the quote before it, and the pieces without them; null for text that does not begin with a letter or digit. */
export const firstLetter = (pieces: readonly Piece[]): { readonly letter: Piece; readonly rest: readonly Piece[] } | null => {
  const [first, ...others] = pieces;
  if (!first) return null;
  const opening = OPENING.exec(first.text)?.[0] ?? '';
  const letter = segmenter.segment(first.text.slice(opening.length))[Symbol.iterator]().next().value?.segment ?? '';
  if (!/^[\p{L}\p{N}]/u.test(letter)) return null;
  const end = opening.length + letter.length;
  return { letter: { ...first, text: first.text.slice(0, end) }, rest: [{ ...first, text: first.text.slice(end) }, ...others] };
};
