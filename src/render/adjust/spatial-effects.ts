import { LINEAR_OF_SRGB, srgbOfLinear } from './luminance.ts';
import { type PixelImage, withPixels } from './pixel-image.ts';

/** The side of a cell in whole pixels; `cell` is a fraction of the picture's longer side. */
const cellPx = ({ widthPx, heightPx }: PixelImage, cell: number): number =>
  Math.max(1, Math.round(Math.max(widthPx, heightPx) * Math.min(1, Math.max(0, cell))));

type Block = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

const meanOf = ({ rgba, widthPx }: PixelImage, { x0, y0, x1, y1 }: Block): readonly [number, number, number, number] => {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (let y = y0; y < y1; y += 1) {
    for (let p = (y * widthPx + x0) * 4; p < (y * widthPx + x1) * 4; p += 4) {
      const alpha = rgba[p + 3] ?? 0;
      r += (LINEAR_OF_SRGB[rgba[p] ?? 0] ?? 0) * alpha;
      g += (LINEAR_OF_SRGB[rgba[p + 1] ?? 0] ?? 0) * alpha;
      b += (LINEAR_OF_SRGB[rgba[p + 2] ?? 0] ?? 0) * alpha;
      a += alpha;
    }
  }
  if (a === 0) return [0, 0, 0, 0];
  return [srgbOfLinear(r / a), srgbOfLinear(g / a), srgbOfLinear(b / a), Math.round(a / ((x1 - x0) * (y1 - y0)))];
};

/** Square blocks of one colour: the mean in linear light, weighted by alpha. Rows and columns of blocks are centred on the picture. */
export const pixelate = (image: PixelImage, cell: number): PixelImage => {
  const { widthPx, heightPx } = image;
  const side = cellPx(image, cell);
  if (side === 1) return image;
  const rgba = new Uint8Array(image.rgba.length);
  const startX = -Math.floor((Math.ceil(widthPx / side) * side - widthPx) / 2);
  const startY = -Math.floor((Math.ceil(heightPx / side) * side - heightPx) / 2);
  for (let top = startY; top < heightPx; top += side) {
    for (let left = startX; left < widthPx; left += side) {
      const block = {
        x0: Math.max(0, left),
        y0: Math.max(0, top),
        x1: Math.min(widthPx, left + side),
        y1: Math.min(heightPx, top + side),
      };
      fillBlock(rgba, widthPx, block, meanOf(image, block));
    }
  }
  return withPixels(image, rgba);
};

const fillBlock = (rgba: Uint8Array, widthPx: number, { x0, y0, x1, y1 }: Block, colour: readonly number[]): void => {
  for (let y = y0; y < y1; y += 1) {
    for (let p = (y * widthPx + x0) * 4; p < (y * widthPx + x1) * 4; p += 4) rgba.set(colour, p);
  }
};

/** Light falls off smoothly from 35 % of the half diagonal to the corners, where `1 - amount` of it is left. */
export const vignette = (image: PixelImage, amount: number): PixelImage => {
  const { widthPx, heightPx } = image;
  const depth = Math.min(1, Math.max(0, amount));
  const rgba = Uint8Array.from(image.rgba);
  const halfDiagonalSquared = (widthPx * widthPx + heightPx * heightPx) / 4;
  for (let y = 0, p = 0; y < heightPx; y += 1) {
    const dy = y + 0.5 - heightPx / 2;
    for (let x = 0; x < widthPx; x += 1, p += 4) {
      const dx = x + 0.5 - widthPx / 2;
      const t = Math.max(0, (Math.sqrt((dx * dx + dy * dy) / halfDiagonalSquared) - 0.35) / 0.65);
      const light = 1 - depth * t * t * (3 - 2 * t);
      for (let c = p; c < p + 3; c += 1) rgba[c] = srgbOfLinear((LINEAR_OF_SRGB[rgba[c] ?? 0] ?? 0) * light);
    }
  }
  return withPixels(image, rgba);
};
