import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { offsetPath } from '../../geometry/polygons.ts';

/** A closed line within the region; `inner` are those that lie next to it on the side away from the outline. x, y in turn. */
export type ContourRing = { readonly points: Float64Array; readonly inner: readonly ContourRing[] };

type Growing = { readonly points: Float64Array; readonly inner: Growing[] };

/** More rings than this have no hoop. */
const MOST_LEVELS = 1000;
/** Rings shorter than this are a dot, mm. */
const LEAST_RING_MM = 1.2;
/** Offsets are rounded to this: less than a machine step, mm. */
const TOLERANCE_MM = 0.02;

/** Rings at even distances from all outlines, the first `insetMm` inside: those along the outlines, with all others inside them. */
export const contourRings = (path: Path, insetMm: number, pitchMm: number): readonly ContourRing[] => {
  let level = offsetPath(path, -insetMm, 'round', 'nonzero', TOLERANCE_MM);
  const outer = ringsOf(level);
  let above: readonly Growing[] = outer;
  for (let n = 0; n < MOST_LEVELS && above.length > 0; n += 1) {
    level = offsetPath(level, -pitchMm, 'miter', 'nonzero', TOLERANCE_MM);
    const rings = ringsOf(level);
    for (const ring of rings) nearestRing(above, ring.points[0] ?? 0, ring.points[1] ?? 0)?.inner.push(ring);
    above = rings;
  }
  return outer;
};

const ringsOf = (path: Path): Growing[] =>
  flattenPath(path)
    .map(({ points }) => ({ points, inner: [] }))
    .filter(({ points }) => lengthOfRing(points) >= LEAST_RING_MM);

const nearestRing = (rings: readonly Growing[], x: number, y: number): Growing | null => {
  let [best, nearest]: [Growing | null, number] = [null, Infinity];
  for (const ring of rings) {
    const { apart } = nearestOnRing(ring.points, x, y);
    if (apart < nearest) [best, nearest] = [ring, apart];
  }
  return best;
};

export const lengthOfRing = (points: Float64Array): number => {
  let sum = 0;
  let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    sum += Math.hypot((points[i] ?? 0) - px, (points[i + 1] ?? 0) - py);
    [px, py] = [points[i] ?? 0, points[i + 1] ?? 0];
  }
  return sum;
};

export type RingPlace = { readonly x: number; readonly y: number; readonly edge: number; readonly apart: number };

/** The place on a ring nearest to another; `edge` is the point its edge begins with. */
export const nearestOnRing = (points: Float64Array, x: number, y: number): RingPlace => {
  let best: RingPlace = { x: points[0] ?? 0, y: points[1] ?? 0, edge: 0, apart: Infinity };
  const count = points.length / 2;
  let least = Infinity;
  for (let i = 0; i < count; i += 1) {
    const k = i + 1 === count ? 0 : i + 1;
    const [ax, ay] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const [dx, dy] = [(points[2 * k] ?? 0) - ax, (points[2 * k + 1] ?? 0) - ay];
    const long = dx * dx + dy * dy;
    const t = long > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
    const square = (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2;
    if (square >= least) continue;
    least = square;
    best = { x: ax + t * dx, y: ay + t * dy, edge: i, apart: Math.sqrt(square) };
  }
  return best;
};
