import { NO_POSITION } from '../model/view.ts';
import type { Appearance } from '../render/appearance.ts';
import type { RowRange } from '../render/raster/render-pixels.ts';
import type { CompiledView } from './compile-view.ts';
import { TILE } from './print-map.ts';

/** For each row of a view's print map, the least and the most v (mm) that its pixels read, filters included; empty rows ascend from infinity. */
export type RowExtents = Float32Array;

/** Of the steps to the next pixel and to the one below, how far the taps of a pixel lie from it: 1.5 pixels times 3/8, and a little. */
const TAPS = 0.6;
/** Of a tile's longest step: what a texel of the level that is chosen by it spans, with its neighbour. */
const LEVEL = 2;
/** Texels of the finest level that bilinear sampling and its border add. */
const EXTRA_TEXELS = 4;

export const rowExtentsOf = ({ print }: CompiledView): RowExtents => {
  if (!print) return new Float32Array(0);
  const { width, height, stride, mm, tiles } = print;
  const columns = width / TILE;
  const extents = new Float32Array(height * 2);
  for (let y = 0; y < height; y += 1) {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let x = 0; x < width; x += 1) {
      const at = (y * stride + x) * 2 + 1;
      const v = mm[at] ?? NO_POSITION;
      if (v === NO_POSITION) continue;
      const steps = stepTo(v, mm[at + 2]) + stepTo(v, mm[at + stride * 2]);
      const reach = TAPS * steps + LEVEL * (tiles[(Math.floor(y / TILE) * columns + Math.floor(x / TILE)) * 3 + 2] ?? 0);
      least = Math.min(least, v - reach);
      most = Math.max(most, v + reach);
    }
    extents[y * 2] = least;
    extents[y * 2 + 1] = most;
  }
  return extents;
};

/** The warp takes steps over a fold for none from some length on; counting them all errs on the safe side. */
const stepTo = (v: number, next: number | undefined): number => (next === undefined || next === NO_POSITION ? 0 : Math.abs(next - v));

/** The first and one past the last row in which two pictures of one size differ; null when they are equal. */
export const differingRows = (a: Uint8Array, b: Uint8Array, stride: number): RowRange | null => {
  const rows = Math.ceil(a.length / stride);
  const equal = (row: number): boolean =>
    Buffer.compare(a.subarray(row * stride, (row + 1) * stride), b.subarray(row * stride, (row + 1) * stride)) === 0;
  let from = 0;
  while (from < rows && equal(from)) from += 1;
  if (from === rows) return null;
  let to = rows;
  while (equal(to - 1)) to -= 1;
  return { from, to };
};

/** Rows of the picture that can show the rows `art` of a placement's flat art; null when none can. */
export const shownRows = (
  { record, print }: CompiledView,
  extents: RowExtents,
  placement: string,
  { region, heightPx }: Appearance,
  art: RowRange,
): RowRange | null => {
  const shown = record.placements.find((one) => one.placement === placement);
  if (!shown || !print) return null;
  // Art of another size than the pictured one lies at the pictured width, top edges together: see levelAffine.
  const fit = (region.width + 2 * region.x) / shown.width;
  const mmAt = (row: number): number => ((row * region.height) / heightPx + region.y) / fit + shown.y;
  const [low, high] = [mmAt(art.from - EXTRA_TEXELS), mmAt(art.to + EXTRA_TEXELS)];
  let from = -1;
  let to = -1;
  for (let y = 0; y < print.height; y += 1) {
    if ((extents[y * 2] ?? 0) > high || (extents[y * 2 + 1] ?? 0) < low) continue;
    from = from < 0 ? y : from;
    to = y + 1;
  }
  return from < 0 ? null : { from: print.y + from, to: print.y + to };
};

/** Rows of a placement's flat art that the rows `picture` of the picture can read; none of them when it shows none. */
export const artRows = (
  { record, print }: CompiledView,
  extents: RowExtents,
  placement: string,
  { region, heightPx }: Appearance,
  picture: RowRange,
): RowRange => {
  const shown = record.placements.find((one) => one.placement === placement);
  if (!shown || !print) return { from: 0, to: 0 };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let y = Math.max(0, picture.from - print.y); y < Math.min(print.height, picture.to - print.y); y += 1) {
    low = Math.min(low, extents[y * 2] ?? low);
    high = Math.max(high, extents[y * 2 + 1] ?? high);
  }
  if (low > high) return { from: 0, to: 0 };
  const fit = (region.width + 2 * region.x) / shown.width;
  const rowAt = (mm: number): number => (((mm - shown.y) * fit - region.y) * heightPx) / region.height;
  const from = Math.min(heightPx, Math.max(0, Math.floor(rowAt(low)) - EXTRA_TEXELS));
  return { from, to: Math.min(heightPx, Math.max(from, Math.ceil(rowAt(high)) + EXTRA_TEXELS)) };
};
