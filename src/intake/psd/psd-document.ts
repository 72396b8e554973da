/** Straight 8-bit RGBA, row-major, whose first pixel lies at (x, y) of the picture. */
export type PsdPixels = {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
};

/** How much of a layer shows: one value a pixel in every fourth byte, `outside` (0..1) beyond. `density` 0 lets everything show. */
export type PsdMask = PsdPixels & { readonly outside: number; readonly density: number };

/** Bicubic patches side by side that share their edges: control points row by row, in the content's own pixels. */
export type WarpMesh = {
  /** Where patches begin and end before they are bent, ascending; one more than there are patches across, and down. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Three a patch and one more, across and down. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly bounds: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
};

/** Where the replaceable content of a layer lies. */
export type SmartObject = {
  /** Corners of the content in picture pixels: top left, top right, bottom right, bottom left, x before y. */
  readonly quad: readonly number[];
  /** Size of the content in its own pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly mesh: WarpMesh | null;
};

/** One layer or group, with everything that is carried over. Colours are 0..1 in the picture's own encoding. */
export type PsdLayer = {
  readonly name: string;
  readonly blend: string;
  /** Layer opacity times fill opacity, 0..1. */
  readonly opacity: number;
  /** Painted within the layer below that is not clipped. */
  readonly clipped: boolean;
  readonly mask: PsdMask | null;
  readonly pixels: PsdPixels | null;
  /** One colour everywhere. */
  readonly fill: readonly [number, number, number] | null;
  readonly smart: SmartObject | null;
  /** From the bottom up; null for what is no group. */
  readonly children: readonly PsdLayer[] | null;
};

/** A layered picture as far as a mockup needs it. */
export type PsdDocument = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the bottom up; hidden ones and those that cannot be drawn are left out. */
  readonly layers: readonly PsdLayer[];
};

/** Something of the file that is not, or not exactly, in the product. */
export type PsdNote = {
  readonly severity: 'warning' | 'info';
  /** Dotted: "psd.effects". */
  readonly code: string;
  /** Names of the groups and of the layer, joined by " / "; '' for the whole file. */
  readonly layer: string;
  readonly message: string;
};
