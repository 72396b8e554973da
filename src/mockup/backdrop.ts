import sharp from 'sharp';
import { rectPath } from '../geometry/path.ts';
import { rectOf } from '../geometry/point.ts';
import type { PaintInput } from '../model/paint.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import { paintOf } from '../scene/paint.ts';
import { sheetScene } from '../scene/sheet-scene.ts';
import type { PlaneSize } from './resize-plane.ts';
import type { ZoneTexture } from './zone-texture.ts';

/** What stands behind the product instead of one colour; `blurShare` is the blur's radius as a share of the picture's longer side. */
export type Backdrop =
  | { readonly kind: 'paint'; readonly paint: PaintInput }
  | { readonly kind: 'picture'; readonly picture: PixelImage; readonly blurShare: number };

/** A blur radius holds most of the weight of a Gaussian of half its width. */
const SIGMA = 0.5;
const LEAST_SIGMA = 0.3;

const painted = async (paint: PaintInput, { widthPx, heightPx }: PlaneSize, signal: AbortSignal): Promise<Uint8Array> => {
  const box = rectOf(0, 0, widthPx, heightPx);
  const scene = sheetScene(
    [{ kind: 'path', pointer: '', path: rectPath(box), fillRule: 'nonzero', fill: paintOf(paint, box), stroke: null }],
    widthPx,
    heightPx,
  );
  const noPictures = (digest: string): never => {
    throw new RangeError(`expected a backdrop without pictures, got ${digest}`);
  };
  const request = { widthPx, heightPx, region: box, background: '#ffffff', mirror: false };
  const { rgba } = await renderPixels(scene, request, noPictures, signal);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < rgb.length; i += 1) rgb[i] = rgba[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
  return rgb;
};

/** Fills the size from the middle of the picture; what is clear in it shows white. */
const covered = async (picture: PixelImage, blurShare: number, { widthPx, heightPx }: PlaneSize): Promise<Uint8Array> => {
  const raw = { width: picture.widthPx, height: picture.heightPx, channels: 4 } as const;
  const filled = sharp(picture.rgba, { raw, limitInputPixels: false })
    .flatten({ background: '#ffffff' })
    .resize(widthPx, heightPx, { fit: 'cover', position: 'centre' });
  const sigma = blurShare * Math.max(widthPx, heightPx) * SIGMA;
  return (sigma < LEAST_SIGMA ? filled : filled.blur(sigma)).raw().toBuffer();
};

/** sRGB bytes as the square roots of light that textures hold. */
const ROOTS = Uint8Array.from({ length: 256 }, (_, i) => {
  const v = i / 255;
  return Math.round(255 * Math.sqrt(v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
});

/**
 * A backdrop for pictures of one size, as the texture of a white background zone: the view's light and shadow fall on it.
 * @throws the signal's reason once it is aborted
 */
export const backdropTexture = async (backdrop: Backdrop, size: PlaneSize, signal: AbortSignal): Promise<ZoneTexture> => {
  const rgb =
    backdrop.kind === 'paint' ? await painted(backdrop.paint, size, signal) : await covered(backdrop.picture, backdrop.blurShare, size);
  signal.throwIfAborted();
  for (let i = 0; i < rgb.length; i += 1) rgb[i] = ROOTS[rgb[i] ?? 0] ?? 0;
  return { window: { x: 0, y: 0, ...size }, pattern: { bytes: rgb, max: 1 } };
};
