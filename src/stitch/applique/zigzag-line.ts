import type { Path } from '../../geometry/path.ts';
import type { Steps } from '../../model/steps.ts';
import { ROLE } from '../plan.ts';
import type { SatinColumn, Sewn } from '../region.ts';
import { borderColumns } from './border-columns.ts';

export type ZigzagLine = {
  /** Across the line, mm. */
  readonly widthMm: number;
  /** From one stitch's outer end to the next one's, mm. */
  readonly pitchMm: number;
  /** How much of the width lies beyond the edge, mm. */
  readonly outsideMm: number;
};

/**
 * A zigzag along all edges of a shape, one closed thread for each: what holds cut twill and other cloth down. Without ties. Points outside and
 * inside the edge take turns; the last joins the first.
 */
export function* zigzagLine(path: Path, { widthMm, pitchMm, outsideMm }: ZigzagLine): Steps<readonly Sewn[]> {
  const columns = yield* borderColumns(path, { outsideMm, insideMm: widthMm - outsideMm });
  return columns.map((column) => zigzag(column, pitchMm));
}

const zigzag = (column: SatinColumn, pitchMm: number): Sewn => {
  const marks = marksOf(column);
  const total = marks.at(-1) ?? 0;
  const count = Math.max(3, Math.round(total / pitchMm));
  const points: number[] = [];
  for (let k = 0; k < count; k += 1) {
    points.push(...placeAt(column.left, marks, (k * total) / count), ...placeAt(column.right, marks, ((k + 0.5) * total) / count));
  }
  points.push(points[0] ?? 0, points[1] ?? 0);
  return { points: Float64Array.from(points), roles: new Uint8Array(points.length / 2).fill(ROLE.satin) };
};

/** How far along the middle each pair lies, and the whole way round at the end. */
const marksOf = ({ left, right }: SatinColumn): readonly number[] => {
  const count = left.length / 2;
  const marks = [0];
  for (let i = 1; i <= count; i += 1) {
    const [a, b] = [2 * (i - 1), 2 * (i % count)];
    const dx = ((left[b] ?? 0) + (right[b] ?? 0) - (left[a] ?? 0) - (right[a] ?? 0)) / 2;
    const dy = ((left[b + 1] ?? 0) + (right[b + 1] ?? 0) - (left[a + 1] ?? 0) - (right[a + 1] ?? 0)) / 2;
    marks.push((marks[i - 1] ?? 0) + Math.hypot(dx, dy));
  }
  return marks;
};

const placeAt = (rail: Float64Array, marks: readonly number[], mm: number): readonly [number, number] => {
  let i = 0;
  while (i + 2 < marks.length && (marks[i + 1] ?? 0) < mm) i += 1;
  const [from, to] = [marks[i] ?? 0, marks[i + 1] ?? 0];
  const t = to > from ? (mm - from) / (to - from) : 0;
  const [a, b] = [2 * i, (2 * (i + 1)) % rail.length];
  const mix = (p: number, q: number): number => p + (q - p) * t;
  return [mix(rail[a] ?? 0, rail[b] ?? 0), mix(rail[a + 1] ?? 0, rail[b + 1] ?? 0)];
};
