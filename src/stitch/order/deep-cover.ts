import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';

/** Whether what block number `block` has at a place lies deep beneath later ones. */
export type DeepCover = (block: number, x: number, y: number) => boolean;

/** Within so much of the edge of all later thread nothing is hidden surely: cloth shifts by 0.3 mm, and thread is half as wide. */
const DEEP_MM = 0.42;
const AROUND = Array.from({ length: 8 }, (_, k) => [DEEP_MM * Math.cos((k * Math.PI) / 4), DEEP_MM * Math.sin((k * Math.PI) / 4)] as const);
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
  return (block, x, y) => isCovered(block, x, y) && AROUND.every(([dx, dy]) => isCovered(block, x + dx, y + dy));
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
