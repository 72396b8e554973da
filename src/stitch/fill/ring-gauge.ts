/** A ring measured for sewing: all arrays have an entry for each point and one more for the first again. */
export type RingGauge = {
  readonly points: Float64Array;
  readonly mm: number;
  /** Way from the first point, mm, and in stitches as long as the bends allow. */
  readonly arcs: Float64Array;
  readonly units: Float64Array;
  /** How far needle places move off the line so that stitches in a bend lie on both its sides, mm; to the left of the way. */
  readonly swing: Float64Array;
  /** Where it turns sharply, mm along it. */
  readonly corners: readonly number[];
};

/** Turns by more than this are corners, radians. */
const CORNER = 0.6;
/** Bends are measured over this much to both sides, mm. */
const BEND_MM = 0.7;
/** The shortest stitch that a bend asks for, mm; of small rings this share of them. */
const LEAST_MM = 1;
const SMALLEST_MM = 0.6;
const SMALL_SHARE = 0.15;
/** Stitches grow longer by no more than this share of the way, before and after bends. */
const GROWTH = 0.7;

/** Measures a ring whose stitches are `stitchMm` long at most and stray from it by no more than `toleranceMm`. */
export const ringGauge = (points: Float64Array, stitchMm: number, toleranceMm: number): RingGauge => {
  const count = points.length / 2;
  const arcs = arcsOf(points);
  const mm = arcs[count] ?? 0;
  const turns = turnsOf(points);
  const corners: number[] = [];
  for (let i = 0; i < count; i += 1) if (Math.abs(turns[i] ?? 0) > CORNER) corners.push(arcs[i] ?? 0);
  const bends = bendsOf(arcs, turns);
  const least = Math.max(SMALLEST_MM, Math.min(LEAST_MM, mm * SMALL_SHARE));
  const longest = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    longest[i] = Math.min(stitchMm, Math.max(least, Math.sqrt((8 * toleranceMm) / Math.max(1e-6, Math.abs(bends[i] ?? 0)))));
  }
  evenOut(longest, arcs);
  const units = new Float64Array(count + 1);
  const swing = new Float64Array(count + 1);
  for (let i = 0; i < count; i += 1) {
    const next = i + 1 === count ? 0 : i + 1;
    units[i + 1] = (units[i] ?? 0) + ((arcs[i + 1] ?? 0) - (arcs[i] ?? 0)) / (((longest[i] ?? 1) + (longest[next] ?? 1)) / 2);
    const sag = ((longest[i] ?? 0) ** 2 * (bends[i] ?? 0)) / 8;
    swing[i] = Math.max(-toleranceMm, Math.min(toleranceMm, sag)) / 2;
  }
  swing[count] = swing[0] ?? 0;
  return { points, mm, arcs, units, swing, corners };
};

const arcsOf = (points: Float64Array): Float64Array => {
  const count = points.length / 2;
  const arcs = new Float64Array(count + 1);
  for (let i = 0; i < count; i += 1) {
    const next = i + 1 === count ? 0 : i + 1;
    const step = Math.hypot((points[2 * next] ?? 0) - (points[2 * i] ?? 0), (points[2 * next + 1] ?? 0) - (points[2 * i + 1] ?? 0));
    arcs[i + 1] = (arcs[i] ?? 0) + step;
  }
  return arcs;
};

/** By how much the line turns at each point, radians. */
const turnsOf = (points: Float64Array): Float64Array => {
  const count = points.length / 2;
  const turns = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const [p, n] = [i === 0 ? count - 1 : i - 1, i + 1 === count ? 0 : i + 1];
    const [ax, ay] = [(points[2 * i] ?? 0) - (points[2 * p] ?? 0), (points[2 * i + 1] ?? 0) - (points[2 * p + 1] ?? 0)];
    const [bx, by] = [(points[2 * n] ?? 0) - (points[2 * i] ?? 0), (points[2 * n + 1] ?? 0) - (points[2 * i + 1] ?? 0)];
    turns[i] = Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return turns;
};

/** Radians a millimetre about each point, corners left out. */
const bendsOf = (arcs: Float64Array, turns: Float64Array): Float64Array => {
  const count = turns.length;
  const mm = arcs[count] ?? 0;
  const reach = Math.min(BEND_MM, mm / 4);
  const bends = new Float64Array(count);
  const soft = (i: number): number => (Math.abs(turns[i] ?? 0) > CORNER ? 0 : (turns[i] ?? 0));
  const arcAt = (i: number): number => Math.floor(i / count) * mm + (arcs[((i % count) + count) % count] ?? 0);
  let [low, high, sum] = [0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    const at = arcs[i] ?? 0;
    for (; arcAt(high) <= at + reach; high += 1) sum += soft(((high % count) + count) % count);
    if (i === 0) for (; arcAt(low - 1) >= at - reach; low -= 1) sum += soft((((low - 1) % count) + count) % count);
    for (; arcAt(low) < at - reach; low += 1) sum -= soft(((low % count) + count) % count);
    bends[i] = reach > 0 ? sum / (2 * reach) : 0;
  }
  return bends;
};

const evenOut = (longest: Float64Array, arcs: Float64Array): void => {
  const count = longest.length;
  const limit = (i: number, by: number, step: number): void => {
    longest[i] = Math.min(longest[i] ?? 0, (longest[by] ?? 0) + GROWTH * step);
  };
  for (let k = 1; k <= 2 * count; k += 1) {
    const [i, by] = [k % count, (k - 1) % count];
    limit(i, by, (arcs[by + 1] ?? 0) - (arcs[by] ?? 0));
  }
  for (let k = 2 * count - 1; k >= 0; k -= 1) {
    const [i, by] = [k % count, (k + 1) % count];
    limit(i, by, (arcs[i + 1] ?? 0) - (arcs[i] ?? 0));
  }
};
