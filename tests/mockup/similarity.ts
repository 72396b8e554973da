import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';

const SIGMA = 1.5;
const REACH = 5;
/** (0.01 * 255)^2 and (0.03 * 255)^2, as the authors chose. */
const [C1, C2] = [6.5025, 58.5225];

const WINDOW = Array.from({ length: 2 * REACH + 1 }, (_, i) => Math.exp(-((i - REACH) ** 2) / (2 * SIGMA ** 2)));
const TOTAL = WINDOW.reduce((sum, weight) => sum + weight, 0);

const lumaOf = ({ rgba, widthPx, heightPx }: PixelImage): Float64Array =>
  Float64Array.from(
    { length: widthPx * heightPx },
    (_, i) => 0.2126 * (rgba[i * 4] ?? 0) + 0.7152 * (rgba[i * 4 + 1] ?? 0) + 0.0722 * (rgba[i * 4 + 2] ?? 0),
  );

/** One direction of a Gaussian blur; `step` is 1 along rows and the width down columns, `size` and `at` say where a line ends. */
const blurAlong = (plane: Float64Array, step: number, size: number, at: (i: number) => number): Float64Array =>
  plane.map((_, i) => {
    let sum = 0;
    for (let k = -REACH; k <= REACH; k += 1) {
      const held = Math.min(size - 1, Math.max(0, at(i) + k)) - at(i);
      sum += (WINDOW[k + REACH] ?? 0) * (plane[i + held * step] ?? 0);
    }
    return sum / TOTAL;
  });

/** Structural similarity of two pictures' luma (Wang 2004, Gaussian window of 1.5 px), mean over the pixels that `counts` says count. */
export const ssim = (a: PixelImage, b: PixelImage, counts: (pixel: number) => boolean): number => {
  const { widthPx, heightPx } = a;
  const blur = (plane: Float64Array): Float64Array =>
    blurAlong(
      blurAlong(plane, 1, widthPx, (i) => i % widthPx),
      widthPx,
      heightPx,
      (i) => Math.floor(i / widthPx),
    );
  const [x, y] = [lumaOf(a), lumaOf(b)];
  const product = (one: Float64Array, other: Float64Array): Float64Array => one.map((v, i) => v * (other[i] ?? 0));
  const [mx, my, xx, yy, xy] = [blur(x), blur(y), blur(product(x, x)), blur(product(y, y)), blur(product(x, y))];
  let [sum, count] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    if (!counts(i)) continue;
    const [p, q] = [mx[i] ?? 0, my[i] ?? 0];
    const [vx, vy, cov] = [(xx[i] ?? 0) - p * p, (yy[i] ?? 0) - q * q, (xy[i] ?? 0) - p * q];
    sum += ((2 * p * q + C1) * (2 * cov + C2)) / ((p * p + q * q + C1) * (vx + vy + C2));
    count += 1;
  }
  return sum / count;
};
