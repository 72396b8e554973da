import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../../src/model/problem.ts';
import { sceneFromJson, sceneToJson } from '../../../src/scene/scene-json.ts';
import { nodesOf } from '../../../src/scene/walk.ts';
import { composeLayers } from '../../support/compose-spec.ts';
import { SAMPLES, sampleOf } from './samples.ts';

/** Any script, any rubbish: letters, marks, emoji, control characters, lone surrogates, nothing. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    '\u202e',
    '\ud800',
    'مرحبا بالعالم',
    'नमस्ते',
    '東京',
    '👩‍👩‍👧 family',
    'é'.normalize('NFD'),
    'a\u0301\u0301\u0301',
    '-',
    '.',
  ),
);

/** The texts of each layer that a customer fills. */
const WITH_TEXT: Readonly<Record<string, (text: string) => object>> = {
  monogram: (text) => ({ letters: text }),
  'name-number': (text) => ({ name: text, number: text }),
  calendar: (text) => ({ names: { month: text, days: Array(7).fill(text) } }),
  coordinates: (text) => ({ place: text, date: text, letters: { north: text } }),
  'song-player': (text) => ({ title: text, artist: text }),
  'word-cloud': (text) => ({ words: [text, { text, weight: 3 }, 'word'] }),
  list: (text) => ({ items: [text, { label: text, value: text }], title: text }),
  signature: (text) => ({ name: text, caption: text }),
  handwriting: (text) => ({ text }),
};

/** Figures at the end of what is allowed. */
const EXTREMES: Readonly<Record<string, object>> = {
  monogram: { line: 10_000, gap: 0.5, middle: 3, double: true, frame: 'shield', vines: true, style: 'three' },
  'name-number': {
    nameHeight: 10_000,
    numberHeight: 10_000,
    gap: 10_000,
    letterSpacing: 2,
    digitSpacing: 2,
    embolden: { name: 10_000, number: 10_000 },
    arch: { sag: 10_000 },
    outlines: [{ width: 10_000, colour: '#000000' }],
  },
  calendar: { year: 9999, month: 12, weekNumbers: true, days: 'long', grid: 'boxes' },
  coordinates: { latitude: -90, longitude: 180, decimals: 6, lines: 'one' },
  'song-player': { elapsed: 359_999, length: 359_999, layout: 'bar', code: 'x'.repeat(2000) },
  'word-cloud': { gap: 10_000, minSize: 10_000, words: ['a', { text: 'b', weight: 0 }] },
  list: { items: 'x'.repeat(20_000), columns: 6, minSize: 10_000, leading: 4 },
  signature: { name: '.', pen: 10_000, ruleWidth: 10_000 },
  handwriting: { wildness: 1, drift: 10_000, slant: 30, size: 10_000 },
};
const types = Object.keys(WITH_TEXT);

const composed = async (type: string, more: object) => composeLayers({ layers: [sampleOf(type, more)] });

describe('a layer that lays itself out', () => {
  test('is here for every kind there is', () => {
    expect([...new Set(SAMPLES.map(({ layer }) => layer.type))].sort()).toEqual([...types].sort());
  });

  test.each(types)('%s takes any text: letters or findings, never an exception', async (type) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { scene, findings } = await composed(type, WITH_TEXT[type]?.(text) ?? {});
        for (const finding of findings) expect(finding.pointer).toMatch(/^\/placements\/0\/layers\/0/);
        expect(sceneFromJson(sceneToJson(scene))).toEqual(scene);
        if (findings.length === 0) expect(scene.nodes.length).toBeGreaterThan(0);
      }),
      { numRuns: 12 },
    );
  });

  test.each(types)('%s takes boxes of any size, and numbers as large as the schema lets them be', async (type) => {
    const length = fc.oneof(fc.double({ min: 0.001, max: 60, noNaN: true }), fc.constantFrom(0.001, 1, 9000));
    await fc.assert(
      fc.asyncProperty(length, length, fc.constantFrom({}, EXTREMES[type] ?? {}), async (width, height, more) => {
        const { findings } = await composed(type, { ...more, box: { x: 0, y: 0, width, height } });
        for (const finding of findings) expect(finding.pointer).toMatch(/^\/placements\/0\/layers\/0/);
      }),
      { numRuns: 10 },
    );
  });

  test.each(types)('%s says so when 500 characters do not fit', async (type) => {
    const long = type === 'word-cloud' ? 'abcdefghij'.repeat(50) : 'Abcde fghi '.repeat(46).slice(0, 500);
    const { findings } = await composed(type, {
      ...WITH_TEXT[type]?.(long),
      ...(type === 'handwriting' ? { size: 9, fit: { mode: 'shrink' } } : {}),
    });
    expect(findings.filter(({ severity }) => severity !== 'info')).not.toEqual([]);
  });

  test.each(types)('%s is the same for the same spec, and every node points home', async (type) => {
    const [one, two] = [await composed(type, {}), await composed(type, {})];
    expect(sceneToJson(one.scene)).toEqual(sceneToJson(two.scene));
    expect(one.findings).toEqual([]);
    for (const node of nodesOf(one.scene.nodes)) expect(node.pointer).toMatch(/^\/placements\/0\/layers\/0/);
  });

  test.each(types)('%s names the character that its font lacks', async (type) => {
    const { findings } = await composed(type, { ...WITH_TEXT[type]?.('ᚠ'), font: { family: 'Graduate' } });
    expect(findings.map(({ code }) => code)).toContain('text.glyph-missing');
  });

  test('refuses what is no such layer with the pointer of the mistake', async () => {
    const bad = composeLayers({ layers: [{ type: 'monogram', letters: 'A', font: { family: 'Lora' }, style: 'round' }] });
    await expect(bad.catch((error: unknown) => (isProblem(error) ? error.message : error))).resolves.toMatch(/style/);
  });
});
