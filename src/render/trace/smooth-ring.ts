import { fitCubics, unit } from '../../geometry/fit-cubic.ts';
import { type Path, PathBuilder } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';

/** How far along the ring a direction is taken over, pixels: longer than the steps of pixels, shorter than what is drawn. */
const REACH_PX = 2.6;
/** Turns sharper than this within twice the reach are corners, radians. */
const CORNER = 0.75;
/** A corner turns by this much more than its surroundings; round ends turn evenly. */
const PEAK = 0.3;
/** How far curves may stray from a ring whose edges are smoothed, and from one that runs in steps of whole pixels. */
const STRAY_PX = 0.28;
const STRAY_IN_STEPS_PX = 0.6;
/** A ring of whose points more lie just between two pixels than this share runs in steps. */
const STEPS = 0.5;

/**
 * A dense ring along the edges of pixels (x, y in turn, about a pixel apart) as few curves: corners stay, steps of pixels and noise go.
 * @param scale - length of a pixel in the units wanted
 */
export const smoothRing = (ring: Float64Array, scale: number): Path => {
  const points = pointsOf(ring);
  const builder = new PathBuilder();
  const [start] = points;
  if (!start || points.length < 4) return builder.finish();
  const corners = cornersOf(points);
  const stray = runsInSteps(points) ? STRAY_IN_STEPS_PX : STRAY_PX;
  const knots = corners.length > 0 ? corners : [0];
  const first = points[knots[0] ?? 0] ?? start;
  builder.moveTo(first.x * scale, first.y * scale);
  knots.forEach((from, k) => {
    const to = k + 1 < knots.length ? (knots[k + 1] ?? from) : (knots[0] ?? 0) + points.length;
    const run: Point[] = [];
    for (let i = from; i <= to; i += 1) run.push(points[i % points.length] ?? start);
    const closed = corners.length === 0;
    for (const { x1, y1, x2, y2, x3, y3 } of fitCubics(run, leaving(run, closed), arriving(run, closed), stray)) {
      builder.cubicTo(x1 * scale, y1 * scale, x2 * scale, y2 * scale, x3 * scale, y3 * scale);
    }
  });
  return builder.close().finish();
};

const pointsOf = (ring: Float64Array): readonly Point[] => {
  const out: Point[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const point = { x: ring[i] ?? 0, y: ring[i + 1] ?? 0 };
    const last = out.at(-1);
    if (!last || Math.hypot(last.x - point.x, last.y - point.y) > 1e-3) out.push(point);
  }
  return out;
};

/** Edges without mixed pixels cross the ways between pixel centres at their middles. */
const runsInSteps = (points: readonly Point[]): boolean => {
  const isMiddle = (v: number): boolean => Math.abs(v - Math.round(v)) < 0.03;
  return points.reduce((sum, { x, y }) => sum + (isMiddle(x) || isMiddle(y) ? 1 : 0), 0) > STEPS * points.length;
};

/** Points where the ring turns sharply, one for each corner. */
const cornersOf = (points: readonly Point[]): readonly number[] => {
  const turns = points.map((_, i) => Math.abs(turnAt(points, i)));
  const sharp = turns.flatMap((turn, i) => (turn > CORNER && isPeak(points, turns, i) ? [i] : []));
  return sharp;
};

const isPeak = (points: readonly Point[], turns: readonly number[], i: number): boolean => {
  const own = turns[i] ?? 0;
  const [before, after] = [walk(points, i, -1), walk(points, i, 1)];
  for (let k = before.index; k <= after.index; k += 1) {
    const at = ((k % points.length) + points.length) % points.length;
    if (at === i) continue;
    const other = turns[at] ?? 0;
    if (other > own || (other === own && at < i)) return false;
  }
  const sideways = ((turns[modulo(before.index, points.length)] ?? 0) + (turns[modulo(after.index, points.length)] ?? 0)) / 2;
  return own - sideways > PEAK;
};

const modulo = (i: number, n: number): number => ((i % n) + n) % n;

/** The first point at least REACH_PX along the ring from point `i`; its index is not wrapped. */
const walk = (points: readonly Point[], i: number, step: 1 | -1): { readonly point: Point; readonly index: number } => {
  const n = points.length;
  const from = points[i] ?? ORIGIN;
  let [at, way, last] = [i, 0, from];
  for (let count = 0; count < n >> 1; count += 1) {
    at += step;
    const next = points[modulo(at, n)] ?? from;
    const long = Math.hypot(next.x - last.x, next.y - last.y);
    if (way + long >= REACH_PX) {
      const t = long > 0 ? (REACH_PX - way) / long : 0;
      return { point: { x: last.x + (next.x - last.x) * t, y: last.y + (next.y - last.y) * t }, index: at };
    }
    way += long;
    last = next;
  }
  return { point: last, index: at };
};

const ORIGIN: Point = { x: 0, y: 0 };

const turnAt = (points: readonly Point[], i: number): number => {
  const here = points[i] ?? ORIGIN;
  const a = unit(walk(points, i, -1).point, here);
  const b = unit(here, walk(points, i, 1).point);
  return Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y);
};

/** A point of a run at least REACH_PX from one of its ends. */
const beyond = (run: readonly Point[], fromEnd: boolean): Point => {
  const end = (fromEnd ? run.at(-1) : run[0]) ?? ORIGIN;
  for (let i = 1; i < run.length; i += 1) {
    const point = (fromEnd ? run[run.length - 1 - i] : run[i]) ?? end;
    if (Math.hypot(point.x - end.x, point.y - end.y) >= REACH_PX) return point;
  }
  return (fromEnd ? run[0] : run.at(-1)) ?? end;
};

/** The way on from the first point; round a ring without corners it is the way through it. */
const leaving = (run: readonly Point[], closed: boolean): Point =>
  unit(closed ? beyond(run, true) : (run[0] ?? ORIGIN), beyond(run, false));

const arriving = (run: readonly Point[], closed: boolean): Point =>
  unit(beyond(run, true), closed ? beyond(run, false) : (run.at(-1) ?? ORIGIN));
