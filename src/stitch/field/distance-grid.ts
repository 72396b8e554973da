import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';

/**
 * How deep places lie inside a region: square cells, row-major, the distance of each middle to the nearest cell outside in mm, 0 outside. A rim
 * of cells outside surrounds it.
 */
export type DistanceGrid = {
  readonly left: number;
  readonly top: number;
  readonly cellMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly depth: Float32Array;
};

const FINEST_MM = 0.2;
const MOST_CELLS = 200_000;

/** The grid of a region of simple rings (holes by parity); cells of 0.2 mm, larger for large regions. Null for an empty path. */
export const distanceGrid = (path: Path): DistanceGrid | null => {
  const box = boundsOfPath(path);
  if (!box || !Number.isFinite(box.width + box.height)) return null;
  const cellMm = Math.max(FINEST_MM, Math.sqrt((box.width * box.height) / MOST_CELLS), Math.max(box.width, box.height) / 4000);
  const columns = Math.ceil(box.width / cellMm) + 2;
  const rows = Math.ceil(box.height / cellMm) + 2;
  const [left, top] = [box.x - cellMm, box.y - cellMm];
  const depth = squaredDistances(insideOf(path, left, top, cellMm, columns, rows), columns, rows);
  for (let i = 0; i < depth.length; i += 1) depth[i] = Math.sqrt(depth[i] ?? 0) * cellMm;
  return { left, top, cellMm, columns, rows, depth };
};

/** The cell that holds a place, or the nearest of the grid. */
export const cellAt = ({ left, top, cellMm, columns, rows }: DistanceGrid, x: number, y: number): number => {
  const column = Math.min(columns - 1, Math.max(0, Math.floor((x - left) / cellMm)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor((y - top) / cellMm)));
  return row * columns + column;
};

/** 1 for cells whose middle lies inside. */
const insideOf = (path: Path, left: number, top: number, cellMm: number, columns: number, rows: number): Uint8Array => {
  const flips = new Uint8Array(columns * rows);
  for (const { points } of flattenPath(path, 0.02)) {
    let [ax, ay] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [bx, by] = [points[i] ?? 0, points[i + 1] ?? 0];
      const first = Math.ceil((Math.min(ay, by) - top) / cellMm - 0.5);
      const last = Math.ceil((Math.max(ay, by) - top) / cellMm - 0.5) - 1;
      for (let row = first; row <= last; row += 1) {
        const x = ax + ((bx - ax) * (top + (row + 0.5) * cellMm - ay)) / (by - ay);
        const column = Math.min(columns - 1, Math.max(0, Math.ceil((x - left) / cellMm - 0.5)));
        flips[row * columns + column] = (flips[row * columns + column] ?? 0) ^ 1;
      }
      [ax, ay] = [bx, by];
    }
  }
  for (let i = 1; i < flips.length; i += 1) if (i % columns !== 0) flips[i] = (flips[i] ?? 0) ^ (flips[i - 1] ?? 0);
  return flips;
};

const FAR = 1e12;

/** Exact squared distances in cells, first along columns, then along rows (after Felzenszwalb and Huttenlocher, 2012). */
const squaredDistances = (inside: Uint8Array, columns: number, rows: number): Float32Array => {
  const out = Float32Array.from(inside, (value) => (value === 1 ? FAR : 0));
  const longest = Math.max(columns, rows);
  const work = { values: new Float64Array(longest), at: new Int32Array(longest), bounds: new Float64Array(longest + 1) };
  for (let column = 0; column < columns; column += 1) transform(out, column, columns, rows, work);
  for (let row = 0; row < rows; row += 1) transform(out, row * columns, 1, columns, work);
  return out;
};

type Work = { readonly values: Float64Array; readonly at: Int32Array; readonly bounds: Float64Array };

/** The lower hull of parabolas over one line of cells. */
const transform = (cells: Float32Array, start: number, step: number, count: number, { values, at, bounds }: Work): void => {
  for (let i = 0; i < count; i += 1) values[i] = cells[start + i * step] ?? 0;
  let k = 0;
  at[0] = 0;
  bounds[0] = -Infinity;
  bounds[1] = Infinity;
  for (let q = 1; q < count; q += 1) {
    let meet = meetingOf(values, at[k] ?? 0, q);
    while (k > 0 && meet <= (bounds[k] ?? 0)) {
      k -= 1;
      meet = meetingOf(values, at[k] ?? 0, q);
    }
    k += 1;
    at[k] = q;
    bounds[k] = meet;
    bounds[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < count; q += 1) {
    while ((bounds[k + 1] ?? Infinity) < q) k += 1;
    const p = at[k] ?? 0;
    cells[start + q * step] = (q - p) * (q - p) + (values[p] ?? 0);
  }
};

const meetingOf = (values: Float64Array, p: number, q: number): number =>
  ((values[q] ?? 0) + q * q - ((values[p] ?? 0) + p * p)) / (2 * (q - p));
