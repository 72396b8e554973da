import { translation } from '../../geometry/affine.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { fillPlane } from '../masks/fill-plane.ts';

/** The cells that a figure touches, as x, y pairs about its middle, and those of them at its outline. */
export type Stamp = { readonly cells: Int32Array; readonly rim: Int32Array };

/** A figure (in cells) laid onto a grid; null when, with its gap, it would meet itself across the edges of the grid. */
export const stampOf = (
  outline: Path,
  gap: number,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Stamp | null => {
  const box = boundsOfPath(outline);
  if (!box || box.width + gap + 2 > columns || box.height + gap + 2 > rows) return null;
  const [left, top] = [Math.floor(box.x) - 1, Math.floor(box.y) - 1];
  const [width, height] = [Math.ceil(box.width) + 3, Math.ceil(box.height) + 3];
  const { values } = fillPlane(transformPath(outline, translation(-left, -top)), width, height);
  const held = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && (values[y * width + x] ?? 0) > 0;
  const cells: number[] = [];
  const rim: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!held(x, y)) continue;
      cells.push(left + x, top + y);
      if (!(held(x - 1, y) && held(x + 1, y) && held(x, y - 1) && held(x, y + 1))) rim.push(left + x, top + y);
    }
  }
  return { cells: Int32Array.from(cells), rim: Int32Array.from(rim) };
};

export const shiftedCells = (cells: Int32Array, { x, y }: Point): Int32Array => cells.map((at, i) => at + (i % 2 === 0 ? x : y));
