import { type Cubic, pointOnCubic, velocityOnCubic } from './cubic.ts';
import type { Point } from './point.ts';

/** Rounds of moving points along the curve before a run of points is split. */
const ROUNDS = 12;
/** A round that leaves more of the misfit than this is the last. */
const TOO_SLOW = 0.97;
/** The first rounds only sort the points along the curve. */
const FIRST_ROUNDS = 3;

/**
 * Cubics through a run of points, one after the other with a common direction where they meet, nowhere farther than `toleranceMm` from the
 * points. `leave` and `arrive` are unit vectors along the way at both ends. Each curve takes as many points as it can hold. A curve is found by
 * least squares over the lengths of its handles, with the points moved along it between rounds, after P. J. Schneider, "An algorithm for
 * automatically fitting digitized curves", Graphics Gems (1990).
 */
export const fitCubics = (points: readonly Point[], leave: Point, arrive: Point, toleranceMm: number): readonly Cubic[] => {
  const curves: Cubic[] = [];
  const last = points.length - 1;
  let [from, way] = [0, leave];
  while (from < last) {
    const { curve, to } = longestCubic(points, from, way, arrive, toleranceMm);
    curves.push(curve);
    if (to < last) way = wayAt(points, to);
    from = to;
  }
  return curves;
};

const wayAt = (points: readonly Point[], i: number): Point =>
  wayThrough(points[i - 1] ?? ORIGIN, points[i] ?? ORIGIN, points[i + 1] ?? ORIGIN);

/** The curve from a point that reaches farthest, by bisection over where it ends. */
const longestCubic = (
  points: readonly Point[],
  from: number,
  leave: Point,
  arrive: Point,
  toleranceMm: number,
): { readonly curve: Cubic; readonly to: number } => {
  const last = points.length - 1;
  const tryTo = (to: number): Fit => bestCubic(points.slice(from, to + 1), leave, to === last ? arrive : wayAt(points, to), toleranceMm);
  const whole = tryTo(last);
  if (whole.missMm <= toleranceMm) return { curve: whole.curve, to: last };
  let [fits, fails, best] = [from + 1, last, tryTo(from + 1)];
  while (fails - fits > 1) {
    const to = (fits + fails) >> 1;
    const fit = tryTo(to);
    if (fit.missMm <= toleranceMm) [fits, best] = [to, fit];
    else fails = to;
  }
  return { curve: best.curve, to: fits };
};

type Fit = { readonly curve: Cubic; readonly missMm: number };

const bestCubic = (points: readonly Point[], leave: Point, arrive: Point, toleranceMm: number): Fit => {
  const [first, last] = [points[0] ?? ORIGIN, points.at(-1) ?? ORIGIN];
  const third = distance(first, last) / 3;
  if (points.length <= 2) return { curve: handled(first, last, leave, arrive, third, third), missMm: 0 };
  let places = placesByLength(points);
  let best = fitAt(points, places, leave, arrive, null);
  let current = best.curve;
  for (let round = 0; round < ROUNDS && best.missMm > toleranceMm; round += 1) {
    places = places.map((t, i) => nearestPlace(current, points[i] ?? ORIGIN, t));
    const next = fitAt(points, places, leave, arrive, current);
    const isSlow = next.missMm > best.missMm * TOO_SLOW;
    current = next.curve;
    if (next.missMm < best.missMm) best = next;
    if (isSlow && round >= FIRST_ROUNDS) break;
  }
  return best;
};

const ORIGIN: Point = { x: 0, y: 0 };

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const placesByLength = (points: readonly Point[]): readonly number[] => {
  const places = [0];
  for (let i = 1; i < points.length; i += 1) places.push((places[i - 1] ?? 0) + distance(points[i - 1] ?? ORIGIN, points[i] ?? ORIGIN));
  const total = places.at(-1) ?? 1;
  return places.map((length) => length / total);
};

const handled = (first: Point, last: Point, leave: Point, arrive: Point, a: number, b: number): Cubic => ({
  x0: first.x,
  y0: first.y,
  x1: first.x + leave.x * a,
  y1: first.y + leave.y * a,
  x2: last.x - arrive.x * b,
  y2: last.y - arrive.y * b,
  x3: last.x,
  y3: last.y,
});

/**
 * The handles that bring the curve nearest to the points at the given places, by the normal equations of two unknowns. With a curve known from
 * the round before only the distances across it count: points may slide along it, and few rounds are enough.
 */
