import { type PackedSheet, packRectangles } from '../../geometry/pack-rectangles.ts';
import { type Path, PathBuilder } from '../../geometry/path.ts';
import { inflate, type Rect, rectOf } from '../../geometry/point.ts';

/** One copy of one picture: its printing part, without clear margins. */
export type GangPiece = { readonly id: string; readonly widthMm: number; readonly heightMm: number };

export type GangOptions = {
  /** Of the film, margins included, mm. */
  readonly widthMm: number;
  /** Between neighbours, mm. */
  readonly gapMm: number;
  /** Clear film at all four edges, mm. */
  readonly marginMm: number;
  /** Longest sheet, margins included, mm. */
  readonly maxLengthMm: number;
  /** Whether pieces may stand a quarter turn round. */
  readonly rotate: boolean;
  /** Height of the strip for the label under each piece, mm; 0 for none. */
  readonly labelMm: number;
  /** Least width of that strip: narrow pieces take more room than they print. */
  readonly labelWidthMm: number;
};

/** Where a piece lies, in mm of the sheet. `block` is art and label together; with `rotated` both stand a quarter turn clockwise. */
export type GangPlace = { readonly id: string; readonly block: Rect; readonly art: Rect; readonly rotated: boolean };

export type GangLayout = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly places: readonly GangPlace[];
  /** Lines to cut along: corners around each block, in mm of the sheet. */
  readonly cutMarks: Path;
  /** Share of the film that pieces and their labels take, 0 to 1; gaps and margins are the rest. */
  readonly utilisation: number;
};

export type GangPlan = {
  readonly sheets: readonly GangLayout[];
  /** Ids of pieces that no sheet can take. */
  readonly tooLarge: readonly string[];
  /** Over all sheets. */
  readonly utilisation: number;
};

/** Of each arm of a corner mark, at most. */
const MARK_MM = 3;

/**
 * Lays pieces of many jobs onto film: none overlap, neighbours keep the gap, and little film is used. The same pieces in the same order give the
 * same sheets. @throws RangeError for sizes that are not above 0, or a margin that leaves no film
 */
export const gangSheet = (pieces: readonly GangPiece[], options: GangOptions): GangPlan => {
  const { widthMm, gapMm, marginMm, maxLengthMm, rotate, labelMm, labelWidthMm } = options;
  const blocks = pieces.map(({ id, widthMm: width, heightMm: height }) => ({
    id,
    widthMm: labelMm > 0 ? Math.max(width, labelWidthMm) : width,
    heightMm: height + labelMm,
  }));
  const packing = packRectangles(blocks, {
    widthMm: widthMm - 2 * marginMm,
    maxHeightMm: maxLengthMm - 2 * marginMm,
    gapMm,
    rotate,
  });
  const sizes = new Map(pieces.map((piece) => [piece.id, piece]));
  const sheets = packing.sheets.map((sheet) => layoutOf(sheet, sizes, options));
  const film = sheets.reduce((sum, sheet) => sum + sheet.widthMm * sheet.heightMm, 0);
  const taken = sheets.reduce((sum, sheet) => sum + sheet.utilisation * sheet.widthMm * sheet.heightMm, 0);
  return { sheets, tooLarge: packing.tooLarge, utilisation: film > 0 ? taken / film : 0 };
};

const layoutOf = (
  { items, heightMm }: PackedSheet,
  sizes: ReadonlyMap<string, GangPiece>,
  { widthMm, marginMm, gapMm, labelMm }: GangOptions,
): GangLayout => {
  const places = [...items]
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map(({ id, x, y, widthMm: width, heightMm: height, rotated }): GangPlace => {
      const block = rectOf(x + marginMm, y + marginMm, width, height);
      const piece = sizes.get(id) ?? { widthMm: width, heightMm: height };
      return { id, block, art: artIn(block, piece, rotated, labelMm), rotated };
    });
  const length = heightMm + 2 * marginMm;
  const taken = places.reduce((sum, { block }) => sum + block.width * block.height, 0);
  return {
    widthMm,
    heightMm: length,
    places,
    cutMarks: cutMarksOf(places, Math.min(gapMm / 2, marginMm)),
    utilisation: taken / (widthMm * length),
  };
};

/** The art stands at the top left of its block as it is read; turned clockwise, that is the top right. */
const artIn = (block: Rect, { widthMm, heightMm }: Pick<GangPiece, 'widthMm' | 'heightMm'>, rotated: boolean, labelMm: number): Rect =>
  rotated ? rectOf(block.x + labelMm, block.y, heightMm, widthMm) : rectOf(block.x, block.y, widthMm, heightMm);

/** Corners half a gap outside each block, their arms pointing inwards along the cut: they never reach another block. */
const cutMarksOf = (places: readonly GangPlace[], outsideMm: number): Path => {
  const marks = new PathBuilder();
  for (const { block } of places) {
    const { x, y, width, height } = inflate(block, outsideMm);
    const arm = Math.min(MARK_MM, width / 3, height / 3);
    for (const [cx, cy, dx, dy] of [
      [x, y, 1, 1],
      [x + width, y, -1, 1],
      [x, y + height, 1, -1],
      [x + width, y + height, -1, -1],
    ] as const) {
      marks.moveTo(cx + dx * arm, cy);
      marks.lineTo(cx, cy);
      marks.lineTo(cx, cy + dy * arm);
    }
  }
  return marks.finish();
};
