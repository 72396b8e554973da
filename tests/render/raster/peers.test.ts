import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Affine, multiply, rotation, scaling, translation } from '../../../src/geometry/affine.ts';
import { joinPaths, PathBuilder } from '../../../src/geometry/path.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import { BLEND_MODES, type GradientStop, type Scene, type SceneNode } from '../../../src/scene/scene.ts';
import { svgOfScene } from './scene-svg.ts';
import {
  circle,
  difference,
  filled,
  group,
  NEVER,
  pictureOf,
  placed,
  polygon,
  rect,
  requestFor,
  sceneOf,
  shelfOf,
  solid,
  stroked,
} from './scenes.ts';

const SCALE = 3;
const star = polygon(
  ...Array.from({ length: 5 }, (_, i) => {
    const turn = -Math.PI / 2 + (i * 4 * Math.PI) / 5;
    return [50 + 40 * Math.cos(turn), 50 + 40 * Math.sin(turn)] as const;
  }),
);
const wave = new PathBuilder().moveTo(5, 60).cubicTo(40, -40, 60, 160, 95, 40).lineTo(70, 90).lineTo(60, 20).finish();
const corner = new PathBuilder().moveTo(15, 80).lineTo(50, 15).lineTo(85, 80).finish();
const stop = (offset: number, r: number, g: number, b: number, opacity = 1): GradientStop => ({
  offset,
  colour: { space: 'srgb', r, g, b },
  opacity,
});
const stops = [stop(0, 1, 0.9, 0), stop(0.4, 0.8, 0, 0.2, 0.6), stop(1, 0, 0.2, 0.9)];
const tilt: Affine = multiply(translation(12, 20), rotation(17), scaling(70, 55));
const photo = pictureOf('photo', 210, 165, (x, y) => [x, (x + y) >> 1, 255 - y, 255]);
const soft = pictureOf('soft', 200, 200, (x, y) => [200, 255 - x, y, Math.round(127 + 127 * Math.sin(x / 23) * Math.cos(y / 31))]);
const mask = pictureOf('mask', 100, 100, (x, y) => [2 * x, 2 * y, 128, 255]);

const cases: Record<string, readonly SceneNode[]> = {
  'a star with overlaps': [filled(star, solid(0.1, 0.4, 0.2))],
  'a star with the middle left out': [filled(star, solid(0.1, 0.4, 0.2), 'evenodd')],
  'circles in circles': [filled(joinPaths([circle(50, 50, 45), circle(50, 50, 30), circle(50, 50, 14.2)]), undefined, 'evenodd')],
  'strokes with round joins and caps': [stroked(wave, 6, { cap: 'round', join: 'round' })],
  'strokes with miters and square caps': [stroked(corner, 9, { cap: 'square', join: 'miter' })],
  'strokes with bevels': [stroked(corner, 9, { cap: 'butt', join: 'bevel' })],
  hairlines: Array.from({ length: 16 }, (_, i) =>
    stroked(polygon([50, 50], [50 + 45 * Math.cos(i / 2.5), 50 + 45 * Math.sin(i / 2.5)]), 0.15),
  ),
  'a linear gradient': [
    filled(rect(10, 10, 80, 80), {
      kind: 'linear',
      from: { x: 0, y: 0 },
      to: { x: 1, y: 0.4 },
      transform: [50, 20, -10, 60, 20, 20],
      stops,
    }),
  ],
  'a radial gradient off its focus': [
    filled(rect(5, 5, 90, 90), {
      kind: 'radial',
      centre: { x: 0.5, y: 0.5 },
      radius: 0.5,
      focus: { x: 0.3, y: 0.35 },
      transform: [80, 0, 20, 60, 0, 20],
      stops,
    }),
  ],
  'a picture turned and enlarged': [placed(photo, tilt)],
  'a picture with soft alpha over colour': [
    filled(circle(50, 50, 40), solid(1, 0.8, 0)),
    placed(soft, multiply(translation(16.6, 16.6), scaling(66.6667, 66.6667))),
  ],
  'a clipped and faded group': [
    filled(rect(0, 40, 100, 20), solid(0.9, 0.1, 0.1)),
    group([placed(photo, tilt), filled(circle(30, 30, 20), solid(0, 0.5, 1))], { clip: { path: star, fillRule: 'evenodd' }, opacity: 0.6 }),
  ],
  'groups within groups': [
    group(
      [
        filled(rect(10, 10, 60, 60), solid(1, 0, 0)),
        group([filled(circle(60, 60, 30), solid(0, 1, 0)), group([filled(circle(50, 40, 25), solid(0, 0, 1))], { opacity: 0.5 })], {
          opacity: 0.7,
          clip: { path: circle(50, 50, 40), fillRule: 'nonzero' },
        }),
      ],
      { opacity: 0.8 },
    ),
  ],
};

const ours = async (scene: Scene, images: readonly DecodedImage[]): Promise<Uint8Array> =>
  (await renderPixels(scene, requestFor(scene, SCALE, { background: '#ffffff' }), shelfOf(...images), NEVER)).rgba;

const resvg = (scene: Scene, images: readonly DecodedImage[]): Uint8Array =>
  new Resvg(svgOfScene(scene, 300, 300, images), { background: '#ffffff' }).render().pixels;

const librsvg = (scene: Scene, images: readonly DecodedImage[]): Promise<Uint8Array> =>
  sharp(Buffer.from(svgOfScene(scene, 300, 300, images)))
    .flatten({ background: '#ffffff' })
    .ensureAlpha()
    .raw()
    .toBuffer();

describe('a rendered scene looks as other rasterisers draw it', () => {
  const images = [photo, soft, mask];
  it.each(Object.entries(cases))('%s', async (_, nodes) => {
    const scene = sceneOf(100, 100, nodes);
    const pixels = await ours(scene, images);
    const toResvg = difference(pixels, resvg(scene, images));
    const toLibrsvg = difference(pixels, await librsvg(scene, images));
    // Means are over the whole canvas. The peers differ from each other by as much: thin lines in one, gradients in the other.
    expect(Math.min(toResvg.mean, toLibrsvg.mean)).toBeLessThan(0.3);
    expect(Math.max(toResvg.mean, toLibrsvg.mean)).toBeLessThan(1.2);
    expect(Math.min(toResvg.most, toLibrsvg.most)).toBeLessThanOrEqual(32);
  });

  it.each(BLEND_MODES)('the blend mode %s between soft pictures', async (blend) => {
    const square = multiply(translation(16.6, 16.6), scaling(66.6667, 66.6667));
    const scene = sceneOf(100, 100, [filled(circle(45, 50, 38), solid(0.9, 0.6, 0.2)), group([placed(soft, square)], { blend })]);
    const [pixels, expected] = [await ours(scene, images), resvg(scene, images)];
    expect(difference(pixels, expected).mean).toBeLessThan(0.3);
    // Burning and dodging jump where the backdrop is white or black, which happens along its edge.
    const far = pixels.filter((value, i) => Math.abs(value - (expected[i] ?? 0)) > 24).length;
    expect(far / pixels.length).toBeLessThan(0.0001);
  });

  it('a luminance mask', async () => {
    const scene = sceneOf(100, 100, [
      group([filled(rect(0, 0, 100, 100), solid(0.2, 0.2, 0.8))], { mask: placed(mask, [80, 0, 0, 80, 10, 10]) }),
    ]);
    const { mean, most } = difference(await ours(scene, images), resvg(scene, images));
    expect(mean).toBeLessThan(0.6);
    expect(most).toBeLessThanOrEqual(6);
  });
});
