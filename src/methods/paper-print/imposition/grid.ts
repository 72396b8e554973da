import { type Rect, rectOf } from '../../../geometry/point.ts';
import type { Imposition } from '../settings.ts';
import type { PageSize, PlacedPage, Reach } from './sheet-plan.ts';

/** Places for trims on a sheet, in rows from the top left, in the middle of the sheet. */
export type Grid = { readonly columns: number; readonly rows: number; readonly turned: boolean; readonly cells: readonly Rect[] };

type Room = Pick<Imposition, 'sheet' | 'gap' | 'margin' | 'turn'>;

/** As many pages as fit; upright unless more fit turned by a quarter. */
export const gridFor = ({ widthMm, heightMm }: PageSize, room: Room): Grid => {
  const upright = layOut(widthMm, heightMm, room, false);
  if (!room.turn) return upright;
  const turned = layOut(heightMm, widthMm, room, true);
  return turned.cells.length > upright.cells.length ? turned : upright;
};

/** Rounding must not cost a row that fits exactly, mm. */
const SLACK_MM = 1e-6;

const layOut = (width: number, height: number, { sheet, gap, margin }: Room, turned: boolean): Grid => {
  const [sheetWidth, sheetHeight] = sheet;
  const fitting = (room: number, size: number): number => Math.max(0, Math.floor((room - 2 * margin + gap + SLACK_MM) / (size + gap)));
  const [columns, rows] = [fitting(sheetWidth, width), fitting(sheetHeight, height)];
  const left = (sheetWidth - columns * width - (columns - 1) * gap) / 2;
  const top = (sheetHeight - rows * height - (rows - 1) * gap) / 2;
  const cells = Array.from({ length: columns * rows }, (_, i) =>
    rectOf(left + (i % columns) * (width + gap), top + Math.floor(i / columns) * (height + gap), width, height),
  );
  return { columns, rows, turned, cells };
};

/** The cell that lies behind one once the sheet is turned over about an upright or a level axis. */
export const behind = ({ columns, rows }: Grid, cell: number, axis: 'upright' | 'level'): number => {
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  return axis === 'upright' ? row * columns + columns - 1 - column : (rows - 1 - row) * columns + column;
};

/** A page in a cell: its bleed shows whole at the outside of the block, and as far as half the gap towards neighbours. */
export const placed = (
  grid: Grid,
  cell: number,
  page: number | null,
  { bleedMm }: PageSize,
  gapMm: number,
  upsideDown: boolean,
): PlacedPage => {
  const [column, row] = [cell % grid.columns, Math.floor(cell / grid.columns)];
  const inner = Math.min(bleedMm, gapMm / 2);
  const onSheet: Reach = {
    left: column === 0 ? bleedMm : inner,
    top: row === 0 ? bleedMm : inner,
    right: column === grid.columns - 1 ? bleedMm : inner,
    bottom: row === grid.rows - 1 ? bleedMm : inner,
  };
  const turn = grid.turned ? (upsideDown ? 270 : 90) : upsideDown ? 180 : 0;
  return { page, trim: grid.cells[cell] ?? rectOf(0, 0, 0, 0), turn, reach: onPage(onSheet, turn) };
};

/** Sides of the sheet as sides of the page that is turned clockwise on it. */
const onPage = ({ left, top, right, bottom }: Reach, turn: PlacedPage['turn']): Reach => {
  switch (turn) {
    case 0:
      return { left, top, right, bottom };
    case 90:
      return { left: top, top: right, right: bottom, bottom: left };
    case 180:
      return { left: right, top: bottom, right: left, bottom: top };
    case 270:
      return { left: bottom, top: left, right: top, bottom: right };
  }
};
