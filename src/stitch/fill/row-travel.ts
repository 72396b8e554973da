import type { Path } from '../../geometry/path.ts';
import { cellAt, type DistanceGrid, distanceGrid } from '../field/distance-grid.ts';
import { gridTravel } from '../field/grid-travel.ts';
import { ROLE } from '../plan.ts';
import { uOf, vOf, xOf, yOf } from './row-frame.ts';
import { routeThroughRows } from './row-route.ts';
import { type Rows, vOfLine } from './rows.ts';
import { runStitches } from './run-stitches.ts';
import type { StitchTrail } from './stitch-trail.ts';

/** Stitches of travel: short enough to lie still under rows, mm. */
const TRAVEL_STITCH_MM = 3;
const BACK_STITCH_MM = 3.9;
const TOLERANCE_MM = 0.1;
/** A straight way keeps this far from the ends of rows, but near its own ends, mm. */
const INSET_MM = 0.6;
const NEAR_END_MM = 1;
/** Along rows a straight way may pass this far beyond them, mm. */
const SHALLOW_SLACK_MM = 0.2;
/** Rows nearer to an end of the way than this share of their distance are those the needle stands on or goes to. */
const OWN_ROW = 0.75;
/** From a finished row a straight way leads off at least so steeply: along it the thread would be seen. */
const LEAST_SLOPE = 0.35;
/** A way from row to row longer than this many times the straight one is looked for anew on a grid. */
const DETOUR = 1.25;
const DETOUR_MM = 3;

/**
 * Moves the needle within a region where rows will lie over its thread: straight where that is open, else from row to row or across a grid,
 * whichever is shorter. Rows marked in `sewn` are in the way.
 */
export class RowTravel {
  readonly #path: Path;
  readonly #rows: Rows;
  readonly #sewn: Uint8Array;
  readonly #marked: Uint8Array;
  #grid: DistanceGrid | null | undefined;
  #taken = new Uint8Array(0);
  #seenMm = 0;

  constructor(path: Path, rows: Rows, sewn: Uint8Array) {
    this.#path = path;
    this.#rows = rows;
    this.#sewn = sewn;
    this.#marked = new Uint8Array(rows.count);
  }

  /** Length of all ways that had to pass over finished rows, mm. */
  get seenMm(): number {
    return this.#seenMm;
  }

  /** Brings the needle to a place; the rows it stands on and goes to are given where they are known, -1 otherwise. */
  go(trail: StitchTrail, x: number, y: number, fromRow = -1, toRow = -1): void {
    if (trail.isEmpty) {
      trail.add(x, y, ROLE.travel);
      return;
    }
    if (this.#isOpen(trail, x, y, fromRow)) {
      this.#run(trail, [trail.x, trail.y, x, y]);
      return;
    }
    const way = routeThroughRows(this.#rows, this.#sewn, { x: trail.x, y: trail.y, row: fromRow }, { x, y, row: toRow });
    const points = way ? [trail.x, trail.y, ...way.points] : [trail.x, trail.y, x, y];
    const straightMm = Math.hypot(x - trail.x, y - trail.y);
    const other = lengthOf(points) > DETOUR * straightMm + DETOUR_MM ? this.#overGrid(trail, x, y) : null;
    if (other && lengthOf(other) < lengthOf(points) - 1) {
      this.#run(trail, other);
      return;
    }
    // Back along a row just sewn, on its own line, it is a doubled row: no travel to be seen.
    if (way?.isBack) trail.addAll(runStitches(points.slice(0, 4), BACK_STITCH_MM, TOLERANCE_MM), ROLE.top);
    if (way?.isOverSewn) this.#seenMm += lengthOf(points);
    this.#run(trail, points.slice(way ? 2 : 0));
  }

  #run(trail: StitchTrail, points: readonly number[]): void {
    trail.addAll(runStitches(points, TRAVEL_STITCH_MM, TOLERANCE_MM), ROLE.travel);
  }

