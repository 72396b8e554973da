import { bandsOf, type PixelImage } from './pixel-image.ts';

const STEPS = 4095;

/** 8-bit sRGB to linear light, 0..1 (IEC 61966-2-1). */
export const LINEAR_OF_SRGB: Float32Array = Float32Array.from({ length: 256 }, (_, i) => {
  const v = i / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

const SRGB_OF_STEP: Uint8Array = Uint8Array.from({ length: STEPS + 1 }, (_, i) => {
  const v = i / STEPS;
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
});

/** Linear light 0..1 (clamped) to 8-bit sRGB, through a table of 4,096 steps. */
export const srgbOfLinear = (linear: number): number => SRGB_OF_STEP[Math.min(STEPS, Math.max(0, Math.round(linear * STEPS)))] ?? 0;

/** Linear-light Rec. 709 luminance of an 8-bit sRGB colour, encoded back to an 8-bit sRGB grey. */
export const greyOf = (r: number, g: number, b: number): number =>
  SRGB_OF_STEP[
    ((0.2126 * (LINEAR_OF_SRGB[r] ?? 0) + 0.7152 * (LINEAR_OF_SRGB[g] ?? 0) + 0.0722 * (LINEAR_OF_SRGB[b] ?? 0)) * STEPS + 0.5) | 0
  ] ?? 0;

/**
 * One grey byte a pixel (see `greyOf`) of the picture laid on white paper: what a transparent pixel means to an effect that looks at its
 * neighbours. Hands over between bands of rows.
 */
export function* greyOnWhite(image: PixelImage): Generator<undefined, Uint8Array> {
  const plane = new Uint8Array(image.widthPx * image.heightPx);
  for (const { top, rows } of bandsOf(image)) {
    fillGreys(plane, image.rgba, top * image.widthPx, (top + rows) * image.widthPx);
    yield;
  }
  return plane;
}

const fillGreys = (plane: Uint8Array, rgba: Uint8Array, from: number, end: number): void => {
  for (let i = from, p = from * 4; i < end; i += 1, p += 4) {
    const grey = greyOf(rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0);
    const alpha = rgba[p + 3] ?? 0;
    plane[i] = alpha === 255 ? grey : Math.round(255 - ((255 - grey) * alpha) / 255);
  }
};
