import { type PackedShape, Skyline, SLACK_MM } from './skyline.ts';

/** A rectangle to place; `id` comes back with its place. */
export type PackItem = { readonly id: string; readonly widthMm: number; readonly heightMm: number };

export type PackOptions = {
  /** Of the roll or sheet. */
  readonly widthMm: number;
  /** Between neighbours; none is left at the edges of the sheet. */
  readonly gapMm: number;
  /** Longest sheet; what does not fit begins another. Left out: one sheet as long as it needs to be. */
  readonly maxHeightMm?: number;
  /** Whether items may stand a quarter turn round. */
  readonly rotate: boolean;
};

/** `x` and `y` are the top left corner; width and height are as placed, so swapped when `rotated` (a quarter turn clockwise). */
export type PackedItem = PackItem & { readonly x: number; readonly y: number; readonly rotated: boolean };

export type PackedSheet = {
  readonly items: readonly PackedItem[];
  /** To the lower edge of the lowest item. */
  readonly heightMm: number;
  /** Share of the sheet's width times `heightMm` that items cover, 0 to 1. */
  readonly utilisation: number;
};

export type Packing = {
  readonly sheets: readonly PackedSheet[];
  /** Ids of items that no sheet can take. */
  readonly tooLarge: readonly string[];
  /** Over all sheets, 0 to 1; 0 without sheets. */
  readonly utilisation: number;
};

type Way = PackedShape & { readonly rotated: boolean };

/** Largest first, by what makes an item hard to place. */
const ORDERS: readonly ((way: Way) => number)[] = [
  ({ widthMm }) => widthMm,
  ({ heightMm }) => heightMm,
  ({ widthMm, heightMm }) => widthMm * heightMm,
  ({ widthMm, heightMm }) => widthMm + heightMm,
];

/** Which way round items are tried: any, or lying or standing where both fit. */
const TURNS = ['any', 'lying', 'standing'] as const;

type Strategy = { readonly size: (way: Way) => number; readonly turn: (typeof TURNS)[number]; readonly fill: 'lowest' | 'first-fit' };

/**
 * Places rectangles on a roll or on sheets of one width: none overlap, neighbours keep the gap, and as little length as we can find is used.
 * Two packings along a skyline are tried with items by several sizes, and the shortest wins: the lowest stretch takes the largest item that
 * goes into it (the best-fit heuristic of Burke, Kendall and Whitwell, 2004), and each item in turn takes the lowest place it finds. The
 * same items give the same places. Throws RangeError for sizes that are not finite and above 0.
 */
export const packRectangles = (items: readonly PackItem[], options: PackOptions): Packing => {
  requireSizes(items, options);
  const ways = new Map(items.map((item) => [item, waysOf(item, options)]));
  const fitting = items.filter((item) => (ways.get(item) ?? []).length > 0);
  const tooLarge = items.filter((item) => !fitting.includes(item)).map(({ id }) => id);
  let best: readonly PackedSheet[] = [];
  for (const strategy of strategiesFor(options)) {
    const pieces = fitting.map((item): Piece => ({ item, ways: turned(ways.get(item) ?? [], strategy) })).sort(largestFirst(strategy));
    const sheets = (strategy.fill === 'lowest' ? fillLowest : fillFirst)(pieces, options, strategy).map((placed) =>
      sheetOf(placed, options),
    );
    if (best.length === 0 || isShorter(sheets, best)) best = sheets;
  }
  const covered = fitting.reduce((sum, { widthMm, heightMm }) => sum + widthMm * heightMm, 0);
  const length = lengthOf(best);
  return { sheets: best, tooLarge, utilisation: length > 0 ? covered / (length * options.widthMm) : 0 };
};

const strategiesFor = ({ rotate }: PackOptions): readonly Strategy[] =>
  ORDERS.flatMap((size) =>
    TURNS.slice(0, rotate ? 3 : 1).flatMap((turn): readonly Strategy[] => [
      { size, turn, fill: 'lowest' },
      { size, turn, fill: 'first-fit' },
    ]),
  );

type Piece = { readonly item: PackItem; readonly ways: readonly Way[] };

