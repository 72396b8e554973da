import sharp from 'sharp';
import { MM_PER_INCH } from '../../geometry/units.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import type { Plane } from '../plates/plane.ts';
import { pause } from '../raster/pause.ts';
import { openPngWriter, type PngSize } from '../raster/png-writer.ts';
import type { RenderedPixels } from '../raster/render-pixels.ts';
import { STRIP_ROWS } from '../raster/strip-edges.ts';
import { MaskPng } from './mask-png.ts';

/** Straight RGBA pixels as an sRGB PNG with its resolution, alpha always kept. Rejects with the signal's reason. */
export const writeArtPng = (
  { widthPx, heightPx, rgba }: RenderedPixels,
  dpi: number,
  size: PngSize,
  signal: AbortSignal,
): Promise<Uint8Array> =>
  withKernel(async (kernel) => {
    const stride = widthPx * 4;
    const address = kernel.reserve(stride * STRIP_ROWS);
    const writer = openPngWriter(kernel, { widthPx, heightPx, channels: 4, dpi, icc: null }, size, 'straight');
    for (let top = 0; top < heightPx; top += STRIP_ROWS) {
      await pause(signal);
      const rows = Math.min(STRIP_ROWS, heightPx - top);
      kernel.bytes.set(rgba.subarray(top * stride, (top + rows) * stride), address);
      await writer.add({ address, stride, top, rows });
    }
    return writer.finish();
  });

/** Straight RGBA pixels as an LZW-compressed sRGB TIFF with alpha and resolution. */
export const writeArtTiff = ({ widthPx, heightPx, rgba }: RenderedPixels, dpi: number): Promise<Uint8Array> =>
  sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 }, limitInputPixels: false })
    .withIccProfile('srgb')
    // The encoder takes pixels per millimetre and writes them as inches.
    .tiff({ compression: 'lzw', predictor: 'horizontal', xres: dpi / MM_PER_INCH, yres: dpi / MM_PER_INCH, resolutionUnit: 'inch' })
    .toBuffer();

/** A plane of white as an 8-bit grey PNG with its resolution: white is where white ink goes, black is none. Rejects with the signal's reason. */
export const writeWhitePng = async ({ widthPx, heightPx, dpi, data }: Plane, signal: AbortSignal): Promise<Uint8Array> => {
  const file = new MaskPng({ widthPx, heightPx, dpi });
  const rows = STRIP_ROWS * 4;
  for (let top = 0; top < heightPx; top += rows) {
    await pause(signal);
    await file.add(data.subarray(top * widthPx, Math.min(heightPx, top + rows) * widthPx));
  }
  return file.finish();
};
