import type { PixelImage } from './pixel-image.ts';

/** Alpha from which a pixel is as good as opaque, and below which it is as good as clear. */
export const OPAQUE = 250;
export const CLEAR = 8;
/** Half clear pixels this far in all four directions are no smoothed edge. */
const EDGE_PX = 3;

/** Whether a pixel belongs to a fade into clear, not to the smoothed edge of an even area. */
export const isFading = (image: PixelImage, x: number, y: number): boolean =>
  isHalfClear(image, x, y) &&
  isHalfClear(image, x - EDGE_PX, y) &&
  isHalfClear(image, x + EDGE_PX, y) &&
  isHalfClear(image, x, y - EDGE_PX) &&
  isHalfClear(image, x, y + EDGE_PX);

const isHalfClear = ({ widthPx, heightPx, rgba }: PixelImage, x: number, y: number): boolean => {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return false;
  const alpha = rgba[(y * widthPx + x) * 4 + 3] ?? 0;
  return alpha >= CLEAR && alpha < OPAQUE;
};
