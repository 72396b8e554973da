import {
  Clipper64,
  ClipperOffset,
  FillRule as ClipperRule,
  ClipType,
  EndType,
  JoinType,
  type Path64,
  type Paths64,
} from '@countertype/clipper2-ts';
import { FLATTEN_TOLERANCE_MM, flattenPath, type Polyline, pathOfPolylines } from './flatten.ts';
import { EMPTY_PATH, type Path } from './path.ts';
import type { Point } from './point.ts';

/** Which parts a path fills: where it winds a non-zero number of times, or an odd number. */
export type PathFillRule = 'nonzero' | 'evenodd';

export type OffsetJoin = 'round' | 'miter' | 'bevel';

/**
 * The clipper counts in whole steps of 1e-5 mm. Two metres are then 2e8 steps; differences must stay under 2^32 (its products are
 * taken from 32-bit factors), which allows coordinates within ±20 m.
 */
const STEPS_PER_MM = 1e5;
const REACH_MM = 20_000;

/** Longest miter of an offset corner, in multiples of the offset: the value SVG has for strokes. */
const MITER_LIMIT = 4;

const CLIPPER_RULES: Readonly<Record<PathFillRule, ClipperRule>> = { nonzero: ClipperRule.NonZero, evenodd: ClipperRule.EvenOdd };
const CLIPPER_JOINS: Readonly<Record<OffsetJoin, JoinType>> = { round: JoinType.Round, miter: JoinType.Miter, bevel: JoinType.Bevel };

const stepsOf = (mm: number): number => {
  if (Math.abs(mm) > REACH_MM) throw new RangeError(`expected coordinates within ±${REACH_MM} mm for polygon operations, got ${mm}`);
  return Math.round(mm * STEPS_PER_MM);
};

const toSteps = ({ points }: Polyline): Path64 => {
  const out: Path64 = [];
  for (let i = 0; i + 1 < points.length; i += 2) out.push({ x: stepsOf(points[i] ?? 0), y: stepsOf(points[i + 1] ?? 0) });
  return out;
};

const polygonsOf = (path: Path, toleranceMm: number): Paths64 =>
  flattenPath(path, toleranceMm)
    .filter((line) => line.points.length >= 6)
    .map(toSteps);

const ringOf = (ring: Path64): Polyline => {
  const points = new Float64Array(2 * ring.length);
  ring.forEach(({ x, y }, i) => {
    points[2 * i] = x / STEPS_PER_MM;
    points[2 * i + 1] = y / STEPS_PER_MM;
  });
  return { points, closed: true };
};

const pathOfRings = (rings: Paths64): Path => pathOfPolylines(rings.filter((ring) => ring.length >= 3).map(ringOf));

const clip = (type: ClipType, subject: Paths64, other: Paths64, rule: PathFillRule): Paths64 => {
  if (subject.length === 0 && other.length === 0) return [];
  const clipper = new Clipper64();
  clipper.preserveCollinear = false;
  if (subject.length > 0) clipper.addSubject(subject);
  if (other.length > 0) clipper.addClip(other);
  const solution: Paths64 = [];
  if (!clipper.execute(type, CLIPPER_RULES[rule], solution))
    throw new RangeError('expected polygons the clipper can order, got ones it cannot');
  return solution;
};

/** The filled region of one path as simple rings: outer ones positive, holes negative, none crossing. */
const regionOf = (path: Path, rule: PathFillRule, toleranceMm: number): Paths64 =>
  clip(ClipType.Union, polygonsOf(path, toleranceMm), [], rule);

/**
 * The union of the regions the paths fill, each by `fillRule`. Curves are flattened to `toleranceMm`; the result is closed rings of
 * lines to fill nonzero, holes wound against their outer rings, on a lattice of 1e-5 mm. Open sub-paths count as closed.
 * Throws RangeError for coordinates that are not finite or beyond ±20 m, as do all functions here.
 */
export const unionPaths = (
  paths: readonly Path[],
  fillRule: PathFillRule = 'nonzero',
  toleranceMm: number = FLATTEN_TOLERANCE_MM,
): Path => {
  // Each path gets its own pass first: two overlapping paths wound against each other must not cancel.
  const regions = paths.map((path) => regionOf(path, fillRule, toleranceMm));
  const [only] = regions;
  if (only && regions.length === 1) return pathOfRings(only);
  return pathOfRings(clip(ClipType.Union, regions.flat(), [], 'nonzero'));
};

