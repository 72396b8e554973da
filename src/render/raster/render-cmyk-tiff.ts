import { openTransform } from '../../colour/icc.ts';
import type { Scene } from '../../scene/scene.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import { CmykTiffWriter } from './cmyk-tiff.ts';
import { pause } from './pause.ts';
import { type PixelsOf, type RasterRequest, requireRasterRequest } from './raster-request.ts';
import { STRIP_ROWS } from './strip-edges.ts';
import { StripPainter } from './strip-painter.ts';

export type CmykTiffRequest = RasterRequest & {
  /** Bytes of the CMYK output profile; converted to and embedded. */
  readonly icc: Uint8Array;
  /** Largest sum of the four inks (3 is 300 %); absent means what the profile does. */
  readonly maxInk?: number;
};

/**
 * Renders a scene into a CMYK TIFF through an output profile (relative colorimetric with black point compensation). There is no
 * transparency: without a background the paper is white. Mixing happens in sRGB, the inks come last. Throws RangeError for bytes that
 * are no CMYK profile; otherwise rejects as `renderPixels` does.
 */
export const renderCmykTiff = async (
  scene: Scene,
  request: CmykTiffRequest,
  pixelsOf: PixelsOf,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  requireRasterRequest(request);
  signal.throwIfAborted();
  const { widthPx, heightPx, dpi, icc, maxInk } = request;
  const toInks = await openTransform('srgb', icc, 'relative', { blackPointCompensation: true, maxInk });
  try {
    if (toInks.destinationChannels !== 4) {
      throw new RangeError(`expected a CMYK profile for a CMYK TIFF, got one with ${toInks.destinationChannels} channels`);
    }
    const writer = new CmykTiffWriter({ widthPx, heightPx, dpi, rowsPerStrip: STRIP_ROWS, icc });
    await withKernel(async (kernel) => {
      const onPaper = { ...request, background: request.background ?? '#ffffff' };
      const painter = await StripPainter.prepare(kernel, scene, onPaper, pixelsOf, signal);
      for (let strip = 0; strip < painter.stripCount; strip++) {
        await pause(signal);
        const { address, stride, rows } = painter.paint(strip);
        writer.add(toInks.rgba(kernel.bytes.subarray(address, address + stride * rows)));
      }
    });
    return writer.finish();
  } finally {
    toInks.dispose();
  }
};
