import { fitCubics, unit, wayFrom, wayThrough } from './fit-cubic.ts';
import { FLATTEN_TOLERANCE_MM, flattenPath, type Polyline } from './flatten.ts';
import { type Path, PathBuilder } from './path.ts';
import type { Point } from './point.ts';

/** Turns sharper than this are corners whatever their sides, radians. */
const CORNER = (35 * Math.PI) / 180;
/** A turn whose curve would leave its sides by more than this many flattening tolerances was never flattened from one. */
const STRAYS = 2;
/** Points this near to the straight way between their neighbours say nothing, mm. */
const COLLINEAR_MM = 1e-4;

/**
 * Dense closed polygons back to few cubics and lines, nowhere farther than `toleranceMm` from the polygon (at its points and the middles of its
 * sides). Corners and long straight sides stay exactly; nodes come where curves begin, end, and reach farthest in x and y, as a draughtsman would
 * set them. Open sub-paths come back as lines. Throws RangeError unless the tolerance is above 0 and all coordinates are finite.
 */
export const fitCurves = (path: Path, toleranceMm: number): Path => {
  if (!(toleranceMm > 0) || !Number.isFinite(toleranceMm))
    throw new RangeError(`expected a tolerance above 0 mm for curves, got ${toleranceMm}`);
  const out = new PathBuilder();
  for (const line of flattenPath(path)) {
    const points = distinctPoints(line);
    if (line.closed && points.length >= 3) fitRing(points, toleranceMm, out);
    else drawLines(points, line.closed, out);
  }
  return out.finish();
};

const distinctPoints = ({ points, closed }: Polyline): readonly Point[] => {
  const out: Point[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const point = { x: points[i] ?? 0, y: points[i + 1] ?? 0 };
    const last = out.at(-1);
    if (!last || Math.hypot(last.x - point.x, last.y - point.y) > 1e-6) out.push(point);
  }
  const [first, last] = [out[0], out.at(-1)];
  if (closed && first && last && out.length > 1 && Math.hypot(last.x - first.x, last.y - first.y) <= 1e-6) out.pop();
  return closed ? withoutCollinear(out) : out;
};

const withoutCollinear = (points: readonly Point[]): readonly Point[] => {
  const kept = points.filter((point, i) => {
    const [a, b] = [points.at(i - 1) ?? point, points[(i + 1) % points.length] ?? point];
    const way = unit(a, b);
    const off = Math.abs((point.x - a.x) * way.y - (point.y - a.y) * way.x);
    const along = (point.x - a.x) * way.x + (point.y - a.y) * way.y;
    return off > COLLINEAR_MM || along < 0 || along > Math.hypot(b.x - a.x, b.y - a.y);
  });
  return kept.length >= 3 ? kept : points;
};

const drawLines = (points: readonly Point[], closed: boolean, out: PathBuilder): void => {
  points.forEach(({ x, y }, i) => {
    if (i === 0) out.moveTo(x, y);
    else out.lineTo(x, y);
  });
  if (closed && points.length > 0) out.close();
};

/** What a ring does at each of its points and along each of its sides. */
type Ring = {
  readonly points: readonly Point[];
  /** Turn at each point, radians. */
  readonly turns: readonly number[];
  /** Length of the side that leaves each point. */
  readonly sides: readonly number[];
  readonly isCorner: readonly boolean[];
  /** Whether the side that leaves each point is straight by intent. */
  readonly isLine: readonly boolean[];
};

const at = <T>(list: readonly T[], i: number, or: T): T => list[((i % list.length) + list.length) % list.length] ?? or;
const ORIGIN: Point = { x: 0, y: 0 };

