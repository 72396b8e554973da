import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { openMemoryResources } from '../../src/drivers/resources/memory-resources.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { digestOf } from '../../src/model/digest.ts';
import { colourOf, colourSchema, paintSchema } from '../../src/model/paint.ts';
import { type Palette, parsePalette } from '../../src/model/palette.ts';
import { parseWith } from '../../src/model/parse.ts';
import { resolve, Unresolved } from '../../src/scene/resolve.ts';
import { swatchesIn, withPlates } from '../../src/scene/swatches.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { CARD } from '../support/compose-spec.ts';

const GOLD = { swatch: 'gold', palette: 'foils' };
const PLATE = { spot: 'Foil Gold', tint: 100, alternate: '#c9a04a' };

/** One layer of every kind, gold wherever a colour may stand. */
const EVERYWHERE = {
  product: 'card',
  placements: [
    {
      placement: 'front',
      method: 'paper-print',
      background: {
        linear: {
          stops: [
            { offset: 0, colour: GOLD },
            { offset: 1, colour: '#ffffff' },
          ],
        },
      },
      layers: [
        {
          type: 'text',
          font: { family: 'Lora' },
          runs: [{ text: 'A', fill: GOLD }],
          fill: {
            radial: {
              stops: [
                { offset: 0, colour: '#000000' },
                { offset: 1, colour: GOLD },
              ],
            },
          },
          outlines: [{ width: 1, colour: GOLD }],
          shadow: { colour: GOLD },
        },
        { type: 'svg', source: 'a.svg', recolour: { '#ff0000': GOLD } },
        { type: 'shape', shape: { kind: 'rect' }, fill: GOLD, stroke: { paint: GOLD, width: 1 } },
        { type: 'code', symbology: 'qr', value: 'x', colour: GOLD, background: GOLD },
        {
          type: 'group',
          layers: [
            {
              type: 'pattern',
              tile: { width: 9, height: 9 },
              layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: { ...GOLD, tint: 40 } }],
            },
          ],
        },
      ],
    },
  ],
  mockups: {
    background: {
      linear: {
        stops: [
          { offset: 0, colour: GOLD },
          { offset: 1, colour: '#ffffff' },
        ],
      },
    },
  },
};

const FOILS: ReadonlyMap<string, Palette> = new Map([['foils', bundledPalette('foils')]]);
const resourcesWith = (...palettes: readonly Palette[]) => openMemoryResources({ products: [CARD], palettes });
const specWith = (...fills: readonly unknown[]) =>
  parseDesignSpec({
    product: 'card',
    placements: [
      { placement: 'front', method: 'paper-print', layers: fills.map((fill) => ({ type: 'shape', shape: { kind: 'rect' }, fill })) },
    ],
  });
const resolved = (spec: ReturnType<typeof specWith>, ...palettes: readonly Palette[]) =>
  resolve(spec, resourcesWith(...palettes), new AbortController().signal);

describe('a swatch in a spec', () => {
  it('may stand wherever a colour may, and becomes its plate there', () => {
    const spec = parseDesignSpec(EVERYWHERE);
    const named = swatchesIn(spec);
    expect(named.map((one) => one.pointer).sort()).toEqual([
      '/mockups/background/linear/stops/0/colour',
      '/placements/0/background/linear/stops/0/colour',
      ...['fill/radial/stops/1/colour', 'outlines/0/colour', 'runs/0/fill', 'shadow/colour'].map((at) => `/placements/0/layers/0/${at}`),
      '/placements/0/layers/1/recolour/#ff0000',
      '/placements/0/layers/2/fill',
      '/placements/0/layers/2/stroke/paint',
      '/placements/0/layers/3/background',
      '/placements/0/layers/3/colour',
      '/placements/0/layers/4/layers/0/layers/0/fill',
    ]);
    const text = JSON.stringify(withPlates(spec, FOILS));
    expect(text).not.toContain('"swatch"');
    expect(text.split(JSON.stringify(PLATE)).length - 1).toBe(named.length - 1);
    expect(text).toContain(JSON.stringify({ ...PLATE, tint: 40 }));
    expect(parseDesignSpec(JSON.parse(text))).toEqual(withPlates(spec, FOILS));
  });

  it('leaves a spec without swatches the object it was', () => {
    const spec = specWith('#ff0000');
    expect(withPlates(spec, FOILS)).toBe(spec);
  });

  it('is resolved before anything is composed, and its palette stands among the inputs once', async () => {
    const design = await resolved(specWith(GOLD, { ...GOLD, tint: 50 }, { swatch: 'navy', palette: 'foils' }), bundledPalette('foils'));
    expect(swatchesIn(design.spec)).toEqual([]);
    expect(design.inputs.filter((one) => one.kind === 'palette')).toEqual([
      { kind: 'palette', name: 'foils', sha256: digestOf(bundledPalette('foils')) },
    ]);
    const [first] = design.spec.placements[0]?.layers ?? [];
    expect(first).toMatchObject({ fill: PLATE });
  });

  it('that its palette has not, and a palette that is not there, are told together with what was meant', async () => {
    const spec = specWith(
      { swatch: 'golt', palette: 'foils' },
      { swatch: 'golt', palette: 'foils' },
      { swatch: 'red', palette: 'foil' },
      { swatch: 'xyz', palette: 'foils' },
    );
    const failure = await resolved(spec, bundledPalette('foils')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unresolved);
    expect(failure instanceof Unresolved ? failure.problems : []).toMatchObject([
      { code: 'swatch.unknown', pointer: '/placements/0/layers/0/fill/swatch', hint: 'did you mean "gold"?' },
      { code: 'palette.unknown', pointer: '/placements/0/layers/2/fill/palette' },
      {
        code: 'swatch.unknown',
        pointer: '/placements/0/layers/3/fill/swatch',
        hint: expect.stringContaining('platen palettes show foils'),
      },
    ]);
  });

  it('takes the plate, or else the name, of a palette that a shop brings', async () => {
    const own = parsePalette({ id: 'own', name: 'Own', kind: 'ink', swatches: [{ id: 'sea', name: 'Sea 12', colour: '#124' }] });
    const design = await resolved(specWith({ swatch: 'sea', palette: 'own' }), own);
    expect(design.spec.placements[0]?.layers[0]).toMatchObject({ fill: { spot: 'Sea 12', tint: 100, alternate: '#124' } });
  });
});

describe('the schema of colours', () => {
  const message = (schema: z.ZodType, input: unknown): string => {
    try {
      parseWith(schema, input, 'colour');
      return 'taken';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  it('takes a swatch with or without a tint', () => {
    expect(parseWith(colourSchema, GOLD, 'colour')).toEqual({ ...GOLD, tint: 100 });
    expect(parseWith(paintSchema, { ...GOLD, tint: 20 }, 'paint')).toEqual({ ...GOLD, tint: 20 });
  });

  it.each([colourSchema, paintSchema])('says how a swatch is written when one was begun', (schema) => {
    for (const input of [{ swatch: 'gold' }, { palette: 'foils' }, { ...GOLD, tnt: 4 }])
      expect(message(schema, input)).toMatch(/expected a swatch as \{"swatch": id, "palette": id\}|tnt/);
    expect(message(schema, { ...GOLD, tint: 140 })).toMatch(/tint: expected .*100/);
    expect(message(schema, 7)).toMatch(/"#rrggbb".*"spot".*"swatch"/);
  });

  it('has no colour for a swatch whose palette is not loaded', () => {
    expect(() => colourOf({ ...GOLD, tint: 100 })).toThrow(expect.objectContaining({ code: 'swatch.unresolved' }));
  });
});
