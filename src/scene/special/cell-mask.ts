import type { Affine } from '../../geometry/affine.ts';
import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';

/** A figure as cells of a grid: the lists of columns and rows that it covers. Cells may have negative places. */
export type CellMask = { readonly columns: Int32Array; readonly rows: Int32Array };

/** Closed lines as flat lists of x and y. */
export type Rings = readonly Float64Array[];

export const ringsOf = (path: Path, tolerance: number): Rings => flattenPath(path, tolerance).map(({ points }) => points);

const turned = (points: Float64Array, [a, b, c, d, e, f]: Affine): Float64Array => {
  const out = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    out[i] = a * x + c * y + e;
    out[i + 1] = b * x + d * y + f;
  }
  return out;
};

export const transformRings = (rings: Rings, map: Affine): Rings => rings.map((points) => turned(points, map));

/** The box of closed lines; null when there are none. */
export const boundsOfRings = (rings: Rings): Rect | null => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const points of rings) {
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return left <= right ? rectOf(left, top, right - left, bottom - top) : null;
};

/** Parts of a cell that places on a row are told apart by. */
const FINE = 256;

/** Which cells of a width x height grid (cells 1 wide) are filled, by their middles; nonzero. */
export const filledCells = (rings: Rings, width: number, height: number): Uint8Array => {
  const grid = new Uint8Array(width * height);
  // A crossing is one whole number, so that each row sorts fast: its place twice as fine, the lowest bit for its way.
  const rows: number[][] = Array.from({ length: height }, () => []);
  for (const points of rings) {
    let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      const [top, bottom, way] = y > py ? [py, y, 1] : [y, py, 0];
      for (let row = Math.max(0, Math.ceil(top - 0.5)); row < Math.min(height, Math.ceil(bottom - 0.5)); row += 1) {
        rows[row]?.push(Math.round((px + ((row + 0.5 - py) / (y - py)) * (x - px)) * FINE) * 2 + way);
      }
      [px, py] = [x, y];
    }
  }
  rows.forEach((crossings, row) => {
    crossings.sort((a, b) => a - b);
    let winding = 0;
    crossings.forEach((crossing, i) => {
      winding += (crossing & 1) === 1 ? 1 : -1;
      const next = crossings[i + 1];
      if (winding === 0 || next === undefined) return;
      const from = Math.max(0, Math.ceil(Math.floor(crossing / 2) / FINE - 0.5));
      const to = Math.min(width, Math.ceil(Math.floor(next / 2) / FINE - 0.5));
      if (from < to) grid.fill(1, row * width + from, row * width + to);
    });
  });
  return grid;
};

/** Every cell that is filled or that a line runs through. */
export const touchedCells = (rings: Rings, width: number, height: number): Uint8Array => {
  const grid = filledCells(rings, width, height);
  for (const points of rings) {
    let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      const steps = Math.max(1, Math.ceil(1.5 * Math.max(Math.abs(x - px), Math.abs(y - py))));
      for (let step = 0; step < steps; step += 1) {
        const column = Math.floor(px + ((x - px) * step) / steps);
        const row = Math.floor(py + ((y - py) * step) / steps);
        if (column >= 0 && row >= 0 && column < width && row < height) grid[row * width + column] = 1;
      }
      [px, py] = [x, y];
    }
  }
  return grid;
};

/** The covered cells of a grid, counted from a middle. */
export const maskOf = (grid: Uint8Array, width: number, middleColumn: number, middleRow: number): CellMask => {
  const columns: number[] = [];
  const rows: number[] = [];
  grid.forEach((cell, i) => {
    if (cell === 0) return;
    columns.push((i % width) - middleColumn);
    rows.push(Math.floor(i / width) - middleRow);
  });
  return { columns: Int32Array.from(columns), rows: Int32Array.from(rows) };
};
