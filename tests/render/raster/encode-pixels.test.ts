import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { copyColours, encodePixels, PREVIEW_FORMATS, type PreviewFormat } from '../../../src/render/raster/encode-pixels.ts';
import { encodeJpegBand, joinJpegBands, jpegBandCount } from '../../../src/render/raster/jpeg-bands.ts';

const picture = (widthPx: number, heightPx: number, alphaAt: (x: number, y: number) => number = () => 255) => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1)
      rgba.set([(x * 255) / widthPx, (y * 255) / heightPx, (x ^ y) & 127, alphaAt(x, y)], (y * widthPx + x) * 4);
  return { widthPx, heightPx, rgba };
};

const FORMATS: readonly PreviewFormat[] = ['jpeg', 'webp', 'png', 'avif'];

describe.each(FORMATS)('a picture as %s', (format) => {
  test('is near what it was made of, has no alpha when it is opaque, and is the same twice', async () => {
    const image = picture(301, 203);
    const file = await encodePixels(image, { format });
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 301, height: 203, channels: 3 });
    const far = data.reduce((sum, value, i) => sum + Math.abs(value - (image.rgba[Math.floor(i / 3) * 4 + (i % 3)] ?? 0)), 0) / data.length;
    expect(far).toBeLessThan(format === 'png' ? 1e-9 : 6);
    expect(Buffer.compare(file, await encodePixels(image, { format }))).toBe(0);
    expect((await sharp(file).metadata()).mediaType).toBe(PREVIEW_FORMATS[format].mediaType);
  });

  test('keeps what is clear, or shows white there', async () => {
    const file = await encodePixels(
      picture(64, 64, (x) => (x < 32 ? 0 : 255)),
      { format },
    );
    const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const clear = [...data.subarray((32 * info.width + 8) * 4, (32 * info.width + 8) * 4 + 4)];
    if (format === 'jpeg') expect(Math.min(...clear)).toBeGreaterThan(250);
    else expect(clear[3]).toBe(0);
    expect(data[(32 * info.width + 56) * 4 + 3]).toBe(255);
  });

  test('may be 4000 px wide', async () => {
    const { width, height } = await sharp(await encodePixels(picture(4000, 1500), { format })).metadata();
    expect([width, height]).toEqual([4000, 1500]);
  });
});

test('colours are copied whatever the count and wherever they lie', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), fc.nat(3), (bytes, shift) => {
      const count = bytes.length >> 2;
      const rgba = bytes.subarray(0, count * 4);
      const rgb = new Uint8Array(count * 3 + shift).subarray(shift);
      copyColours(rgba, rgb);
      expect([...rgb]).toEqual([...rgba].filter((_, i) => i % 4 !== 3));
    }),
  );
});

describe('a JPEG made of bands', () => {
  test.each([
    [16, 16],
    [301, 203],
    [640, 479],
    [33, 1000],
  ])('of %d x %d px has the pixels of one made in one piece, for two decoders', async (width, height) => {
    const image = picture(width, height);
    const room = new Uint8Array(width * height * 3);
    const bands = await Promise.all(Array.from({ length: jpegBandCount(height) }, (_, band) => encodeJpegBand(image, band, 85, room)));
    const [joined, whole] = [joinJpegBands(bands, width, height), await encodePixels(image, { format: 'jpeg', quality: 85 })];
    const [a, b] = await Promise.all([joined, whole].map((file) => sharp(file).raw().toBuffer()));
    expect(Buffer.compare(a ?? Buffer.of(), b ?? Buffer.of(0))).toBe(0);
    const [c, d] = await Promise.all([joined, whole].map(canvasPixels));
    expect(Buffer.compare(c ?? Buffer.of(), d ?? Buffer.of(0))).toBe(0);
  });
});

const canvasPixels = async (file: Uint8Array): Promise<Buffer> => {
  const image = await loadImage(Buffer.from(file));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return Buffer.from(context.getImageData(0, 0, image.width, image.height).data);
};
