import sharp, { type Sharp } from 'sharp';
import { withKernel } from '../kernel/kernel-pool.ts';
import { openPngWriter } from './png-writer.ts';
import type { RenderedPixels } from './render-pixels.ts';
import { STRIP_ROWS } from './strip-edges.ts';

/** File formats for pictures on a screen; print files come from renderPng, renderJpeg and renderTiff. `quality` is 1..100. */
export type PreviewEncoding =
  | { readonly format: 'png'; readonly dpi?: number }
  | { readonly format: 'jpeg'; readonly quality?: number; readonly background?: string }
  | { readonly format: 'webp'; readonly quality?: number }
  | { readonly format: 'avif'; readonly quality?: number };

export type PreviewFormat = PreviewEncoding['format'];

/** Ending and media type of each format. */
export const PREVIEW_FORMATS: Readonly<Record<PreviewFormat, { readonly ending: string; readonly mediaType: string }>> = {
  jpeg: { ending: 'jpg', mediaType: 'image/jpeg' },
  webp: { ending: 'webp', mediaType: 'image/webp' },
  png: { ending: 'png', mediaType: 'image/png' },
  avif: { ending: 'avif', mediaType: 'image/avif' },
};

export const PREVIEW_QUALITY = 85;
/** WebP effort 2 reaches the size of the default 4 for half the work. */
const WEBP_EFFORT = 2;
/** On pictures of products this is nearer than WebP of the same size; each further effort doubles the time for a tenth fewer bytes. */
const AVIF_QUALITY = 60;
const AVIF_EFFORT = 0;

/** RGBA pixels as words; every machine Node runs on that we know stores the lowest byte, red, first. */
const wordsOf = (rgba: Uint8Array): Uint32Array => {
  const aligned = rgba.byteOffset % 4 === 0 ? rgba : Uint8Array.from(rgba);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
};

/** Whether every pixel covers what lies below. */
export const isOpaque = (rgba: Uint8Array): boolean => {
  const words = wordsOf(rgba);
  for (let i = 0; i < words.length; i += 1) if ((words[i] ?? 0) >>> 24 !== 255) return false;
  return true;
};

/** Writes the colours of RGBA pixels into `rgb`, three bytes each: four pixels make three words, a third of the time of single bytes. */
export const copyColours = (rgba: Uint8Array, rgb: Uint8Array): void => {
  const from = wordsOf(rgba);
  const quads = rgb.byteOffset % 4 === 0 ? from.length >> 2 : 0;
  const to = new Uint32Array(quads > 0 ? rgb.buffer : new ArrayBuffer(0), quads > 0 ? rgb.byteOffset : 0, quads * 3);
  for (let i = 0, at = 0; i < quads * 4; i += 4, at += 3) {
    const b = from[i + 1] ?? 0;
    const c = from[i + 2] ?? 0;
    const d = from[i + 3] ?? 0;
    to[at] = ((from[i] ?? 0) & 0xffffff) | (b << 24);
    to[at + 1] = ((b >>> 8) & 0xffff) | (c << 16);
    to[at + 2] = ((c >>> 16) & 0xff) | (d << 8);
  }
  for (let i = quads * 4; i < from.length; i += 1) {
    const word = from[i] ?? 0;
    rgb[i * 3] = word & 255;
    rgb[i * 3 + 1] = (word >>> 8) & 255;
    rgb[i * 3 + 2] = (word >>> 16) & 255;
  }
};

/** The colours alone when the picture is opaque. */
const coloursOf = (rgba: Uint8Array): Uint8Array | null => {
  if (!isOpaque(rgba)) return null;
  const rgb = new Uint8Array((rgba.length >> 2) * 3);
  copyColours(rgba, rgb);
  return rgb;
};

/** Opaque pictures go without alpha: fewer bytes, less work, and JPEG needs no ground. */
const rawInput = (image: RenderedPixels): Sharp => {
  const rgb = coloursOf(image.rgba);
  const raw = { width: image.widthPx, height: image.heightPx, channels: rgb ? 3 : 4 } as const;
  return sharp(rgb ?? image.rgba, { raw, limitInputPixels: false });
};

const encodePng = ({ widthPx, heightPx, rgba }: RenderedPixels, dpi: number | undefined): Promise<Uint8Array> =>
  withKernel(async (kernel) => {
    const stride = widthPx * 4;
    const address = kernel.reserve(stride * STRIP_ROWS);
    const channels = isOpaque(rgba) ? 3 : 4;
    const writer = openPngWriter(kernel, { widthPx, heightPx, channels, dpi, icc: null }, 'fast', 'straight');
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
      return encodePng(image, encoding.dpi);
    case 'jpeg': {
      const quality = encoding.quality ?? PREVIEW_QUALITY;
      const flat = rawInput(image).flatten({ background: encoding.background ?? '#ffffff' });
      return flat.jpeg({ quality, optimiseCoding: false }).toBuffer();
    }
    case 'webp':
      return rawInput(image)
        .webp({ quality: encoding.quality ?? PREVIEW_QUALITY, effort: WEBP_EFFORT })
        .toBuffer();
    case 'avif':
      return rawInput(image)
        .avif({ quality: encoding.quality ?? AVIF_QUALITY, effort: AVIF_EFFORT })
        .toBuffer();
  }
};