  /** Whether the straight way passes only rows to come, well within them. */
  #isOpen({ x: x1, y: y1 }: StitchTrail, x2: number, y2: number, fromRow: number): boolean {
    const { frame, top, pitchMm, lines } = this.#rows;
    const [u1, v1, u2, v2] = [uOf(frame, x1, y1), vOf(frame, x1, y1), uOf(frame, x2, y2), vOf(frame, x2, y2)];
    if (fromRow >= 0 && Math.abs(v2 - v1) < LEAST_SLOPE * Math.abs(u2 - u1)) return false;
    const first = Math.max(0, Math.floor((Math.min(v1, v2) - top) / pitchMm - 0.5));
    const last = Math.min(lines - 1, Math.ceil((Math.max(v1, v2) - top) / pitchMm - 0.5));
    for (let k = first; k <= last; k += 1) {
      const v = vOfLine(this.#rows, k);
      const t = v2 === v1 ? 0.5 : Math.min(1, Math.max(0, (v - v1) / (v2 - v1)));
      const isEnd = Math.min(t, 1 - t) * Math.hypot(u2 - u1, v2 - v1) < NEAR_END_MM;
      const isOwn = Math.min(Math.abs(v - v1), Math.abs(v - v2)) < OWN_ROW * pitchMm;
      const u = u1 + (u2 - u1) * t;
      // What the way covers while it is nearest to this line: a shallow one would pass over a hole between two lines unseen.
      const half = v2 === v1 ? Math.abs(u2 - u1) : Math.abs(((u2 - u1) / (v2 - v1)) * (pitchMm / 2));
      const low = Math.max(Math.min(u1, u2), u - half);
      const high = Math.min(Math.max(u1, u2), u + half);
      const isShallow = high - low > NEAR_END_MM;
      const insetMm = isShallow ? -SHALLOW_SLACK_MM : isEnd ? -NEAR_END_MM : INSET_MM;
      if (!this.#holds(k, low, high, insetMm, isOwn, isEnd && !isShallow)) return false;
    }
    return true;
  }

  /** Whether a stretch of a line lies in one of its rows that is to come, or in the needle's own one. */
  #holds(line: number, low: number, high: number, insetMm: number, isOwn: boolean, isFree: boolean): boolean {
    const { lineStart, from, to } = this.#rows;
    for (let i = lineStart[line] ?? 0; i < (lineStart[line + 1] ?? 0); i += 1) {
      if (low >= (from[i] ?? 0) + insetMm && high <= (to[i] ?? 0) - insetMm) return isOwn || this.#sewn[i] !== 1;
    }
    return isOwn && isFree;
  }

  #overGrid(trail: StitchTrail, x: number, y: number): readonly number[] | null {
    this.#grid ??= distanceGrid(this.#path);
    if (!this.#grid) return null;
    if (this.#taken.length === 0) this.#taken = new Uint8Array(this.#grid.depth.length);
    this.#markSewn(this.#grid);
    return gridTravel(this.#grid, { x: trail.x, y: trail.y }, { x, y }, this.#taken);
  }

  #markSewn(grid: DistanceGrid): void {
    const { frame, count, line, from, to, pitchMm } = this.#rows;
    for (let i = 0; i < count; i += 1) {
      if (this.#sewn[i] !== 1 || this.#marked[i] === 1) continue;
      this.#marked[i] = 1;
      // To both sides as well: on the slant a way would slip through between two rows.
      for (const side of [-0.5, 0, 0.5]) {
        const v = vOfLine(this.#rows, line[i] ?? 0) + side * pitchMm;
        for (let u = from[i] ?? 0; u <= (to[i] ?? 0); u += grid.cellMm / 2)
          this.#taken[cellAt(grid, xOf(frame, u, v), yOf(frame, u, v))] = 1;
      }
    }
  }
}

const lengthOf = (points: readonly number[]): number => {
  let sum = 0;
  for (let i = 2; i + 1 < points.length; i += 2)
    sum += Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0));
  return sum;
};
