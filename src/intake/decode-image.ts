import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { Problem } from '../model/problem.ts';
import type { DecodedImage, JpegStream } from '../model/resources.ts';
import type { ImageHeader } from './headers/image-header.ts';
import { iccFault } from './icc-check.ts';
import { isJpegHeader, readImageHeader } from './image-header.ts';
import { DEFAULT_IMAGE_LIMITS, type ImageLimits } from './image-limits.ts';
import { upright } from './upright.ts';

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Pixels = { readonly rgba: Uint8Array; readonly widthPx: number; readonly heightPx: number; readonly hasAlpha: boolean };

/** 'error' refuses cut-off and damaged data; the looser levels would print half a photo. */
const decodePixels = async (bytes: Uint8Array, limits: ImageLimits): Promise<Pixels> => {
  const picture = sharp(bytes, { failOn: 'error', limitInputPixels: limits.maxPixels, sequentialRead: true, unlimited: false, pages: 1 });
  const { hasAlpha } = await picture.metadata();
  const { data, info } = await picture.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 4) throw new Error(`expected 4 channels after decoding, got ${info.channels}`);
  return { rgba: new Uint8Array(data.buffer, data.byteOffset, data.length), widthPx: info.width, heightPx: info.height, hasAlpha };
};

/** Many programs write an alpha channel that is opaque everywhere; what counts is whether anything shows through. */
const showsThrough = (rgba: Uint8Array): boolean => {
  for (let p = 3; p < rgba.length; p += 4) if (rgba[p] !== 255) return true;
  return false;
};

type Decoded = { readonly pixels: Pixels; readonly usedIcc: boolean; readonly warnings: readonly string[] };

const asSrgb = (reason: string): string =>
  `The colour profile in the picture was ignored because ${reason}; standard colours (sRGB) were assumed.`;

const corrupt = (error: unknown): Problem => {
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new Problem('image.corrupt', `expected a picture that decodes without errors, got "${said}"`, {
    hint: 'Open the picture in an editor and save it again.',
    cause: error,
  });
};

/** Decodes with the profile when it looks sound; when that fails, once more without it, so that a bad profile never loses a good picture. */
const decodeColours = async (header: ImageHeader, limits: ImageLimits): Promise<Decoded> => {
  const fault = header.icc ? iccFault(header.icc, header.model) : null;
  const warnings = fault ? [asSrgb(fault)] : [];
  if (header.icc && !fault) {
    try {
      return { pixels: await decodePixels(header.clean(true), limits), usedIcc: true, warnings };
    } catch {
      warnings.push(asSrgb('it could not be applied'));
    }
  }
  try {
    return { pixels: await decodePixels(header.clean(false), limits), usedIcc: false, warnings };
  } catch (error) {
    throw corrupt(error);
  }
};

/** A PDF may carry 8-bit Huffman JPEG with 1, 3 or 4 components, and reads it with the same colour transform as we did. */
const jpegStreamOf = (header: ImageHeader, usedIcc: boolean): JpegStream | null => {
  if (!isJpegHeader(header) || header.precision !== 8 || header.arithmetic || header.rgbById) return null;
  const { components } = header;
  if (components !== 1 && components !== 3 && components !== 4) return null;
  return {
    bytes: header.clean(false),
    widthPx: header.widthPx,
    heightPx: header.heightPx,
    components,
    orientation: header.orientation,
    inverted: components === 4 && header.adobe,
    icc: usedIcc ? header.icc : null,
  };
};

const warningsOf = (header: ImageHeader, usedIcc: boolean): string[] => [
  ...(header.frames > 1 ? [`The picture has ${header.frames} frames or pages; only the first is used.`] : []),
  ...(header.model === 'cmyk' && !usedIcc
    ? ['The picture is CMYK without a usable colour profile; a generic press profile was assumed.']
    : []),
];

/**
 * Decodes an untrusted picture to upright sRGB: PNG, JPEG, WebP or TIFF, told by content. Profiles are applied (a broken one is ignored with a
 * warning), metadata is dropped, of several frames the first is used. Memory is about 10 bytes a pixel: run it in the sandbox for files
 * from outside. Throws the Problems of `readImageHeader`, and 'image.corrupt' when the pixels do not decode.
 */
export const decodeImage = async (bytes: Uint8Array, limits: ImageLimits = DEFAULT_IMAGE_LIMITS): Promise<DecodedImage> => {
  const header = readImageHeader(bytes, limits);
  const { pixels, usedIcc, warnings } = await decodeColours(header, limits);
  if (pixels.widthPx !== header.widthPx || pixels.heightPx !== header.heightPx)
    throw corrupt(`a size of ${pixels.widthPx} x ${pixels.heightPx} where the header says ${header.widthPx} x ${header.heightPx}`);
  return {
    digest: sha256Hex(bytes),
    ...upright(pixels.rgba, pixels.widthPx, pixels.heightPx, header.orientation),
    hasAlpha: pixels.hasAlpha && showsThrough(pixels.rgba),
    jpeg: jpegStreamOf(header, usedIcc),
    warnings: [...warnings, ...warningsOf(header, usedIcc)],
  };
};
