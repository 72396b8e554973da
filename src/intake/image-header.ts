import { Problem } from '../model/problem.ts';
import type { ImageHeader } from './headers/image-header.ts';
import { type JpegHeader, readJpegHeader } from './headers/jpeg-header.ts';
import { readPngHeader } from './headers/png-header.ts';
import { readTiffHeader } from './headers/tiff-header.ts';
import { readWebpHeader } from './headers/webp-header.ts';
import type { ImageLimits } from './image-limits.ts';
import { type ContentKind, sniff } from './sniff.ts';

export const ACCEPTED_IMAGES = 'a PNG, JPEG, WebP or TIFF picture';

const KIND_NAMES: Partial<Record<ContentKind, string>> = {
  svg: 'an SVG drawing',
  svgz: 'a compressed SVG drawing',
  pdf: 'a PDF document',
  html: 'a web page',
  zip: 'a ZIP archive or office document',
  heif: 'a HEIF photo',
  avif: 'an AVIF picture',
  gif: 'a GIF picture',
  stitches: 'a machine file of stitches',
  executable: 'a program',
};

const HINTS: Partial<Record<ContentKind, string>> = {
  svg: 'Place vector art with a drawing layer.',
  svgz: 'Place vector art with a drawing layer.',
  heif: 'Export the photo as JPEG; phones offer this as "most compatible".',
  avif: 'Export the picture as PNG or JPEG.',
  gif: 'Export the picture as PNG.',
  stitches: 'Place machine files with a layer of type "stitches".',
  pdf: 'Export the page as SVG with outlined text, or as PNG at 300 dpi.',
};

export const nameOfKind = (kind: ContentKind | null): string =>
  kind ? (KIND_NAMES[kind] ?? `a ${kind.toUpperCase()} file`) : 'an unknown kind of file';

export const isJpegHeader = (header: ImageHeader): header is JpegHeader => header.format === 'jpeg';

const readAs = (kind: ContentKind | null, bytes: Uint8Array, limits: ImageLimits): ImageHeader => {
  switch (kind) {
    case 'png':
      return readPngHeader(bytes);
    case 'jpeg':
      return readJpegHeader(bytes);
    case 'webp':
      return readWebpHeader(bytes);
    case 'tiff':
      return readTiffHeader(bytes, limits.maxFrames);
    default:
      throw new Problem('image.format', `expected ${ACCEPTED_IMAGES}, got ${nameOfKind(kind)}`, { hint: kind ? HINTS[kind] : undefined });
  }
};

const megapixels = (pixels: number): string => `${(pixels / 1e6).toFixed(pixels < 1e7 ? 1 : 0)} megapixels`;

const tooLarge = (message: string): Problem =>
  new Problem('image.too-large', message, { hint: 'Save the picture at the size it is printed at, 300 pixels per inch.' });

const checkSize = ({ widthPx, heightPx, frames }: ImageHeader, limits: ImageLimits): void => {
  if (widthPx < 1 || heightPx < 1)
    throw new Problem('image.corrupt', `expected a picture of at least 1 x 1 pixels, got ${widthPx} x ${heightPx}`);
  if (widthPx > limits.maxSidePx || heightPx > limits.maxSidePx)
    throw tooLarge(`expected at most ${limits.maxSidePx} pixels a side for a picture, got ${widthPx} x ${heightPx}`);
  if (widthPx * heightPx > limits.maxPixels)
    throw tooLarge(
      `expected at most ${megapixels(limits.maxPixels)} for a picture, got ${megapixels(widthPx * heightPx)} (${widthPx} x ${heightPx})`,
    );
  if (frames > limits.maxFrames)
    throw new Problem('image.too-many-frames', `expected at most ${limits.maxFrames} frames or pages for a picture, got more`, {
      hint: 'Send the one frame that is to be printed.',
    });
};

/**
 * The header of an untrusted picture, checked against `limits` before anything is decoded; costs one pass over the bytes at most.
 * Throws Problem 'image.empty', 'image.format', 'image.too-large', 'image.too-many-frames' or 'image.corrupt'.
 */
export const readImageHeader = (bytes: Uint8Array, limits: ImageLimits): ImageHeader => {
  if (bytes.length === 0) throw new Problem('image.empty', `expected ${ACCEPTED_IMAGES}, got an empty file`);
  if (bytes.length > limits.maxBytes) throw tooLarge(`expected a picture file of at most ${limits.maxBytes} bytes, got ${bytes.length}`);
  try {
    const header = readAs(sniff(bytes), bytes, limits);
    checkSize(header, limits);
    return header;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('image.corrupt', `expected a whole picture file, got a damaged or cut-off one (${error.message})`, {
      hint: 'Save or upload the picture again.',
      cause: error,
    });
  }
};
