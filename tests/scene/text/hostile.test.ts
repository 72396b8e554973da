import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../../src/model/text-layer.ts';
import { layoutText } from '../../../src/scene/text/layout-text.ts';
import { codesOf, fontOf, fonts, type LayerInput, layOut, textLayer } from './bundled-fonts.ts';

/** Every number a renderer would read. */
const allFinite = (layout: ReturnType<typeof layOut>): boolean =>
  layout.nodes.every((node) => {
    if (node.kind === 'glyphs') return node.glyphs.every(({ at }) => at.every(Number.isFinite));
    return node.kind !== 'path' || node.path.coords.every(Number.isFinite);
  });

const full = (unit: string): string => unit.repeat(Math.floor(MAX_TEXT_LENGTH / unit.length));

describe('hostile text', () => {
  it('refuses a megabyte in one line, at the schema and again in the engine', () => {
    expect(() => textLayer({ text: 'x'.repeat(1_000_000) })).toThrowError();
    const layout = layoutText({ ...textLayer({ text: '' }), text: 'x'.repeat(1_000_000) }, { widthMm: 50, heightMm: 20 }, fonts, '/x');
    expect([layout.nodes, codesOf(layout)]).toEqual([[], ['text.too-long']]);
  });

  it('cuts zalgo down to ten marks and says so', () => {
    const layout = layOut({ text: `a${'\u0301'.repeat(9000)}`, font: fontOf('sans'), size: 10 });
    expect(codesOf(layout)).toContain('text.marks-removed');
    expect(layout.ink?.height).toBeLessThan(80);
  });

  it('strips overrides, NUL and lone surrogates, and says so', () => {
    const layout = layOut({ text: 'ab\u0000c\u202Ed\uD800' });
    expect(codesOf(layout)).toEqual(['text.characters-removed']);
    expect(layout.nodes.map((node) => (node.kind === 'glyphs' ? node.text : ''))).toEqual(['abcd']);
  });

  const worst: Readonly<Record<string, LayerInput>> = {
    'one endless word to shrink': { text: full('M'), fit: { mode: 'shrink' } },
    'ten thousand empty lines': { text: full('\n'), fit: { mode: 'wrap-shrink' } },
    'words to wrap, shrink and balance': { text: full('lorem ipsum '), fit: { mode: 'wrap-shrink', minSize: 0.5, balance: true } },
    'nested isolates and brackets': { text: full('\u2067a(['), font: [fontOf('sans')] },
    'Arabic to wrap and shrink': {
      text: full('محمد عبد الله 12 '),
      font: [fontOf('arabic'), fontOf('sans')],
      fit: { mode: 'wrap-shrink', minSize: 1 },
    },
    'Thai without spaces': { text: full('ภาษาไทย'), font: fontOf('thai'), fit: { mode: 'wrap-shrink', minSize: 1 } },
    'flags without end': { text: full('🇩🇪'), fit: { mode: 'wrap' } },
    'a joiner chain': { text: full('👨\u200D'), fit: { mode: 'wrap' } },
    'a page of outlines': { text: full('lorem '), outlines: [{ width: 1, colour: '#ff0000' }], fit: { mode: 'wrap' } },
    'a page on an arc': { text: full('M'), fit: { mode: 'shrink' }, placement: { kind: 'arc', radius: 30 } },
    'Arabic bent along a path': {
      text: full('محمد'),
      font: fontOf('arabic'),
      fit: { mode: 'shrink' },
      placement: { kind: 'path', d: 'M0 0 C 30 40 60 40 80 0' },
    },
  };

  for (const [name, layer] of Object.entries(worst)) {
    it(`answers ${name} with finite numbers`, () => {
      const layout = layOut({ size: 4, ...layer });
      expect(allFinite(layout)).toBe(true);
      expect(layout.nodes.length + layout.findings.length).toBeGreaterThan(0);
    });
  }

  it('refuses effects on more letters than a design has', () => {
    expect(codesOf(layOut({ text: full('lorem '), size: 1, fit: { mode: 'wrap' }, shadow: {} }))).toContain('text.too-complex');
  });

  it('never throws for any string in any placement', () => {
    const placement = fc.constantFrom<NonNullable<LayerInput['placement']>>(
      { kind: 'straight' },
      { kind: 'arc', sag: 5 },
      { kind: 'circle' },
      { kind: 'wave' },
      { kind: 'vertical' },
      { kind: 'vertical', latin: 'stacked' },
      { kind: 'envelope', shape: 'arch' },
      { kind: 'path', d: 'M0 20 L40 0 Z' },
    );
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(text, placement, fc.constantFrom('fixed', 'shrink', 'wrap', 'wrap-shrink'), (value, where, mode) => {
        const layout = layOut({ text: value, font: [fontOf('sans'), fontOf('arabic')], placement: where, fit: { mode: mode as 'fixed' } });
        expect(allFinite(layout)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
