import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakOpportunities } from '../../../src/scene/text/break-opportunities.ts';
import { clusterStarts } from '../../../src/scene/text/itemise.ts';
import { fontOf, layOut } from './bundled-fonts.ts';

const pieces = (text: string, locale = 'en'): readonly string[] => {
  const allowed = breakOpportunities(text, clusterStarts(text), locale);
  const cuts = [0, ...[...allowed.keys()].filter((at) => allowed[at] === 1), text.length];
  return cuts.slice(0, -1).map((at, i) => text.slice(at, cuts[i + 1]));
};

describe('breakOpportunities', () => {
  it('breaks after spaces and hyphens, not at no-break ones', () => {
    expect(pieces('Mary-Jane said hi')).toEqual(['Mary-', 'Jane ', 'said ', 'hi']);
    expect(pieces('10\u00A0mm wide\u2011ly')).toEqual(['10\u00A0mm ', 'wide\u2011ly']);
  });

  it('keeps closing punctuation with the word before and opening with the word after', () => {
    expect(pieces('「東京」です。')).toEqual(['「東', '京」', 'で', 'す。']);
  });

  it('finds Thai words by dictionary', () => {
    expect(pieces('ภาษาไทยไม่มีช่องว่าง', 'th')).toEqual(['ภาษา', 'ไทย', 'ไม่มี', 'ช่อง', 'ว่าง']);
  });

  it('never cuts a cluster', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(
      pieces(`${family}${family} 🇩🇪🇫🇷`)
        .filter((piece) => piece.includes('\u200D'))
        .every((piece) => piece.trim() === family),
    ).toBe(true);
  });

  it('allows a break at a soft hyphen', () => {
    expect(pieces('Donau\u00ADdampf')).toEqual(['Donau\u00AD', 'dampf']);
  });
});

describe('clusterStarts', () => {
  it('finds the clusters of UAX 29 in any text, by its short cut as by the long way', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const plain = fc.constantFrom('a', 'é', '’', '–', 'ж', 'Ω', 'ế', '東', 'が', 'ー', '「', '한', '！', ' ');
    const joining = fc.constantFrom('\u0301', '\u3099', '\u200D', '😀', '🇩', '\u1161', 'क', '्', '\uFE0F', 'ำ');
    const text = fc.oneof(
      fc.string({ unit: plain, maxLength: 12 }),
      fc.string({ unit: fc.oneof(plain, joining), maxLength: 12 }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(clusterStarts(value)).toEqual([...Array.from(segmenter.segment(value), ({ index }) => index), value.length]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('wrapping', () => {
  const text = 'The quick brown fox jumps over the lazy dog';

  it('fills lines to the width and never beyond', () => {
    const layout = layOut({ text, size: 6, fit: { mode: 'wrap' } }, 50, 60);
    expect(layout.lines).toBe(3);
    expect(layout.ink?.width).toBeLessThanOrEqual(50);
  });

  it('keeps hard line ends, empty lines included', () => {
    expect(layOut({ text: 'a\n\nb', size: 5 }).lines).toBe(3);
  });

  it('shows a hyphen where a word broke at its soft hyphen, and only there', () => {
    const glyphs = (width: number) =>
      layOut({ text: 'Donau\u00ADdampf', size: 6, fit: { mode: 'wrap' } }, width).nodes.flatMap((node) =>
        node.kind === 'glyphs' ? node.glyphs : [],
      );
    expect([glyphs(60).length, glyphs(25).length]).toEqual([10, 11]);
  });

  it('balances lines without adding any', () => {
    const [greedy, balanced] = [false, true].map((balance) =>
      layOut({ text, size: 6, align: 'left', fit: { mode: 'wrap', balance } }, 60, 60),
    );
    expect(balanced?.lines).toBe(greedy?.lines);
    expect(balanced?.ink?.width).toBeLessThan(greedy?.ink?.width ?? 0);
  });

  it('reports a word wider than the box instead of cutting it', () => {
    const layout = layOut({ text: 'Donaudampfschifffahrt', size: 12, fit: { mode: 'wrap' } }, 40, 40);
    expect(layout.findings).toMatchObject([{ code: 'text.overflow', unit: 'mm', required: 40 }]);
    expect(layout.nodes).toHaveLength(1);
  });

  it('sets Arabic the same on a line of its own as after a break', () => {
    const font = fontOf('arabic');
    const broken = layOut({ text: 'محمد علي', font, size: 20, fit: { mode: 'wrap' } }, 45, 80);
    const alone = layOut({ text: 'محمد\nعلي', font, size: 20 }, 45, 80);
    expect(broken.lines).toBe(2);
    expect(broken.nodes).toEqual(alone.nodes);
  });
});
