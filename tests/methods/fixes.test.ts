import { afterAll, describe, expect, test } from 'vitest';
import { applyFixes } from '../../src/model/apply-fixes.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { FINDING_ENTRIES } from '../../src/model/findings/finding-catalogue.ts';
import { openBundledResources } from '../support/bundled-resources.ts';
import { type OnePlacement, ofCode, preflight, specOf } from './support/preflight.ts';

const resources = await openBundledResources();
afterAll(() => resources.close());

const text = (more: object) => ({ type: 'text', text: 'MIRA', font: { family: 'Lora', weight: 700 }, size: '30mm', ...more });
const rect = (fill: unknown, x: number, y: number, more: object = {}) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width: 60, height: 40 },
  ...more,
});
const swatch = (id: string, palette: string) => ({ swatch: id, palette });
const glow = {
  radial: {
    stops: [
      { offset: 0, colour: '#ff8800' },
      { offset: 1, colour: '#ff8800', opacity: 0 },
    ],
  },
};

type Case = { readonly code: string; readonly what: string; readonly bad: OnePlacement; readonly set: Readonly<Record<string, unknown>> };

const TEE = { product: 'crew-tee', variant: { colour: 'black' } } as const;

const CASES: readonly Case[] = [
  {
    code: 'stroke.thin',
    what: 'a line that film does not hold',
    bad: {
      ...TEE,
      method: 'dtf',
      layers: [rect('#ffffff', 20, 20), { ...rect(undefined, 20, 80), fill: undefined, stroke: { paint: '#ffffff', width: 0.2 } }],
    },
    set: { '/placements/0/layers/1/stroke/width': 0.36 },
  },
  {
    code: 'art.unsafe',
    what: 'a name too near to the cut',
    bad: { layers: [text({ box: { x: 1, y: 200, width: 120, height: 40 }, align: 'left' }), rect('#204060', 100, 20)] },
    set: { '/placements/0/layers/0/box/x': expect.closeTo(3.6, 1) },
  },
  {
    code: 'spot.unknown',
    what: 'a cut line spelled in another way',
    bad: {
      settings: { spots: ['CutContour', 'White'] },
      layers: [
        rect({ spot: 'Cut Contour', alternate: '#ff00ff' }, 40, 40),
        text({ fill: { spot: 'Cut Contour', alternate: '#ff00ff' }, box: { x: 40, y: 200, width: 200, height: 50 } }),
      ],
    },
    set: { '/placements/0/layers/0/fill/spot': 'CutContour', '/placements/0/layers/1/fill/spot': 'CutContour' },
  },
  {
    code: 'spot.is-tool',
    what: 'a cut line that nobody said is one',
    bad: {
      layers: [
        { ...rect({ spot: 'CutContour', alternate: '#ff00ff' }, 60, 60), shape: { kind: 'ellipse' } },
        { ...rect('#204060', 75, 70), box: { x: 75, y: 70, width: 30, height: 20 } },
      ],
    },
    set: { '/placements/0/settings/finishing': [{ spot: 'CutContour', step: 'cut' }] },
  },
  {
    code: 'spot.twins',
    what: 'one ink spelled in two ways',
    bad: {
      layers: [rect({ spot: 'PLATEN 200 C', alternate: '#aa2233' }, 40, 40), rect({ spot: 'Platen 200', alternate: '#aa2233' }, 140, 40)],
    },
    set: { '/placements/0/layers/1/fill/spot': 'PLATEN 200 C' },
  },
  {
    code: 'alpha.soft',
    what: 'a glow on film',
    bad: { ...TEE, method: 'dtf', layers: [{ ...rect(glow, 40, 40), box: { x: 40, y: 40, width: 120, height: 120 } }] },
    set: { '/placements/0/settings/fades': 'halftone' },
  },
  {
    code: 'text.rich-black',
    what: 'a caption in four inks',
    bad: { layers: [text({ size: '8pt', fill: '#101418', box: { x: 40, y: 200, width: 100, height: 10 } }), rect('#204060', 100, 20)] },
    set: { '/placements/0/layers/0/fill': '#000000' },
  },
  {
    code: 'text.rich-black',
    what: 'a word of a caption in four inks',
    bad: {
      layers: [
        {
          ...text({ size: '8pt', box: { x: 40, y: 200, width: 100, height: 10 } }),
          text: undefined,
          runs: [
            { text: 'MI', fill: { cmyk: [60, 40, 40, 100] } },
            { text: 'RA', fill: '#c3232e' },
          ],
        },
        rect('#204060', 100, 20),
      ],
    },
    set: { '/placements/0/layers/0/runs/0/fill': '#000000' },
  },
  {
    code: 'colours.too-many',
    what: 'four inks where three are printed',
    bad: {
      ...TEE,
      method: 'screen-print',
      settings: { maxColours: 3 },
      layers: ['white', 'bright-red', 'yellow', 'gold'].map((id, i) => rect(swatch(id, 'inks'), 20, 20 + 60 * i)),
    },
    set: { '/placements/0/settings/inks': ['gold', 'bright-red', 'white'] },
  },
  {
    code: 'colours.too-many',
    what: 'five vinyls where three are pressed',
    bad: {
      ...TEE,
      method: 'vinyl',
      settings: { maxLayers: 3 },
      layers: [
        rect(swatch('white', 'vinyls'), 20, 20, { box: { x: 20, y: 20, width: 200, height: 100 } }),
        rect(swatch('red', 'vinyls'), 20, 140, { box: { x: 20, y: 140, width: 100, height: 100 } }),
        rect(swatch('maroon', 'vinyls'), 140, 140),
        rect(swatch('yellow', 'vinyls'), 20, 260, { box: { x: 20, y: 260, width: 100, height: 100 } }),
        text({ fill: swatch('athletic-gold', 'vinyls'), box: { x: 140, y: 260, width: 160, height: 60 } }),
      ],
    },
    set: {
      '/placements/0/layers/2/fill': expect.objectContaining({ spot: 'Vinyl Red' }),
      '/placements/0/layers/4/fill': expect.objectContaining({ spot: 'Vinyl Yellow' }),
    },
  },
];

