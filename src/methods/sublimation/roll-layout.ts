/** Something to lie on a roll, mm. */
export type RollItem = { readonly widthMm: number; readonly heightMm: number };

/** Where an item's upper left corner lies. */
export type RollPlace = { readonly item: number; readonly page: number; readonly x: number; readonly y: number };

/** Places in the order of the items, and how long each page is. */
export type RollLayout = { readonly places: readonly RollPlace[]; readonly lengths: readonly number[] };

export type RollPage = { readonly widthMm: number; readonly lengthMm: number; readonly marginMm: number; readonly gapMm: number };

type Numbered = RollItem & { readonly index: number };

/** Items under one another, none wider than the first. */
type Column = {
  readonly x: number;
  readonly width: number;
  filled: number;
  readonly items: { readonly index: number; readonly y: number }[];
};

/** Columns side by side, none taller than the first. */
type Row = { readonly height: number; filled: number; readonly columns: Column[] };

/** Steps of rounding that must not push an item out, mm. */
const SLACK_MM = 1e-6;

/**
 * Rows of items, the tallest first: each item goes under others of its row, else beside them, else into a new row. Nothing is turned, because
 * cloth stretches more one way than the other. Rows fill pages from the top; a row longer than a page has one of its own.
 */
export const layRoll = (items: readonly RollItem[], page: RollPage): RollLayout => {
  const order = items.map((item, index): Numbered => ({ ...item, index }));
  order.sort((a, b) => b.heightMm - a.heightMm || a.index - b.index);
  const rows: Row[] = [];
  for (const item of order) {
    if (rows.some((row) => putUnder(row, item, page) || putBeside(row, item, page))) continue;
    const row: Row = { height: item.heightMm, filled: -page.gapMm, columns: [] };
    putBeside(row, item, { ...page, widthMm: Number.POSITIVE_INFINITY });
    rows.push(row);
  }
  return stacked(rows, page);
};

const putUnder = ({ columns, height }: Row, item: Numbered, { gapMm }: RollPage): boolean => {
  const column = columns.find(
    ({ width, filled }) => item.widthMm <= width + SLACK_MM && filled + gapMm + item.heightMm <= height + SLACK_MM,
  );
  if (!column) return false;
  column.items.push({ index: item.index, y: column.filled + gapMm });
  column.filled += gapMm + item.heightMm;
  return true;
};

const putBeside = (row: Row, { index, widthMm, heightMm }: Numbered, page: RollPage): boolean => {
  const x = row.filled + page.gapMm;
  if (x + widthMm > page.widthMm - 2 * page.marginMm + SLACK_MM) return false;
  row.columns.push({ x, width: widthMm, filled: heightMm, items: [{ index, y: 0 }] });
  row.filled = x + widthMm;
  return true;
};

const stacked = (rows: readonly Row[], { lengthMm, marginMm, gapMm }: RollPage): RollLayout => {
  const places: RollPlace[] = [];
  const lengths: number[] = [];
  for (const { height, columns } of rows) {
    const last = lengths.at(-1);
    const follows = last !== undefined && last + gapMm + height <= lengthMm + SLACK_MM;
    const top = follows ? last - marginMm + gapMm : marginMm;
    if (follows) lengths.pop();
    lengths.push(top + height + marginMm);
    for (const { x, items } of columns)
      for (const { index, y } of items) places.push({ item: index, page: lengths.length - 1, x: marginMm + x, y: top + y });
  }
  return { places: places.sort((a, b) => a.item - b.item), lengths };
};
