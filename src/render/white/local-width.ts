import type { Steps } from '../../model/steps.ts';
import type { InsideDistances } from './inside-distance.ts';
import { STEP_ROWS } from './steps.ts';

/** How wide the part is that a cell of pixels belongs to: row-major, `cell` pixels on a side, in pixels; 0 where nothing is covered. */
export type LocalWidths = { readonly cell: number; readonly columns: number; readonly rows: number; readonly widths: Float32Array };

/** Pixels on the side of a cell. */
const CELL = 4;
/** Rows of cells climbed before others get their turn. */
const CELL_ROWS = 256;
/** A spine that rises less than this per pixel is a stroke of its own; at a square corner it rises by 0.7 towards the body. */
const LEAST_RISE = 0.35;

/**
 * Widths of the parts of a shape: every cell climbs the distance from the edge as long as it rises steeply, and takes twice the height it ends
 * at. So both flanks of a stroke know its width, corners know the body they belong to, and a hairline on a bold bar stays a hairline.
 * @param widestPx - widths beyond it are not told apart
 */
export function* localWidths(distances: InsideDistances, widestPx: number): Steps<LocalWidths> {
  const { depths, columns, rows } = yield* cellDepths(distances);
  const most = widestPx / 2;
  // -1: not known yet.
  const widths = new Float32Array(depths.length).fill(-1);
  const climbed: number[] = [];
  for (let first = 0; first < depths.length; first += 1) {
    if (first % (columns * CELL_ROWS) === 0) yield;
    let at = first;
    let top = widths[at] ?? 0;
    while (top < 0) {
      climbed.push(at);
      const depth = depths[at] ?? 0;
      const next = depth === 0 || depth >= most ? -1 : steepest(depths, columns, rows, at, depth);
      top = next < 0 ? Math.min(2 * depth, widestPx) : (widths[next] ?? 0);
      at = next;
    }
    for (const cell of climbed) widths[cell] = top;
    climbed.length = 0;
  }
  return { cell: CELL, columns, rows, widths };
}

/** The neighbour, up to two cells away, towards which the way rises most; -1 where none rises enough. */
const steepest = (depths: Float32Array, columns: number, rows: number, at: number, depth: number): number => {
  const x = at % columns;
  const y = (at - x) / columns;
  let best = LEAST_RISE;
  let found = -1;
  for (const { dx, dy, length } of WAYS) {
    const u = x + dx;
    const v = y + dy;
    if (u < 0 || v < 0 || u >= columns || v >= rows) continue;
    const rise = ((depths[v * columns + u] ?? 0) - depth) / length;
    if (rise <= best) continue;
    best = rise;
    found = v * columns + u;
  }
  return found;
};

const WAYS = [-2, -1, 0, 1, 2].flatMap((dy) =>
  [-2, -1, 0, 1, 2].flatMap((dx) => (dx === 0 && dy === 0 ? [] : [{ dx, dy, length: Math.hypot(dx, dy) * CELL }])),
);

/** Greatest distance from the edge in each cell, px: measured finely near the edge, from cell to cell further in. */
function* cellDepths({ widthPx, heightPx, reach, squares }: InsideDistances): Steps<Depths> {
  const columns = Math.ceil(widthPx / CELL);
  const rows = Math.ceil(heightPx / CELL);
  const depths = new Float32Array(columns * rows);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    if (y % STEP_ROWS === 0) yield;
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < widthPx; x += 1, at += 1) {
      const square = squares[at] ?? 0;
      if (square === 0) continue;
      const cell = row + (x >> 2);
      if (square > (depths[cell] ?? 0)) depths[cell] = square;
    }
  }
  const deep = reach * reach;
  for (let i = 0; i < depths.length; i += 1) depths[i] = (depths[i] ?? 0) >= deep ? -1 : Math.sqrt(depths[i] ?? 0);
  yield;
  fillDeep(depths, columns, rows, reach);
  return { depths, columns, rows };
}

type Depths = { readonly depths: Float32Array; readonly columns: number; readonly rows: number };

/** Steps from cell to cell and their lengths: 5-7-11 chamfer distances err by two in a hundred (Borgefors 1986). */
const STRAIGHT = CELL;
const DIAGONAL = 1.4 * CELL;
const KNIGHT = 2.2 * CELL;

/** Cells deeper than the fine measure (-1) get theirs from the nearest cell that is not. */
const fillDeep = (depths: Float32Array, columns: number, rows: number, reach: number): void => {
  const far = Number.MAX_SAFE_INTEGER;
  for (let i = 0; i < depths.length; i += 1) if ((depths[i] ?? 0) < 0) depths[i] = far;
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= columns || y >= rows ? 0 : (depths[y * columns + x] ?? 0));
  const settle = (x: number, y: number, way: 1 | -1): void => {
    const own = depths[y * columns + x] ?? 0;
    if (own <= reach) return;
    const near = Math.min(
      at(x - way, y) + STRAIGHT,
      at(x, y - way) + STRAIGHT,
      at(x - way, y - way) + DIAGONAL,
      at(x + way, y - way) + DIAGONAL,
      at(x - 2 * way, y - way) + KNIGHT,
      at(x + 2 * way, y - way) + KNIGHT,
      at(x - way, y - 2 * way) + KNIGHT,
      at(x + way, y - 2 * way) + KNIGHT,
    );
    depths[y * columns + x] = Math.max(reach + 0.01, Math.min(own, near));
  };
  for (let y = 0; y < rows; y += 1) for (let x = 0; x < columns; x += 1) settle(x, y, 1);
  for (let y = rows - 1; y >= 0; y -= 1) for (let x = columns - 1; x >= 0; x -= 1) settle(x, y, -1);
};
