import bidiModule, { type Bidi, type BidiCharTypeName } from 'bidi-js';

// The package's types describe an ES module while Node loads a CommonJS one, whose value is the factory itself.
const bidi = (bidiModule as unknown as () => Bidi)();

/** Resolved embedding levels, one per UTF-16 unit; odd is right to left. `base` is the paragraph's own level. */
export type BidiLevels = { readonly levels: Uint8Array; readonly base: number };

// Everything that can raise a level: right-to-left blocks, Arabic digits, and the explicit controls.
const RIGHT_TO_LEFT = /[\u0590-\u08FF\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFE]|[\uD802\uD803\uD83A\uD83B]/;
const ASTRAL = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** A two-unit stand-in of the same bidi class, for a library that looks at UTF-16 units one by one. */
const STAND_INS: Partial<Record<BidiCharTypeName, string>> = {
  R: '\u05D0\u05D0',
  AL: '\u0627\u0627',
  EN: '11',
  AN: '\u0660\u0660',
  NSM: '\u0300\u0300',
  BN: '\u00AD\u00AD',
  ON: '!!',
  ET: '##',
};

const inBasicPlane = (text: string): string => text.replace(ASTRAL, (pair) => STAND_INS[bidi.getBidiCharTypeName(pair)] ?? 'aa');

/** Unicode bidirectional algorithm (UAX 9) up to rule I2 for one paragraph, without line breaks in it. */
export const bidiLevels = (paragraph: string, direction: 'auto' | 'ltr' | 'rtl'): BidiLevels => {
  if (direction !== 'rtl' && !RIGHT_TO_LEFT.test(paragraph)) return { levels: new Uint8Array(paragraph.length), base: 0 };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(inBasicPlane(paragraph), direction === 'auto' ? undefined : direction);
  return { levels, base: paragraphs[0]?.level ?? (direction === 'rtl' ? 1 : 0) };
};

/** Rule L2: the order in which runs with these levels stand on the line, left to right. */
export const visualOrder = (levels: readonly number[]): readonly number[] => {
  const order = levels.map((_, index) => index);
  const highest = Math.max(0, ...levels);
  const lowestOdd = Math.min(...levels.filter((level) => level % 2 === 1));
  for (let level = highest; level >= lowestOdd; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from;
      while (to < order.length && (levels[to] ?? 0) >= level) to++;
      if (to - from > 1) order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  }
  return order;
};
