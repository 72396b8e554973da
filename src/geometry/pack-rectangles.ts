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
