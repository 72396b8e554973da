import { compositeStrip, type Probe, type Strip } from './composite.ts';
import { fitLight, type Light, PROBE_GREYS, squaredError } from './fit-light.ts';
import { toLinear } from './light-curve.ts';
import type { PsdDocument, PsdLayer } from './psd-document.ts';

/** A layer that becomes a zone: one that is printed (`colour` null), or one of a colour that may be another. `coverAt` in picture pixels, 0..1. */
export type Tracked = {
  readonly layer: PsdLayer;
  readonly coverAt: (x: number, y: number) => number;
  readonly colour: readonly [number, number, number] | null;
};

/** What the layers look like, a whole number of times smaller; planes row-major. */
export type Measured = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Linear light without print, on white; three channels. */
  readonly bare: Float32Array;
  /** Alpha with print in place. */
  readonly alpha: Float32Array;
  /** Of each tracked layer, how much of the pixel it is. */
  readonly shares: readonly Float32Array[];
  /** The same without print. */
  readonly bareShares: readonly Float32Array[];
  /** Light on the tracked layers; 0 where `known` is. */
  readonly shade: Float32Array;
  readonly gloss: Float32Array;
  /** Share of the pixel that `shade` and `gloss` were fitted on; 0 where they are not. */
  readonly known: Float32Array;
};

/** How near the fitted light comes: dB in display values over all probe greys on print; null when there is no error. */
export type Quality = { readonly psnr: number | null };

type Reduced = { readonly light: Float32Array; readonly alpha: Float32Array };

const BAND_ROWS = 64;

/** Averages blocks of `by` x `by` pixels in linear light, on white. */
const reduce = ({ widthPx, rows, rgba }: Strip, by: number): Reduced => {
  const [width, height] = [Math.floor(widthPx / by), Math.floor(rows / by)];
  const light = new Float32Array(width * height * 3);
  const alpha = new Float32Array(width * height);
  const part = 1 / (by * by);
  for (let y = 0; y < height * by; y += 1) {
    for (let x = 0; x < width * by; x += 1) {
      const to = Math.floor(y / by) * width + Math.floor(x / by);
      const from = (y * widthPx + x) * 4;
      const own = rgba[from + 3] ?? 0;
      for (let c = 0; c < 3; c += 1) light[to * 3 + c] = (light[to * 3 + c] ?? 0) + part * toLinear((rgba[from + c] ?? 0) + 1 - own);
      alpha[to] = (alpha[to] ?? 0) + part * own;
    }
  }
  return { light, alpha };
};

const reduceShares = ({ widthPx, rows, shares }: Strip, by: number, count: number, index: number): Float32Array => {
  const [width, height] = [Math.floor(widthPx / by), Math.floor(rows / by)];
  const out = new Float32Array(width * height);
  for (let y = 0; y < height * by; y += 1) {
    for (let x = 0; x < width * by; x += 1) {
      const to = Math.floor(y / by) * width + Math.floor(x / by);
      out[to] = (out[to] ?? 0) + (shares[(y * widthPx + x) * count + index] ?? 0) / (by * by);
    }
  }
  return out;
};

type Phase = 'bare' | 'print' | 'colour';

/** Without print; with a grey for print; or with a grey for the colours that may change, and no print. */
const probesOf = (tracked: readonly Tracked[], phase: Phase, grey: number): ReadonlyMap<PsdLayer, Probe> =>
  new Map(
    tracked.map(({ layer, coverAt, colour: own }, index) => {
      const flat = [grey, grey, grey] as const;
      const colour = own ? (phase === 'colour' ? flat : own) : phase === 'print' ? flat : null;
      return [layer, { colour, coverAt, index }];
    }),
  );

/** Below this share a pixel says nothing about the light. */
const LEAST_SHARE = 0.02;
const MOSTLY = 0.5;
const MIDDLE = 0.5;
const NEARLY_WHOLE = 0.99;

type Sums = { squares: number; samples: number };
type Band = { readonly first: number; readonly bare: Float32Array; readonly strip: (phase: Phase, grey: number) => Strip };

/**
 * A pixel that is partly print is either print beside something else, or print that lets through what is below; the latter, mixed in encoded
 * values, comes nearer as a whole pixel of print under more gloss. Takes what errs less.
 */
