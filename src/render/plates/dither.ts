import type { BitPlane, Plane } from './plane.ts';
import { blankBits, requirePlane } from './plane.ts';

/**
 * How tones become dots of one pixel. The first three pass what a dot is too much or too little on to its neighbours, `bayer-8` compares
 * with a regular 8 x 8 pattern, `threshold` cuts at half.
 */
export type DitherKind = 'floyd-steinberg' | 'jarvis' | 'stucki' | 'bayer-8' | 'threshold';
export const DITHER_KINDS = ['floyd-steinberg', 'jarvis', 'stucki', 'bayer-8', 'threshold'] as const satisfies readonly DitherKind[];

export type DitherOptions = {
  /** Every other row runs from right to left, which breaks up worms. Default true; only where errors are passed on. */
  readonly serpentine?: boolean;
};

/** Shares of the error by place: columns ahead (negative behind), rows down. */
type Share = { readonly dx: number; readonly dy: number; readonly weight: number };

const sharesOf = (rows: readonly (readonly number[])[], divisor: number, centre: number): readonly Share[] =>
  rows.flatMap((row, dy) => row.flatMap((weight, i) => (weight === 0 ? [] : [{ dx: i - centre, dy, weight: weight / divisor }])));

/** Floyd and Steinberg 1976; Jarvis, Judice and Ninke 1976; Stucki 1981. */
const DIFFUSION: Readonly<Record<'floyd-steinberg' | 'jarvis' | 'stucki', readonly Share[]>> = {
  'floyd-steinberg': sharesOf(
    [
      [0, 0, 7],
      [3, 5, 1],
    ],
    16,
    1,
  ),
  jarvis: sharesOf(
    [
      [0, 0, 0, 7, 5],
      [3, 5, 7, 5, 3],
      [1, 3, 5, 3, 1],
    ],
    48,
    2,
  ),
  stucki: sharesOf(
    [
      [0, 0, 0, 8, 4],
      [2, 4, 8, 4, 2],
      [1, 2, 4, 2, 1],
    ],
    42,
    2,
  ),
};

/** Tones to dots, row by row. Same plane, same dots. Throws `Problem` 'plate.size'. */
export const dither = (plane: Plane, kind: DitherKind, { serpentine = true }: DitherOptions = {}): BitPlane => {
  requirePlane(plane);
  switch (kind) {
    case 'threshold':
      return compare(plane, () => 128);
    case 'bayer-8':
      return compare(plane, (x, y) => BAYER[(y & 7) * 8 + (x & 7)] ?? 128);
    default:
      return diffuse(plane, DIFFUSION[kind], serpentine);
  }
};

/** The recursive pattern of Bayer 1973 as thresholds 2 to 254. */
const BAYER: Uint8Array = Uint8Array.from({ length: 64 }, (_, i) => {
  const [x, y] = [i & 7, i >> 3];
  let rank = 0;
  for (let bit = 0; bit < 3; bit++) rank = rank * 4 + ((((x ^ y) >> bit) & 1) * 2 + ((y >> bit) & 1));
  return rank * 4 + 2;
});

const compare = (plane: Plane, thresholdAt: (x: number, y: number) => number): BitPlane => {
  const out = blankBits(plane);
  const { widthPx, heightPx, data } = plane;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) if ((data[y * widthPx + x] ?? 0) >= thresholdAt(x, y)) setBit(out, x, y);
  }
  return out;
};

const setBit = ({ rowBytes, data }: BitPlane, x: number, y: number): void => {
  const at = y * rowBytes + (x >> 3);
  data[at] = (data[at] ?? 0) | (0x80 >> (x & 7));
};

/** Columns on either side that errors may run into. */
const MARGIN = 2;

const diffuse = (plane: Plane, shares: readonly Share[], serpentine: boolean): BitPlane => {
  const out = blankBits(plane);
  const { widthPx, heightPx, data } = plane;
  const width = widthPx + 2 * MARGIN;
  /** Errors for this row and the two below it. */
  const errors = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  for (let y = 0; y < heightPx; y++) {
    const step = serpentine && y % 2 === 1 ? -1 : 1;
    const [here] = errors;
    const targets = shares.map(({ dx, dy, weight }) => ({ row: errors[dy] ?? new Float32Array(width), dx: dx * step, weight }));
    for (let i = 0, x = step > 0 ? 0 : widthPx - 1; i < widthPx; i++, x += step) {
      const tone = data[y * widthPx + x] ?? 0;
      // Clean paper and solid areas stay clean: no stray dots from errors of their surroundings.
      if (tone === 0) continue;
      const wanted = tone + (here?.[x + MARGIN] ?? 0);
      const dot = tone === 255 || wanted >= 128;
      if (dot) setBit(out, x, y);
      if (tone === 255) continue;
      const error = wanted - (dot ? 255 : 0);
      for (const { row, dx, weight } of targets) row[x + dx + MARGIN] = (row[x + dx + MARGIN] ?? 0) + error * weight;
    }
    const spent = errors.shift();
    if (spent) errors.push(spent.fill(0));
  }
  return out;
};
