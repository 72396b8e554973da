import { flattenPath, type Polyline, pathOfPolylines } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';

/** The path as rings of lines with as few points as keep it within `toleranceMm` (twice, for curves): Douglas and Peucker 1973, by halves. */
export const thinRings = (path: Path, toleranceMm: number): Path =>
  pathOfPolylines(
    flattenPath(path, toleranceMm)
      .map((line) => thinRing(line, toleranceMm))
      .filter(({ points }) => points.length >= 6),
  );

const thinRing = ({ points }: Polyline, toleranceMm: number): Polyline => {
  const count = points.length / 2;
  const keep = new Uint8Array(count + 1);
  const middle = count >> 1;
  keep[0] = keep[middle] = 1;
  const open: [number, number][] = [
    [0, middle],
    [middle, count],
  ];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [from, to] = stretch;
    const { at, mm } = farthest(points, from, to);
    if (mm <= toleranceMm) continue;
    keep[at] = 1;
    open.push([from, at], [at, to]);
  }
  const kept: number[] = [];
  for (let i = 0; i < count; i += 1) if (keep[i] === 1) kept.push(points[2 * i] ?? 0, points[2 * i + 1] ?? 0);
  return { points: Float64Array.from(kept), closed: true };
};

/** The point between two others that strays most from the line between them; the index `count` is the first point again. */
const farthest = (points: Float64Array, from: number, to: number): { readonly at: number; readonly mm: number } => {
  const end = (2 * to) % points.length;
  const [ax, ay] = [points[2 * from] ?? 0, points[2 * from + 1] ?? 0];
  const [dx, dy] = [(points[end] ?? 0) - ax, (points[end + 1] ?? 0) - ay];
  const length = dx * dx + dy * dy;
  let [at, most] = [from, 0];
  for (let i = from + 1; i < to; i += 1) {
    const [px, py] = [(points[2 * i] ?? 0) - ax, (points[2 * i + 1] ?? 0) - ay];
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
    const mm = Math.hypot(px - t * dx, py - t * dy);
    if (mm > most) [at, most] = [i, mm];
  }
  return { at, mm: most };
};
