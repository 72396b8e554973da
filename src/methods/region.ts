import { inflate, type Rect, rectOf } from '../geometry/point.ts';
import { pixelsFor } from '../geometry/units.ts';
import type { Appearance, AppearanceRequest } from '../render/appearance.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import type { Scene, SceneArea } from '../scene/scene.ts';
import type { MakeContext } from './method.ts';

export const trimRegion = (area: SceneArea): Rect => rectOf(0, 0, area.widthMm, area.heightMm);

export const bleedRegion = (area: SceneArea): Rect => inflate(trimRegion(area), area.bleedMm);

/** Pixel size of a region at a resolution. */
export const canvasOf = (region: Rect, dpi: number): { readonly widthPx: number; readonly heightPx: number } => ({
  widthPx: pixelsFor(region.width, dpi),
  heightPx: pixelsFor(region.height, dpi),
});

/** The art of a scene as it is, seen flat: what plain ink, dye or paper print looks like. */
export const flatAppearance = async (
  scene: Scene,
  process: Appearance['process'],
  request: AppearanceRequest,
  { picture, signal, renders }: MakeContext,
): Promise<readonly Appearance[]> => {
  const asked = { ...request, background: null, mirror: false };
  const { rgba } = await (renders ? renders.render(scene, asked, picture, signal) : renderPixels(scene, asked, picture, signal));
  return [{ process, ...request, rgba }];
};
