import type { Point } from '../../geometry/point.ts';
import { cellAt, type DistanceGrid } from './distance-grid.ts';

/** Cells this deep cost no more than their length; shallower ones up to three times as much, mm. */
const DEEP_MM = 1.5;

/**
 * A way from one place to another through cells inside that are not `taken` (1 for each cell finished thread lies on), which keeps to the middle
 * where that costs little. Places are x, y in turn and hold both ends; null when there is no such way. With a `toll`, taken cells may be crossed
 * at so many times the cost.
 */
export const gridTravel = (
  grid: DistanceGrid,
  from: Point,
  to: Point,
  taken: Uint8Array | null,
  toll = Infinity,
): readonly number[] | null => {
  const barred = toll === Infinity ? taken : null;
  const start = freeCellNear(grid, cellAt(grid, from.x, from.y), barred);
  const goal = freeCellNear(grid, cellAt(grid, to.x, to.y), barred);
  if (start < 0 || goal < 0) return null;
  const came = search(grid, start, goal, taken, toll);
  if (!came) return null;
  const cells: number[] = [];
  for (let cell = goal; cell !== start; cell = came[cell] ?? start) cells.push(cell);
  cells.push(start);
  return straightened(grid, cells.reverse(), from, to, taken);
};

const isFree = (grid: DistanceGrid, cell: number, taken: Uint8Array | null): boolean => (grid.depth[cell] ?? 0) > 0 && taken?.[cell] !== 1;

/** The cell itself or the nearest free one within a few cells, -1 when there is none. */
const freeCellNear = (grid: DistanceGrid, cell: number, taken: Uint8Array | null): number => {
  const reach = Math.ceil(1.5 / grid.cellMm) + 1;
  const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
  let [best, nearest] = [-1, Infinity];
  for (let r = Math.max(0, row - reach); r <= Math.min(grid.rows - 1, row + reach); r += 1) {
    for (let c = Math.max(0, column - reach); c <= Math.min(grid.columns - 1, column + reach); c += 1) {
      const apart = (r - row) ** 2 + (c - column) ** 2;
      if (apart < nearest && isFree(grid, r * grid.columns + c, taken)) [best, nearest] = [r * grid.columns + c, apart];
    }
  }
  return best;
};

const priceOf = (depth: number): number => (depth >= DEEP_MM ? 1 : 3 - (2 * depth) / DEEP_MM);

/** A*: the cell each one was reached from, or null. Equal costs go by cell number, so that the way is always the same. */
const search = (grid: DistanceGrid, start: number, goal: number, taken: Uint8Array | null, toll: number): Int32Array | null => {
  const { columns, depth } = grid;
  const costs = new Float32Array(depth.length).fill(Infinity);
  const came = new Int32Array(depth.length).fill(-1);
  const heap = new CellHeap();
  const [goalRow, goalColumn] = [Math.floor(goal / columns), goal % columns];
  const left = (cell: number): number => Math.hypot(Math.floor(cell / columns) - goalRow, (cell % columns) - goalColumn);
  costs[start] = 0;
  heap.push(start, left(start));
  for (let cell = heap.pop(); cell >= 0; cell = heap.pop()) {
    if (cell === goal) return came;
    const own = costs[cell] ?? Infinity;
    for (let k = 0; k < 8; k += 1) {
      const [dx, dy] = [DX[k] ?? 0, DY[k] ?? 0];
      const next = cell + dy * columns + dx;
      if (!isFree(grid, next, toll === Infinity ? taken : null)) continue;
      const price = priceOf(depth[next] ?? 0) * (taken?.[next] === 1 ? toll : 1);
      const cost = Math.fround(own + (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1) * price);
      if (cost >= (costs[next] ?? Infinity)) continue;
      costs[next] = cost;
      came[next] = cell;
      heap.push(next, cost + left(next));
    }
  }
  return null;
};

const DX = [1, -1, 0, 0, 1, 1, -1, -1];
const DY = [0, 0, 1, -1, 1, -1, 1, -1];

/** Corners left out where the straight line is free too. */
const straightened = (
  grid: DistanceGrid,
  cells: readonly number[],
  from: Point,
  to: Point,
  taken: Uint8Array | null,
): readonly number[] => {
  const middle = (i: number): readonly [number, number] => {
    const cell = cells[i] ?? 0;
    const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
    return [grid.left + (column + 0.5) * grid.cellMm, grid.top + (row + 0.5) * grid.cellMm];
  };
  const out = [from.x, from.y];
  let i = 0;
  while (i < cells.length - 1) {
    let next = Math.min(cells.length - 1, i + 1);
    for (let step = 2; i + step < cells.length; step *= 2) {
      if (isLineFree(grid, middle(i), middle(i + step), taken)) next = i + step;
    }
    i = next;
    out.push(...middle(i));
  }
  out.push(to.x, to.y);
  return out;
};

const isLineFree = (
  grid: DistanceGrid,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
  taken: Uint8Array | null,
): boolean => {
  const parts = Math.ceil((2 * Math.hypot(bx - ax, by - ay)) / grid.cellMm);
  for (let k = 0; k <= parts; k += 1) {
    const t = parts === 0 ? 0 : k / parts;
    const cell = cellAt(grid, ax + (bx - ax) * t, ay + (by - ay) * t);
    if (!isFree(grid, cell, taken) || (grid.depth[cell] ?? 0) < 1.5 * grid.cellMm) return false;
  }
  return true;
};

/** A heap of cells, the cheapest first, then the lowest number. */
class CellHeap {
  readonly #cells: number[] = [];
  readonly #costs: number[] = [];

  push(cell: number, cost: number): void {
    let i = this.#cells.length;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!this.#isBefore(cell, cost, up)) break;
      this.#put(i, this.#cells[up] ?? 0, this.#costs[up] ?? 0);
      i = up;
    }
    this.#put(i, cell, cost);
  }

  pop(): number {
    const [top] = this.#cells;
    const [cell, cost] = [this.#cells.pop(), this.#costs.pop()];
    if (top === undefined || cell === undefined || cost === undefined) return -1;
    const count = this.#cells.length;
    if (count === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= count) break;
      const [otherCell, otherCost] = [this.#cells[child + 1] ?? 0, this.#costs[child + 1] ?? 0];
      if (child + 1 < count && this.#isBefore(otherCell, otherCost, child)) child += 1;
      if (this.#isBefore(cell, cost, child)) break;
      this.#put(i, this.#cells[child] ?? 0, this.#costs[child] ?? 0);
      i = child;
    }
    this.#put(i, cell, cost);
    return top;
  }

  #put(i: number, cell: number, cost: number): void {
    this.#cells[i] = cell;
    this.#costs[i] = cost;
  }

  #isBefore(cell: number, cost: number, i: number): boolean {
    const other = this.#costs[i] ?? 0;
    return cost < other || (cost === other && cell < (this.#cells[i] ?? 0));
  }
}
