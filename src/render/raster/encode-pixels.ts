import sharp, { type Sharp } from 'sharp';
import { withKernel } from '../kernel/kernel-pool.ts';
import { openPngWriter } from './png-writer.ts';
import type { RenderedPixels } from './render-pixels.ts';
import { STRIP_ROWS } from './strip-edges.ts';

/** File formats for pictures on a screen; print files come from renderPng, renderJpeg and renderTiff. `quality` is 1..100. */
export type PreviewEncoding =
  | { readonly format: 'png' }
  | { readonly format: 'jpeg'; readonly quality?: number; readonly background?: string }
  | { readonly format: 'webp'; readonly quality?: number };

const PREVIEW_QUALITY = 85;
/** WebP effort 2 reaches the size of the default 4 for half the work. */
const WEBP_EFFORT = 2;

const rawInput = ({ widthPx, heightPx, rgba }: RenderedPixels): Sharp =>
  sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 }, limitInputPixels: false });

const encodePng = ({ widthPx, heightPx, rgba }: RenderedPixels): Promise<Uint8Array> =>
  withKernel(async (kernel) => {
    const stride = widthPx * 4;
    const address = kernel.reserve(stride * STRIP_ROWS);
    const writer = openPngWriter(kernel, { widthPx, heightPx, channels: 4, icc: null }, 'fast', 'straight');
    for (let top = 0; top < heightPx; top += STRIP_ROWS) {
      const rows = Math.min(STRIP_ROWS, heightPx - top);
      kernel.bytes.set(rgba.subarray(top * stride, (top + rows) * stride), address);
      await writer.add({ address, stride, top, rows });
    }
    return writer.finish();
  });

/** Pixels into a picture file for a screen, as fast as each format allows. JPEG has no alpha: it shows `background` (white) behind. */
export const encodePixels = async (image: RenderedPixels, encoding: PreviewEncoding): Promise<Uint8Array> => {
  switch (encoding.format) {
    case 'png':
      return encodePng(image);
    case 'jpeg': {
      const quality = encoding.quality ?? PREVIEW_QUALITY;
      const flat = rawInput(image).flatten({ background: encoding.background ?? '#ffffff' });
      return flat.jpeg({ quality, optimiseCoding: false }).toBuffer();
    }
    case 'webp':
      return rawInput(image)
        .webp({ quality: encoding.quality ?? PREVIEW_QUALITY, effort: WEBP_EFFORT })
        .toBuffer();
  }
};
