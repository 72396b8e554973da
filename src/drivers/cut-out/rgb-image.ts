import type { FinderPicture, PictureBox } from '../../model/photo-finder.ts';

/** Three bytes a pixel, row-major. */
export type RgbImage = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

/** A part of a picture (whole pixels, inside it), averaged down by a whole factor so that its longer side is at most `mostPx`; clear pixels count as white. */
export const shrunkPart = ({ widthPx, rgba }: FinderPicture, part: PictureBox, mostPx: number): RgbImage => {
  const factor = Math.max(1, Math.ceil(Math.max(part.width, part.height) / mostPx));
  const [width, height] = [Math.max(1, Math.floor(part.width / factor)), Math.max(1, Math.floor(part.height / factor))];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const sums = [0, 0, 0];
      for (let sy = 0; sy < factor; sy += 1) {
        for (let sx = 0; sx < factor; sx += 1) {
          const p = ((part.y + y * factor + sy) * widthPx + part.x + x * factor + sx) * 4;
          const cover = (rgba[p + 3] ?? 0) / 255;
          for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (rgba[p + c] ?? 0) * cover + 255 * (1 - cover);
        }
      }
      for (let c = 0; c < 3; c += 1) rgb[(y * width + x) * 3 + c] = Math.round((sums[c] ?? 0) / (factor * factor));
    }
  }
  return { width, height, rgb };
};
