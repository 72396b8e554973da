import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';

/** Whether what block number `block` has at a place lies deep beneath later ones. */
export type DeepCover = (block: number, x: number, y: number) => boolean;

/** Within so much of the edge of all later thread nothing is hidden surely: cloth shifts by 0.3 mm, and thread is half as wide. */
const AROUND = [
  [8, 0],
  [6, 6],
  [0, 8],
  [-6, 6],
  [-8, 0],
  [-6, -6],
  [0, -8],
  [6, -6],
] as const;
/** Places are looked up on a lattice so fine, mm; `AROUND` counts its steps. */
const STEP_MM = 0.05;
/** Designs are smaller than 13 m. */
const HALF = 2 ** 17;
const TOLERANCE_MM = 0.02;

type Cover = { readonly block: number; readonly box: Rect; readonly path: Path; isFlat: boolean; flat: Path };

/**
 * Tells what lies deep beneath later areas of thread; `areas[k]` are those of block k, going on beneath one another by the trap: where one shifts,
 * the other is there.
 */
export const deepCover = (areas: readonly (readonly Path[])[]): DeepCover => {
  const covers = areas.flatMap((paths, block) =>
    paths.flatMap((path): readonly Cover[] => {
      const box = boundsOfPath(path);
      return box ? [{ block, path, box, flat: path, isFlat: false }] : [];
    }),
  );
  const isCovered = (block: number, x: number, y: number): boolean =>
    covers.some((cover) => cover.block > block && isIn(cover.box, x, y) && pathContainsPoint(flatOf(cover), { x, y }));
  const known = new Map<number, boolean>();
  const isCoveredAt = (block: number, column: number, row: number): boolean => {
    const key = ((block * 2 * HALF + row + HALF) * 2 + 1) * HALF + column;
    const before = known.get(key);
    if (before !== undefined) return before;
    const is = isCovered(block, column * STEP_MM, row * STEP_MM);
    known.set(key, is);
    return is;
  };
  return (block, x, y) => {
    const [column, row] = [Math.round(x / STEP_MM), Math.round(y / STEP_MM)];
    return isCoveredAt(block, column, row) && AROUND.every(([dx, dy]) => isCoveredAt(block, column + dx, row + dy));
  };
};

/** Curves are made lines when they are first asked for. */
const flatOf = (cover: Cover): Path => {
  if (!cover.isFlat) {
    cover.flat = pathOfPolylines(flattenPath(cover.path, TOLERANCE_MM));
    cover.isFlat = true;
  }
  return cover.flat;
};

const isIn = ({ x, y, width, height }: Rect, px: number, py: number): boolean => px > x && py > y && px < x + width && py < y + height;
