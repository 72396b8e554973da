import { rectOf } from '../../../geometry/point.ts';
import type { Imposition } from '../settings.ts';
import { behind, type Grid, gridFor, placed } from './grid.ts';
import type { PageSize, PlacedPage, SheetPlan } from './sheet-plan.ts';

/** Which page lands where, sheet by sheet; no sheets when not one page fits. */
export const planSheets = (count: number, size: PageSize, imposition: Imposition): readonly SheetPlan[] => {
  if (imposition.kind === 'booklet') return bookletSheets(count, size, imposition);
  const grid = gridFor(size, imposition);
  if (grid.cells.length === 0) return [];
  const doubled = imposition.backs !== 'none';
  const fronts = doubled ? Math.ceil(count / 2) : count;
  return frontsOf(fronts, grid.cells.length, imposition.kind).flatMap((leaves, sheet): readonly SheetPlan[] => {
    const front = sideOf(leaves, (leaf) => (doubled ? 2 * leaf : leaf), grid, size, imposition);
    const plan: SheetPlan = { sheet, side: 'front', pages: front, fold: null };
    return doubled ? [plan, { sheet, side: 'back', pages: backOf(leaves, count, grid, size, imposition), fold: null }] : [plan];
  });
};

/** Leaves of each sheet, cell by cell. */
const frontsOf = (leaves: number, cells: number, kind: Exclude<Imposition['kind'], 'booklet'>): readonly (readonly (number | null)[])[] => {
  const sheets = kind === 'step-repeat' ? leaves : Math.ceil(leaves / cells);
  const leafAt = (sheet: number, cell: number): number => {
    if (kind === 'step-repeat') return sheet;
    return kind === 'n-up' ? sheet * cells + cell : cell * sheets + sheet;
  };
  return Array.from({ length: sheets }, (_, sheet) =>
    Array.from({ length: cells }, (_unused, cell) => {
      const leaf = leafAt(sheet, cell);
      return leaf < leaves ? leaf : null;
    }),
  );
};

const sideOf = (
  leaves: readonly (number | null)[],
  pageOf: (leaf: number) => number,
  grid: Grid,
  size: PageSize,
  { gap }: Imposition,
): readonly PlacedPage[] => leaves.flatMap((leaf, cell) => (leaf === null ? [] : [placed(grid, cell, pageOf(leaf), size, gap, false)]));

/**
 * Backs lie behind their fronts and stand upright when the finished leaf is turned like a page: about a level axis the sheet turns head over
 * heels, so they stand on their heads on it.
 */
const backOf = (
  leaves: readonly (number | null)[],
  count: number,
  grid: Grid,
  size: PageSize,
  imposition: Imposition,
): readonly PlacedPage[] => {
  const [width, height] = imposition.sheet;
  const axis = (imposition.backs === 'long-edge') === height >= width ? 'upright' : 'level';
  // A leaf that lies on its side turns over the other way.
  const upsideDown = (axis === 'level') !== grid.turned;
  return leaves.flatMap((leaf, cell) => {
    if (leaf === null) return [];
    const page = 2 * leaf + 1;
    return [placed(grid, behind(grid, cell, axis), page < count ? page : null, size, imposition.gap, upsideDown)];
  });
};

/**
 * Sheets of a stapled booklet from the outside in, front and back: two pages side by side, folded in the middle. Inner sheets stick out at the
 * fore edge and are cut off there, so their pages move towards the fold by the creep. Blank pages fill the last sheet.
 */
const bookletSheets = (
  count: number,
  size: PageSize,
  { sheet: [width, height], margin, creepPerSheetMm }: Imposition,
): readonly SheetPlan[] => {
  const { widthMm, heightMm, bleedMm } = size;
  if (2 * widthMm + 2 * margin > width + SLACK_MM || heightMm + 2 * margin > height + SLACK_MM) return [];
  const pages = Math.ceil(count / 4) * 4;
  const fold = width / 2;
  const top = (height - heightMm) / 2;
  const page = (index: number): number | null => (index < count ? index : null);
  const spread = (left: number, right: number, creep: number): readonly PlacedPage[] => [
    {
      page: page(left),
      trim: rectOf(fold - widthMm + creep, top, widthMm, heightMm),
      turn: 0,
      reach: { left: bleedMm, top: bleedMm, right: -creep, bottom: bleedMm },
    },
    {
      page: page(right),
      trim: rectOf(fold - creep, top, widthMm, heightMm),
      turn: 0,
      reach: { left: -creep, top: bleedMm, right: bleedMm, bottom: bleedMm },
    },
  ];
  return Array.from({ length: pages / 4 }, (_, sheet) => sheet).flatMap((sheet): readonly SheetPlan[] => {
    const creep = sheet * creepPerSheetMm;
    return [
      { sheet, side: 'front', pages: spread(pages - 1 - 2 * sheet, 2 * sheet, creep), fold },
      { sheet, side: 'back', pages: spread(2 * sheet + 1, pages - 2 - 2 * sheet, creep), fold },
    ];
  });
};

const SLACK_MM = 1e-6;
