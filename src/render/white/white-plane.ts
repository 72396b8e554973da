import type { Rect } from '../../geometry/point.ts';
import { mmToPx } from '../../geometry/units.ts';
import { atOnce, type Steps } from '../../model/steps.ts';
import type { Plane } from '../plates/plane.ts';
import type { RenderedPixels } from '../raster/render-pixels.ts';
import { type Choke, chokeFor, widestChoke } from './choke.ts';
import { type InsideDistances, insideDistances } from './inside-distance.ts';
import { type LocalWidths, localWidths } from './local-width.ts';
import { STEP_ROWS } from './steps.ts';

export type WhiteOptions = {
  /** How far white stays inside the colours, mm. */
  readonly choke: Choke;
  /** Share of cover up to which a pixel is too faint for white, 0 to below 1. */
  readonly cutoff: number;
  /** Where pictures lie, in pixels: `choke.photo` caps the choke there. */
  readonly photos?: readonly Rect[];
  /**
   * Coverage whose edges white draws back from, one byte a pixel: what the art covered before its fades became dots, for dots have as much white
   * as colour. Left out: that of the art.
   */
  readonly shape?: Uint8Array;
};

/** Every channel from here on is white: nothing but the white ink prints it. */
const ONLY_WHITE = 250;

/**
 * White under art: as much as its alpha, drawn back from its edges by what the width of each part bears. Art that is white itself keeps all of
 * it, for there the white is the art. The edge of the drawn-back white falls off over one pixel.
 * Takes a byte (above 380 dpi at 1 mm of choke, two) for each pixel beside the result.
 * @param pixels - the art, straight RGBA
 */
export const whitePlane = (pixels: RenderedPixels, dpi: number, options: WhiteOptions): Plane => atOnce(whiteSteps(pixels, dpi, options));

/** The same in steps, for canvases of print size: run them with `givingWay`. */
export function* whiteSteps({ widthPx, heightPx, rgba }: RenderedPixels, dpi: number, options: WhiteOptions): Steps<Plane> {
  const alpha = alphaOf(rgba);
  const cutoff = Math.min(254, Math.max(0, Math.floor(options.cutoff * 255)));
  const { bold, photo, text } = options.choke;
  const reach = Math.ceil(mmToPx(Math.max(bold, photo, text), dpi)) + 2;
  const distances = yield* insideDistances(options.shape ?? alpha, widthPx, heightPx, cutoff, reach);
  const chokes = yield* cellChokes(distances, dpi, options);
  yield* drawBack(alpha, rgba, distances, chokes, cutoff);
  return { widthPx, heightPx, dpi, data: alpha };
}

/** Coverage of straight RGBA pixels, one byte each. */
export const alphaOf = (rgba: Uint8Array): Uint8Array => {
  const alpha = new Uint8Array(rgba.length >> 2);
  for (let i = 0, at = 3; i < alpha.length; i += 1, at += 4) alpha[i] = rgba[at] ?? 0;
  return alpha;
};

/** Choke of each cell, px. */
function* cellChokes(distances: InsideDistances, dpi: number, { choke, photos = [] }: WhiteOptions): Steps<LocalWidths> {
  const found = yield* localWidths(distances, mmToPx(widestChoke(choke), dpi));
  const { widths, columns, cell } = found;
  const pxPerMm = mmToPx(1, dpi);
  for (let i = 0; i < widths.length; i += 1) widths[i] = pxPerMm * chokeFor((widths[i] ?? 0) / pxPerMm, choke);
  for (const { x, y, width, height } of photos) {
    const right = Math.min(columns, Math.ceil((x + width) / cell));
    const bottom = Math.min(found.rows, Math.ceil((y + height) / cell));
    for (let v = Math.max(0, Math.floor(y / cell)); v < bottom; v += 1) {
      for (let u = Math.max(0, Math.floor(x / cell)); u < right; u += 1) {
        widths[v * columns + u] = Math.min(widths[v * columns + u] ?? 0, choke.photo * pxPerMm);
      }
    }
  }
  return found;
}

/** From alpha to white, in place. */
function* drawBack(
  alpha: Uint8Array,
  rgba: Uint8Array,
  { widthPx, heightPx, reach, squares }: InsideDistances,
  { widths: chokes, columns }: LocalWidths,
  cutoff: number,
): Steps<void> {
  const deep = reach * reach;
  const roots = Float64Array.from({ length: deep + 1 }, (_, i) => Math.sqrt(i));
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    if (y % STEP_ROWS === 0) yield;
    const row = (y >> 2) * columns;
    for (let x = 0; x < widthPx; x += 1, at += 1) {
      const square = squares[at] ?? 0;
      if (square >= deep) continue;
      const own = alpha[at] ?? 0;
      if (own <= cutoff) {
        alpha[at] = 0;
        continue;
      }
      const inside = (roots[square] ?? 0) - (chokes[row + (x >> 2)] ?? 0);
      if (inside >= 1 || isWhite(rgba, at * 4)) continue;
      alpha[at] = inside <= 0 ? 0 : Math.round(own * inside);
    }
  }
}

const isWhite = (rgba: Uint8Array, at: number): boolean =>
  (rgba[at] ?? 0) >= ONLY_WHITE && (rgba[at + 1] ?? 0) >= ONLY_WHITE && (rgba[at + 2] ?? 0) >= ONLY_WHITE;
