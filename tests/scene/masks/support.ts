import type { DecodedImage } from '../../../src/model/resources.ts';

export type Pixel = readonly [number, number, number, number?];

/** A picture by a formula: the colour of each pixel, averaged over 4 x 4 samples. */
export const painted = (
  widthPx: number,
  heightPx: number,
  colour: (x: number, y: number) => Pixel,
  digest = 'c'.repeat(64),
): DecodedImage => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let i = 0; i < widthPx * heightPx; i += 1) {
    const sums = [0, 0, 0, 0];
    for (let s = 0; s < 16; s += 1) {
      const [r, g, b, a = 255] = colour((i % widthPx) + ((s % 4) + 0.5) / 4, Math.floor(i / widthPx) + (Math.floor(s / 4) + 0.5) / 4);
      [r, g, b, a].forEach((v, c) => {
        sums[c] = (sums[c] ?? 0) + v / 16;
      });
    }
    rgba.set(sums.map(Math.round), 4 * i);
  }
  return { digest, widthPx, heightPx, hasAlpha: false, rgba, jpeg: null, warnings: [] };
};

export const pixelAt = ({ rgba, widthPx }: DecodedImage, x: number, y: number): readonly number[] => [
  ...rgba.subarray(4 * (y * widthPx + x), 4 * (y * widthPx + x) + 4),
];