/** The ways round in which an item goes onto an empty sheet. */
const waysOf = ({ widthMm, heightMm }: PackItem, { widthMm: sheetMm, maxHeightMm, rotate }: PackOptions): readonly Way[] => {
  const ways: Way[] = [{ widthMm, heightMm, rotated: false }];
  if (rotate && widthMm !== heightMm) ways.push({ widthMm: heightMm, heightMm: widthMm, rotated: true });
  return ways.filter((way) => way.widthMm <= sheetMm + SLACK_MM && way.heightMm <= (maxHeightMm ?? Infinity) + SLACK_MM);
};

const turned = (ways: readonly Way[], { turn }: Strategy): readonly Way[] => {
  const wanted = ways.filter((way) => turn === 'any' || way.widthMm >= way.heightMm === (turn === 'lying'));
  return wanted.length > 0 ? wanted : ways;
};

const largestFirst =
  ({ size }: Strategy) =>
  (a: Piece, b: Piece): number =>
    Math.max(...b.ways.map(size)) - Math.max(...a.ways.map(size));

/** Each piece in turn onto the first sheet that has room for it, as low as it goes. */
const fillFirst = (pieces: readonly Piece[], options: PackOptions): readonly (readonly PackedItem[])[] => {
  const sheets: { readonly skyline: Skyline; readonly items: PackedItem[] }[] = [];
  for (const { item, ways } of pieces) {
    let sheet = sheets.find(({ skyline }) => skyline.lowestPlace(ways) !== null);
    if (!sheet) {
      sheet = { skyline: new Skyline(options), items: [] };
      sheets.push(sheet);
    }
    const spot = sheet.skyline.lowestPlace(ways);
    if (!spot) continue;
    sheet.skyline.cover(spot);
    sheet.items.push({ ...item, ...spot });
  }
  return sheets.map(({ items }) => items);
};

/** The lowest stretch of the skyline takes the largest piece that goes into it, sheet after sheet. */
const fillLowest = (pieces: readonly Piece[], options: PackOptions, { size }: Strategy): readonly (readonly PackedItem[])[] => {
  const left = [...pieces];
  const sheets: PackedItem[][] = [];
  while (left.length > 0) {
    const skyline = new Skyline(options);
    const items: PackedItem[] = [];
    while (left.length > 0) {
      const stretch = skyline.lowestStretch();
      const next = largestFor(left, stretch, size);
      if (next) {
        const spot = { ...next.way, x: stretch.x, y: stretch.y };
        skyline.cover(spot);
        items.push({ ...next.piece.item, ...spot });
        left.splice(left.indexOf(next.piece), 1);
      } else if (!skyline.fillUp(stretch)) break;
    }
    if (items.length === 0) break;
    sheets.push(items);
  }
  return sheets;
};

const largestFor = (pieces: readonly Piece[], { widthMm, heightMm }: PackedShape, size: (way: Way) => number) => {
  let best: { readonly piece: Piece; readonly way: Way } | null = null;
  for (const piece of pieces) {
    for (const way of piece.ways) {
      const fits = way.widthMm <= widthMm + SLACK_MM && way.heightMm <= heightMm + SLACK_MM;
      if (fits && (!best || size(way) > size(best.way))) best = { piece, way };
    }
  }
  return best;
};

const sheetOf = (items: readonly PackedItem[], { widthMm }: PackOptions): PackedSheet => {
  const heightMm = Math.max(...items.map((one) => one.y + one.heightMm));
  const covered = items.reduce((sum, one) => sum + one.widthMm * one.heightMm, 0);
  return { items, heightMm, utilisation: covered / (heightMm * widthMm) };
};

const lengthOf = (sheets: readonly PackedSheet[]): number => sheets.reduce((sum, { heightMm }) => sum + heightMm, 0);

const isShorter = (a: readonly PackedSheet[], b: readonly PackedSheet[]): boolean =>
  a.length < b.length || (a.length === b.length && lengthOf(a) < lengthOf(b) - SLACK_MM);

const requireSizes = (items: readonly PackItem[], { widthMm, gapMm, maxHeightMm }: PackOptions): void => {
  const sizes = [widthMm, maxHeightMm ?? 1, ...items.flatMap((item) => [item.widthMm, item.heightMm])];
  const wrong = sizes.find((size) => !(size > 0 && Number.isFinite(size)));
  if (wrong !== undefined) throw new RangeError(`expected sizes above 0 mm for packing, got ${wrong}`);
  if (!(gapMm >= 0 && Number.isFinite(gapMm))) throw new RangeError(`expected a gap of 0 mm or more for packing, got ${gapMm}`);
};