/** The region that both paths fill; the result is as of `unionPaths`. */
export const intersectPaths = (a: Path, b: Path, fillRule: PathFillRule = 'nonzero', toleranceMm: number = FLATTEN_TOLERANCE_MM): Path =>
  pathOfRings(clip(ClipType.Intersection, polygonsOf(a, toleranceMm), polygonsOf(b, toleranceMm), fillRule));

/** The region that `a` fills and `b` does not; the result is as of `unionPaths`. */
export const subtractPaths = (a: Path, b: Path, fillRule: PathFillRule = 'nonzero', toleranceMm: number = FLATTEN_TOLERANCE_MM): Path =>
  pathOfRings(clip(ClipType.Difference, polygonsOf(a, toleranceMm), polygonsOf(b, toleranceMm), fillRule));

/**
 * The filled region grown by `deltaMm` (shrunk when negative); corners that open are joined round, to a point (cut off square beyond
 * 4 times the offset) or straight. The result is as of `unionPaths`, and empty when nothing is left; rings thinner than 2e-5 mm are nothing.
 */
export const offsetPath = (
  path: Path,
  deltaMm: number,
  join: OffsetJoin = 'round',
  fillRule: PathFillRule = 'nonzero',
  toleranceMm: number = FLATTEN_TOLERANCE_MM,
): Path => {
  if (!Number.isFinite(deltaMm)) throw new RangeError(`expected a finite offset in mm, got ${deltaMm}`);
  const region = withoutSlivers(regionOf(path, fillRule, toleranceMm));
  const delta = stepsOf(deltaMm);
  if (region.length === 0) return EMPTY_PATH;
  if (delta === 0) return pathOfRings(region);
  const offsetter = new ClipperOffset(MITER_LIMIT, toleranceMm * STEPS_PER_MM);
  offsetter.addPaths(region, CLIPPER_JOINS[join], EndType.Polygon);
  const solution: Paths64 = [];
  offsetter.execute(delta, solution);
  return pathOfRings(withoutSlivers(solution));
};

const withoutSlivers = (rings: Paths64): Paths64 => rings.filter((ring) => !isSliver(ring));

/**
 * Whether a ring is thinner than two steps of the lattice: what rounding leaves where edges cross, wound either way. No tool can draw it, and
 * the offsetter takes the winding of the lowest ring for that of all: one sliver turned about would make it give back nothing.
 */
const isSliver = (ring: Path64): boolean => {
  let [twice, around] = [0, 0];
  let before = ring.at(-1) ?? { x: 0, y: 0 };
  const first = before;
  for (const point of ring) {
    twice += (before.x - first.x) * (point.y - first.y) - (point.x - first.x) * (before.y - first.y);
    around += Math.hypot(point.x - before.x, point.y - before.y);
    before = point;
  }
  return Math.abs(twice) < 2 * around;
};

const signedAreaOfRing = (points: Float64Array): number => {
  let sum = 0;
  let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    sum += px * y - x * py;
    [px, py] = [x, y];
  }
  return sum / 2;
};

/** The area the path fills, in mm²: overlaps count once, holes not at all. */
export const areaOfPath = (path: Path, fillRule: PathFillRule = 'nonzero', toleranceMm: number = FLATTEN_TOLERANCE_MM): number => {
  const rings = regionOf(path, fillRule, toleranceMm).map(ringOf);
  return Math.abs(rings.reduce((sum, ring) => sum + signedAreaOfRing(ring.points), 0));
};

/** How often the polygon winds around the point, counted by edges that cross the ray to the right. */
const windingOf = (points: Float64Array, { x, y }: Point): number => {
  let winding = 0;
  let [ax, ay] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [bx, by] = [points[i] ?? 0, points[i + 1] ?? 0];
    if (ay <= y !== by <= y) {
      const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
      if (by > ay && side > 0) winding += 1;
      if (by <= ay && side < 0) winding -= 1;
    }
    [ax, ay] = [bx, by];
  }
  return winding;
};

/** True when the path fills the point. A point within `toleranceMm` of the outline may go either way. */
export const pathContainsPoint = (
  path: Path,
  point: Point,
  fillRule: PathFillRule = 'nonzero',
  toleranceMm: number = FLATTEN_TOLERANCE_MM,
): boolean => {
  if (!Number.isFinite(point.x + point.y)) throw new RangeError(`expected a finite point, got (${point.x}, ${point.y})`);
  const winding = flattenPath(path, toleranceMm).reduce((sum, line) => sum + windingOf(line.points, point), 0);
  return fillRule === 'nonzero' ? winding !== 0 : winding % 2 !== 0;
};
