import { type ConeBand, toArt } from '../../geometry/cone.ts';
import type { Rect } from '../../geometry/point.ts';
import { isOpaque } from '../../render/raster/encode-pixels.ts';
import { pause } from '../../render/raster/pause.ts';
import type { RenderedPixels } from '../../render/raster/render-pixels.ts';

/** Pixels and the box of millimetres they fill. */
export type Sheet = { readonly pixels: RenderedPixels; readonly box: Rect };

/** The size of a picture that is to be, and the box of millimetres it fills. */
export type Frame = { readonly pixels: Pick<RenderedPixels, 'widthPx' | 'heightPx'>; readonly box: Rect };

/** Places along a row that are worked out exactly; between them the way through the art is as good as straight. */
const STEP = 8;
/** Rows between two looks at the signal. */
const ROWS = 64;
/** Steps of a pixel that the weights are known for. */
const PHASES = 256;

/** Weights of the four nearest pixels along one axis for every phase (Keys' cubic convolution, a = -1/2: exact for straight slopes). */
const WEIGHTS: Float32Array = (() => {
  const weights = new Float32Array((PHASES + 1) * 4);
  for (let phase = 0; phase <= PHASES; phase += 1) {
    const t = phase / PHASES;
    const [t2, t3] = [t * t, t * t * t];
    weights.set([(-t3 + 2 * t2 - t) / 2, (3 * t3 - 5 * t2 + 2) / 2, (-3 * t3 + 4 * t2 + t) / 2, (t3 - t2) / 2], phase * 4);
  }
  return weights;
})();

/**
 * Art bent as a band of a cone lies flat: each pixel of the result is taken from where it comes from in the art, from the sixteen pixels
 * around. Beyond the art its outermost pixels go on. Both pictures are straight RGBA8; colours of clear pixels do not bleed into others.
 * @param art - as it would be printed on a straight wall, at about the resolution of the result
 * @param box - what the result fills, mm of the flat sheet
 */
export const bendPixels = async (
  art: Sheet,
  band: ConeBand,
  { pixels: size, box }: Frame,
  signal: AbortSignal,
): Promise<RenderedPixels> => {
  const target = { ...size, rgba: new Uint8Array(size.widthPx * size.heightPx * 4) };
  const way = new Float64Array((Math.ceil(size.widthPx / STEP) + 1) * 2);
  const bendRow = isOpaque(art.pixels.rgba) ? bendOpaqueRow : bendClearRow;
  for (let y = 0; y < size.heightPx; y += 1) {
    if (y % ROWS === 0) await pause(signal);
    traceRow(way, art, band, { pixels: size, box }, y);
    bendRow(way, art.pixels, target, y);
  }
  return target;
};

/** Where in the art, in its pixels, every eighth pixel of a row comes from. */
const traceRow = (way: Float64Array, { pixels, box: from }: Sheet, band: ConeBand, { pixels: size, box }: Frame, y: number): void => {
  const across = pixels.widthPx / from.width;
  const down = pixels.heightPx / from.height;
  const yMm = box.y + ((y + 0.5) * box.height) / size.heightPx;
  for (let i = 0; i * 2 < way.length; i += 1) {
    const point = toArt(band, { x: box.x + ((i * STEP + 0.5) * box.width) / size.widthPx, y: yMm });
    way[i * 2] = (point.x - from.x) * across - 0.5;
    way[i * 2 + 1] = (point.y - from.y) * down - 0.5;
  }
};

const clamp = (v: number, most: number): number => Math.max(0, Math.min(v, most));

/** The sixteen pixels around one place of the art: byte offsets of their columns and rows, and where in WEIGHTS theirs begin. */
class Taps {
  c0 = 0;
  c1 = 0;
  c2 = 0;
  c3 = 0;
  across = 0;
  down = 0;
  top = 0;
  readonly #way: Float64Array;
  readonly #mostX: number;
  readonly #mostY: number;
  readonly #stride: number;

  constructor(way: Float64Array, { widthPx, heightPx }: RenderedPixels) {
    this.#way = way;
    this.#mostX = widthPx - 1;
    this.#mostY = heightPx - 1;
    this.#stride = widthPx * 4;
  }

