import { flattenPath } from '../../geometry/flatten.ts';
import type { Point } from '../../geometry/point.ts';
import type { SatinColumn, SewPart } from '../region.ts';

/** The rings (x, y in turn) that a part covers with thread; a line of running stitches covers none. */
export const ringsOfPart = (part: SewPart): readonly Float64Array[] => {
  if (part.kind === 'run') return [];
  if (part.kind === 'fill') return flattenPath(part.path, 0.05).map(({ points }) => points);
  const back = reversed(part.right);
  return part.closed ? [part.left, back] : [concat(part.left, back)];
};

/** Places where sewing a part may begin or end at no cost: the ends of columns and lines, a few places round a closed column; none for areas. */
export const endsOfPart = (part: SewPart): readonly Point[] => {
  if (part.kind === 'fill') return [];
  if (part.kind === 'run') return [pointAt(part.points, 0), pointAt(part.points, part.points.length / 2 - 1)];
  const pairs = part.left.length / 2;
  if (!part.closed) return [middleOf(part, 0), middleOf(part, pairs - 1)];
  const step = Math.max(1, Math.floor(pairs / 12));
  return Array.from({ length: Math.floor((pairs - 1) / step) + 1 }, (_, k) => middleOf(part, k * step));
};

export const pointAt = (points: Float64Array, i: number): Point => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0 });

/** The middle of a column at one pair of its rails. */
export const middleOf = ({ left, right }: SatinColumn, i: number): Point => ({
  x: ((left[2 * i] ?? 0) + (right[2 * i] ?? 0)) / 2,
  y: ((left[2 * i + 1] ?? 0) + (right[2 * i + 1] ?? 0)) / 2,
});

/** An open column cut at the pair nearest to `at`; both halves share it. Null when the cut would leave a stump shorter than `stumpMm`. */
export const splitColumn = (column: SatinColumn, at: Point, stumpMm: number): readonly [SatinColumn, SatinColumn] | null => {
  const pairs = column.left.length / 2;
  let [best, bestMm] = [0, Infinity];
  for (let i = 0; i < pairs; i += 1) {
    const mm = distance(middleOf(column, i), at);
    if (mm < bestMm) [best, bestMm] = [i, mm];
  }
  if (column.closed || lengthOf(column, 0, best) < stumpMm || lengthOf(column, best, pairs - 1) < stumpMm) return null;
  const cut = (from: number, to: number): SatinColumn => ({
    ...column,
    left: column.left.slice(2 * from, 2 * to + 2),
    right: column.right.slice(2 * from, 2 * to + 2),
  });
  return [cut(0, best), cut(best, pairs - 1)];
};

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const lengthOf = (column: SatinColumn, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += distance(middleOf(column, i), middleOf(column, i + 1));
  return sum;
};

const reversed = (points: Float64Array): Float64Array => {
  const out = new Float64Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    out[i] = points[points.length - 2 - i] ?? 0;
    out[i + 1] = points[points.length - 1 - i] ?? 0;
  }
  return out;
};

const concat = (a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
};
