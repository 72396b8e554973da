import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rectOf } from '../../../src/geometry/point.ts';
import { encodePixels } from '../../../src/render/raster/encode-pixels.ts';
import { renderJpeg } from '../../../src/render/raster/render-jpeg.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import { renderPng } from '../../../src/render/raster/render-png.ts';
import { renderTiff } from '../../../src/render/raster/render-tiff.ts';
import { circle, difference, filled, group, NEVER, pictureOf, placed, rect, requestFor, sceneOf, shelfOf, solid } from './scenes.ts';

const photo = pictureOf('photo', 90, 70, (x, y) => [x * 2, (x * y) % 256, 255 - y, x < 45 ? 255 : 140]);
const scene = sceneOf(100, 90, [
  filled(circle(50, 45, 40), solid(0.2, 0.5, 0.9)),
  placed(photo, [70, 15, -12, 55, 20, 15]),
  group([filled(rect(0, 70, 100, 6), solid(1, 0, 0))], { opacity: 0.4 }),
]);
const shelf = shelfOf(photo);
const PROFILE = readFileSync('profiles/sRGB.icc');
const request = requestFor(scene, 3);

const checked = (png: Uint8Array): string => {
  const folder = mkdtempSync(join(tmpdir(), 'png-'));
  try {
    writeFileSync(join(folder, 'a.png'), png);
    return execFileSync('pngcheck', ['-v', join(folder, 'a.png')], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('a PNG file', () => {
  it.each(['fast', 'small'] as const)('holds exactly the rendered pixels (%s)', async (size) => {
    const pixels = await renderPixels(scene, request, shelf, NEVER);
    const png = await renderPng(scene, { ...request, size, dpi: 300 }, shelf, NEVER);
    const read = PNG.sync.read(Buffer.from(png));
    expect([read.width, read.height]).toEqual([300, 270]);
    expect(difference(read.data, pixels.rgba)).toEqual({ mean: 0, most: 0 });
    expect((await sharp(png).raw().toBuffer()).equals(Buffer.from(pixels.rgba))).toBe(true);
    const report = checked(png);
    expect(report).toContain('No errors detected');
    expect(report).toContain('11811x11811 pixels/meter');
    expect(report).toContain('rendering intent = perceptual');
  });

  it('has no alpha channel when there is a background', async () => {
    const opaque = { ...request, background: '#f0e0d0' };
    const pixels = await renderPixels(scene, opaque, shelf, NEVER);
    for (const size of ['fast', 'small'] as const) {
      const png = await renderPng(scene, { ...opaque, size }, shelf, NEVER);
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      expect(info.channels).toBe(3);
      expect(data.every((value, i) => value === pixels.rgba[Math.floor(i / 3) * 4 + (i % 3)])).toBe(true);
      expect(checked(png)).toContain('24-bit RGB');
    }
    expect(Math.min(...pixels.rgba.filter((_, i) => i % 4 === 3))).toBe(255);
  });

  it('carries the profile it is given', async () => {
    const png = await renderPng(scene, { ...request, size: 'fast', icc: PROFILE }, shelf, NEVER);
    const { icc } = await sharp(png).metadata();
    expect(icc && Buffer.from(PROFILE).equals(icc)).toBe(true);
    expect(checked(png)).toContain('iCCP');
  });

  it('is small with zlib and within twice that without', async () => {
    const fast = await renderPng(scene, { ...request, size: 'fast' }, shelf, NEVER);
    const small = await renderPng(scene, { ...request, size: 'small' }, shelf, NEVER);
    expect(small.length).toBeLessThan(fast.length);
    expect(fast.length).toBeLessThan(2 * small.length);
  });

  it('is the same every time, also when renders run side by side', async () => {
    const renders = await Promise.all([1, 2, 3].map(() => renderPng(scene, { ...request, size: 'fast' }, shelf, NEVER)));
    expect(renders.map((png) => Buffer.from(png).equals(Buffer.from(renders[0] ?? [])))).toEqual([true, true, true]);
  });
});

describe('encoding pixels', () => {
  const contents: Record<string, (i: number) => number> = {
    'nothing but zero': () => 0,
    'one value': () => 201,
    'long runs': (i) => (Math.floor(i / 777) % 5 === 0 ? 9 : 0),
    noise: (i) => (Math.imul(i ^ 0x5bd1e995, 2654435761) >>> 13) & 255,
    'few values': (i) => ((Math.imul(i, 2654435761) >>> 20) % 3) * 80,
    'a ramp': (i) => (i >> 4) & 255,
  };

  it.each(Object.entries(contents))('%s survives the PNG writer at awkward sizes', async (_, at) => {
    for (const [widthPx, heightPx] of [
      [1, 1],
      [1, 65],
      [3, 64],
      [5, 129],
      [67, 3],
      [4097, 2],
      [130, 70],
    ] as const) {
      const rgba = Uint8Array.from({ length: widthPx * heightPx * 4 }, (_value, i) => at(i));
      const png = await encodePixels({ widthPx, heightPx, rgba }, { format: 'png' });
      expect(difference(PNG.sync.read(Buffer.from(png)).data, rgba).most).toBe(0);
      expect(checked(png)).toContain('No errors detected');
    }
  });

  it('gives JPEG and WebP that look the same', async () => {
    const image = await renderPixels(scene, { ...request, background: '#ffffff' }, shelf, NEVER);
    for (const format of ['jpeg', 'webp'] as const) {
      const file = await encodePixels(image, { format, quality: 90 });
      expect((await sharp(file).metadata()).format).toBe(format);
      expect(difference(await sharp(file).ensureAlpha().raw().toBuffer(), image.rgba).mean).toBeLessThan(4);
    }
  });
});

describe('JPEG and TIFF files', () => {
  it('carry their resolution and pixels', async () => {
    const jpeg = await renderJpeg(scene, { ...request, dpi: 240, quality: 92 }, shelf, NEVER);
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 270, density: 240, channels: 3 });
    const tiff = await renderTiff(scene, { ...request, dpi: 240 }, shelf, NEVER);
    expect(await sharp(tiff).metadata()).toMatchObject({ format: 'tiff', width: 300, height: 270, density: 240, channels: 4 });
    for (const file of [jpeg, tiff]) expect((await sharp(file).metadata()).icc?.length).toBeGreaterThan(100);
    const pixels = await renderPixels(scene, request, shelf, NEVER);
    expect((await sharp(tiff).raw().toBuffer()).equals(Buffer.from(pixels.rgba))).toBe(true);
  });

  it('are the same every time', async () => {
    for (const make of [
      () => renderJpeg(scene, { ...request, dpi: 300, quality: 80 }, shelf, NEVER),
      () => renderTiff(scene, { ...request, dpi: 300 }, shelf, NEVER),
    ]) {
      expect(Buffer.from(await make()).equals(Buffer.from(await make()))).toBe(true);
    }
  });
});

describe('a large JPEG', () => {
  /** Bytes of Huffman tables: 420 in the four standard ones, fewer in those made for a picture. */
  const tableBytes = (jpeg: Uint8Array): number => {
    let bytes = 0;
    for (let at = 2; jpeg[at + 1] !== 0xda; at += 2 + ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0))
      if (jpeg[at + 1] === 0xc4) bytes += ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0);
    return bytes;
  };

  it('has the standard tables, so that the encoder need not hold all of it', async () => {
    const small = await renderJpeg(scene, { ...request, quality: 95 }, shelf, NEVER);
    const large = await renderJpeg(scene, { ...request, widthPx: 4200, heightPx: 3900, quality: 95 }, shelf, NEVER);
    expect(tableBytes(large)).toBeGreaterThanOrEqual(416);
    expect(tableBytes(small)).toBeLessThan(416);
    expect(await sharp(large).metadata()).toMatchObject({ width: 4200, height: 3900, chromaSubsampling: '4:4:4' });
  });
});

