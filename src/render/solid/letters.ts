import type { GlyphsNode } from '../../scene/scene.ts';

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Scripts whose glyphs do not come in the order of their characters, one for each. */
const OTHER_ORDER = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Thai}]/u;

/**
 * The characters each glyph of a run stands for. Known where a run has one drawn glyph for each of its characters that are not blank; null
 * for the glyphs of other runs (ligatures, marks apart from their letters), which are better not named than named wrongly.
 */
export const lettersOf = ({ text, glyphs }: GlyphsNode): readonly (string | null)[] => {
  const inked = [...CHARACTERS.segment(text)].map(({ segment }) => segment).filter((one) => one.trim() !== '');
  const known = inked.length === glyphs.length && !OTHER_ORDER.test(text);
  return glyphs.map((_, i) => (known ? (inked[i] ?? null) : null));
};
