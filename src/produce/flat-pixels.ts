import { rectOf } from '../geometry/point.ts';
import { flatProof } from '../mockup/index.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { articleColourOf } from './article-colour.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepared.ts';

/** The flat picture of one placement: its art on the article's colour, cut at the trim. As high as its proportions ask unless told. */
export const flatPixels = async (
  { scene, method, settings }: PlannedPlacement,
  { resolved, context }: Prepared,
  widthPx: number,
  heightPx = Math.max(1, Math.round((widthPx * scene.area.heightMm) / scene.area.widthMm)),
): Promise<PixelImage> => {
  const request = { region: rectOf(0, 0, scene.area.widthMm, scene.area.heightMm), widthPx, heightPx };
  const colour = articleColourOf(resolved.product, resolved.spec.variant) ?? '#ffffff';
  return flatProof(await method.appearance(scene, settings, request, context), request, scene.area, colour, context.signal);
};
