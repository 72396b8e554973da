import type { Scene } from '../../scene/scene.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import { pause } from './pause.ts';
import type { KeptPictures } from './picture-shelf.ts';
import { type PixelsOf, type RasterRequest, requireRasterRequest } from './raster-request.ts';
import { STRIP_ROWS } from './strip-edges.ts';
import { StripPainter } from './strip-painter.ts';

/** Row-major straight RGBA8, sRGB, stride = widthPx * 4. */
export type RenderedPixels = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8Array };

/** Rows of a picture, `from` up to but not including `to`. */
export type RowRange = { readonly from: number; readonly to: number };

export type RenderOptions = {
  /** Where pictures that were made ready are kept from render to render. */
  readonly pictures?: KeptPictures | undefined;
  /** An earlier render of the same request, from which this one differs in these rows at most: it is painted over. */
  readonly again?: { readonly pixels: RenderedPixels; readonly rows: RowRange } | undefined;
};

/**
 * Renders the part of a scene that the request shows. Same scene and request, same bytes. Rejects with `Problem` for a request that makes
 * no sense and with the signal's reason when it is aborted.
 */
export const renderPixels = async (
  scene: Scene,
  request: RasterRequest,
  pixelsOf: PixelsOf,
  signal: AbortSignal,
  { pictures, again }: RenderOptions = {},
): Promise<RenderedPixels> => {
  requireRasterRequest(request);
  signal.throwIfAborted();
  const { widthPx, heightPx } = request;
  const rows = again?.rows ?? { from: 0, to: heightPx };
  // Strips are painted whole: what is needed of pictures and outlines is settled by the strips.
  const strips = { from: Math.floor(rows.from / STRIP_ROWS), to: Math.ceil(rows.to / STRIP_ROWS) };
  const rgba = again?.pixels.rgba ?? new Uint8Array(widthPx * heightPx * 4);
  await withKernel(async (kernel) => {
    const shown = { from: strips.from * STRIP_ROWS, to: strips.to * STRIP_ROWS };
    const painter = await StripPainter.prepare(kernel, scene, request, pixelsOf, signal, { pictures, rows: shown });
    for (let strip = strips.from; strip < strips.to; strip++) {
      await pause(signal);
      const painted = painter.paint(strip);
      const { address, stride, top } = painted;
      kernel.calls.unpremultiply(address, widthPx * painted.rows);
      rgba.set(kernel.bytes.subarray(address, address + stride * painted.rows), top * stride);
    }
  });
  return { widthPx, heightPx, rgba };
};
