import type { Path } from '../../geometry/path.ts';
import type { FillRule } from '../../scene/scene.ts';

/**
 * What a cutter, engraver or die maker reads: outlines at true size, by layer. Lengths are millimetres, origin at the top left, y down;
 * layers and, unless a writer sorts them, paths are in working order.
 */
export type CutDrawing = {
  /** For the operator; shown by programs that show titles. */
  readonly title: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly layers: readonly CutLayer[];
};

export type CutLayer = {
  /** As the machine's operator knows it: `CUT`, `ENGRAVE`, `CutContour`. Writers spell it as their format allows. */
  readonly name: string;
  /** "#rrggbb", the colour that stands for the layer's work in files. */
  readonly colour: string;
  /** `fill`: areas (engrave, stamp); `line`: the machine follows the outline. */
  readonly work: 'fill' | 'line';
  /** Drawn width of lines; machines follow the middle. */
  readonly lineWidthMm: number;
  readonly paths: readonly CutPath[];
};

/** Contours that belong together: an outline with its holes, or open lines. */
export type CutPath = { readonly path: Path; readonly fillRule: FillRule };
