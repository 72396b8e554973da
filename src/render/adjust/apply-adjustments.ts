import type { ImageAdjustment } from '../../scene/scene.ts';
import { halftone } from './halftone.ts';
import { lineArt } from './line-art.ts';
import { inBands, type PixelImage, type Steps } from './pixel-image.ts';
import { popArt } from './pop-art.ts';
import { removeWhite } from './remove-white.ts';
import { pixelate, vignette } from './spatial-effects.ts';
import { duotone, grey, invert, posterise, sepia, threshold, tint, tone } from './tone-maps.ts';

export type { PixelImage } from './pixel-image.ts';

const stepsOf = (image: PixelImage, adjustment: ImageAdjustment): Steps => {
  switch (adjustment.kind) {
    case 'grey':
      return inBands(image, grey);
    case 'sepia':
      return inBands(image, (band) => sepia(band, adjustment.amount));
    case 'duotone':
      return inBands(image, (band) => duotone(band, adjustment.shadow, adjustment.highlight));
    case 'tint':
      return inBands(image, (band) => tint(band, adjustment.colour, adjustment.amount));
    case 'invert':
      return inBands(image, invert);
    case 'remove-white':
      return inBands(image, removeWhite);
    case 'posterise':
      return inBands(image, (band) => posterise(band, adjustment.levels));
    case 'pop-art':
      return popArt(image, adjustment.colours);
    case 'threshold':
      return inBands(image, (band) => threshold(band, adjustment.level));
    case 'tone':
      return inBands(image, (band) => tone(band, adjustment));
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

/** The work of `applyAdjustments`, handing over every few milliseconds: between adjustments, and between bands of rows inside each. */
export function* adjustmentSteps(image: PixelImage, adjust: readonly ImageAdjustment[]): Steps {
  let made = image;
  for (const adjustment of adjust) made = yield* stepsOf(made, adjustment);
  return made;
}

/**
 * The picture after all adjustments, in order; never writes into `image`. Alpha is kept (pixelate averages it over its blocks, remove-white lowers it).
 * Throws Problem 'adjust.colour' for a colour that is not `#rgb` or `#rrggbb`.
 */
export const applyAdjustments = (image: PixelImage, adjust: readonly ImageAdjustment[]): PixelImage => {
  const steps = adjustmentSteps(image, adjust);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
