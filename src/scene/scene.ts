import type { Colour } from '../colour/colour.ts';
import type { Affine } from '../geometry/affine.ts';
import type { Path } from '../geometry/path.ts';
import type { Point } from '../geometry/point.ts';
import { BLEND_MODES, type BlendMode } from '../model/blend.ts';
import type { StitchPlan } from '../model/stitch-plan.ts';

/**
 * One placement, fully resolved: what every decoration method and every renderer reads. See docs/scene.md for what can no longer occur.
 * Lengths are millimetres, origin at the top left of the trim box, y down; order is paint order.
 */
export type Scene = {
  readonly version: 1;
  readonly area: SceneArea;
  readonly nodes: readonly SceneNode[];
};

export type SceneArea = {
  readonly productId: string;
  readonly placementId: string;
  /** Trim box. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Art may extend this far beyond the trim on every side; nothing is ever painted farther out. */
  readonly bleedMm: number;
  /** Live matter keeps this far inside the trim. */
  readonly safeMm: number;
  /** The finished outline, in trim-box millimetres (a rectangle unless the product says otherwise). */
  readonly trim: Path;
  readonly keepOuts: readonly { readonly id: string; readonly label: string; readonly path: Path }[];
  /** Fold lines across the trim box, for guides and checks. */
  readonly folds: readonly { readonly from: Point; readonly to: Point }[];
};

export type SceneNode = PathNode | GlyphsNode | RasterNode | GroupNode;

export type FillRule = 'nonzero' | 'evenodd';

/** A filled and/or stroked outline; the stroke is painted over the fill. */
export type PathNode = {
  readonly kind: 'path';
  /** JSON pointer into the design spec: where a finding about this node points. */
  readonly pointer: string;
  readonly path: Path;
  readonly fillRule: FillRule;
  readonly fill: Paint | null;
  readonly stroke: Stroke | null;
};

/**
 * Shaped text as placed glyph outlines, so that writers can emit each glyph once. Fill only (outlined text is PathNodes).
 * `outline` is in font units, y down, and shared by identity between equal glyphs of one font; `at` maps font units to millimetres.
 */
export type GlyphsNode = {
  readonly kind: 'glyphs';
  readonly pointer: string;
  readonly fontDigest: string;
  readonly unitsPerEm: number;
  /** The characters these glyphs stand for, in reading order (for findings and accessibility, never for drawing). */
  readonly text: string;
  readonly glyphs: readonly PlacedGlyph[];
  readonly fill: Paint;
};

export type PlacedGlyph = { readonly glyph: number; readonly outline: Path; readonly at: Affine };

/** Part of a decoded picture. `at` maps the unit square (0,0 top left of `source`, 1,1 bottom right) to millimetres. */
export type RasterNode = {
  readonly kind: 'raster';
  readonly pointer: string;
  readonly image: ImageFacts;
  /** The part of the upright picture that is shown, in its pixels (fractions allowed). */
  readonly source: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly at: Affine;
  /** Pixel adjustments, applied in order to the whole picture before placing it. */
  readonly adjust: readonly ImageAdjustment[];
  readonly interpolation: 'smooth' | 'nearest';
};

/** Decoded facts of a picture; the pixels are found by `digest` in the render context. */
export type ImageFacts = {
  /** Lower-case hex sha256 of the file as received. */
  readonly digest: string;
  /** Upright size (EXIF orientation applied). */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hasAlpha: boolean;
};

/** Isolated: children are painted onto transparency, then clipped, masked, faded and blended as one. */
export type GroupNode = {
  readonly kind: 'group';
  readonly pointer: string;
  readonly clip: { readonly path: Path; readonly fillRule: FillRule } | null;
  /** Luminance times alpha of this picture scales the group's alpha; outside the picture it is 0. */
  readonly mask: RasterNode | null;
  /** 0 to 1. */
  readonly opacity: number;
  readonly blend: BlendMode;
  readonly children: readonly SceneNode[];
  /** The children are threads of a machine file, drawn for those who cannot sew; who can takes the stitches. */
  readonly stitches?: PlacedStitches;
};

/** The stitches of a machine file, untouched, and where they go. */
export type PlacedStitches = {
  /** Of the file. */
  readonly digest: string;
  readonly format: string;
  readonly name: string;
  readonly plan: StitchPlan;
  /** Mm of the plan to mm of the scene: turned, mirrored, and scaled a little. */
  readonly at: Affine;
  /** What its blocks are sewn with instead, in order: colours, or swatch ids of the palette of the method. */
  readonly threads: readonly (Colour | string)[];
};

export { BLEND_MODES, type BlendMode };

export type Paint =
  | { readonly kind: 'solid'; readonly colour: Colour }
  | {
      readonly kind: 'linear';
      readonly from: Point;
      readonly to: Point;
      /** Gradient space to millimetres. */
      readonly transform: Affine;
      readonly stops: readonly GradientStop[];
    }
  | {
      readonly kind: 'radial';
      readonly centre: Point;
      readonly radius: number;
      readonly focus: Point;
      readonly transform: Affine;
      readonly stops: readonly GradientStop[];
    };

/** Offsets ascend from 0 to 1; beyond the ends the end colours continue. */
export type GradientStop = { readonly offset: number; readonly colour: Colour; readonly opacity: number };

export type Stroke = {
  readonly paint: Paint;
  readonly widthMm: number;
  readonly cap: 'butt' | 'round' | 'square';
  readonly join: 'miter' | 'round' | 'bevel';
  readonly miterLimit: number;
};

/** Pixel filters, closed list. Strengths run 0..1 unless said otherwise. */
export type ImageAdjustment =
  | { readonly kind: 'grey' }
  | { readonly kind: 'sepia'; readonly amount: number }
  | { readonly kind: 'duotone'; readonly shadow: string; readonly highlight: string }
  | { readonly kind: 'tint'; readonly colour: string; readonly amount: number }
  | { readonly kind: 'invert' }
  /** White becomes clear, greys become half clear: the picture's dark on whatever lies below. */
  | { readonly kind: 'remove-white' }
  | { readonly kind: 'posterise'; readonly levels: number }
  /** The picture in these flat colours, from its darkest parts to its lightest. */
  | { readonly kind: 'pop-art'; readonly colours: readonly string[] }
  | { readonly kind: 'threshold'; readonly level: number }
  /** Each -1..1, 0 leaves the picture as it is; gamma 0.1..10, 1 leaves it. */
  | { readonly kind: 'tone'; readonly brightness: number; readonly contrast: number; readonly saturation: number; readonly gamma: number }
  | { readonly kind: 'line-art'; readonly detail: number }
  /** `cell` is the dot pitch as a fraction of the picture's longer side; `angle` in degrees. */
  | { readonly kind: 'halftone'; readonly cell: number; readonly angle: number; readonly colour: string }
  | { readonly kind: 'pixelate'; readonly cell: number }
  | { readonly kind: 'vignette'; readonly amount: number };
