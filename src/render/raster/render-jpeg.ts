import sharp from 'sharp';
import type { Scene } from '../../scene/scene.ts';
import type { PixelsOf, RasterRequest } from './raster-request.ts';
import { renderPixels } from './render-pixels.ts';

/** `quality` is 1..100; from 90 on colour is kept at full resolution, as print wants it. */
export type JpegRequest = RasterRequest & { readonly quality: number };

const FULL_COLOUR_QUALITY = 90;
/**
 * Above this many pixels the encoder takes the standard code tables. Tables made for the picture save a tenth to a third of its bytes, and need the
 * whole of it as coefficients first: 11 bytes a pixel, a gigabyte for a garment on its roll, and three times the time.
 */
const OWN_TABLES_PX = 16_000_000;

/** Renders a scene into an sRGB JPEG with its resolution. JPEG has no transparency: without a background the paper is white. */
export const renderJpeg = async (scene: Scene, request: JpegRequest, pixelsOf: PixelsOf, signal: AbortSignal): Promise<Uint8Array> => {
  const { widthPx, heightPx, rgba } = await renderPixels(
    scene,
    { ...request, background: request.background ?? '#ffffff' },
    pixelsOf,
    signal,
  );
  const { dpi, quality } = request;
  const picture = sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 }, limitInputPixels: false }).withIccProfile('srgb');
  const withResolution = dpi === undefined ? picture : picture.withMetadata({ density: dpi });
  return withResolution
    .removeAlpha()
    .jpeg({
      quality,
      chromaSubsampling: quality >= FULL_COLOUR_QUALITY ? '4:4:4' : '4:2:0',
      optimiseCoding: widthPx * heightPx <= OWN_TABLES_PX,
    })
    .toBuffer();
};
