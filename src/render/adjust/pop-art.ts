import { between, flatten } from './line-art.ts';
import { greyOnWhite } from './luminance.ts';
import { bandsOf, type PixelImage, type Steps, withPixels } from './pixel-image.ts';
import { blur, type Plane, reduce } from './plane.ts';
import { type Rgb, rgbOf } from './tone-maps.ts';

/** Bands are worked out at no more than this many pixels along the longer side; their borders are cut at full size, so they stay crisp. */
const WORKING_SIDE_PX = 1400;
/** Half the width of the soft step between two colours, in brightness 0..1: about a pixel of a smooth slope. */
const SOFT = 0.004;
/** How far the bands follow the picture, 0 equal steps of brightness, 1 equal shares of its area. */
const FOLLOW = 0.65;

/**
 * A silk-screen poster: the picture in a few flat colours, from the darkest to the lightest, without its small texture. Brightness is smoothed
 * where it is flat and kept at edges, then cut into bands that follow how light or dark the picture is. Alpha stays.
 * Throws Problem 'adjust.colour' for a colour that cannot be read.
 */
export function* popArt(image: PixelImage, colours: readonly string[]): Steps {
  const inks = colours.map(rgbOf);
  const { widthPx, heightPx } = image;
  const greys = yield* greyOnWhite(image);
  const small = reduce({ width: widthPx, height: heightPx, values: greys }, WORKING_SIDE_PX);
  yield;
  const scale = Math.max(small.width, small.height) / WORKING_SIDE_PX;
  const flat = yield* flatten(small, Math.max(1, 5 * scale), 0.008);
  const smooth = blur(flat, Math.max(0.6, 1.5 * scale));
  yield;
  const cuts = cutsOf(smooth, image, inks.length);
  const rgba = new Uint8Array(image.rgba.length);
  const [across, down] = [between(widthPx, smooth.width), between(heightPx, smooth.height)];
  for (const { top, rows } of bandsOf(image)) {
    for (let y = top; y < top + rows; y += 1) {
      const above = (down.first[y] ?? 0) * smooth.width;
      const below = above + (down.step[y] ?? 0) * smooth.width;
      const v = down.share[y] ?? 0;
      for (let x = 0, p = y * widthPx * 4; x < widthPx; x += 1, p += 4) {
        const i = across.first[x] ?? 0;
        const j = i + (across.step[x] ?? 0);
        const u = across.share[x] ?? 0;
        const upper = (smooth.values[above + i] ?? 0) * (1 - u) + (smooth.values[above + j] ?? 0) * u;
        const lower = (smooth.values[below + i] ?? 0) * (1 - u) + (smooth.values[below + j] ?? 0) * u;
        paint(rgba, p, upper * (1 - v) + lower * v, cuts, inks);
        rgba[p + 3] = image.rgba[p + 3] ?? 0;
      }
    }
    yield;
  }
  return withPixels(image, rgba);
}

/** Brightness at which one colour gives way to the next; clear pixels do not count. */
const cutsOf = ({ width, height, values }: Plane, image: PixelImage, count: number): readonly number[] => {
  const bins = new Float64Array(256);
  for (let y = 0; y < height; y += 2) {
    const row = Math.min(image.heightPx - 1, Math.floor(((y + 0.5) * image.heightPx) / height)) * image.widthPx;
    for (let x = 0; x < width; x += 2) {
      const p = 4 * (row + Math.min(image.widthPx - 1, Math.floor(((x + 0.5) * image.widthPx) / width)));
      const bin = Math.round(255 * Math.min(1, Math.max(0, values[y * width + x] ?? 0)));
      bins[bin] = (bins[bin] ?? 0) + (image.rgba[p + 3] ?? 0) / 255;
    }
  }
  const total = bins.reduce((sum, bin) => sum + bin, 0);
  return Array.from({ length: count - 1 }, (_, k) => {
    const part = (k + 1) / count;
    return (1 - FOLLOW) * part + FOLLOW * (total > 0 ? brightnessBelow(bins, part * total) : part);
  });
};

const brightnessBelow = (bins: Float64Array, wanted: number): number => {
  let sum = 0;
  for (let i = 0; i < bins.length; i += 1) {
    sum += bins[i] ?? 0;
    if (sum >= wanted) return i / 255;
  }
  return 1;
};

const paint = (rgba: Uint8Array, p: number, value: number, cuts: readonly number[], inks: readonly Rgb[]): void => {
  let band = 0;
  while (band < cuts.length && value > (cuts[band] ?? 1) + SOFT) band += 1;
  const step = ((cuts[band] ?? 2) + SOFT - value) / (2 * SOFT);
  const share = step < 1 ? 1 - Math.max(0, step) : 0;
  const [from, to] = [inks[band], inks[Math.min(band + 1, inks.length - 1)]];
  if (!from || !to) return;
  for (const c of [0, 1, 2] as const) rgba[p + c] = Math.round(from[c] * (1 - share) + to[c] * share);
};
