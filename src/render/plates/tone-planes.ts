import type { Plane } from './plane.ts';
import { type CodedArt, type PlateRequest, paintShares, placeOf } from './separate.ts';

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

/**
 * How much of an ink goes down where `share` of it is to be seen and later inks cover `above` of the place: dots of later inks lie on those of
 * earlier ones.
 */
export const bedded = (share: number, above: number): number =>
  share <= BED_FROM ? share : Math.min(255, Math.round(share + (above * Math.min(BED_FROM, share - BED_FROM)) / BED_FROM));

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
  const channels = art.channels.map((channel, at) => ({ ...channel, ...placeOf(at), counts: covers(channel.ink) })).reverse();
  await paintShares(art, request, signal, ({ top, rows, pixels }) => {
    for (let i = 0; i < rows * widthPx; i++) {
      let [above, even, dots] = [0, 0, 0];
      for (const { ink, kind, list, shift, counts } of channels) {
        const share = ((pixels[list]?.[i] ?? 0) >>> shift) & 255;
        if (share === 0) continue;
        if (kind === 'solid') {
          if (counts) even += share;
          continue;
        }
        const amount = bedded(share, above);
        if (amount > above) above = amount;
        const plane = inks[ink];
        if (plane) plane.data[top * widthPx + i] = curve[amount] ?? 0;
        if (counts && amount > dots) dots = amount;
      }
      cover.data[top * widthPx + i] = Math.min(255, even + (curve[dots] ?? 0));
    }
  });
  return { inks, cover };
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
