import type { Point } from '../../geometry/point.ts';
import type { Steps } from '../../model/steps.ts';
import type { SatinColumn, SewEnds, Sewn, SewPart } from '../region.ts';
import { CoverGrid } from './cover-grid.ts';
import { hiddenWalk } from './hidden-walk.ts';
import { type Meetings, meetingsOf } from './neighbour-parts.ts';
import { orderParts } from './part-order.ts';
import { distance, endsOfPart, pointAt, splitColumn } from './part-shape.ts';
import { Thread } from './thread-trail.ts';

export type SewPartsOptions = {
  /** Sews one part; the ends are wishes. */
  readonly sew: (part: SewPart, ends: SewEnds) => Steps<Sewn>;
  /** Where the needle comes from, when that is known. */
  readonly from: Point | null;
  /** Where the last part should end if it is an area, when that matters. */
  readonly to?: Point | null;
  /** Length of the stitches of a walk, mm. */
  readonly runStitchMm: number;
};

/** Places closer than this are one stitch apart: nothing to hide, mm. */
const STEP_OVER_MM = 0.8;
/** So far a thread may lie on its own colour where no hidden way leads: less to see than a cut, mm. */
const STEP_ON_OWN_MM = 2;
/** A hidden walk longer than this takes longer than a cut, mm. */
const LONGEST_WALK_MM = 90;
/** Pieces of more parts are sewn without cutting columns. */
const MOST_CUT = 120;
/** Columns are not cut into stumps shorter than this, mm. */
const STUMP_MM = 1.5;

/**
 * Sews the parts of one connected piece: threads to be cut in between, usually one. The needle goes from part to part beneath what is still to
 * come; where there is no such way the thread ends.
 */
export function* sewParts(given: readonly SewPart[], options: SewPartsOptions): Steps<readonly Sewn[]> {
  const { parts, grid, meetings, order } = arrange(given, options.from);
  const threads: Thread[] = [];
  let thread: Thread | null = null;
  for (const [k, index] of order.entries()) {
    yield;
    const part = parts[index];
    if (!part) continue;
    const at: Point | null = thread ? thread.end : options.from;
    grid.remove(index);
    const exit = k + 1 < order.length ? chooseExit(part, index, order[k + 1], parts, grid, meetings) : lastExit(part, options.to ?? null);
    grid.restore(index);
    const entry = chooseEntry(part, at, exit, thread !== null, meetings[index]?.get(order[k - 1] ?? -1) ?? null);
    const sewn = yield* options.sew(part, { entry, exit });
    if (sewn.points.length >= 4) {
      const start = pointAt(sewn.points, 0);
      const way = thread ? wayTo(grid, thread.end, start) : null;
      if (!thread || !way) {
        thread = new Thread();
        threads.push(thread);
      } else thread.walk(way, options.runStitchMm);
      thread.append(sewn);
    }
    grid.remove(index);
  }
  return threads.map((one) => one.finish());
}

type Arranged = {
  readonly parts: readonly SewPart[];
  readonly grid: CoverGrid;
  readonly meetings: Meetings;
  readonly order: readonly number[];
};

const arrange = (given: readonly SewPart[], from: Point | null): Arranged => {
  const grid = new CoverGrid(given);
  const meetings = meetingsOf(grid, given.length);
  const order = orderParts(given, grid, meetings, from);
  if (given.length > MOST_CUT) return { parts: given, grid, meetings, order };
  const parts = order.flatMap((index, k) => cutForExit(given, index, order.slice(k + 1), grid, meetings));
  if (parts.length === given.length) return { parts: given, grid, meetings, order };
  const cutGrid = new CoverGrid(parts);
  return { parts, grid: cutGrid, meetings: meetingsOf(cutGrid, parts.length), order: parts.map((_, i) => i) };
};

