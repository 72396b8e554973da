import type { Rect } from '../geometry/point.ts';

/**
 * How a decoration looks, seen flat from above: what previews and mockups paint onto the article. More surface qualities (relief,
 * metal, gloss) join as methods come that have them.
 */
export type Appearance = {
  /** ink: opaque layer on the article; dye: colours the article itself (white shows the article); paper: the sheet is the article. */
  readonly process: 'ink' | 'dye' | 'paper';
  readonly widthPx: number;
  readonly heightPx: number;
  /** The window of the placement it shows, in trim-box mm. */
  readonly region: Rect;
  /** Row-major straight RGBA, sRGB, stride widthPx * 4. */
  readonly rgba: Uint8Array;
};

/** A window of the placement and the picture size it is wanted at. */
export type AppearanceRequest = { readonly region: Rect; readonly widthPx: number; readonly heightPx: number };
