import { colourFromHex } from '../../colour/colour.ts';
import { type Affine, multiply, scaling, translation } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';

/** How a scene becomes pixels. */
export type RasterRequest = {
  /** Written into the file where the format has a place for it; it does not change the pixels. */
  readonly dpi?: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The window of the scene that fills the canvas, in trim-box millimetres. */
  readonly region: Rect;
  /** `#rrggbb` behind everything (the result is opaque), or null for transparency. */
  readonly background: string | null;
  /** Flip left to right, for marks that are applied face down. */
  readonly mirror: boolean;
};

/** Pictures of the scene by digest: straight RGBA8. Throws for a digest it does not know. */
export type PixelsOf = (digest: string) => DecodedImage;

/** The fixed-point sampler and the file formats reach this far. */
export const MAX_SIDE_PX = 32_000;

/** Throws `Problem` unless sizes, region and background make sense. */
export const requireRasterRequest = (request: RasterRequest): void => {
  for (const [name, value] of [
    ['width', request.widthPx],
    ['height', request.heightPx],
  ] as const) {
    if (!Number.isInteger(value) || value < 1 || value > MAX_SIDE_PX) {
      throw new Problem('raster-size', `expected 1 to ${MAX_SIDE_PX} whole pixels for the ${name} of a picture, got ${value}`);
    }
  }
  const { x, y, width, height } = request.region;
  if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) {
    throw new Problem('raster-region', `expected a region with positive size for a picture, got ${width} x ${height} mm`);
  }
  if (request.background !== null && colourFromHex(request.background) === null) {
    throw new Problem('raster-background', `expected #rrggbb for the background of a picture, got ${request.background}`);
  }
};

/** Millimetres of the scene to canvas pixels (pixel (0, 0) spans 0..1). */
export const deviceMap = ({ widthPx, heightPx, region, mirror }: RasterRequest): Affine => {
  const map = multiply(scaling(widthPx / region.width, heightPx / region.height), translation(-region.x, -region.y));
  return mirror ? multiply([-1, 0, 0, 1, widthPx, 0], map) : map;
};
