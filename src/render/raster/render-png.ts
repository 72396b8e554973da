import type { Scene } from '../../scene/scene.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import { pause } from './pause.ts';
import { openPngWriter, type PngSize } from './png-writer.ts';
import { type PixelsOf, type RasterRequest, requireRasterRequest } from './raster-request.ts';
import { StripPainter } from './strip-painter.ts';

export type PngRequest = RasterRequest & {
  /** Profile bytes to embed; without them the file says sRGB. The pixels are sRGB either way. */
  readonly icc?: Uint8Array;
  readonly size: PngSize;
};

/**
 * Renders a scene straight into a PNG file, strip by strip: RGBA without a background, RGB with one. Same scene and request, same bytes.
 * Rejects as `renderPixels` does.
 */
export const renderPng = async (scene: Scene, request: PngRequest, pixelsOf: PixelsOf, signal: AbortSignal): Promise<Uint8Array> => {
  requireRasterRequest(request);
  signal.throwIfAborted();
  const { widthPx, heightPx, dpi } = request;
  return withKernel(async (kernel) => {
    const painter = await StripPainter.prepare(kernel, scene, request, pixelsOf, signal);
    const channels = request.background === null ? 4 : 3;
    const writer = openPngWriter(kernel, { widthPx, heightPx, channels, dpi, icc: request.icc ?? null }, request.size);
    for (let strip = 0; strip < painter.stripCount; strip++) {
      await pause(signal);
      await writer.add(painter.paint(strip));
    }
    return writer.finish();
  });
};
