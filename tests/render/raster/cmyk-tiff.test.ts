import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openTransform } from '../../../src/colour/icc.ts';
import { CmykTiffWriter } from '../../../src/render/raster/cmyk-tiff.ts';
import { renderCmykTiff } from '../../../src/render/raster/render-cmyk-tiff.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import { circle, difference, filled, NEVER, pictureOf, placed, requestFor, sceneOf, shelfOf, solid } from './scenes.ts';

const FOGRA39 = readFileSync('profiles/FOGRA39L_coated.icc');

/** The inks as libtiff reads them, packed CMYK, not converted to anything. */
const inksOf = (tiff: Uint8Array): Promise<Buffer> => sharp(tiff).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer();

const contents: Record<string, (i: number) => number> = {
  noise: (i) => Math.imul(i + 1, 2654435761) >>> 24,
  'one ink': (i) => (i % 4 === 3 ? 255 : 0),
  'long repeats': (i) => (i >> 6) % 5,
  'a ramp': (i) => (i >> 5) & 255,
};

describe('a CMYK TIFF', () => {
  it.each(Object.entries(contents))('gives back the inks it was given: %s', async (_, at) => {
    for (const [widthPx, heightPx] of [
      [1, 1],
      [37, 130],
      [700, 65],
    ] as const) {
      const inks = Uint8Array.from({ length: widthPx * heightPx * 4 }, (_value, i) => at(i));
      const writer = new CmykTiffWriter({ widthPx, heightPx, dpi: 300, rowsPerStrip: 64, icc: FOGRA39 });
      for (let top = 0; top < heightPx; top += 64) writer.add(inks.slice(top * widthPx * 4, (top + 64) * widthPx * 4));
      const tiff = writer.finish();
      expect(await sharp(tiff).metadata()).toMatchObject({ format: 'tiff', width: widthPx, height: heightPx, density: 300, space: 'cmyk' });
      expect(difference(await inksOf(tiff), inks)).toEqual({ mean: 0, most: 0 });
    }
  });

  const photo = pictureOf('photo', 50, 50, (x, y) => [x * 5, y * 5, 120, 255]);
  const scene = sceneOf(60, 70, [filled(circle(30, 35, 28), solid(0.9, 0.2, 0.1)), placed(photo, [30, 0, 0, 30, 20, 20])]);

  it('holds the inks of the rendered picture on white paper, with its profile', async () => {
    const request = { ...requestFor(scene, 2, { background: '#ffffff' }), dpi: 300, icc: FOGRA39 };
    const tiff = await renderCmykTiff(scene, request, shelfOf(photo), NEVER);
    const { rgba } = await renderPixels(scene, request, shelfOf(photo), NEVER);
    const transform = await openTransform('srgb', FOGRA39, 'relative', { blackPointCompensation: true });
    const inks = await inksOf(tiff);
    expect(difference(inks, transform.rgba(rgba)).most).toBe(0);
    transform.dispose();
    expect([...inks.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect((await sharp(tiff).metadata()).icc?.equals(FOGRA39)).toBe(true);
    const again = await renderCmykTiff(scene, request, shelfOf(photo), NEVER);
    expect(Buffer.from(again).equals(Buffer.from(tiff))).toBe(true);
  });

  it('keeps the sum of inks below its limit', async () => {
    const dark = sceneOf(4, 4, [filled(circle(2, 2, 9), solid(0.02, 0.01, 0.03))]);
    const request = { ...requestFor(dark), icc: FOGRA39, maxInk: 2 };
    const [c = 0, m = 0, y = 0, k = 0] = await inksOf(await renderCmykTiff(dark, request, shelfOf(), NEVER));
    expect(c + m + y + k).toBeLessThanOrEqual(2 * 255);
    expect(c + m + y + k).toBeGreaterThan(400);
  });

  it('needs a CMYK profile', async () => {
    const request = { ...requestFor(scene), icc: readFileSync('profiles/sRGB.icc') };
    await expect(renderCmykTiff(scene, request, shelfOf(photo), NEVER)).rejects.toThrow('expected a CMYK profile');
  });
});