/** A column whose ends both lie open while others wait is cut where it meets them: each half is sewn towards that place. */
const cutForExit = (
  parts: readonly SewPart[],
  index: number,
  later: readonly number[],
  grid: CoverGrid,
  meetings: Meetings,
): readonly SewPart[] => {
  const part = parts[index];
  if (!part) return [];
  if (part.kind !== 'satin' || part.closed || later.length === 0) return [part];
  const gate = later.map((other) => meetings[index]?.get(other)).find((place) => place !== undefined);
  if (!gate) return [part];
  const isOpen = endsOfPart(part).every((end) =>
    later.every((other) => !grid.covers(other, grid.cellAt(end)) && !nearCover(grid, other, end)),
  );
  const halves = isOpen ? splitColumn(part, gate, STUMP_MM) : null;
  return halves ? [halves[0], { ...halves[1] }] : [part];
};

const nearCover = (grid: CoverGrid, other: number, { x, y }: Point): boolean => {
  const { step } = grid.frame;
  return [-2, 2].some(
    (by) => grid.covers(other, grid.cellAt({ x: x + by * step, y })) || grid.covers(other, grid.cellAt({ x, y: y + by * step })),
  );
};

/** Where to end so that the way to the next part is hidden and short; null when it does not matter. */
const chooseExit = (
  part: SewPart,
  index: number,
  next: number | undefined,
  parts: readonly SewPart[],
  grid: CoverGrid,
  meetings: Meetings,
): Point | null => {
  const following = next === undefined ? undefined : parts[next];
  if (next === undefined || !following) return null;
  const meeting = meetings[index]?.get(next);
  const goal = meeting ? [meeting] : endsOfPart(following);
  const ends = part.kind === 'fill' ? [...(meetings[index]?.values() ?? [])] : endsOfPart(part);
  let [best, bestMm]: [Point | null, number] = [null, Infinity];
  for (const end of ends) {
    const open = grid.nearestCovered(end, 0.6) < 0 ? 1000 : 0;
    const mm = open + goal.reduce((least, place) => Math.min(least, distance(place, end)), Infinity);
    if (mm < bestMm) [best, bestMm] = [end, mm];
  }
  return best;
};

/** An area may end anywhere; a column or a line is better sewn its own way. */
const lastExit = (part: SewPart, to: Point | null): Point | null => (part.kind === 'fill' ? to : null);

/** Where to begin: near to where the needle is, or else at the end far from the exit, so that the part is sewn once along. */
const chooseEntry = (part: SewPart, at: Point | null, exit: Point | null, isWalk: boolean, meeting: Point | null): Point | null => {
  const ends = endsOfPart(part);
  if (ends.length === 0) return at && isWalk ? (meeting ?? at) : at;
  const columnMm = distance(ends[0] ?? ends[1] ?? { x: 0, y: 0 }, ends.at(-1) ?? { x: 0, y: 0 });
  const score = (end: Point): number => {
    const walk = at ? distance(at, end) : 0;
    if (!exit || part.kind !== 'satin') return walk;
    // A centre run leads out and the satin back; edge runs come back, and the satin leads on. The other way costs a run more.
    const isBack = distance(end, exit) < columnMm / 2;
    return (isWalk ? walk : 0) + (isBack === prefersBack(part) ? 0 : columnMm);
  };
  return ends.reduce<Point | null>((best, end) => (best && score(best) <= score(end) ? best : end), null);
};

/** Columns under 2 mm have one run beneath, and from 4 mm on a zigzag after the run there and back. */
const prefersBack = ({ left, right }: SatinColumn): boolean => {
  const pairs = left.length / 2;
  let mm = 0;
  for (let i = 0; i < pairs; i += 1) mm += distance(pointAt(left, i), pointAt(right, i)) / pairs;
  return mm < 2 || mm >= 4;
};

const wayTo = (grid: CoverGrid, from: Point, to: Point): readonly Point[] | null => {
  if (distance(from, to) <= STEP_OVER_MM) return [from, to];
  const way = hiddenWalk(grid, from, to);
  if (!way) return distance(from, to) <= STEP_ON_OWN_MM && grid.isLandBetween(from, to) ? [from, to] : null;
  let mm = 0;
  for (let i = 1; i < way.length; i += 1) mm += distance(way[i - 1] ?? to, way[i] ?? to);
  return mm <= LONGEST_WALK_MM ? way : null;
};
