import type { Point } from '../../geometry/point.ts';
import { BankRuler } from './bank-ruler.ts';
import { type Band, distance } from './banks.ts';
import { type Pair, squarePairs } from './square-pairs.ts';

/** One pair across a band. */
export type Rung = { readonly left: Point; readonly right: Point };

/** Distance of rungs, mm: close enough that rails between them keep to curves of 1 mm radius within 0.01 mm. */
const RUNG_MM = 0.3;
const SMOOTHINGS = 2;
/** Once its corners are known a stroke is smoothed over a quarter of its width: so often for a square millimetre of it, and no more than the second. */
const SMOOTHINGS_OF_MM2 = 1.4;
const MOST_SMOOTHINGS = 45;

/**
 * Rungs along a band from end to end, steady in their turning: between the pairs that face one another, halved and smoothed so that the to and fro
 * of the chords goes; corners of the banks keep their rung.
 */
export const rungsOf = (band: Band, smoothings = SMOOTHINGS): readonly Rung[] => {
  const pairs = steadied(band, smoothings);
  const total = sumOf(pairs.at(-1));
  if (total <= 0) return [];
  const count = Math.max(2, Math.ceil(total / 2 / RUNG_MM));
  const marks = Array.from({ length: count + 1 }, (_, i) => (total * i) / count);
  const [left, right] = [new BankRuler(band.left), new BankRuler(band.right)];
  const corners = [...cornerMarks(left, pairs, 0), ...cornerMarks(right, pairs, 1)].sort((a, b) => a - b);
  const kept = marks.filter((mark, i) => i === 0 || i === count || corners.every((corner) => Math.abs(corner - mark) > 0.15 * RUNG_MM));
  return [...kept, ...corners]
    .sort((a, b) => a - b)
    .map((mark) => {
      const [u, v] = pairAt(pairs, mark);
      return { left: left.at(u), right: right.at(v) };
    })
    .filter((rung, i, all) => {
      const before = all[i - 1];
      return !before || distance(before.left, rung.left) + distance(before.right, rung.right) > 1e-3;
    });
};

/** Rungs of a stroke that has no more corners to find, square to their stroke and even more steady in their turning; rails stay where they are. */
export const steadyRungs = (rungs: readonly Rung[], closed: boolean): readonly Rung[] => {
  const ring = closed ? [...rungs, ...rungs.slice(0, 1)] : rungs;
  let [u, v] = [0, 0];
  const facing = ring.map(({ left, right }, i): Pair => {
    const before = ring[i - 1];
    if (before) [u, v] = [u + distance(before.left, left), v + distance(before.right, right)];
    return [u, v];
  });
  const banks = { left: ring.map(({ left }) => left), right: ring.map(({ right }) => right) };
  const band = { ...banks, facing: squarePairs(new BankRuler(banks.left), new BankRuler(banks.right), facing), closed };
  const widths = rungs.map(({ left, right }) => distance(left, right)).sort((a, b) => a - b);
  const steady = rungsOf(band, Math.min(MOST_SMOOTHINGS, Math.ceil(SMOOTHINGS_OF_MM2 * (widths[widths.length >> 1] ?? 0) ** 2)));
  return closed ? steady.slice(0, -1) : steady;
};

const sumOf = (pair: Pair | undefined): number => (pair ? pair[0] + pair[1] : 0);

const steadied = ({ facing }: Band, smoothings: number): readonly Pair[] => {
  let pairs: readonly Pair[] = [
    ...facing.slice(0, 1),
    ...facing.slice(1).map(([u, v], i): Pair => [(u + (facing[i]?.[0] ?? 0)) / 2, (v + (facing[i]?.[1] ?? 0)) / 2]),
    ...facing.slice(-1),
  ];
  for (let round = 0; round < smoothings; round += 1) {
    pairs = pairs.map((pair, i, all): Pair => {
      const [a, b] = [all[i - 1], all[i + 1]];
      return a && b ? [(a[0] + 2 * pair[0] + b[0]) / 4, (a[1] + 2 * pair[1] + b[1]) / 4] : pair;
    });
  }
  return pairs;
};

const pairAt = (pairs: readonly Pair[], mark: number): Pair => {
  let [low, high] = [0, pairs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sumOf(pairs[middle]) <= mark) low = middle;
    else high = middle;
  }
  const [a, b]: readonly [Pair, Pair] = [pairs[low] ?? [0, 0], pairs[high] ?? [0, 0]];
  const span = sumOf(b) - sumOf(a);
  const share = span > 0 ? Math.min(1, Math.max(0, (mark - sumOf(a)) / span)) : 0;
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
};

/** Where along the pairs a bank has its corners. */
const cornerMarks = (bank: BankRuler, pairs: readonly Pair[], side: 0 | 1): readonly number[] =>
  bank.corners().flatMap((length) => {
    const next = pairs.findIndex((pair) => pair[side] >= length - 1e-9);
    const [a, b] = [pairs[next - 1], pairs[next]];
    if (!a || !b) return [];
    const span = b[side] - a[side];
    return [sumOf(a) + (span > 0 ? (length - a[side]) / span : 0) * (sumOf(b) - sumOf(a))];
  });
