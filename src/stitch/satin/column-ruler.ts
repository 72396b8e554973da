import type { Point } from '../../geometry/point.ts';
import type { SatinColumn } from '../region.ts';
import { distance } from '../run/run-points.ts';

export type Pair = { readonly left: Point; readonly right: Point };

/** A column as pairs in the order in which they are sewn. */
export const pairsOf = ({ left, right }: SatinColumn): readonly Pair[] =>
  Array.from({ length: Math.min(left.length, right.length) / 2 }, (_, i) => ({
    left: { x: left[2 * i] ?? 0, y: left[2 * i + 1] ?? 0 },
    right: { x: right[2 * i] ?? 0, y: right[2 * i + 1] ?? 0 },
  }));

export const middleOf = ({ left, right }: Pair): Point => ({ x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 });
export const widthOf = ({ left, right }: Pair): number => distance(left, right);

const between = (a: Point, b: Point, share: number): Point => ({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
const pairBetween = (a: Pair, b: Pair, share: number): Pair => ({
  left: between(a.left, b.left, share),
  right: between(a.right, b.right, share),
});

/** A place across a pair: 0 on the left rail, 1 on the right one. */
export const across = (pair: Pair, share: number): Point => between(pair.left, pair.right, share);

/** How far both rails of a column go from one pair to the next at right angles to its stitches, mm, and how wide it is there. */
export type Advance = { readonly outerMm: number; readonly innerMm: number; readonly widthMm: number };

/** Measures along a column, by its outer side unless told otherwise: what goes farther of the two rails counts. */
export class ColumnRuler {
  /** The whole column, in mm or in what `measure` gives. */
  readonly length: number;
  readonly #pairs: readonly Pair[];
  readonly #marks: readonly number[];

  constructor(pairs: readonly Pair[], measure: (advance: Advance) => number = ({ outerMm }) => outerMm) {
    this.#pairs = pairs;
    let length = 0;
    this.#marks = pairs.map((pair, i) => {
      const before = pairs[i - 1];
      if (before) length += measure(advanceTo(before, pair));
      return length;
    });
    this.length = length;
  }

  /** Where a pair lies. */
  markOf(i: number): number {
    return this.#marks[i] ?? 0;
  }

  at(mark: number): Pair {
    let [low, high] = [0, this.#pairs.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#marks[middle] ?? 0) <= mark) low = middle;
      else high = middle;
    }
    const [a, b] = [this.#pairs[low] ?? NOWHERE, this.#pairs[high] ?? NOWHERE];
    const from = this.#marks[low] ?? 0;
    const span = (this.#marks[high] ?? 0) - from;
    return pairBetween(a, b, span > 0 ? Math.min(1, Math.max(0, (mark - from) / span)) : 0);
  }
}

const ORIGIN: Point = { x: 0, y: 0 };
const NOWHERE: Pair = { left: ORIGIN, right: ORIGIN };

const advanceTo = (before: Pair, pair: Pair): Advance => {
  const [left, right] = [advance(before.left, pair.left, pair), advance(before.right, pair.right, pair)];
  return { outerMm: Math.max(left, right), innerMm: Math.min(left, right), widthMm: widthOf(pair) };
};

/** How far a rail goes at right angles to the stitch that comes to it. */
const advance = (from: Point, to: Point, { left, right }: Pair): number => {
  const width = distance(left, right);
  const whole = distance(from, to);
  if (width < 1e-6) return whole;
  const off = Math.abs((to.x - from.x) * (right.y - left.y) - (to.y - from.y) * (right.x - left.x)) / width;
  // Slanted pairs at ends still go somewhere.
  return Math.max(off, 0.4 * whole);
};