describe('the window of a render', () => {
  it('shows the same pixels as the matching part of the whole', async () => {
    const paper = { ...request, background: '#ffffff' };
    const whole = await renderPixels(scene, paper, shelf, NEVER);
    const part = await renderPixels(scene, { ...paper, widthPx: 90, heightPx: 60, region: rectOf(20, 30, 30, 20) }, shelf, NEVER);
    for (let y = 0; y < 60; y++) {
      const row = whole.rgba.subarray(((y + 90) * 300 + 60) * 4, ((y + 90) * 300 + 150) * 4);
      // The sampler knows 128 phases a pixel; the steepest edges of the noisy picture move by this much from one to the next.
      expect(difference(part.rgba.subarray(y * 360, (y + 1) * 360), row).most).toBeLessThanOrEqual(5);
    }
  });

  it('never shows art outside the bleed box', async () => {
    const wide = sceneOf(10, 10, [filled(rect(-50, -50, 200, 200), solid(0, 0.5, 0))], 2);
    const { rgba } = await renderPixels(
      wide,
      { widthPx: 40, heightPx: 40, region: rectOf(-5, -5, 20, 20), background: null, mirror: false },
      shelf,
      NEVER,
    );
    const alpha = (x: number, y: number): number => rgba[(y * 40 + x) * 4 + 3] ?? 0;
    expect([alpha(5, 20), alpha(6, 20), alpha(33, 20), alpha(34, 20), alpha(20, 5), alpha(20, 34)]).toEqual([0, 255, 255, 0, 0, 0]);
  });
});
