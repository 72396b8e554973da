import { colourFromHex } from '../../colour/colour.ts';
import { rectPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { type BlockFacts, MACHINE_PACE } from '../../stitch/formats/stitch-facts.ts';
import { type Pen, SHEET_GREY, SHEET_INK, sheetRule, sheetShape } from '../sheets/sheet-pen.ts';

/** A file beside the sheet; `sha256` is lower-case hex. */
export type SheetFile = { readonly name: string; readonly sha256: string };

/** Where the table stands, mm: its first page begins lower than the others. */
export type SheetTable = {
  readonly left: number;
  readonly widthMm: number;
  readonly firstMm: number;
  readonly laterMm: number;
  readonly footMm: number;
};

type Row =
  | { readonly kind: 'colour'; readonly number: number; readonly block: BlockFacts }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'file'; readonly file: SheetFile };

const HEADING = 8;
const HIGH: Readonly<Record<Row['kind'], number>> = { colour: 8, note: 6, title: 8, file: 5 };
const SMALL = 2.8;
const COLUMN = { number: 0, swatch: 7, code: 19, name: 38, maker: 88, stitches: 134, thread: 156, minutes: 178 } as const;

export const metresText = (mm: number): string => `${(mm / 1000).toFixed(1)} m`;
export const minutesText = (value: number): string => (value < 9.95 ? value.toFixed(1) : String(Math.round(value)));

/** Colours in sewing order with their halts, lines for the operator, files with their digests: nodes in mm of the page, page by page. */
export const sheetTable = (
  blocks: readonly BlockFacts[],
  { notes, files = [] }: { readonly notes: readonly string[]; readonly files?: readonly SheetFile[] },
  table: SheetTable,
  write: Pen,
): readonly (readonly SceneNode[])[] => {
  const hasMakers = blocks.some(({ thread }) => thread.maker !== '');
  const rows: readonly Row[] = [
    ...blocks.map((block, i): Row => ({ kind: 'colour', number: i + 1, block })),
    ...notes.filter((text) => text !== '').map((text): Row => ({ kind: 'note', text })),
    ...(files.length > 0 ? [{ kind: 'title' as const, text: 'Files and their sha256' }] : []),
    ...files.map((file): Row => ({ kind: 'file', file })),
  ];
  return inPages(rows, table).map((page, i) => pageNodes(page, i === 0 ? table.firstMm : table.laterMm, table, hasMakers, write));
};

/** As many rows as each page has room for; a title goes where its first file goes. */
const inPages = (rows: readonly Row[], { firstMm, laterMm, footMm }: SheetTable): readonly (readonly Row[])[] => {
  const pages: Row[][] = [[]];
  let y = firstMm + HEADING;
  for (const row of rows) {
    const needed = HIGH[row.kind] + (row.kind === 'title' ? HIGH.file : 0);
    if (y + needed > footMm) {
      pages.push([]);
      y = laterMm + HEADING;
    }
    pages.at(-1)?.push(row);
    y += HIGH[row.kind];
  }
  return pages;
};

const pageNodes = (rows: readonly Row[], top: number, table: SheetTable, hasMakers: boolean, write: Pen): readonly SceneNode[] => {
  const nodes: SceneNode[] = [];
  if (rows.length === 0 || rows[0]?.kind === 'colour') nodes.push(...heading(top, table, hasMakers, write));
  let y = top + HEADING;
  for (const row of rows) {
    nodes.push(...rowNodes(row, y, table, write));
    y += HIGH[row.kind];
  }
  return nodes;
};

const heading = (top: number, { left, widthMm }: SheetTable, hasMakers: boolean, write: Pen): readonly SceneNode[] => {
  const text = (name: string, x: number, align: 'left' | 'right' = 'left'): readonly SceneNode[] =>
    write(name, left + x, top + 1.5, { size: SMALL, colour: SHEET_GREY, align });
  return [
    ...text('Block', COLUMN.number),
    ...text('Code', COLUMN.code),
    ...text('Thread', COLUMN.name),
    ...(hasMakers ? text('Maker', COLUMN.maker) : []),
    ...text('Stitches', COLUMN.stitches, 'right'),
    ...text('Length', COLUMN.thread, 'right'),
    ...text('Min', COLUMN.minutes, 'right'),
    sheetRule(left, top + HEADING - 0.6, widthMm, 0.2, SHEET_INK),
  ];
};

const rowNodes = (row: Row, y: number, table: SheetTable, write: Pen): readonly SceneNode[] => {
  const { left, widthMm } = table;
  switch (row.kind) {
    case 'colour':
      return colourRow(row.number, row.block, y, table, write);
    case 'note':
      return write(row.text, left, y + 1.2);
    case 'title':
      return write(row.text, left, y + 3.4, { size: SMALL, colour: SHEET_GREY });
    case 'file':
      return [
        ...write(row.file.name, left, y + 0.8, { size: SMALL, width: 66 }),
        ...write(row.file.sha256, left + widthMm, y + 0.8, { size: SMALL * 0.85, align: 'right', width: widthMm - 70 }),
      ];
  }
};

/** A halt is what an operator must not miss: it is said in black, with a bar beside the block, and does without colour. */
const colourRow = (number: number, block: BlockFacts, y: number, { left, widthMm }: SheetTable, write: Pen): readonly SceneNode[] => {
  const { thread, stitches, threadMm, note, stopAfter } = block;
  const remark = stopAfter ? ['then STOP', note].filter((part) => part !== '').join(': ') : note;
  const lift = remark === '' ? 1.3 : 0.2;
  const text = (value: string, x: number, width: number, align: 'left' | 'right' = 'left'): readonly SceneNode[] =>
    write(value, left + x, y + lift, { align, width });
  const weight = thread.weight === 40 ? '' : ` (${thread.weight})`;
  return [
    ...(stopAfter ? [sheetShape(rectPath(rectOf(left - 3, y - 0.6, 1.2, HIGH.colour)), SHEET_INK, null)] : []),
    sheetShape(
      rectPath(rectOf(left + COLUMN.swatch, y + 0.8, 9, HIGH.colour - 3)),
      colourFromHex(thread.colour) ?? SHEET_GREY,
      SHEET_INK,
      0.15,
    ),
    ...write(String(number), left + COLUMN.number, y + 1.3, { width: 6 }),
    ...text(thread.code, COLUMN.code, 17),
    ...text(`${thread.name}${weight}`, COLUMN.name, 48),
    ...text(thread.maker, COLUMN.maker, 28),
    ...text(String(stitches), COLUMN.stitches, 17, 'right'),
    ...text(metresText(threadMm), COLUMN.thread, 17, 'right'),
    ...text(minutesText(stitches / MACHINE_PACE.stitchesPerMinute), COLUMN.minutes, 12, 'right'),
    ...write(remark, left + COLUMN.name, y + 4, { size: 3.1, width: 120 }),
    sheetRule(left, y + HIGH.colour - 0.6, widthMm),
  ];
};
