import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { signedArea } from '../order/islands.ts';

/**
 * A closed line within the region; `inner` are those that lie next to it on the side away from the outline. x, y in turn. `isHole`: the area to
 * fill lies around it.
 */
export type ContourRing = { readonly points: Float64Array; readonly isHole: boolean; readonly inner: readonly ContourRing[] };

type Growing = { readonly points: Float64Array; readonly isHole: boolean; readonly inner: Growing[] };

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
    .map(({ points }) => ({ points, isHole: signedArea(points) < 0, inner: [] }))
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
  const count = points.length / 2;
  // Plain variables: this loop is most of the work of a border, and an object for every better place was most of the loop.
  let [edge, least] = [0, Infinity];
  let ax = points[0] ?? 0;
  let ay = points[1] ?? 0;
  let [nearX, nearY] = [ax, ay];
  for (let i = 0; i < count; i += 1) {
    const k = i + 1 === count ? 0 : i + 1;
    const bx = points[2 * k] ?? 0;
    const by = points[2 * k + 1] ?? 0;
    const dx = bx - ax;
    const dy = by - ay;
    const long = dx * dx + dy * dy;
    const t = long > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
    const square = (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2;
    if (square < least) {
      least = square;
      edge = i;
      nearX = ax + t * dx;
      nearY = ay + t * dy;
    }
    ax = bx;
    ay = by;
  }
  return { x: nearX, y: nearY, edge, apart: Math.sqrt(least) };
};

/** Edges farther than this beyond the reach are not measured, mm: more than measuring rounds. */
const SURELY_MM = 1e-6;

/** Whether some place of a ring lies nearer than a distance: most edges are told by their boxes alone. */
export const isRingWithin = (points: Float64Array, x: number, y: number, withinMm: number): boolean => {
  const count = points.length / 2;
  const reach = withinMm + SURELY_MM;
  let ax = points[0] ?? 0;
  let ay = points[1] ?? 0;
  for (let i = 0; i < count; i += 1) {
    const k = i + 1 === count ? 0 : i + 1;
    const bx = points[2 * k] ?? 0;
    const by = points[2 * k + 1] ?? 0;
    const isFar =
      (ax - x > reach && bx - x > reach) ||
      (x - ax > reach && x - bx > reach) ||
      (ay - y > reach && by - y > reach) ||
      (y - ay > reach && y - by > reach);
    if (!isFar) {
      const dx = bx - ax;
      const dy = by - ay;
      const long = dx * dx + dy * dy;
      const t = long > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
      if (Math.sqrt((ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2) < withinMm) return true;
    }
    ax = bx;
    ay = by;
  }
  return false;
};

/** Places of a ring that are compared with another. */
const SAMPLES = 48;

/** The place on a ring that is nearest to another ring. */
export const nearestBetween = (other: Float64Array, points: Float64Array): RingPlace => {
  const stride = 2 * Math.max(1, Math.floor(other.length / 2 / SAMPLES));
  let best = nearestOnRing(points, other[0] ?? 0, other[1] ?? 0);
  for (let i = stride; i + 1 < other.length; i += stride) {
    const place = nearestOnRing(points, other[i] ?? 0, other[i + 1] ?? 0);
    if (place.apart < best.apart) best = place;
  }
  return best;
};
