import type { Affine } from '../../geometry/affine.ts';
import { type PackedItem, packRectangles } from '../../geometry/pack-rectangles.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';

export type NestPiece = { readonly id: string; readonly path: Path };

export type NestOptions = {
  readonly rollWidthMm: number;
  readonly gapMm: number;
  /** Whether pieces may lie a quarter turn round: not on cloth with a nap. */
  readonly rotate: boolean;
};

export type Nest = {
  /** `at` brings a piece, and whatever belongs to it, to its place on the roll. */
  readonly placed: readonly { readonly id: string; readonly at: Affine }[];
  /** Length of roll in use. */
  readonly heightMm: number;
  /** Share of that length which the boxes of the pieces cover, 0 to 1. */
  readonly utilisation: number;
  /** Ids of pieces wider than the roll. Pieces without any outline are left out of both. */
  readonly tooLarge: readonly string[];
};

/** Lays pieces out on a roll by their boxes, in as little length as we can find: see docs/decisions/packing.md. */
export const nestPieces = (pieces: readonly NestPiece[], { rollWidthMm, gapMm, rotate }: NestOptions): Nest => {
  const boxes = new Map(pieces.flatMap(({ id, path }) => entryOf(id, boundsOfPath(path))));
  const items = [...boxes].map(([id, { width, height }]) => ({ id, widthMm: width, heightMm: height }));
  const { sheets, utilisation, tooLarge } = packRectangles(items, { widthMm: rollWidthMm, gapMm, rotate });
  const [sheet] = sheets;
  const placed = (sheet?.items ?? []).flatMap((item) => {
    const box = boxes.get(item.id);
    return box ? [{ id: item.id, at: placeOf(item, box) }] : [];
  });
  return { placed, heightMm: sheet?.heightMm ?? 0, utilisation, tooLarge };
};

/** Packing knows no boxes without an area: a line lies in a hair's breadth. */
const entryOf = (id: string, box: Rect | null): readonly (readonly [string, Rect])[] =>
  box ? [[id, { ...box, width: Math.max(box.width, 0.001), height: Math.max(box.height, 0.001) }]] : [];

const placeOf = ({ x, y, rotated }: PackedItem, box: Rect): Affine =>
  rotated ? [0, 1, -1, 0, x + box.y + box.height, y - box.x] : [1, 0, 0, 1, x - box.x, y - box.y];
