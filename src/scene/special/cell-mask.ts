import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';

/** A figure as cells of a grid: the lists of columns and rows that it covers. Cells may have negative places. */
export type CellMask = { readonly columns: Int32Array; readonly rows: Int32Array };

/** Which cells of a width x height grid (cells 1 wide) a path fills, by their middles; nonzero. */
export const filledCells = (path: Path, width: number, height: number, toleranceCells = 0.25): Uint8Array => {
  const grid = new Uint8Array(width * height);
  const crossings: { x: number; row: number; way: number }[] = [];
  for (const { points } of flattenPath(path, toleranceCells)) {
    let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      const way = y > py ? 1 : -1;
      const [top, bottom] = way > 0 ? [py, y] : [y, py];
      for (let row = Math.max(0, Math.ceil(top - 0.5)); row < Math.min(height, Math.ceil(bottom - 0.5)); row += 1) {
        crossings.push({ x: px + ((row + 0.5 - py) / (y - py)) * (x - px), row, way });
      }
      [px, py] = [x, y];
    }
  }
  crossings.sort((a, b) => a.row - b.row || a.x - b.x);
  let winding = 0;
  crossings.forEach(({ x, row, way }, i) => {
    winding += way;
    const next = crossings[i + 1];
    if (winding === 0 || !next || next.row !== row) {
      if (!next || next.row !== row) winding = 0;
      return;
    }
    const from = Math.max(0, Math.ceil(x - 0.5));
    const to = Math.min(width, Math.ceil(next.x - 0.5));
    if (from < to) grid.fill(1, row * width + from, row * width + to);
  });
  return grid;
};

/** Every cell that a path fills or its outline runs through. */
export const touchedCells = (path: Path, width: number, height: number): Uint8Array => {
  const grid = filledCells(path, width, height);
  for (const { points } of flattenPath(path, 0.25)) {
    let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      const steps = Math.max(1, Math.ceil(2 * Math.max(Math.abs(x - px), Math.abs(y - py))));
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