const studyRing = (points: readonly Point[]): Ring => {
  const ways = points.map((point, i) => unit(point, at(points, i + 1, point)));
  const sides = points.map((point, i) => Math.hypot(at(points, i + 1, point).x - point.x, at(points, i + 1, point).y - point.y));
  const turns = points.map((_, i) => {
    const [a, b] = [at(ways, i - 1, ORIGIN), at(ways, i, ORIGIN)];
    return Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y);
  });
  const stray = 8 * STRAYS * FLATTEN_TOLERANCE_MM;
  const isCorner = turns.map((turn, i) => {
    const size = Math.abs(turn);
    return size > CORNER || size * Math.min(at(sides, i - 1, 0), at(sides, i, 0)) > stray;
  });
  const isLine = sides.map((side, i) => {
    const bend = (Math.abs(at(turns, i, 0)) + Math.abs(at(turns, i + 1, 0))) / 2;
    const between = at(isCorner, i, false) && at(isCorner, i + 1, false);
    return between || side * bend > stray || turns.length === 3;
  });
  return { points, turns, sides, isCorner, isLine };
};

/** Points where a new piece begins: corners, ends of lines, and the farthest reaches of curves in x and y. */
const knotsOf = (ring: Ring): readonly number[] => {
  const knots = ring.points.flatMap((_, i) => {
    const besideLine = at(ring.isLine, i, false) || at(ring.isLine, i - 1, false);
    return at(ring.isCorner, i, false) || besideLine || isReach(ring, i) ? [i] : [];
  });
  return knots.length > 0 ? knots : [0];
};

/** A point that lies farther left, right, up or down than both its neighbours. */
const isReach = ({ points }: Ring, i: number): boolean => {
  const [a, b, c] = [at(points, i - 1, ORIGIN), at(points, i, ORIGIN), at(points, i + 1, ORIGIN)];
  const turnsBack = (from: number, here: number, to: number): boolean => (here - from) * (to - here) < 0 || (here === to && here !== from);
  return turnsBack(a.x, b.x, c.x) || turnsBack(a.y, b.y, c.y);
};

const fitRing = (points: readonly Point[], toleranceMm: number, out: PathBuilder): void => {
  const ring = studyRing(points);
  const knots = knotsOf(ring);
  const [first = 0] = knots;
  const start = at(points, first, ORIGIN);
  out.moveTo(start.x, start.y);
  knots.forEach((from, k) => {
    const to = k + 1 < knots.length ? (knots[k + 1] ?? first) : first + points.length;
    drawPiece(ring, from, to, toleranceMm, out, k + 1 === knots.length);
  });
  out.close();
};

const drawPiece = (ring: Ring, from: number, to: number, toleranceMm: number, out: PathBuilder, isLast: boolean): void => {
  const { points } = ring;
  if (to === from + 1 && (at(ring.isLine, from, false) || (at(ring.isCorner, from, false) && at(ring.isCorner, to, false)))) {
    const end = at(points, to, ORIGIN);
    // The closing line is drawn by the close itself.
    if (!isLast) out.lineTo(end.x, end.y);
    return;
  }
  const run: Point[] = [];
  for (let i = from; i <= to; i += 1) {
    const point = at(points, i, ORIGIN);
    run.push(point);
    const next = at(points, i + 1, ORIGIN);
    if (i < to && to - from < MOST_MIDDLES) run.push({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 });
  }
  for (const { x1, y1, x2, y2, x3, y3 } of fitCubics(run, leavingWay(ring, from), arrivingWay(ring, to), toleranceMm)) {
    out.cubicTo(x1, y1, x2, y2, x3, y3);
  }
};

/** Long runs are dense enough without the middles of their sides. */
const MOST_MIDDLES = 64;

const leavingWay = (ring: Ring, i: number): Point => {
  const { points } = ring;
  const [before, here, after] = [at(points, i - 1, ORIGIN), at(points, i, ORIGIN), at(points, i + 1, ORIGIN)];
  if (at(ring.isCorner, i, false)) return wayFrom(here, after, at(points, i + 2, ORIGIN));
  if (at(ring.isLine, i - 1, false)) return unit(before, here);
  return wayThrough(before, here, after);
};

const arrivingWay = (ring: Ring, i: number): Point => {
  const { points } = ring;
  const [before, here, after] = [at(points, i - 1, ORIGIN), at(points, i, ORIGIN), at(points, i + 1, ORIGIN)];
  if (at(ring.isCorner, i, false)) {
    const back = wayFrom(here, before, at(points, i - 2, ORIGIN));
    return { x: -back.x, y: -back.y };
  }
  if (at(ring.isLine, i, false)) return unit(here, after);
  return wayThrough(before, here, after);
};
