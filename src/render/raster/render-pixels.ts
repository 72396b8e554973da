import type { Scene } from '../../scene/scene.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import { pause } from './pause.ts';
import { type PixelsOf, type RasterRequest, requireRasterRequest } from './raster-request.ts';
import { StripPainter } from './strip-painter.ts';

/** Row-major straight RGBA8, sRGB, stride = widthPx * 4. */
export type RenderedPixels = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8Array };

/**
 * Renders the part of a scene that the request shows. Same scene and request, same bytes. Rejects with `Problem` for a request that makes
 * no sense and with the signal's reason when it is aborted.
 */
export const renderPixels = async (
  scene: Scene,
  request: RasterRequest,
  pixelsOf: PixelsOf,
  signal: AbortSignal,
): Promise<RenderedPixels> => {
  requireRasterRequest(request);
  signal.throwIfAborted();
  const { widthPx, heightPx } = request;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  await withKernel(async (kernel) => {
    const painter = await StripPainter.prepare(kernel, scene, request, pixelsOf, signal);
    for (let strip = 0; strip < painter.stripCount; strip++) {
      await pause(signal);
      const { address, stride, top, rows } = painter.paint(strip);
      kernel.calls.unpremultiply(address, widthPx * rows);
      rgba.set(kernel.bytes.subarray(address, address + stride * rows), top * stride);
    }
  });
  return { widthPx, heightPx, rgba };
};
