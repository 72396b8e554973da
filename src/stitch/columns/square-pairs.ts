import type { BankRuler } from './bank-ruler.ts';
import { distance } from './banks.ts';

/** Places on two banks that face one another, by lengths along each. */
export type Pair = readonly [number, number];

/** The way of a bank at a place is looked at over this share of the width to either side, and no less than so much, mm. */
const REACH_SHARE = 0.5;
const LEAST_REACH_MM = 0.2;
/** Nearer to an end than this share of the width pairs keep more and more to where they are: the end itself decides how it is sewn. */
const END_SHARE = 0.5;
/** Banks whose ways add up to less than this have no common way: a turn about a corner. */
const LEAST_ALIKE = 1.2;
/** Pairs stay where the bank they would slide along turns off the common way, as about a small hole: cosine. */
const ALONG = 0.5;

/**
 * The pairs turned square to the common way of their banks, rising. The chords of a mesh face one another only roughly: across a plain bar they swing
 * by 6 degrees to and fro, so stitches from rail to rail would lie close on one side and open on the other by turns.
 */
export const squarePairs = (left: BankRuler, right: BankRuler, facing: readonly Pair[]): readonly Pair[] => {
  let [leastU, leastV] = [0, 0];
  return facing.map(([u, v]): Pair => {
    const by = slideOf(left, right, u, v);
    leastU = Math.min(left.length, Math.max(leastU, u + by));
    leastV = Math.min(right.length, Math.max(leastV, v - by));
    return [leastU, leastV];
  });
};

/** How far a pair goes on along the left bank, and back along the right one, to lie square. */
const slideOf = (left: BankRuler, right: BankRuler, u: number, v: number): number => {
  const [a, b] = [left.at(u), right.at(v)];
  const width = distance(a, b);
  const room = Math.min(u, v, left.length - u, right.length - v);
  if (width === 0 || room <= 0) return 0;
  const reach = Math.max(LEAST_REACH_MM, REACH_SHARE * width);
  const [l, r] = [left.tangentAt(u, reach), right.tangentAt(v, reach)];
  const [x, y] = [l.x + r.x, l.y + r.y];
  const alike = Math.hypot(x, y);
  if (alike < LEAST_ALIKE) return 0;
  const astray = ((b.x - a.x) * x + (b.y - a.y) * y) / alike;
  const slide = (astray / alike) * Math.min(1, room / (END_SHARE * width));
  const isAlong = (bank: BankRuler, at: number): boolean => {
    const way = bank.tangentAt(at, LEAST_REACH_MM);
    return way.x * x + way.y * y > ALONG * alike;
  };
  return isAlong(left, u + slide) && isAlong(right, v - slide) ? slide : 0;
};
