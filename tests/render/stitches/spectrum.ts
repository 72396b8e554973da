import type { PixelImage } from '../../../src/render/adjust/pixel-image.ts';

/** In place, radix 2: `size` complex numbers from `at`, `step` apart. */
const transform = (re: Float64Array, im: Float64Array, at: number, step: number, size: number): void => {
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    for (const part of [re, im]) {
      const [a = 0, b = 0] = [part[at + i * step], part[at + j * step]];
      part[at + i * step] = b;
      part[at + j * step] = a;
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const angle = (-2 * Math.PI) / length;
    for (let from = 0; from < size; from += length)
      for (let k = 0; k < length / 2; k += 1) {
        const [c, s] = [Math.cos(angle * k), Math.sin(angle * k)];
        const [p, q] = [at + (from + k) * step, at + (from + k + length / 2) * step];
        const [ar = 0, ai = 0, br = 0, bi = 0] = [re[p], im[p], re[q], im[q]];
        const [tr, ti] = [br * c - bi * s, br * s + bi * c];
        re[p] = ar + tr;
        im[p] = ai + ti;
        re[q] = ar - tr;
        im[q] = ai - ti;
      }
  }
};

/** Mean of the colour bytes of each pixel, 0 to 1, of a square from (x, y). */
export const greySquare = ({ widthPx, rgba }: PixelImage, x: number, y: number, side: number): Float64Array =>
  Float64Array.from({ length: side * side }, (_, i) => {
    const at = ((y + Math.floor(i / side)) * widthPx + x + (i % side)) * 4;
    return ((rgba[at] ?? 0) + (rgba[at + 1] ?? 0) + (rgba[at + 2] ?? 0)) / 765;
  });

/**
 * The strongest wave slower than `slowest` cycles a pixel in a square (a power of two a side), its amplitude as a share of the mean. A Hann
 * window keeps what does not repeat within the square out of other places.
 */
export const slowestWave = (square: Float64Array, slowest: number): number => {
  const side = Math.sqrt(square.length);
  const mean = square.reduce((sum, v) => sum + v, 0) / square.length;
  const hann = (i: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side);
  const re = square.map((v, i) => (v - mean) * hann(i % side) * hann(Math.floor(i / side)));
  const im = new Float64Array(re.length);
  for (let row = 0; row < side; row += 1) transform(re, im, row * side, 1, side);
  for (let column = 0; column < side; column += 1) transform(re, im, column, side, side);
  let most = 0;
  for (let v = 0; v < side; v += 1)
    for (let u = 0; u < side; u += 1) {
      const frequency = Math.hypot(Math.min(u, side - u), Math.min(v, side - v)) / side;
      // Two places about the mean hold what the window smears.
      if (frequency <= 2 / side || frequency > slowest) continue;
      most = Math.max(most, Math.hypot(re[v * side + u] ?? 0, im[v * side + u] ?? 0));
    }
  // A wave of amplitude 1 peaks at half of the window's sum, a quarter of the pixels.
  return (most * 8) / square.length / mean;
};
