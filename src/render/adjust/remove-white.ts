import { type PixelImage, withPixels } from './pixel-image.ts';

/**
 * Takes the white out of a picture: each pixel becomes the most transparent colour that gives the same pixel again over white. Black
 * lines stay black, white ground disappears, soft edges stay soft.
 */
export const removeWhite = (image: PixelImage): PixelImage => {
  const from = image.rgba;
  const rgba = new Uint8Array(from.length);
  for (let p = 0; p < from.length; p += 4) {
    const r = from[p] ?? 0;
    const g = from[p + 1] ?? 0;
    const b = from[p + 2] ?? 0;
    const cover = 255 - Math.min(r, g, b);
    if (cover === 0) continue;
    rgba[p] = Math.round(255 - ((255 - r) * 255) / cover);
    rgba[p + 1] = Math.round(255 - ((255 - g) * 255) / cover);
    rgba[p + 2] = Math.round(255 - ((255 - b) * 255) / cover);
    rgba[p + 3] = Math.round((cover * (from[p + 3] ?? 0)) / 255);
  }
  return withPixels(image, rgba);
};
