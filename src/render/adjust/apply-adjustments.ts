import type { ImageAdjustment } from '../../scene/scene.ts';
import { halftone } from './halftone.ts';
import { lineArt } from './line-art.ts';
import type { PixelImage } from './pixel-image.ts';
import { removeWhite } from './remove-white.ts';
import { pixelate, vignette } from './spatial-effects.ts';
import { duotone, grey, invert, posterise, sepia, threshold, tint, tone } from './tone-maps.ts';

export type { PixelImage } from './pixel-image.ts';

const applyOne = (image: PixelImage, adjustment: ImageAdjustment): PixelImage => {
  switch (adjustment.kind) {
    case 'grey':
      return grey(image);
    case 'sepia':
      return sepia(image, adjustment.amount);
    case 'duotone':
      return duotone(image, adjustment.shadow, adjustment.highlight);
    case 'tint':
      return tint(image, adjustment.colour, adjustment.amount);
    case 'invert':
      return invert(image);
    case 'remove-white':
      return removeWhite(image);
    case 'posterise':
      return posterise(image, adjustment.levels);
    case 'threshold':
      return threshold(image, adjustment.level);
    case 'tone':
      return tone(image, adjustment);
    case 'line-art':
      return lineArt(image, adjustment.detail);
    case 'halftone':
      return halftone(image, adjustment.cell, adjustment.angle, adjustment.colour);
    case 'pixelate':
      return pixelate(image, adjustment.cell);
    case 'vignette':
      return vignette(image, adjustment.amount);
  }
};

/**
 * The picture after all adjustments, in order; never writes into `image`. Alpha is kept (pixelate averages it over its blocks, remove-white lowers it).
 * Throws Problem 'adjust.colour' for a colour that is not `#rgb` or `#rrggbb`.
 */
export const applyAdjustments = (image: PixelImage, adjust: readonly ImageAdjustment[]): PixelImage => adjust.reduce(applyOne, image);
