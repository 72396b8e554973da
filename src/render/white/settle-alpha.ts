import { mmToPx } from '../../geometry/units.ts';
import { atOnce, type Steps } from '../../model/steps.ts';
import { type Screen, ScreenRows } from '../plates/halftone.ts';
import type { RenderedPixels } from '../raster/render-pixels.ts';
import { STEP_ROWS } from './steps.ts';

/** `keep` leaves fades as they are; `halftone` turns them into dots of full cover; `solid` makes them full or nothing at half cover. */
export type Fades = 'keep' | 'halftone' | 'solid';

export type FadeOptions = {
  readonly fades: Fades;
  /** Share of cover up to which a pixel is cleared, 0 to below 1. */
  readonly cutoff: number;
  /** Of the halftone. */
  readonly screen: Screen;
};

/** Pixels that print are covered; soft ones among them are half clear without lying at an edge. */
export type Softness = { readonly covered: number; readonly soft: number };

/** What lies this close to full cover is a soft edge, not a fade. */
const EDGE_MM = 0.17;
const FULL = 250;
/** Alpha that changes by this much within a few pixels is an edge as well. */
const STEEP = 128;

/**
 * Makes partly clear art fit for white ink, in place: white cannot fade, so a half clear pixel prints as a milky or speckled one. Edges become
 * sharp at half cover; fades go the way of `fades`. With `halftone` and `solid` no half clear pixel is left.
 * @throws Problem 'plate.screen' for rulings that the pixels cannot carry
 */
export const settleAlpha = (pixels: RenderedPixels, dpi: number, options: FadeOptions): Softness =>
  atOnce(settleSteps(pixels, dpi, options));

/** The same in steps, for canvases of print size: run them with `givingWay`. */
export function* settleSteps(
  { widthPx, heightPx, rgba }: RenderedPixels,
  dpi: number,
  { fades, cutoff, screen }: FadeOptions,
): Steps<Softness> {
  const faint = Math.min(254, Math.max(0, Math.floor(cutoff * 255)));
  const reach = Math.max(1, Math.round(mmToPx(EDGE_MM, dpi)));
  const rows = new AlphaRows(rgba, widthPx, heightPx, reach);
  const screenRows = fades === 'halftone' ? new ScreenRows(screen, dpi) : null;
  const thresholds = new Uint8Array(widthPx).fill(128);
  let covered = 0;
  let soft = 0;
  for (let y = 0; y < heightPx; y += 1) {
    if (y % STEP_ROWS === 0) yield;
    rows.moveTo(y);
    screenRows?.row(y, thresholds);
    for (let x = 0, at = y * widthPx * 4 + 3; x < widthPx; x += 1, at += 4) {
      const own = rgba[at] ?? 0;
      if (own === 0) continue;
      if (own <= faint) {
        rgba[at] = 0;
        continue;
      }
      covered += 1;
      if (own === 255) continue;
      const fade = own < FULL && !rows.isEdge(x);
      if (fade) soft += 1;
      if (fades !== 'keep') rgba[at] = own >= (fade ? (thresholds[x] ?? 128) : 128) ? 255 : 0;
    }
  }
  return { covered, soft };
}

/** Alpha of the rows around one, as it was before anything was changed. */
class AlphaRows {
  readonly #rgba: Uint8Array;
  readonly #widthPx: number;
  readonly #heightPx: number;
  readonly #reach: number;
  /** A ring of 2 * reach + 1 rows. */
  readonly #rows: readonly Uint8Array[];
  #loaded = 0;
  #y = 0;

  constructor(rgba: Uint8Array, widthPx: number, heightPx: number, reach: number) {
    this.#rgba = rgba;
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
    this.#reach = reach;
    this.#rows = Array.from({ length: 2 * reach + 1 }, () => new Uint8Array(widthPx));
  }

  moveTo(y: number): void {
    this.#y = y;
    for (; this.#loaded <= Math.min(this.#heightPx - 1, y + this.#reach); this.#loaded += 1) {
      const row = this.#rows[this.#loaded % this.#rows.length];
      if (!row) continue;
      for (let x = 0, at = this.#loaded * this.#widthPx * 4 + 3; x < this.#widthPx; x += 1, at += 4) row[x] = this.#rgba[at] ?? 0;
    }
  }

  isEdge(x: number): boolean {
    const right = Math.min(this.#widthPx - 1, x + this.#reach);
    const bottom = Math.min(this.#heightPx - 1, this.#y + this.#reach);
    let [low, high] = [255, 0];
    for (let y = Math.max(0, this.#y - this.#reach); y <= bottom; y += 1) {
      const row = this.#rows[y % this.#rows.length];
      for (let k = Math.max(0, x - this.#reach); k <= right; k += 1) {
        const alpha = row?.[k] ?? 0;
        if (alpha >= FULL) return true;
        if (alpha < low) low = alpha;
        if (alpha > high) high = alpha;
      }
    }
    return high - low >= STEEP;
  }
}
