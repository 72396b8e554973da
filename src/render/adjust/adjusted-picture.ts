import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageAdjustment, RasterNode } from '../../scene/scene.ts';
import { adjustmentSteps } from './apply-adjustments.ts';
import type { PixelImage } from './pixel-image.ts';
import { shrinkSteps } from './shrink.ts';

/**
 * The longer side is never shrunk below this before adjusting. Small previews then come from the very pixels of larger ones, and hard
 * edges (threshold, line-art, dots) are smoothed when the result is shrunk further.
 */
const LEAST_SIDE_PX = 2000;

export type PixelSize = { readonly widthPx: number; readonly heightPx: number };

/**
 * The size at which a picture is adjusted: what its placement can show, never more than the picture has. `shown` is how many pixels the
 * node's source window covers along its two sides. Both sides shrink alike, so that round dots stay round on stretched pictures too.
 */
export const adjustedSize = (
  { image, source }: Pick<RasterNode, 'image' | 'source'>,
  shown: { readonly width: number; readonly height: number },
): PixelSize => {
  const { widthPx, heightPx } = image;
  const least = LEAST_SIDE_PX / Math.max(widthPx, heightPx);
  const scale = Math.max(shown.width / source.width, shown.height / source.height, least);
  if (!(scale < 1)) return { widthPx, heightPx };
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) };
};

/**
 * The whole picture shrunk to `size` (see `adjustedSize`), then adjusted in order. Adjustments are defined relative to the picture's size,
 * so the result looks alike at any size. Lets other work have its turn every few milliseconds; rejects with the reason of `signal` once
 * that is aborted, and with Problem 'adjust.colour' as `applyAdjustments`. Never writes into `image`.
 */
export const adjustedPicture = async (
  image: PixelImage,
  adjust: readonly ImageAdjustment[],
  size: PixelSize,
  signal: AbortSignal,
): Promise<PixelImage> => {
  const small = await finish(shrinkSteps(image, size), signal);
  return finish(adjustmentSteps(small, adjust), signal);
};

const finish = async <T>(steps: Generator<undefined, T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    signal.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
};
