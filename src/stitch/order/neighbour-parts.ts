import type { Point } from '../../geometry/point.ts';
import type { CoverGrid } from './cover-grid.ts';

/** For each part the parts it meets, with a place that both cover (or where they touch). */
export type Meetings = readonly ReadonlyMap<number, Point>[];

/** Reads off the grid which parts meet. */
export const meetingsOf = (grid: CoverGrid, count: number): Meetings => {
  const owners = ownersOf(grid, count);
  return Array.from({ length: count }, (_, part) => {
    const shared = new Map<number, number[]>();
    const { columns } = grid.frame;
    for (const cell of grid.cellsOf(part)) {
      for (const next of [cell, cell - 1, cell + 1, cell - columns, cell + columns]) {
        for (let k = owners.start[next] ?? 0; k < (owners.start[next + 1] ?? 0); k += 1) {
          const other = owners.parts[k] ?? part;
          if (other === part) continue;
          const cells = shared.get(other);
          if (cells) cells.push(next);
          else shared.set(other, [next]);
        }
      }
    }
    return new Map([...shared].sort((a, b) => a[0] - b[0]).map(([other, cells]) => [other, middleOfCells(grid, cells)]));
  });
};

/** Which parts cover each cell: those of cell c are `parts[start[c]]` up to `start[c + 1]`. */
const ownersOf = (grid: CoverGrid, count: number): { readonly start: Int32Array; readonly parts: Int32Array } => {
  const size = grid.frame.columns * grid.frame.rows;
  const start = new Int32Array(size + 1);
  for (let part = 0; part < count; part += 1) for (const cell of grid.cellsOf(part)) start[cell + 1] = (start[cell + 1] ?? 0) + 1;
  for (let cell = 0; cell < size; cell += 1) start[cell + 1] = (start[cell + 1] ?? 0) + (start[cell] ?? 0);
  const parts = new Int32Array(start[size] ?? 0);
  const at = start.slice();
  for (let part = 0; part < count; part += 1) {
    for (const cell of grid.cellsOf(part)) {
      parts[at[cell] ?? 0] = part;
      at[cell] = (at[cell] ?? 0) + 1;
    }
  }
  return { start, parts };
};

/** The cell nearest to the middle of all. */
const middleOfCells = (grid: CoverGrid, cells: readonly number[]): Point => {
  let [x, y] = [0, 0];
  for (const cell of cells) {
    const middle = grid.middleOf(cell);
    x += middle.x / cells.length;
    y += middle.y / cells.length;
  }
  let [best, bestMm] = [{ x, y }, Infinity];
  for (const cell of cells) {
    const middle = grid.middleOf(cell);
    const mm = Math.hypot(middle.x - x, middle.y - y);
    if (mm < bestMm) [best, bestMm] = [middle, mm];
  }
  return best;
};

/** The parts among `left` whose going would cut others off from one another (articulation points; Tarjan 1972, without recursion). */
export const cutParts = (meetings: Meetings, left: ReadonlySet<number>): ReadonlySet<number> => {
  const cuts = new Set<number>();
  const seen = new Map<number, number>();
  const low = new Map<number, number>();
  for (const root of left) {
    if (seen.has(root)) continue;
    const stack = [{ part: root, parent: -1, next: neighboursOf(meetings, root, left) }];
    seen.set(root, seen.size);
    low.set(root, seen.get(root) ?? 0);
    let children = 0;
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { part, parent, next } = top;
      const other = next.pop();
      if (other !== undefined) {
        if (other === parent) continue;
        const known = seen.get(other);
        if (known !== undefined) low.set(part, Math.min(low.get(part) ?? 0, known));
        else {
          if (part === root) children += 1;
          seen.set(other, seen.size);
          low.set(other, seen.get(other) ?? 0);
          stack.push({ part: other, parent: part, next: neighboursOf(meetings, other, left) });
        }
        continue;
      }
      stack.pop();
      if (parent < 0) continue;
      low.set(parent, Math.min(low.get(parent) ?? 0, low.get(part) ?? 0));
      if (parent !== root && (low.get(part) ?? 0) >= (seen.get(parent) ?? 0)) cuts.add(parent);
    }
    if (children > 1) cuts.add(root);
  }
  return cuts;
};

const neighboursOf = (meetings: Meetings, part: number, left: ReadonlySet<number>): number[] =>
  [...(meetings[part]?.keys() ?? [])].filter((other) => left.has(other));
