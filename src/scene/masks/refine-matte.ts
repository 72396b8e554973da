import type { Rect } from '../../geometry/point.ts';
import type { Matte } from '../../model/photo-finder.ts';
import { boxMean, combine, type Plane, planeOf, stretchPlane } from './plane.ts';
import type { SmallPicture } from './small-picture.ts';

/** How much detail of the picture goes into the outline: brightness steps below the root of this count as flat. */
const FLAT = 4e-4;
/** Mattes below and above these count as clear and solid: a finder is rarely quite sure. */
const [CLEAR, SOLID] = [0.12, 0.88] as const;

/**
 * A coarse matte of a part of a picture, laid over the whole picture and fitted to its edges by a guided filter (He, Sun and Tang 2010) with the
 * picture's brightness as guide; outside the part it is 0. @param part - pixels of the small picture
 */
export const refineMatte = (matte: Matte, part: Rect, picture: SmallPicture): Plane => {
  const [left, top] = [Math.round(part.x), Math.round(part.y)];
  const [width, height] = [Math.max(1, Math.round(part.width)), Math.max(1, Math.round(part.height))];
  const coarse = stretchPlane(
    { width: matte.widthPx, height: matte.heightPx, values: Float32Array.from(matte.alpha, (v) => v / 255) },
    width,
    height,
  );
  const guide = planeOf(width, height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) guide.values[y * width + x] = brightness(picture, (top + y) * picture.width + left + x);
  // Wide enough to reach over one pixel of the coarse matte.
  const radius = Math.max(2, Math.round((1.2 * Math.max(width, height)) / Math.max(matte.widthPx, matte.heightPx)));
  const fitted = guided(guide, coarse, radius);
  const out = planeOf(picture.width, picture.height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (top + y < 0 || top + y >= picture.height || left + x < 0 || left + x >= picture.width) continue;
      const i = (top + y) * picture.width + left + x;
      const value = ((fitted.values[y * width + x] ?? 0) - CLEAR) / (SOLID - CLEAR);
      out.values[i] = Math.min(1, Math.max(0, value)) * (picture.alpha.values[i] ?? 0);
    }
  }
  return out;
};

const brightness = ({ channels: [r, g, b] }: SmallPicture, i: number): number =>
  0.299 * (r.values[i] ?? 0) + 0.587 * (g.values[i] ?? 0) + 0.114 * (b.values[i] ?? 0);

const guided = (guide: Plane, input: Plane, radius: number): Plane => {
  const mean = boxMean(guide, radius);
  const inputMean = boxMean(input, radius);
  const square = boxMean(
    combine(guide, guide, (a, b) => a * b),
    radius,
  );
  const product = boxMean(
    combine(guide, input, (a, b) => a * b),
    radius,
  );
  const slope = planeOf(guide.width, guide.height);
  for (let i = 0; i < slope.values.length; i += 1) {
    const m = mean.values[i] ?? 0;
    const variance = Math.max(0, (square.values[i] ?? 0) - m * m);
    slope.values[i] = ((product.values[i] ?? 0) - m * (inputMean.values[i] ?? 0)) / (variance + FLAT);
  }
  const shift = combine(
    inputMean,
    combine(slope, mean, (a, m) => a * m),
    (p, am) => p - am,
  );
  const [a, b] = [boxMean(slope, radius), boxMean(shift, radius)];
  return { ...guide, values: guide.values.map((v, i) => (a.values[i] ?? 0) * v + (b.values[i] ?? 0)) };
};
