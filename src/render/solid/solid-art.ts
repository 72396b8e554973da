import type { Colour } from '../../colour/colour.ts';
import type { Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';

/** All that one colour covers: simple closed rings in mm to fill nonzero, welded, holes wound against their outer rings, no curves. */
export type SolidRegion = {
  readonly colour: Colour;
  readonly path: Path;
  /** Layers it was made from, in paint order, each once. */
  readonly pointers: readonly string[];
};

/** One thing the scene paints (a letter, a shape, the stroke of a shape), clipped: to tell whose a place in a region is. */
export type SolidPiece = {
  readonly colour: Colour;
  readonly path: Path;
  readonly pointer: string;
  /** The characters a glyph stands for; null for shapes, and where a text has other glyphs than letters. */
  readonly letter: string | null;
};

/** Why something is no even area: a picture, a colour run, a tint of a plate, a see-through group, a blend of colours, a mask. */
export type NotSolidReason = 'picture' | 'gradient' | 'tint' | 'opacity' | 'blend' | 'mask';

export type NotSolid = { readonly pointer: string; readonly reason: NotSolidReason };

export type SolidOptions = {
  /** True: what is painted later is cut out of other colours below it. False: every colour keeps all it covers. */
  readonly knockOut: boolean;
  /** Other colours to paint with (the nearest swatch); equal results weld together. Null leaves the paint out. Left out: as they are. */
  readonly colourOf?: (colour: Colour, pointer: string) => Colour | null;
  /** Nothing reaches out of this box; left out: the trim box and its bleed. */
  readonly within?: Rect;
  /** What see-through art lies on where nothing else is: it becomes the plain colours that it shows, and a gradient its mean. Left out: both are refused. */
  readonly ground?: Colour;
  /** How far outlines may stray from the true curves, mm; left out: FLATTEN_TOLERANCE_MM. */
  readonly toleranceMm?: number;
};

/** The art of a scene as even areas by colour, in the order in which the colours are first painted. */
export type SolidArt = {
  readonly regions: readonly SolidRegion[];
  readonly pieces: readonly SolidPiece[];
  readonly refused: readonly NotSolid[];
};

/** What became plain colours though it is see-through or runs through several. */
export type Flattened = { readonly pointer: string; readonly reason: Extract<NotSolidReason, 'opacity' | 'gradient'> };

/** The same, with what became plain colours: nothing without a ground. */
export type FlatArt = SolidArt & { readonly flattened: readonly Flattened[] };
