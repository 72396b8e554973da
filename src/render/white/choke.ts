/**
 * How far white draws back from the edge of the colours over it, mm: the wider a part, the more. `text` holds for fine strokes, `bold` for wide even
 * areas, and the twentieth part of the width between the two; `photo` caps what lies in pictures, whose edges are less even.
 * White never draws back by more than 15 % of the width, so that no stroke loses its colour on dark cloth.
 */
export type Choke = { readonly bold: number; readonly photo: number; readonly text: number };

const SHARE_OF_WIDTH = 0.05;
const MOST_OF_WIDTH = 0.15;

/** Choke of a part of this width, mm. */
export const chokeFor = (widthMm: number, { bold, text }: Choke): number =>
  Math.min(MOST_OF_WIDTH * widthMm, Math.max(Math.min(text, bold), Math.min(bold, SHARE_OF_WIDTH * widthMm)));

/** From this width on the choke no longer grows, mm. */
export const widestChoke = ({ bold }: Choke): number => bold / SHARE_OF_WIDTH;
