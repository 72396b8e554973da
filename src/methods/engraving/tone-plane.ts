import type { Rect } from '../../geometry/point.ts';
import type { Plane } from '../../render/plates/plane.ts';
import type { RenderedPixels } from '../../render/raster/render-pixels.ts';

/** How pictures are prepared for a beam. See the settings of the same names. */
export type ToneShape = {
  readonly stretch: boolean;
  readonly contrast: number;
  readonly gamma: number;
  readonly sharpen: number;
  /** The light parts are marked instead of the dark ones. */
  readonly lightMarks: boolean;
};

/** Part of the pixels at either end that a stretch gives up. */
const CLIPPED = 0.005;
/** Pictures of fewer tones than this have nothing to spread: an even one would become all black. */
const LEAST_TONES = 8;

/**
 * How much is engraved where: 255 for the dark of the art, shared out by its cover. Within `photos` (pixels of the canvas) the tones of
 * pictures are shaped first; lettering and drawings keep theirs.
 */
export const tonePlane = ({ widthPx, heightPx, rgba }: RenderedPixels, dpi: number, photos: readonly Rect[], shape: ToneShape): Plane => {
  const light = new Uint8Array(widthPx * heightPx);
  for (let i = 0, at = 0; i < light.length; i += 1, at += 4)
    light[i] = Math.round(0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0));
  for (const box of photos) shapePhoto(light, rgba, { widthPx, heightPx }, box, shape);
  const data = new Uint8Array(light.length);
  for (let i = 0; i < data.length; i += 1) data[i] = Math.round(((255 - (light[i] ?? 0)) * (rgba[i * 4 + 3] ?? 0)) / 255);
  return { widthPx, heightPx, dpi, data };
};

type Size = { readonly widthPx: number; readonly heightPx: number };

const shapePhoto = (light: Uint8Array, rgba: Uint8Array, size: Size, box: Rect, shape: ToneShape): void => {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const right = Math.min(size.widthPx, Math.ceil(box.x + box.width));
  const bottom = Math.min(size.heightPx, Math.ceil(box.y + box.height));
  if (right <= left || bottom <= top) return;
  const part = { left, top, right, bottom };
  if (shape.sharpen > 0) sharpen(light, size.widthPx, part, shape.sharpen);
  const table = toneTable(light, rgba, size.widthPx, part, shape);
  for (let y = top; y < bottom; y += 1)
    for (let i = y * size.widthPx + left, end = y * size.widthPx + right; i < end; i += 1) light[i] = table[light[i] ?? 0] ?? 0;
};

type Part = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** New tone for each tone: stretch, gamma, contrast, and for light marks the negative. */
const toneTable = (light: Uint8Array, rgba: Uint8Array, width: number, part: Part, shape: ToneShape): Uint8Array => {
  const [low, high] = shape.stretch ? endsOf(light, rgba, width, part) : [0, 255];
  return Uint8Array.from({ length: 256 }, (_, tone) => {
    const spread = Math.min(1, Math.max(0, (tone - low) / Math.max(1, high - low)));
    const bent = spread ** (1 / shape.gamma);
    const steep = 0.5 + (bent - 0.5) * (shape.contrast >= 0 ? 1 + 2 * shape.contrast : 1 + shape.contrast);
    const kept = Math.min(1, Math.max(0, steep));
    return Math.round(255 * (shape.lightMarks ? 1 - kept : kept));
  });
};

const endsOf = (light: Uint8Array, rgba: Uint8Array, width: number, { left, top, right, bottom }: Part): readonly [number, number] => {
  const counts = new Uint32Array(256);
  let all = 0;
  for (let y = top; y < bottom; y += 1)
    for (let i = y * width + left, end = y * width + right; i < end; i += 1) {
      // What is clear shows the material, not the picture.
      if ((rgba[i * 4 + 3] ?? 0) < 128) continue;
      const tone = light[i] ?? 0;
      counts[tone] = (counts[tone] ?? 0) + 1;
      all += 1;
    }
  const least = all * CLIPPED;
  const reach = (from: number, step: 1 | -1): number => {
    let tone = from;
    for (let seen = counts[tone] ?? 0; seen <= least && tone + step >= 0 && tone + step <= 255; seen += counts[tone] ?? 0) tone += step;
    return tone;
  };
  const [low, high] = [reach(0, 1), reach(255, -1)];
  return high - low < LEAST_TONES ? [0, 255] : [low, high];
};

/** Takes away a share of the mean of the nine pixels around: edges stand out. */
const sharpen = (light: Uint8Array, width: number, { left, top, right, bottom }: Part, amount: number): void => {
  let above = light.slice(top * width + left, top * width + right);
  for (let y = top; y < bottom; y += 1) {
    const own = light.slice(y * width + left, y * width + right);
    const below = y + 1 < bottom ? light.subarray((y + 1) * width + left, (y + 1) * width + right) : own;
    for (let x = 0; x < own.length; x += 1) {
      const [before, after] = [Math.max(0, x - 1), Math.min(own.length - 1, x + 1)];
      const sum =
        (above[before] ?? 0) +
        (above[x] ?? 0) +
        (above[after] ?? 0) +
        (own[before] ?? 0) +
        (own[x] ?? 0) +
        (own[after] ?? 0) +
        (below[before] ?? 0) +
        (below[x] ?? 0) +
        (below[after] ?? 0);
      const sharp = (own[x] ?? 0) + amount * ((own[x] ?? 0) - sum / 9);
      light[y * width + left + x] = Math.max(0, Math.min(255, Math.round(sharp)));
    }
    above = own;
  }
};