const bestFit = (
  seen: readonly Float32Array[],
  bare: Float32Array,
  at: number,
  share: number,
): { readonly light: Light; readonly cover: number } => {
  const part = fitLight(seen, bare, at, share);
  if (share > NEARLY_WHOLE) return { light: part, cover: share };
  const whole = fitLight(seen, bare, at, 1);
  const better = squaredError(seen, bare, at, 1, whole) < squaredError(seen, bare, at, share, part);
  return better ? { light: whole, cover: 1 } : { light: part, cover: share };
};

/** Fits the light of one band on all layers of a kind, where they have at least half of what all tracked layers have of a pixel. */
const fitBand = (out: Measured, { first, bare, strip }: Band, tracked: readonly Tracked[], by: number, phase: Phase, sums: Sums): void => {
  const mine = tracked.map(({ colour }) => (colour === null) === (phase === 'print'));
  const shareAt = (i: number, own: boolean): number =>
    out.shares.reduce((sum, plane, index) => sum + (mine[index] === own ? (plane[first + i] ?? 0) : 0), 0);
  const size = bare.length / 3;
  let needed = false;
  for (let i = 0; i < size && !needed; i += 1) needed = shareAt(i, true) > LEAST_SHARE;
  if (!needed) return;
  const seen = PROBE_GREYS.map((grey) => reduce(strip(phase, grey), by).light);
  for (let i = 0; i < size; i += 1) {
    const share = shareAt(i, true);
    if (share <= LEAST_SHARE || share < shareAt(i, false)) continue;
    const { light, cover } =
      phase === 'print' ? bestFit(seen, bare, i * 3, share) : { light: fitLight(seen, bare, i * 3, share), cover: share };
    if (cover !== share)
      out.shares.forEach((plane, index) => {
        if (mine[index]) plane[first + i] = ((plane[first + i] ?? 0) * cover) / share;
      });
    out.shade[first + i] = light.shade;
    out.gloss[first + i] = light.gloss;
    out.known[first + i] = cover;
    if (phase !== 'print' || share <= MOSTLY) continue;
    sums.squares += squaredError(seen, bare, i * 3, cover, light);
    sums.samples += PROBE_GREYS.length * 3;
  }
};

/**
 * Composites the layers as picture editors do, once without print and once with every probe grey in its place, and fits the light on it.
 * @param by - pixels of the layered picture for one of the result, along a side
 */
export const measureLight = ({ widthPx, heightPx, layers }: PsdDocument, tracked: readonly Tracked[], by: number): Measured & Quality => {
  const [width, height] = [Math.floor(widthPx / by), Math.floor(heightPx / by)];
  const planes = (channels = 1): Float32Array => new Float32Array(width * height * channels);
  const out: Measured = {
    widthPx: width,
    heightPx: height,
    bare: planes(3),
    alpha: planes(),
    shares: tracked.map(() => planes()),
    bareShares: tracked.map(() => planes()),
    shade: planes(),
    gloss: planes(),
    known: planes(),
  };
  const sums: Sums = { squares: 0, samples: 0 };
  const count = tracked.length;
  const bandRows = Math.max(1, Math.floor(BAND_ROWS / by));
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top) * by;
    const strip = (phase: Phase, grey: number): Strip =>
      compositeStrip(layers, widthPx, top * by, rows, probesOf(tracked, phase, grey), count);
    const first = top * width;
    const [plain, printed] = [strip('bare', 0), strip('print', MIDDLE)];
    const { light: bare } = reduce(plain, by);
    tracked.forEach((_, index) => {
      out.bareShares[index]?.set(reduceShares(plain, by, count, index), first);
      out.shares[index]?.set(reduceShares(printed, by, count, index), first);
    });
    out.bare.set(bare, first * 3);
    out.alpha.set(reduce(printed, by).alpha, first);
    const band = { first, bare, strip };
    fitBand(out, band, tracked, by, 'print', sums);
    fitBand(out, band, tracked, by, 'colour', sums);
  }
  const { squares, samples } = sums;
  return { ...out, psnr: squares > 0 ? -10 * Math.log10(squares / samples) : null };
};
