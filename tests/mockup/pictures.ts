import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { openViewLibrary } from '../../src/drivers/resources/view-library.ts';
import { appearanceRequestFor, type CompiledView, calibrationGrid, type MockupLayer } from '../../src/mockup/index.ts';
import { type Product, parseProduct } from '../../src/model/product.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import type { Appearance } from '../../src/render/appearance.ts';

export const TEMPLATES = new URL('../../templates/', import.meta.url).pathname;
export const views = openViewLibrary(TEMPLATES);
export const signal = new AbortController().signal;

export const productOf = (id: string): Product => parseProduct(JSON.parse(readFileSync(`${TEMPLATES}products/${id}/product.json`, 'utf8')));

/** The calibration grid on every placement of a view. */
export const gridLayers = (view: CompiledView, process: Appearance['process'] = 'ink'): readonly MockupLayer[] =>
  view.record.placements
    .slice(0, 1)
    .map(({ placement }) => ({ placement, appearance: calibrationGrid(appearanceRequestFor(view, placement), process) }));

export const readPicture = async (path: string): Promise<PixelImage> => {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: data };
};

/** Peak signal-to-noise ratio over red, green and blue in dB, over the pixels that `counts` says count. */
export const psnr = (a: PixelImage, b: PixelImage, counts: (pixel: number) => boolean = () => true): number => {
  let sum = 0;
  let values = 0;
  for (let pixel = 0; pixel < a.widthPx * a.heightPx; pixel += 1) {
    if (!counts(pixel)) continue;
    for (let c = 0; c < 3; c += 1) sum += ((a.rgba[pixel * 4 + c] ?? 0) - (b.rgba[pixel * 4 + c] ?? 0)) ** 2;
    values += 3;
  }
  return 10 * Math.log10((255 * 255 * values) / Math.max(sum, 1e-9));
};