describe('a fix', () => {
  test.each(CASES)('mends $code and nothing else: $what', async ({ code, bad, set }) => {
    const spec = specOf(bad);
    const findings = await preflight(spec, resources);
    const [finding] = ofCode(findings, code);
    expect(Object.fromEntries(finding?.autofix?.set.map(({ pointer, value }) => [pointer, value]) ?? [])).toEqual(set);

    const { spec: fixed, applied } = applyFixes(spec, findings, [code]);
    expect(applied.length).toBeGreaterThan(0);
    const left = await preflight(parseDesignSpec(fixed), resources);
    expect(ofCode(left, code).filter(({ severity }) => severity !== 'info')).toEqual([]);
    // What was said before about anything else is said still, and nothing that stops the order has come.
    expect(left.filter(({ severity }) => severity === 'error').map((one) => one.code)).toEqual(
      findings.filter((one) => one.severity === 'error' && one.code !== code).map((one) => one.code),
    );
    const places = changed(spec, fixed);
    expect(places.filter((pointer) => !Object.keys(set).some((one) => pointer.startsWith(one)))).toEqual([]);
    expect(Object.keys(set).filter((one) => !places.some((pointer) => pointer.startsWith(one)))).toEqual([]);
  });

  test('is proven here for every code whose page promises one', () => {
    const promised = FINDING_ENTRIES.filter(({ autofix }) => autofix).map(({ code }) => code);
    const elsewhere = ['text.overflow', 'bleed.missing'];
    expect([...new Set(CASES.map(({ code }) => code)), ...elsewhere].sort()).toEqual([...promised].sort());
  });

  test('is not offered where it would be a guess', async () => {
    const unsafe = async (layer: object) => ofCode(await preflight(specOf({ layers: [layer] }), resources), 'art.unsafe')[0];
    expect(await unsafe(text({ size: '200mm', fit: { mode: 'shrink' }, box: { x: 1, y: 100, width: 295, height: 300 } }))).toMatchObject({
      code: 'art.unsafe',
    });
    expect(
      await unsafe(text({ size: '200mm', fit: { mode: 'shrink' }, box: { x: 1, y: 100, width: 295, height: 300 } })),
    ).not.toHaveProperty('autofix');
    expect(await unsafe(text({ align: 'left', valign: 'top' }))).not.toHaveProperty('autofix');

    // A name on its ribbon is not pulled off it.
    const ribbon = [rect('#204060', 1, 200), text({ size: '10mm', fill: '#ffffff', box: { x: 1, y: 200, width: 60, height: 40 } })];
    const pulled = ofCode(await preflight(specOf({ layers: ribbon }), resources), 'art.unsafe');
    expect(pulled.length).toBeGreaterThan(0);
    expect(pulled.filter(({ autofix }) => autofix)).toEqual([]);

    // Merging black into purple would make other art of it.
    const far = ['#c3232e', '#18181a', '#f6d53a', '#1f4633'].map((fill, i) => rect(fill, 20, 20 + 60 * i));
    const many = await preflight(
      specOf({ ...TEE, variant: { colour: 'white' }, method: 'vinyl', settings: { maxLayers: 2 }, layers: far }),
      resources,
    );
    expect(ofCode(many, 'colours.too-many')).toHaveLength(1);
    expect(ofCode(many, 'colours.too-many')[0]).not.toHaveProperty('autofix');

    const drawn = {
      type: 'svg',
      source: `data:image/svg+xml,${encodeURIComponent(HAIRLINE)}`,
      box: { x: 40, y: 40, width: 100, height: 100 },
    };
    const [thin] = ofCode(await preflight(specOf({ ...TEE, method: 'dtf', layers: [drawn] }), resources), 'stroke.thin');
    expect(thin).toMatchObject({ pointer: '/placements/0/layers/0' });
    expect(thin).not.toHaveProperty('autofix');
  });
});

const HAIRLINE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M10 10H90V90H10Z" fill="none" stroke="#fff" stroke-width="0.2"/></svg>';

/** Pointers of the values that differ. */
const changed = (one: unknown, other: unknown, at = ''): string[] => {
  if (isRecord(one) && isRecord(other))
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) => changed(one[key], other[key], `${at}/${key}`));
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [at];
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
