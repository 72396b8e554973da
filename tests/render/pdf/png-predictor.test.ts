import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RowPredictor } from '../../../src/render/pdf/png-predictor.ts';

const WIDTH = 61;
const HEIGHT = 40;

/** Ten rows each of noise, of stripes, of a slope and of specks: between them they call for every filter. */
const sample = (bytesPerPixel: number): Uint8Array =>
  Uint8Array.from({ length: WIDTH * HEIGHT * bytesPerPixel }, (_, at) => {
    const y = Math.floor(at / (WIDTH * bytesPerPixel));
    const i = at % (WIDTH * bytesPerPixel);
    const x = Math.floor(i / bytesPerPixel);
    if (y < 10) return (x * x * 7 + y * 31) & 255;
    if (y < 20) return (x * 3 + ((y * 97) & 255)) & 255;
    if (y < 30) return (x * 2 + y * 5 + ((x * y) >> 4)) & 255;
    return x % 7 === 0 ? 200 : ((i * 7919 * y) >> 5) & 255;
  });

const filtered = (bytesPerPixel: number): Uint8Array => {
  const predictor = new RowPredictor(WIDTH, bytesPerPixel);
  const pixels = sample(bytesPerPixel);
  const split = WIDTH * bytesPerPixel * 13;
  return Buffer.concat([predictor.predict(pixels.subarray(0, split)), predictor.predict(pixels.subarray(split))]);
};

/** PNG, second edition, section 9.2, read the other way round. */
const unfiltered = (rows: Uint8Array, bytesPerPixel: number): Uint8Array => {
  const stride = WIDTH * bytesPerPixel;
  const out = new Uint8Array(stride * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) {
    const filter = rows[y * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const a = i < bytesPerPixel ? 0 : (out[y * stride + i - bytesPerPixel] ?? 0);
      const b = y === 0 ? 0 : (out[(y - 1) * stride + i] ?? 0);
      const c = y === 0 || i < bytesPerPixel ? 0 : (out[(y - 1) * stride + i - bytesPerPixel] ?? 0);
      const nearest = [a, b, c].reduce((best, v) => (Math.abs(a + b - c - v) < Math.abs(a + b - c - best) ? v : best));
      out[y * stride + i] = (rows[y * (stride + 1) + 1 + i] ?? 0) + ([0, a, b, (a + b) >> 1, nearest][filter] ?? 0);
    }
  }
  return out;
};

describe('RowPredictor', () => {
  it.each([1, 3, 4])('of %i bytes a pixel gives rows that a PNG reader turns back into the pixels', (bytesPerPixel) => {
    expect(Buffer.compare(unfiltered(filtered(bytesPerPixel), bytesPerPixel), sample(bytesPerPixel))).toBe(0);
  });

  it('uses all four filters on the samples, so that each is looked at', () => {
    const used = [1, 3, 4].flatMap((bytesPerPixel) =>
      Array.from({ length: HEIGHT }, (_, y) => filtered(bytesPerPixel)[y * (WIDTH * bytesPerPixel + 1)]),
    );
    expect([...new Set(used)].sort()).toEqual([0, 1, 2, 4]);
  });

  it('keeps its bytes from version to version', () => {
    const digest = createHash('sha256');
    for (const bytesPerPixel of [1, 3, 4]) digest.update(filtered(bytesPerPixel));
    expect(digest.digest('hex')).toBe('a2bc27cba356c67640e5a2916fdd998a724a76edbe3fabfa19a7c5abe68827c5');
  });
});
