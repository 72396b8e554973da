import { ROLE, type Run, type StitchPlan } from '../plan.ts';

/** Of a row no more than this share is lost at either end, and what is shorter than the second does not draw in, mm. */
const MOST_SHARE = 0.25;
const SHORTEST_MM = 0.6;
/** Stitches that turn by less than 30 degrees from one to the next are one row. */
const STRAIGHT = Math.cos(Math.PI / 6);

/** A plan as it lies once the cloth has drawn in under its rows: each shorter by so many mm at both ends. */
export const drawnIn = ({ blocks }: StitchPlan, pullMm: number): StitchPlan => ({
  blocks: blocks.map((block) => ({ ...block, runs: block.runs.map((run) => ({ ...run, points: pulledPoints(run, pullMm) })) })),
});

/** Ends of two rows at once move by the mean of both. */
const pulledPoints = ({ points, roles }: Run, pullMm: number): Float64Array => {
  const moves = new Float64Array(points.length);
  const counts = new Uint8Array(roles.length);
  const move = (end: number, towards: number, mm: number): void => {
    const [dx, dy] = wayOf(points, end, towards);
    const long = Math.hypot(dx, dy) || 1;
    moves[2 * end] = (moves[2 * end] ?? 0) + (dx / long) * mm;
    moves[2 * end + 1] = (moves[2 * end + 1] ?? 0) + (dy / long) * mm;
    counts[end] = (counts[end] ?? 0) + 1;
  };
  for (let first = 1; first < roles.length; first += 1) {
    if (!isRow(roles[first])) continue;
    const start = first - 1;
    while (isRow(roles[first + 1]) && goesOn(points, first)) first += 1;
    const long = Math.hypot(...wayOf(points, start, first));
    if (long < SHORTEST_MM) continue;
    const mm = Math.min(pullMm, MOST_SHARE * long);
    move(start, start + 1, mm);
    move(first, first - 1, mm);
  }
  return points.map((value, i) => value + (moves[i] ?? 0) / Math.max(1, counts[i >> 1] ?? 0));
};

const isRow = (role: number | undefined): boolean => role === ROLE.top || role === ROLE.satin;

const wayOf = (points: Float64Array, from: number, to: number): readonly [number, number] => [
  (points[2 * to] ?? 0) - (points[2 * from] ?? 0),
  (points[2 * to + 1] ?? 0) - (points[2 * from + 1] ?? 0),
];

/** Whether the stitch after a point goes on the way of the one before it. */
const goesOn = (points: Float64Array, at: number): boolean => {
  const [[ax, ay], [bx, by]] = [wayOf(points, at - 1, at), wayOf(points, at, at + 1)];
  return ax * bx + ay * by > STRAIGHT * Math.hypot(ax, ay) * Math.hypot(bx, by);
};
