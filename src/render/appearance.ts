import type { Rect } from '../geometry/point.ts';

/**
 * One layer of how a decoration looks, seen flat from above: what previews and mockups paint onto the article. A decoration is a list of
 * them from the bottom up: print under a varnish, foil over print.
 */
export type Appearance = {
  /** ink: opaque layer on the article; dye: colours the article itself (white shows the article); paper: the sheet is the article. */
  readonly process: 'ink' | 'dye' | 'paper';
  readonly widthPx: number;
  readonly heightPx: number;
  /** The window of the placement it shows, in trim-box mm. */
  readonly region: Rect;
  /** Row-major straight RGBA, sRGB, stride widthPx * 4. Alpha is the share of a pixel that the layer covers. */
  readonly rgba: Uint8Array;
  /** Left out: flat and matt, with the article's own gloss. */
  readonly surface?: Surface;
};

/** What a layer feels like: its relief and how it sends light back. */
export type Surface = {
  /** Mm above the article (below it when negative), row-major, widthPx * heightPx; left out: flat. */
  readonly height?: Float32Array;
  /** Where threads or brush strokes run: 0..255 for 0..180 degrees clockwise from the direction of the rows, row-major; left out: nowhere. */
  readonly direction?: Uint8Array;
  readonly finish: Finish;
};

/** How a surface sends light back. Every number is a share of 0 to 1. */
export type Finish = {
  /** Of the layer's colour that is seen by scattered light: 1 for ink and thread, 0 for bare metal and foil. */
  readonly diffuse: number;
  /** Of the surroundings that it mirrors, seen head-on: 1 for metal, 0.04 for varnish. */
  readonly mirror: number;
  /** Whether its colour tints what it mirrors: metal does, varnish does not. */
  readonly tinted: boolean;
  /** 0: mirrors sharply; 1: only a soft glow. */
  readonly roughness: number;
  /** Of the article's own fine relief (leather grain, weave) that shows through. */
  readonly grain: number;
  /** Of the article's own gloss that is left on it. */
  readonly gloss: number;
  /** How dark its walls and the foot of its edges get. */
  readonly shadow: number;
  /** Of the light along `direction` that glints: the sheen of thread and brushed metal. */
  readonly sheen: number;
};

/** A window of the placement and the picture size it is wanted at. */
export type AppearanceRequest = { readonly region: Rect; readonly widthPx: number; readonly heightPx: number };
