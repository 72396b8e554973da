import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { about, multiply, rotation, scaling, translation } from '../../../src/geometry/affine.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import type { Paint, SceneNode, Stroke } from '../../../src/scene/scene.ts';
import {
  box,
  disc,
  documentOf,
  group,
  linear,
  lookUp,
  pageOf,
  picture,
  pixels,
  radial,
  sceneOf,
  shape,
  solid,
  textLine,
} from './sample-scenes.ts';
import { drawnBy, platesOf, run, strayPixels, withPdf, write } from './tools.ts';

const DPI = 50;
const photo = pixels('photo', 240, 180, (x, y) => [x, y + 40, 255 - ((x + y) >> 1), 255]);
const soft = pixels('soft', 240, 180, (x, y) => [220, 90, 30, Math.max(0, Math.round(255 - Math.hypot(x - 120, y - 90) * 3))]);
const ramp = pixels('ramp', 256, 8, (x) => [x, x, x, 255]);
const find = lookUp(photo, soft, ramp);

const x = fc.integer({ min: -10, max: 110 });
const y = fc.integer({ min: -10, max: 80 });
const size = fc.integer({ min: 6, max: 60 });
const tone = fc.constantFrom('#000000', '#ffffff', '#ef4444', '#22c55e', '#2563eb', '#f59e0b', '#7c3aed');
const stop = fc.record({ tone, opacity: fc.constantFrom(1, 1, 1, 0.5, 0) });
const stopList = fc
  .array(stop, { minLength: 2, maxLength: 4 })
  .map((list) => list.map((each, i) => ({ offset: i / (list.length - 1), colour: colourOf(each.tone), opacity: each.opacity })));

const colourOf = (hex: string) => {
  const paint = solid(hex);
  if (paint.kind !== 'solid') throw new Error('expected a solid paint');
  return paint.colour;
};

const paint: fc.Arbitrary<Paint> = fc.oneof(
  { weight: 3, arbitrary: tone.map((each) => solid(each)) },
  {
    weight: 1,
    arbitrary: fc.tuple(x, y, size, stopList).map(([left, top, wide, stops]) => linear([left, top], [left + wide, top + 10], stops)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(x, y, size, stopList).map(([left, top, wide, stops]) => radial(left, top, wide, stops, [left + wide / 3, top])),
  },
);
const stroke: fc.Arbitrary<Stroke> = fc.record({
  paint,
  widthMm: fc.constantFrom(1, 2.5, 6),
  cap: fc.constantFrom('butt', 'round', 'square'),
  join: fc.constantFrom('miter', 'round', 'bevel'),
  miterLimit: fc.constant(4),
});
const leaf: fc.Arbitrary<SceneNode> = fc.oneof(
  fc.tuple(x, y, size, size, paint, fc.option(stroke)).map(([left, top, wide, high, fill, line]) => box(left, top, wide, high, fill, line)),
  fc.tuple(x, y, size, fc.option(paint), stroke).map(([left, top, wide, fill, line]) => shape(disc(left, top, wide / 2), fill, line)),
  fc
    .tuple(x, y, size, paint, fc.integer({ min: -40, max: 40 }))
    .map(([left, top, high, fill, turn]) => textLine('HIO', left, top, high / 2, fill, turn)),
  fc.tuple(x, y, size, fc.integer({ min: 0, max: 359 }), fc.constantFrom(photo, soft)).map(([left, top, wide, turn, image]) =>
    picture(image, multiply(about({ x: left, y: top }, rotation(turn)), translation(left, top), scaling(wide, wide * 0.75)), {
      source: { x: 24, y: 18, width: 180, height: 132 },
    }),
  ),
);
const { node } = fc.letrec<{ node: SceneNode }>((tie) => ({
  node: fc.oneof(
    { weight: 3, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
          fc.option(fc.tuple(x, y, size).map(([left, top, wide]) => ({ path: disc(left, top, wide), fillRule: 'nonzero' as const }))),
          fc.option(
            fc.tuple(x, y, size).map(([left, top, wide]) => picture(ramp, [wide, 0, 0, wide, left, top])),
            { freq: 3 },
          ),
          fc.constantFrom(1, 1, 0.7, 0.3),
          fc.constantFrom('normal', 'normal', 'multiply', 'screen', 'difference'),
        )
        .map(([children, clip, mask, opacity, blend]) => group(children, { clip, mask, opacity, blend } as Parameters<typeof group>[1])),
    },
  ),
}));
const scene = fc.array(node, { minLength: 1, maxLength: 4 });
const runs = Number(process.env.PDF_SCENES ?? 15);

describe('any scene', () => {
  it('is a sound PDF that poppler draws as our own raster does', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async (art) => {
        const nodes = [box(-3, -3, 106, 76, solid('#e2e8f0')), ...art];
        const bytes = await write(documentOf([pageOf(nodes)], { colour: { mode: 'rgb' } }), find);
        await withPdf(bytes, (file) => expect(run('qpdf', '--check', file)).toContain('No syntax'));
        const page = await drawnBy('pdftoppm', bytes, DPI);
        const media = pageOf([]).boxes.media;
        const region = { x: media.x, y: media.y, width: (page.width / DPI) * 25.4, height: (page.height / DPI) * 25.4 };
        const request = { widthPx: page.width, heightPx: page.height, region, background: '#ffffff', mirror: false };
        const { rgba } = await renderPixels(sceneOf(nodes), request, find, new AbortController().signal);
        const ours = { width: page.width, height: page.height, channels: 3, data: Buffer.from(rgba.filter((_value, i) => i % 4 !== 3)) };
        const strays = strayPixels(ours, page, 16);
        expect(strays, `${strays} stray pixels`).toBeLessThan((page.width * page.height) / 100);
      }),
      { numRuns: runs, seed: 20_260_301 },
    );
  });

  it('leaves a plate below it whole, and is printed as it is without one', async () => {
    const white = solid({ space: 'spot', name: 'White', tint: 1, alternate: { space: 'cmyk', c: 0.1, m: 0, y: 0, k: 0 } });
    const under = [{ layer: 'White', nodes: [box(-3, -3, 106, 76, white)] }];
    const layers = [{ name: 'White', processingStep: { group: 'White', type: null } }];
    await fc.assert(
      fc.asyncProperty(scene, async (art) => {
        const [bare, grounded] = [
          await platesOf(await write(documentOf([pageOf(art)]), find), 20),
          await platesOf(await write(documentOf([pageOf(art, { under })], { layers }), find), 20),
        ];
        const plate = grounded.get('White');
        expect(plate && Math.min(...plate.data)).toBe(255);
        for (const [ink, alone] of bare) {
          const over = grounded.get(ink);
          const apart = alone.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (over?.data[i] ?? 0))), 0);
          expect(apart, ink).toBeLessThan(3);
        }
      }),
      { numRuns: Math.ceil(runs / 3), seed: 20_261_122 },
    );
  });
});