const fitAt = (points: readonly Point[], places: readonly number[], leave: Point, arrive: Point, known: Cubic | null): Fit => {
  const [first, last] = [points[0] ?? ORIGIN, points.at(-1) ?? ORIGIN];
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  const add = (a: number, b: number, r: number): void => {
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ra += a * r;
    rb += b * r;
  };
  places.forEach((t, i) => {
    const s = 1 - t;
    const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    const point = points[i] ?? ORIGIN;
    const rx = point.x - first.x * (b0 + b1) - last.x * (b2 + b3);
    const ry = point.y - first.y * (b0 + b1) - last.y * (b2 + b3);
    if (known) {
      const [nx, ny] = acrossCubic(known, t);
      add((leave.x * nx + leave.y * ny) * b1, -(arrive.x * nx + arrive.y * ny) * b2, rx * nx + ry * ny);
    } else {
      add(leave.x * b1, -arrive.x * b2, rx);
      add(leave.y * b1, -arrive.y * b2, ry);
    }
  });
  const det = aa * bb - ab * ab;
  const chord = distance(first, last);
  const [a, b] = det > 1e-9 * aa * bb ? [(ra * bb - rb * ab) / det, (aa * rb - ab * ra) / det] : [chord / 3, chord / 3];
  // Handles that turn back or run far past the other end make loops.
  const isTame = a > chord * 1e-3 && b > chord * 1e-3 && a < 2 * chord && b < 2 * chord;
  const curve = isTame ? handled(first, last, leave, arrive, a, b) : handled(first, last, leave, arrive, chord / 3, chord / 3);
  return { curve, missMm: worstMiss(curve, points, places) };
};

const acrossCubic = (curve: Cubic, t: number): readonly [number, number] => {
  const { x, y } = velocityOnCubic(curve, t);
  const speed = Math.hypot(x, y);
  return speed > 0 ? [-y / speed, x / speed] : [0, 0];
};

const worstMiss = (curve: Cubic, points: readonly Point[], places: readonly number[]): number =>
  places.reduce((worst, t, i) => Math.max(worst, distance(pointOnCubic(curve, t), points[i] ?? ORIGIN)), 0);

/** One step of Newton's method towards the foot of the point on the curve. */
const nearestPlace = (curve: Cubic, point: Point, t: number): number => {
  const { x0, y0, x1, y1, x2, y2, x3, y3 } = curve;
  const s = 1 - t;
  const at = pointOnCubic(curve, t);
  const vx = 3 * (s * s * (x1 - x0) + 2 * s * t * (x2 - x1) + t * t * (x3 - x2));
  const vy = 3 * (s * s * (y1 - y0) + 2 * s * t * (y2 - y1) + t * t * (y3 - y2));
  const bendX = 6 * (s * (x2 - 2 * x1 + x0) + t * (x3 - 2 * x2 + x1));
  const bendY = 6 * (s * (y2 - 2 * y1 + y0) + t * (y3 - 2 * y2 + y1));
  const [dx, dy] = [at.x - point.x, at.y - point.y];
  const slope = vx * vx + vy * vy + dx * bendX + dy * bendY;
  if (Math.abs(slope) < 1e-12) return t;
  return Math.min(1, Math.max(0, t - (dx * vx + dy * vy) / slope));
};

/** The direction of a smooth line in the middle of three of its points: that of the parabola through them. */
export const wayThrough = (a: Point, b: Point, c: Point): Point => {
  const [before, after] = [distance(a, b), distance(b, c)];
  const [weightIn, weightOut] = [after / (before || 1), before / (after || 1)];
  const x = (b.x - a.x) * weightIn + (c.x - b.x) * weightOut;
  const y = (b.y - a.y) * weightIn + (c.y - b.y) * weightOut;
  const length = Math.hypot(x, y);
  return length > 0 ? { x: x / length, y: y / length } : unit(a, c);
};

/** The direction of a smooth line at the first of three of its points. */
export const wayFrom = (a: Point, b: Point, c: Point): Point => {
  const middle = wayThrough(a, b, c);
  const chord = unit(a, b);
  // The direction turns evenly along a parabola: as much before the middle of the first chord as after it.
  const [x, y] = [
    2 * (middle.x * chord.x + middle.y * chord.y) * chord.x - middle.x,
    2 * (middle.x * chord.x + middle.y * chord.y) * chord.y - middle.y,
  ];
  const length = Math.hypot(x, y);
  return length > 0 ? { x: x / length, y: y / length } : chord;
};

export const unit = (a: Point, b: Point): Point => {
  const length = distance(a, b);
  return length > 0 ? { x: (b.x - a.x) / length, y: (b.y - a.y) / length } : { x: 1, y: 0 };
};
