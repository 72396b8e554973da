import type { Run } from '../plan.ts';

const STEPS_PER_MM = 10;
/** Straight on within 6 degrees, from stitches of that length on. */
const STRAIGHT_COSINE = 0.995;
const LEAST_STRAIGHT_STEPS = 8;
/** How far a needle point slides along a straight line of stitches: in steps, and as a share of the shorter stitch beside it. */
const FARTHEST_SLIDE_STEPS = 3;
const SLIDE_SHARE = 0.25;
/**
 * What a miss along the thread weighs against one across it, beyond the place and short of it: where the needle turns back, where a line bends, where it
 * goes straight on.
 */
type Weights = readonly [beyond: number, short: number];
const TURN: Weights = [1, 0.3];
const BEND: Weights = [0.5, 0.5];
const STRAIGHT: Weights = [0.02, 0.02];
/** Between stitches too short to have a direction: the nearest place. */
const NEAREST: Weights = [1, 1];
/** From this cosine on a line bends, below it turns back. */
const BEND_COSINE = 0.5;
/** A stitch that is no longer than this stays so, in steps. */
const LONGEST_STEPS = 70;

/** Nearest whole number, halves to the even one: errors of long rows of halves cancel out. Noise of floating point is no reason to round away. */
export const roundHalfEven = (value: number): number => {
  const half = Math.round(value * 2) / 2;
  const exact = Math.abs(value - half) < 1e-9 ? half : value;
  const floor = Math.floor(exact);
  const rounded = exact - floor === 0.5 ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(exact);
  return rounded === 0 ? 0 : rounded;
};

/** A needle point, in steps, with the direction of its thread (a unit vector; at the end of a row or on a rail, outwards) and how far along it may slide. */
type Place = {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly slide: number;
  readonly weights: Weights;
};

const unit = (x: number, y: number): readonly [number, number] => {
  const mm = Math.hypot(x, y);
  return mm > 0 ? [x / mm, y / mm] : [1, 0];
};

const placeAt = (points: Run['points'], i: number): Place => {
  const at = (k: number): readonly [number, number] => [(points[2 * k] ?? 0) * STEPS_PER_MM, (points[2 * k + 1] ?? 0) * STEPS_PER_MM];
  const [x, y] = at(i);
  const [fromX, fromY] = i > 0 ? at(i - 1) : [x, y];
  const [toX, toY] = 2 * i + 3 < points.length ? at(i + 1) : [x, y];
  const [inX, inY, outX, outY] = [x - fromX, y - fromY, toX - x, toY - y];
  const [before, after] = [Math.hypot(inX, inY), Math.hypot(outX, outY)];
  const cosine = before > 0 && after > 0 ? (inX * outX + inY * outY) / (before * after) : 0;
  const shorter = Math.min(before, after);
  const [ux, uy] = unit(inX, inY);
  const [vx, vy] = unit(outX, outY);
  if (cosine >= STRAIGHT_COSINE && shorter > LEAST_STRAIGHT_STEPS) {
    const [dx, dy] = unit(ux + vx, uy + vy);
    const room = Math.max(0, (LONGEST_STEPS - Math.max(before, after)) / 2);
    return { x, y, dx, dy, slide: Math.min(FARTHEST_SLIDE_STEPS, SLIDE_SHARE * shorter, room), weights: STRAIGHT };
  }
  if (Math.max(before, after) <= LEAST_STRAIGHT_STEPS) return { x, y, dx: 1, dy: 0, slide: 0, weights: NEAREST };
  const weights = cosine >= BEND_COSINE ? BEND : TURN;
  const [dx, dy] = cosine < 0 && shorter > LEAST_STRAIGHT_STEPS ? unit(ux - vx, uy - vy) : before >= after ? [ux, uy] : [-vx, -vy];
  return { x, y, dx, dy, slide: 0, weights };
};

/** The whole steps for a place: where the needle turns one of the four about it, on a straight line any near it. */
const stepsFor = ({ x, y, dx, dy, slide, weights }: Place): readonly [number, number] => {
  const nearest = [roundHalfEven(x), roundHalfEven(y)] as const;
  const reach = slide > 0 ? Math.ceil(slide) : 1;
  let [best, least]: [readonly [number, number], number] = [nearest, Number.POSITIVE_INFINITY];
  for (let row = -reach; row <= reach; row += 1) {
    for (let column = -reach; column <= reach; column += 1) {
      const steps = [nearest[0] + column, nearest[1] + row] as const;
      const [missX, missY] = [steps[0] - x, steps[1] - y];
      if (slide === 0 && (Math.abs(missX) >= 1 || Math.abs(missY) >= 1)) continue;
      const [along, across] = [missX * dx + missY * dy, missX * dy - missY * dx];
      const isNearest = row === 0 && column === 0;
      if (slide > 0 && !isNearest && Math.abs(along) > slide) continue;
      const cost = across * across + weights[along > 0 ? 0 : 1] * along * along + (isNearest ? 0 : 1e-9);
      if (cost < least) [best, least] = [steps, cost];
    }
  }
  return best;
};

/**
 * The needle points of a run in whole steps of 0.1 mm, x and y in turn. Not simply the nearest ones: rows lie 0.35 mm apart and thread is 0.4 mm wide,
 * so errors across the thread open hairs between rows, while errors along a row are seen by nobody. A point on a straight line of stitches slides along
 * it by up to 0.3 mm to where the lattice lies on the line; where the needle turns, it rather stays short of the outline than goes beyond. Points on the
 * lattice stay, each point is rounded by itself, and no stitch of up to 7 mm becomes longer than that.
 */
export const stepsOfRun = ({ points }: Run): Int32Array => {
  const steps = new Int32Array(points.length);
  for (let i = 0; 2 * i + 1 < points.length; i += 1) {
    const [x, y] = stepsFor(placeAt(points, i));
    steps[2 * i] = x;
    steps[2 * i + 1] = y;
    if (i > 0) keepShort(steps, points, i);
  }
  return steps;
};

/** Takes a point back towards the one before it when the stitch between them became too long by rounding. */
const keepShort = (steps: Int32Array, points: Run['points'], i: number): void => {
  const at = 2 * i;
  const mm = Math.hypot((points[at] ?? 0) - (points[at - 2] ?? 0), (points[at + 1] ?? 0) - (points[at - 1] ?? 0));
  if (mm * STEPS_PER_MM > LONGEST_STEPS + 1e-6) return;
  for (;;) {
    const [dx, dy] = [(steps[at] ?? 0) - (steps[at - 2] ?? 0), (steps[at + 1] ?? 0) - (steps[at - 1] ?? 0)];
    if (Math.hypot(dx, dy) <= LONGEST_STEPS) return;
    if (Math.abs(dx) >= Math.abs(dy)) steps[at] = (steps[at] ?? 0) - Math.sign(dx);
    else steps[at + 1] = (steps[at + 1] ?? 0) - Math.sign(dy);
  }
};
