import type { Point } from '../../geometry/point.ts';
import type { CoverGrid } from './cover-grid.ts';
import { distance } from './part-shape.ts';

/** How far a walk may begin and end from the nearest covered place, mm: the next stitches lie over so little. */
const REACH_MM = 0.7;
/** From the far rail of a column the thread may cross what was just sewn, mm. */
const CROSS_MM = 3;
/** Walking along the edge of what will cover costs this much more than in its middle. */
const EDGE_COST = 3;
/** Cells looked at before a way counts as none: so many, and so many for each cell of the straight distance. */
const STEPS = 4000;
const STEPS_PER_CELL = 120;

/**
 * The corners of a short way from one place to another that parts still to be sewn will cover, both ends included; null when there is none.
 * A* over the cells of the grid, then pulled straight.
 */
export const hiddenWalk = (grid: CoverGrid, from: Point, to: Point, crossMm = CROSS_MM): readonly Point[] | null => {
  const start = startNear(grid, from, crossMm);
  const end = grid.nearestCovered(to, REACH_MM);
  if (start < 0 || end < 0) return null;
  const cells = shortestWay(grid, start, end);
  return cells ? pulledStraight(grid, [from, ...cells.map((cell) => grid.middleOf(cell)), to]) : null;
};

const startNear = (grid: CoverGrid, from: Point, crossMm: number): number => {
  const near = grid.nearestCovered(from, REACH_MM);
  if (near >= 0) return near;
  const across = grid.nearestCovered(from, crossMm);
  return across >= 0 && grid.isLandBetween(from, grid.middleOf(across)) ? across : -1;
};

const shortestWay = (grid: CoverGrid, start: number, end: number): readonly number[] | null => {
  const { columns } = grid.frame;
  const cost = new Map<number, number>([[start, 0]]);
  const cameFrom = new Map<number, number>();
  const open = new Heap();
  const guess = (cell: number): number =>
    Math.hypot((cell % columns) - (end % columns), Math.floor(cell / columns) - Math.floor(end / columns));
  open.push(start, guess(start));
  const most = STEPS + STEPS_PER_CELL * guess(start);
  for (let steps = 0; steps < most; steps += 1) {
    const cell = open.pop();
    if (cell < 0) return null;
    if (cell === end) return wayBack(cameFrom, end);
    const base = cost.get(cell) ?? 0;
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const next = cell + dy * columns + dx;
        if (next === cell || (grid.cover[next] ?? 0) === 0) continue;
        const sum = base + Math.hypot(dx, dy) * (isEdge(grid, next) ? EDGE_COST : 1);
        if (sum >= (cost.get(next) ?? Infinity) - 1e-9) continue;
        cost.set(next, sum);
        cameFrom.set(next, cell);
        open.push(next, sum + guess(next));
      }
    }
  }
  return null;
};

const isEdge = ({ cover, frame }: CoverGrid, cell: number): boolean =>
  cover[cell - 1] === 0 || cover[cell + 1] === 0 || cover[cell - frame.columns] === 0 || cover[cell + frame.columns] === 0;

const wayBack = (cameFrom: ReadonlyMap<number, number>, end: number): readonly number[] => {
  const way = [end];
  for (let at = cameFrom.get(end); at !== undefined; at = cameFrom.get(at)) way.push(at);
  return way.reverse();
};

/** Leaves out corners as long as the straight line between the others stays covered. */
const pulledStraight = (grid: CoverGrid, way: readonly Point[]): readonly Point[] => {
  const [first] = way;
  if (!first) return [];
  const out = [first];
  let at = 0;
  while (at < way.length - 1) {
    let next = at + 1;
    let step = 1;
    // Doubling strides, then back: long straight ways cost few looks.
    while (at + 2 * step < way.length && sees(grid, way[at] ?? first, way[at + 2 * step] ?? first)) step *= 2;
    for (next = Math.min(way.length - 1, at + 2 * step); next > at + 1; next -= 1) {
      if (sees(grid, way[at] ?? first, way[next] ?? first)) break;
    }
    out.push(way[next] ?? first);
    at = next;
  }
  return out;
};

const sees = (grid: CoverGrid, a: Point, b: Point): boolean => {
  const mm = distance(a, b);
  const samples = Math.ceil((mm / grid.frame.step) * 2);
  for (let k = 0; k <= samples; k += 1) {
    const share = samples === 0 ? 0 : k / samples;
    const cell = grid.cellAt({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
    const nearEnd = Math.min(share, 1 - share) * mm < REACH_MM;
    if ((grid.cover[cell] ?? 0) === 0 ? !(nearEnd && mm < 2 * REACH_MM) : !nearEnd && isEdge(grid, cell)) return false;
  }
  return true;
};

/** A binary heap of cells by estimated length. */
class Heap {
  readonly #cells: number[] = [];
  readonly #keys: number[] = [];

  push(cell: number, key: number): void {
    let at = this.#cells.length;
    this.#cells.push(cell);
    this.#keys.push(key);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((this.#keys[up] ?? 0) <= key) break;
      this.#set(at, this.#cells[up] ?? 0, this.#keys[up] ?? 0);
      at = up;
    }
    this.#set(at, cell, key);
  }

  pop(): number {
    const top = this.#cells[0];
    const [cell, key] = [this.#cells.pop(), this.#keys.pop()];
    if (top === undefined || cell === undefined || key === undefined) return -1;
    const size = this.#cells.length;
    if (size === 0) return top;
    let at = 0;
    for (let down = 1; down < size; down = 2 * at + 1) {
      if (down + 1 < size && (this.#keys[down + 1] ?? 0) < (this.#keys[down] ?? 0)) down += 1;
      if ((this.#keys[down] ?? 0) >= key) break;
      this.#set(at, this.#cells[down] ?? 0, this.#keys[down] ?? 0);
      at = down;
    }
    this.#set(at, cell, key);
    return top;
  }

  #set(at: number, cell: number, key: number): void {
    this.#cells[at] = cell;
    this.#keys[at] = key;
  }
}
