import { fileURLToPath } from 'node:url';
import { openFontLibrary } from '../../../src/drivers/resources/font-library.ts';
import { type DesignSpec, parseDesignSpec } from '../../../src/model/design-spec.ts';
import { parseProduct } from '../../../src/model/product.ts';
import { STANDARD_SHOP } from '../../../src/model/shop.ts';
import { measurePlacement } from '../../../src/scene/area.ts';
import { fontsOfBook } from '../../../src/scene/book/book-fonts.ts';
import { type ComposedBook, composeBook } from '../../../src/scene/book/compose-book.ts';
import { openHyphenation } from '../../../src/scene/book/hyphenation.ts';
import type { GlyphsNode, Scene } from '../../../src/scene/scene.ts';
import { FontSet } from '../../../src/scene/text/font-set.ts';
import { nodesOf } from '../../../src/scene/walk.ts';

const FONTS = fileURLToPath(new URL('../../../fonts', import.meta.url));

/** A book of 120 x 160 mm that takes 4 to 64 pages in steps of 2. */
export const BOOK_PRODUCT = parseProduct({
  id: 'book',
  name: 'Book',
  placements: [
    {
      id: 'pages',
      label: 'Pages',
      width: 120,
      height: 160,
      bleed: 3,
      safe: 5,
      pages: { min: 4, max: 64, multiple: 2, gutter: 10 },
      methods: { 'paper-print': {} },
    },
  ],
});

const FRAME = { top: 20, bottom: 20, inner: 20, outer: 15 };

/** Composes a book as an order would have it, with the bundled fonts. */
export const composePages = async (book: Readonly<Record<string, unknown>>, pages?: number): Promise<ComposedBook> => {
  const spec: DesignSpec = parseDesignSpec({
    product: 'book',
    ...(pages === undefined ? {} : { pages }),
    placements: [{ placement: 'pages', method: 'paper-print', book: { masters: { page: { frames: [FRAME] } }, ...book } }],
  });
  const [one] = spec.placements;
  const [placement] = BOOK_PRODUCT.placements;
  if (!one?.book || !placement?.pages) throw new Error('expected a book');
  const library = await openFontLibrary(FONTS);
  const requests = fontsOfBook(one.book, '').map(({ request }) => request);
  const fonts = await FontSet.open(await Promise.all(requests.map(async (request) => ({ request, file: await library.find(request) }))));
  const missing = (source: string): never => {
    throw new Error(`expected no picture, got ${source}`);
  };
  try {
    const resources = { fonts, image: missing, drawing: missing, hyphenation: await openHyphenation(one.book.language) };
    const place = measurePlacement(BOOK_PRODUCT, placement, spec, STANDARD_SHOP);
    return composeBook({ ...one, book: one.book }, place, placement.pages, pages, resources, '/placements/0');
  } finally {
    fonts.dispose();
  }
};

export const glyphsOf = ({ nodes }: Scene): readonly GlyphsNode[] =>
  nodesOf(nodes).flatMap((node) => (node.kind === 'glyphs' ? [node] : []));

/** What is printed, line by line: glyph runs that stand on one baseline, from left to right. */
export const linesOf = (
  scene: Scene,
): readonly { readonly y: number; readonly text: string; readonly left: number; readonly right: number }[] => {
  const rows = new Map<number, GlyphsNode[]>();
  for (const node of glyphsOf(scene)) {
    const y = Math.round((node.glyphs[0]?.at[5] ?? 0) * 100) / 100;
    rows.set(y, [...(rows.get(y) ?? []), node]);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([y, row]) => {
      const xs = row.flatMap(({ glyphs }) => glyphs.map(({ at }) => at[4]));
      return { y, text: row.map(({ text }) => text).join(''), left: Math.min(...xs), right: Math.max(...xs) };
    });
};

/** Letters alone, as they stand on the pages in reading order. */
export const lettersOfPages = ({ pages }: ComposedBook): string =>
  pages
    .flatMap(({ scene }) => glyphsOf(scene))
    .map(({ text }) => text)
    .join('');

export const onlyLetters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

const WORDS =
  'the keeper counted seven stars and an extraordinary whale carried everybody home across the archipelago before breakfast while understanding nothing'.split(
    ' ',
  );

/** Running text of so many words, the same for the same seed. */
export const proseOf = (words: number, seed = 1): string => {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: words }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
};