  aim(x: number): void {
    const i = (x >> 3) * 2;
    const part = (x & (STEP - 1)) / STEP;
    const x0 = this.#way[i] ?? 0;
    const y0 = this.#way[i + 1] ?? 0;
    const atX = x0 + ((this.#way[i + 2] ?? 0) - x0) * part;
    const atY = y0 + ((this.#way[i + 3] ?? 0) - y0) * part;
    const left = Math.floor(atX);
    this.top = Math.floor(atY);
    this.across = Math.round((atX - left) * PHASES) * 4;
    this.down = Math.round((atY - this.top) * PHASES) * 4;
    this.c0 = clamp(left - 1, this.#mostX) * 4;
    this.c1 = clamp(left, this.#mostX) * 4;
    this.c2 = clamp(left + 1, this.#mostX) * 4;
    this.c3 = clamp(left + 2, this.#mostX) * 4;
  }

  row(j: number): number {
    return clamp(this.top - 1 + j, this.#mostY) * this.#stride;
  }
}

const bendOpaqueRow = (way: Float64Array, source: RenderedPixels, { rgba: out, widthPx }: RenderedPixels, y: number): void => {
  const taps = new Taps(way, source);
  const { rgba } = source;
  for (let x = 0, to = y * widthPx * 4; x < widthPx; x += 1, to += 4) {
    taps.aim(x);
    const { across, down } = taps;
    const w0 = WEIGHTS[across] ?? 0;
    const w1 = WEIGHTS[across + 1] ?? 0;
    const w2 = WEIGHTS[across + 2] ?? 0;
    const w3 = WEIGHTS[across + 3] ?? 0;
    let r = 0.5;
    let g = 0.5;
    let b = 0.5;
    for (let j = 0; j < 4; j += 1) {
      const row = taps.row(j);
      const w = WEIGHTS[down + j] ?? 0;
      const p0 = row + taps.c0;
      const p1 = row + taps.c1;
      const p2 = row + taps.c2;
      const p3 = row + taps.c3;
      r += w * (w0 * (rgba[p0] ?? 0) + w1 * (rgba[p1] ?? 0) + w2 * (rgba[p2] ?? 0) + w3 * (rgba[p3] ?? 0));
      g += w * (w0 * (rgba[p0 + 1] ?? 0) + w1 * (rgba[p1 + 1] ?? 0) + w2 * (rgba[p2 + 1] ?? 0) + w3 * (rgba[p3 + 1] ?? 0));
      b += w * (w0 * (rgba[p0 + 2] ?? 0) + w1 * (rgba[p1 + 2] ?? 0) + w2 * (rgba[p2 + 2] ?? 0) + w3 * (rgba[p3 + 2] ?? 0));
    }
    out[to] = clamp(r, 255);
    out[to + 1] = clamp(g, 255);
    out[to + 2] = clamp(b, 255);
    out[to + 3] = 255;
  }
};

/** As above, colours weighted by what they cover. */
const bendClearRow = (way: Float64Array, source: RenderedPixels, { rgba: out, widthPx }: RenderedPixels, y: number): void => {
  const taps = new Taps(way, source);
  const { rgba } = source;
  for (let x = 0, to = y * widthPx * 4; x < widthPx; x += 1, to += 4) {
    taps.aim(x);
    const { across, down } = taps;
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    for (let j = 0; j < 4; j += 1) {
      const row = taps.row(j);
      const w = WEIGHTS[down + j] ?? 0;
      const p0 = row + taps.c0;
      const p1 = row + taps.c1;
      const p2 = row + taps.c2;
      const p3 = row + taps.c3;
      const w0 = w * (WEIGHTS[across] ?? 0) * (rgba[p0 + 3] ?? 0);
      const w1 = w * (WEIGHTS[across + 1] ?? 0) * (rgba[p1 + 3] ?? 0);
      const w2 = w * (WEIGHTS[across + 2] ?? 0) * (rgba[p2 + 3] ?? 0);
      const w3 = w * (WEIGHTS[across + 3] ?? 0) * (rgba[p3 + 3] ?? 0);
      r += w0 * (rgba[p0] ?? 0) + w1 * (rgba[p1] ?? 0) + w2 * (rgba[p2] ?? 0) + w3 * (rgba[p3] ?? 0);
      g += w0 * (rgba[p0 + 1] ?? 0) + w1 * (rgba[p1 + 1] ?? 0) + w2 * (rgba[p2 + 1] ?? 0) + w3 * (rgba[p3 + 1] ?? 0);
      b += w0 * (rgba[p0 + 2] ?? 0) + w1 * (rgba[p1 + 2] ?? 0) + w2 * (rgba[p2 + 2] ?? 0) + w3 * (rgba[p3 + 2] ?? 0);
      a += w0 + w1 + w2 + w3;
    }
    if (a < 0.5) continue;
    out[to] = clamp(r / a + 0.5, 255);
    out[to + 1] = clamp(g / a + 0.5, 255);
    out[to + 2] = clamp(b / a + 0.5, 255);
    out[to + 3] = clamp(a + 0.5, 255);
  }
};
