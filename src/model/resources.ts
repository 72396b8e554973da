import type { Affine } from '../geometry/affine.ts';
import type { Path } from '../geometry/path.ts';
import type { Design, OptionSet } from './design.ts';
import type { Palette } from './palette.ts';
import type { PhotoFinder } from './photo-finder.ts';
import type { Product } from './product.ts';
import type { Shop } from './shop.ts';
import type { StitchPlan } from './stitch-plan.ts';
import type { ProductView } from './view.ts';
import type { WordList } from './word-list.ts';

/**
 * The only way the core reaches the outside. Drivers fetch, guard, decode in a sandbox and hand over trusted values;
 * every failure is a rejected `Problem` whose message names the reference.
 */
export type Resources = {
  product(id: string): Promise<Product>;
  /** `standard` always exists. */
  shop(id: string): Promise<Shop>;
  font(request: FontRequest): Promise<FontFile>;
  image(source: string, signal: AbortSignal): Promise<DecodedImage>;
  drawing(source: string, signal: AbortSignal): Promise<Drawing>;
  /** A machine file of stitches; `format` names it where the bytes do not (EXP). A library without it has none. */
  stitches?(source: string, format: string | null, signal: AbortSignal): Promise<StitchFile>;
  /** Ids of the mockup views of a product, sorted; empty when it has none. */
  views(productId: string): Promise<readonly string[]>;
  view(productId: string, viewId: string): Promise<ProductView>;
  /** An ICC output profile by name ("fogra39-coated") or by a path the shop configured. */
  profile(name: string): Promise<IccProfile>;
  palette(id: string): Promise<Palette>;
  design(id: string): Promise<Design>;
  optionSet(id: string): Promise<OptionSet>;
  /** Without it no text is held against word lists. */
  wordList?(id: string): Promise<WordList>;
  /** Without it nothing is cut out of photos by what they show. */
  readonly photoFinder?: PhotoFinder;
};

export type FontRequest = { readonly family: string; readonly weight: number; readonly italic: boolean };

export type FontFile = {
  readonly family: string;
  /** Lower-case hex sha256 of `bytes`. */
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Weights the file can show: one for a static face, a range for a variable one; absent when nobody knows. */
  readonly weights?: { readonly min: number; readonly max: number };
};

/** Pixels are row-major straight (not premultiplied) RGBA, 8 bit, sRGB, upright, stride = widthPx * 4. */
export type DecodedImage = {
  readonly digest: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hasAlpha: boolean;
  readonly rgba: Uint8Array;
  /** Present when the file is a baseline or progressive JPEG that a PDF may carry untouched. */
  readonly jpeg: JpegStream | null;
  /** What the decoder had to assume or repair, in words for the person who supplied the file. */
  readonly warnings: readonly string[];
};

export type JpegStream = {
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly components: 1 | 3 | 4;
  /** EXIF orientation 1..8: how the stored pixels turn into the upright picture. */
  readonly orientation: number;
  /** Adobe marker present: four-component data is stored inverted. */
  readonly inverted: boolean;
  /** The embedded ICC profile; null means sRGB (or the output condition for CMYK). */
  readonly icc: Uint8Array | null;
};

/** Vector art made simple: units of its own (`width` x `height` user units), transforms already applied, y down. */
export type Drawing = {
  readonly digest: string;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawingNode[];
  readonly warnings: readonly string[];
};

/** A machine file of stitches as a plan: mm from where the machine starts, y down. */
export type StitchFile = {
  /** Lower-case hex sha256 of the file as received. */
  readonly digest: string;
  /** "dst", "pes", … */
  readonly format: string;
  /** The name in the file; empty when there is none. */
  readonly name: string;
  readonly plan: StitchPlan;
  /** Whether the file says what colours its threads have; false: they are stand-ins. */
  readonly hasColours: boolean;
  readonly warnings: readonly string[];
};

export type DrawingNode =
  | {
      readonly kind: 'path';
      readonly path: Path;
      readonly fillRule: 'nonzero' | 'evenodd';
      readonly fill: DrawingPaint | null;
      readonly stroke: DrawingStroke | null;
    }
  | { readonly kind: 'image'; readonly image: DecodedImage; readonly at: Affine }
  | {
      readonly kind: 'group';
      readonly opacity: number;
      readonly clip: { readonly path: Path; readonly fillRule: 'nonzero' | 'evenodd' } | null;
      readonly children: readonly DrawingNode[];
    };

/** Colours are `#rrggbb`; opacity 0..1. */
export type DrawingPaint =
  | { readonly kind: 'solid'; readonly colour: string; readonly opacity: number }
  | {
      readonly kind: 'linear' | 'radial';
      /** linear: [x1, y1, x2, y2]; radial: [cx, cy, r, fx, fy]; in gradient space. */
      readonly geometry: readonly number[];
      readonly transform: Affine;
      readonly stops: readonly { readonly offset: number; readonly colour: string; readonly opacity: number }[];
    };

export type DrawingStroke = {
  readonly paint: DrawingPaint;
  readonly width: number;
  readonly cap: 'butt' | 'round' | 'square';
  readonly join: 'miter' | 'round' | 'bevel';
  readonly miterLimit: number;
};

export type IccProfile = {
  readonly name: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Registry name for the PDF output intent, "FOGRA39". */
  readonly conditionId: string;
  readonly description: string;
};
