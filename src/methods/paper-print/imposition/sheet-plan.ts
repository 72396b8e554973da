import type { Rect } from '../../../geometry/point.ts';

/** How far a page reaches beyond its trim on each side, mm of the page; negative where a fold cuts into it. */
export type Reach = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** A page on a sheet. */
export type PlacedPage = {
  /** Index of the page; null for a blank one. */
  readonly page: number | null;
  /** Where its trim lies on the sheet, mm. */
  readonly trim: Rect;
  /** Degrees clockwise. */
  readonly turn: 0 | 90 | 180 | 270;
  readonly reach: Reach;
};

/** One side of a sheet of paper. */
export type SheetPlan = {
  /** Which sheet of paper, from 0: both sides of one have the same. */
  readonly sheet: number;
  readonly side: 'front' | 'back';
  readonly pages: readonly PlacedPage[];
  /** Where it is folded, mm from its left edge; null for sheets that are only cut. */
  readonly fold: number | null;
};

/** The pages that are imposed: all of one size, mm. */
export type PageSize = { readonly widthMm: number; readonly heightMm: number; readonly bleedMm: number };
