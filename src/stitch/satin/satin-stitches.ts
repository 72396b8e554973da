import type { Point } from '../../geometry/point.ts';
import { distance } from '../run/run-points.ts';
import { across, ColumnRuler, type Pair, widthOf } from './column-ruler.ts';

type SatinOptions = {
  /** From one stitch on a rail to the next on it, mm. */
  readonly pitchMm: number;
  /** Stitches longer than this get penetrations in between, mm. */
  readonly splitMm: number;
};

/** Penetrations on a rail nearer to one another than this share of the pitch crowd. */
const CROWDED_SHARE = 0.5;
/** How far crowded stitches are pulled in, as a share of the width, one after the other: no two neighbours meet in a hole. */
const PULLED_IN: readonly number[] = [0.2, 0.1, 0.3, 0.15];
/** No more than this, mm. */
const MOST_PULLED_MM = 2.2;
/** Where split stitches are pierced moves from one to the next by these shares of a part, like bricks. */
const BRICKS: readonly number[] = [-0.3, 0.2, -0.1, 0.35];

/** The stitches of a column over and over its rails, from its first pair to its last. */
export const satinStitches = (pairs: readonly Pair[], { pitchMm, splitMm }: SatinOptions): readonly Point[] => {
  const ruler = new ColumnRuler(pairs);
  // The stitches across the ends stand for one of the others.
  const steps = Math.max(1, Math.floor(ruler.lengthMm / (pitchMm / 2) - 0.5));
  const [left, right] = [new Side(pitchMm), new Side(pitchMm)];
  const out: Point[] = [];
  // A stitch straight across at either end: columns close square, and nothing opens where two of them meet.
  const [first, last] = [ruler.at(0), ruler.at(ruler.lengthMm)];
  out.push(right.place(first.right, first.left));
  for (let k = 0; k <= steps; k += 1) {
    const pair = ruler.at((ruler.lengthMm * k) / steps);
    const onLeft = k % 2 === 0;
    const point = onLeft ? left.place(pair.left, pair.right) : right.place(pair.right, pair.left);
    const before = out.at(-1);
    if (before) out.push(...piercings(before, point, splitMm, k));
    out.push(point);
  }
  const close = steps % 2 === 0 ? last.right : last.left;
  const end = out.at(-1);
  if (end) out.push(...piercings(end, close, splitMm, steps + 1));
  out.push(close);
  return out;
};

/** One rail: which stitches reach it and which stop short of it. */
class Side {
  readonly #crowdedMm: number;
  #reached: Point | null = null;
  #short = 0;

  constructor(pitchMm: number) {
    this.#crowdedMm = CROWDED_SHARE * pitchMm;
  }

  place(own: Point, other: Point): Point {
    if (!this.#reached || distance(this.#reached, own) >= this.#crowdedMm) {
      this.#reached = own;
      this.#short = 0;
      return own;
    }
    const width = distance(own, other);
    const share = Math.min(PULLED_IN[this.#short % PULLED_IN.length] ?? 0, MOST_PULLED_MM / Math.max(width, 1e-6));
    this.#short += 1;
    // A narrow column has no room for it.
    return width * (1 - share) < LEAST_STITCH_MM ? own : across({ left: own, right: other }, share);
  }
}

const LEAST_STITCH_MM = 0.7;

/** Penetrations on the way of a long stitch, in another place each time. */
const piercings = (from: Point, to: Point, splitMm: number, k: number): readonly Point[] => {
  const length = distance(from, to);
  if (length <= splitMm) return [];
  const parts = Math.ceil(length / (0.72 * splitMm));
  // Seen from the left rail, so that stitches there and back make one pattern.
  const brick = (BRICKS[k % BRICKS.length] ?? 0) * (k % 2 === 0 ? -1 : 1);
  return Array.from({ length: parts - 1 }, (_, i) => across({ left: from, right: to }, (i + 1 + brick) / parts));
};

/** The width most of a column has: its median. */
export const usualWidth = (pairs: readonly Pair[]): number => {
  const widths = pairs.map(widthOf).sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
};
