import sharp from 'sharp';
import { MM_PER_INCH } from '../../geometry/units.ts';
import type { Scene } from '../../scene/scene.ts';
import type { PixelsOf, RasterRequest } from './raster-request.ts';
import { renderPixels } from './render-pixels.ts';

/** Renders a scene into an LZW-compressed sRGB TIFF with its resolution: RGBA without a background, RGB with one. */
export const renderTiff = async (scene: Scene, request: RasterRequest, pixelsOf: PixelsOf, signal: AbortSignal): Promise<Uint8Array> => {
  const { widthPx, heightPx, rgba } = await renderPixels(scene, request, pixelsOf, signal);
  const picture = sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 }, limitInputPixels: false });
  const kept = request.background === null ? picture : picture.removeAlpha();
  // The encoder takes pixels per millimetre and writes them as inches.
  const resolution =
    request.dpi === undefined ? {} : { xres: request.dpi / MM_PER_INCH, yres: request.dpi / MM_PER_INCH, resolutionUnit: 'inch' as const };
  return kept
    .withIccProfile('srgb')
    .tiff({ compression: 'lzw', predictor: 'horizontal', ...resolution })
    .toBuffer();
};
