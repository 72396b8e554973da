import type { DecodedImage } from '../../model/resources.ts';
import type { Plane } from './plane.ts';

/** Red, green, blue and alpha as planes of 0..1. */
export type SmallPicture = {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly [Plane, Plane, Plane];
  readonly alpha: Plane;
};

/** A picture averaged down by a whole factor so that its longer side is at most `mostPx`; clear pixels count as white. */
export const smallPicture = ({ widthPx, heightPx, rgba }: DecodedImage, mostPx: number): SmallPicture => {
  const factor = Math.max(1, Math.ceil(Math.max(widthPx, heightPx) / mostPx));
  const [width, height] = [Math.ceil(widthPx / factor), Math.ceil(heightPx / factor)];
  const sums = Array.from({ length: 4 }, () => new Float32Array(width * height));
  const [red = sums[0], green, blue, alpha] = sums;
  if (!red || !green || !blue || !alpha) throw new RangeError('expected four planes');
  for (let y = 0; y < height; y += 1) {
    const bottom = Math.min(heightPx, (y + 1) * factor);
    for (let x = 0; x < width; x += 1) {
      const right = Math.min(widthPx, (x + 1) * factor);
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let sy = y * factor; sy < bottom; sy += 1) {
        for (let p = (sy * widthPx + x * factor) * 4, end = (sy * widthPx + right) * 4; p < end; p += 4) {
          const cover = (rgba[p + 3] ?? 0) / 255;
          r += (rgba[p] ?? 0) * cover + 255 * (1 - cover);
          g += (rgba[p + 1] ?? 0) * cover + 255 * (1 - cover);
          b += (rgba[p + 2] ?? 0) * cover + 255 * (1 - cover);
          a += cover;
        }
      }
      const i = y * width + x;
      const count = (bottom - y * factor) * (right - x * factor);
      red[i] = r / (255 * count);
      green[i] = g / (255 * count);
      blue[i] = b / (255 * count);
      alpha[i] = a / count;
    }
  }
  const plane = (values: Float32Array): Plane => ({ width, height, values });
  return { width, height, channels: [plane(red), plane(green), plane(blue)], alpha: plane(alpha) };
};
