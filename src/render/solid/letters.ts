import type { GlyphsNode } from '../../scene/scene.ts';

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Scripts whose glyphs do not come in the order of their characters, one for each. */
const OTHER_ORDER = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Thai}]/u;

/** Letters that fonts draw as one glyph, by how many fonts do: each step adds to the ones before it. The longest come first. */
const LIGATURES: readonly RegExp[] = [/fi|fl/gu, /ffi|ffl|ff|fi|fl/gu, /ffi|ffl|fft|ffj|ff|fi|fl|ft|fj|tt|Th/gu];

/**
 * The characters each glyph of a run stands for; null for a ligature. Known where a run has one drawn glyph for each of its characters that are
 * not blank, or has so once the usual Latin ligatures are joined; null for all glyphs of other runs (marks apart from their letters, other
 * orders), which are better not named than named wrongly.
 */
export const lettersOf = ({ text, glyphs }: GlyphsNode): readonly (string | null)[] => {
  const inked = OTHER_ORDER.test(text) ? null : inkedParts(text, glyphs.length);
  return glyphs.map((_, i) => inked?.[i] ?? null);
};

/** Blanks taken out, one part for each of `count` glyphs; null where no way of joining letters gives so many. */
const inkedParts = (text: string, count: number): readonly (string | null)[] | null => {
  const apart = inkedCharacters(text);
  if (apart.length === count) return apart;
  for (const ligatures of LIGATURES) {
    // A private character keeps the place of the ligature.
    const joined = inkedCharacters(text.replaceAll(ligatures, LIGATURE));
    if (joined.length === count) return joined.map((one) => (one === LIGATURE ? null : one));
  }
  return null;
};

const LIGATURE = '\u{E000}';

const inkedCharacters = (text: string): readonly string[] =>
  [...CHARACTERS.segment(text)].map(({ segment }) => segment).filter((one) => one.trim() !== '');
