import type { Plane } from './plane.ts';
import { type CodedArt, type PlateRequest, paintedColumns, paintShares, placeOf } from './separate.ts';

export type TonePlanes = {
  /** Amounts of the dots of each ink, in the order of the inks; null for those without tones. */
  readonly inks: readonly (Plane | null)[];
  /** What the chosen inks cover together, even areas included. */
  readonly cover: Plane;
};

export type ToneOptions = {
  readonly dpi: number;
  readonly curve: Uint8Array;
  /** Whether an ink counts for `cover`. */
  readonly covers: (ink: number) => boolean;
};

/** Shares below this get no bed under later inks; fully bedded from twice as much on. */
const BED_FROM = 16;

const beddedOf = (share: number, above: number): number =>
  share <= BED_FROM ? share : Math.min(255, Math.round(share + (above * Math.min(BED_FROM, share - BED_FROM)) / BED_FROM));

/**
 * How much of an ink goes down where a share of it is to be seen and later inks cover some of the place already: at 256 times what they cover
 * plus the share. Dots of later inks lie on those of earlier ones.
 */
export const BEDDED: Uint8Array = Uint8Array.from({ length: 256 * 256 }, (_, i) => beddedOf(i & 255, i >> 8));

/** Tones as amounts instead of dots, for whoever makes the dots later. Rejects as `renderPixels` does. */
export const tonePlanes = async (
  art: CodedArt,
  inkCount: number,
  request: PlateRequest,
  { dpi, curve, covers }: ToneOptions,
  signal: AbortSignal,
): Promise<TonePlanes> => {
  const { widthPx, heightPx } = request;
  const planeOf = (): Plane => ({ widthPx, heightPx, dpi, data: new Uint8Array(widthPx * heightPx) });
  const inks = Array.from({ length: inkCount }, (_, ink) =>
    art.channels.some((one) => one.ink === ink && one.kind === 'tone') ? planeOf() : null,
  );
  const cover = planeOf();
  const [above, even, dots] = [new Uint8Array(widthPx), new Uint16Array(widthPx), new Uint8Array(widthPx)];
  const channels = art.channels.map((channel, at) => ({ ...channel, ...placeOf(at), counts: covers(channel.ink) })).reverse();
  await paintShares(art, request, signal, ({ top, rows, pixels }) => {
    for (let row = 0; row < rows; row++) {
      const { from, to } = paintedColumns(pixels, row, widthPx);
      if (from === to) continue;
      const start = (top + row) * widthPx;
      above.fill(0);
      even.fill(0);
      dots.fill(0);
      // Last ink first, as for the plates: what it covers is known when the ink below it is laid out.
      for (const { ink, kind, list, shift, counts } of channels) {
        const shares = pixels[list]?.subarray(row * widthPx, (row + 1) * widthPx);
        if (!shares) continue;
        if (kind === 'solid') {
          if (counts) for (let x = from; x < to; x++) even[x] = (even[x] ?? 0) + (((shares[x] ?? 0) >>> shift) & 255);
          continue;
        }
        const plane = inks[ink]?.data.subarray(start, start + widthPx);
        if (plane) toneRow(shares, shift, from, to, above, counts ? dots : null, plane, curve);
      }
      for (let x = from; x < to; x++) cover.data[start + x] = Math.min(255, (even[x] ?? 0) + (curve[dots[x] ?? 0] ?? 0));
    }
  });
  return { inks, cover };
};

const toneRow = (
  shares: Uint32Array,
  shift: number,
  from: number,
  to: number,
  above: Uint8Array,
  dots: Uint8Array | null,
  plane: Uint8Array,
  curve: Uint8Array,
): void => {
  for (let x = from; x < to; x++) {
    const share = ((shares[x] ?? 0) >>> shift) & 255;
    if (share === 0) continue;
    const upper = above[x] ?? 0;
    const amount = BEDDED[(upper << 8) | share] ?? 0;
    if (amount > upper) above[x] = amount;
    if (dots && amount > (dots[x] ?? 0)) dots[x] = amount;
    plane[x] = curve[amount] ?? 0;
  }
};

/** The least amount within a square around each pixel: areas shrink by `reachPx`, even tones stay. */
export const shrunkTones = (plane: Plane, reachPx: number): Plane => {
  const { widthPx, heightPx, data } = plane;
  const across = new Uint8Array(data.length);
  const out = new Uint8Array(data.length);
  leastAlong(data, across, heightPx, widthPx, widthPx, 1, reachPx);
  leastAlong(across, out, widthPx, heightPx, 1, widthPx, reachPx);
  return { ...plane, data: out };
};

/** Along lines of a plane: `next` from one pixel of a line to the next, `step` from line to line. */
const leastAlong = (from: Uint8Array, to: Uint8Array, lines: number, length: number, step: number, next: number, reach: number): void => {
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      let least = 255;
      const end = Math.min(length - 1, i + reach);
      for (let k = Math.max(0, i - reach); k <= end; k++) least = Math.min(least, from[line * step + k * next] ?? 0);
      to[line * step + i * next] = least;
    }
  }
};
