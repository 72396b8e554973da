import bidiModule, { type Bidi } from 'bidi-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bidiLevels, visualOrder } from '../../../src/scene/text/bidi.ts';
import { fontOf, layOut } from './bundled-fonts.ts';

const reference = (bidiModule as unknown as () => Bidi)();

/** The characters in the order they stand on the line, by our levels and ordering. */
const shown = (text: string, direction: 'auto' | 'ltr' | 'rtl' = 'auto'): string => {
  const { levels } = bidiLevels(text, direction);
  return visualOrder([...levels])
    .map((index) => text.charAt(index))
    .join('');
};

describe('bidiLevels', () => {
  it('keeps the digits of a year after an Arabic name in order', () => {
    expect(shown('محمد 2026')).toBe('2026 دمحم');
  });

  it('sets an English name inside Hebrew from left to right, with its punctuation', () => {
    expect(shown('שלום John Smith, 12!')).toBe('!John Smith, 12 םולש');
  });

  it('sets Hebrew inside English from right to left', () => {
    expect(shown('hello שלום עולם!')).toBe('hello םלוע םולש!');
  });

  it('takes the direction of a paragraph from its first letter unless told', () => {
    expect([bidiLevels('12 אב', 'auto').base, bidiLevels('12 ab', 'auto').base, bidiLevels('ab', 'rtl').base]).toEqual([1, 0, 1]);
  });

  it('honours isolates', () => {
    expect(shown('a \u2067א b ג\u2069 c').replace(/[\u2067\u2069]/g, '')).toBe('a ג b א c');
  });

  it('reads right-to-left letters beyond the basic plane', () => {
    const adlam = '\u{1E900}\u{1E901}';
    expect([...bidiLevels(`${adlam}1`, 'auto').levels]).toEqual([1, 1, 1, 1, 2]);
  });

  it('leaves emoji neutral', () => {
    expect([...bidiLevels('א😀ב', 'auto').levels]).toEqual([1, 1, 1, 1]);
    expect([...bidiLevels('a😀b', 'auto').levels]).toEqual([0, 0, 0, 0]);
  });

  it('orders any mixture as the reference implementation does', () => {
    const char = fc.constantFrom(
      'a',
      'B',
      '1',
      '2',
      ' ',
      '.',
      ',',
      '-',
      '+',
      '%',
      '(',
      ')',
      '[',
      ']',
      'א',
      'ב',
      'م',
      'د',
      '٣',
      '\u2067',
      '\u2068',
      '\u2069',
      '\u200F',
    );
    fc.assert(
      fc.property(fc.array(char, { minLength: 1, maxLength: 24 }), (chars) => {
        // White space at the end of a line is not part of it here, so the rule for it never applies.
        const text = `${chars.join('')}x`;
        const expected = reference.getReorderedIndices(text, reference.getEmbeddingLevels(text));
        expect(visualOrder([...bidiLevels(text, 'auto').levels])).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
});

describe('layoutText with mixed directions', () => {
  const arabic = { font: [fontOf('arabic'), fontOf('sans')], size: 8 };

  it('mirrors brackets in right-to-left text', () => {
    const [open] = layOut({ ...arabic, text: '(' }).nodes;
    const rtl = layOut({ ...arabic, text: '(محمد)' }).nodes.flatMap((node) => (node.kind === 'glyphs' ? node.glyphs : []));
    const leftmost = [...rtl].sort((a, b) => a.at[4] - b.at[4])[0];
    expect(open?.kind === 'glyphs' && open.glyphs[0]?.glyph).toBe(leftmost?.glyph);
  });

  it('gives a node its text in reading order', () => {
    const texts = layOut({ ...arabic, text: 'محمد 2026' }).nodes.flatMap((node) => (node.kind === 'glyphs' ? [node.text] : []));
    expect(texts).toEqual(['محمد 2026']);
  });

  it('aligns start to the right in a right-to-left paragraph and to the left in the other', () => {
    const right = layOut({ ...arabic, text: 'محمد', align: 'start' }).ink;
    const left = layOut({ ...arabic, text: 'Amelie', align: 'start' }).ink;
    expect((right?.x ?? 0) + (right?.width ?? 0)).toBeGreaterThan(78);
    expect(left?.x).toBeLessThan(2);
  });

  it('justifies right-to-left lines to both edges and leaves the last at the right', () => {
    const text = 'نص عربي طويل يلتف على عدة أسطر لكي نرى المحاذاة من اليمين والضبط الكامل';
    const layout = layOut({ ...arabic, text, align: 'justify', fit: { mode: 'wrap' }, size: 6 });
    expect(layout.lines).toBeGreaterThan(1);
    expect(layout.ink?.x).toBeLessThan(1.5);
    expect((layout.ink?.x ?? 0) + (layout.ink?.width ?? 0)).toBeGreaterThan(78.5);
  });
});
