import type { Palette } from '../../model/palette.ts';
import { stitchRegions } from '../../render/stitches/stitch-regions.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import type { StitchRegion } from '../../stitch/region.ts';
import { patchChooser, withPatches } from './patches.ts';
import type { EmbroiderySettings } from './settings.ts';
import { threadChooser } from './threads.ts';

/** Nodes of a scene as areas for the digitiser, in threads of the shop, those of cloth marked. Pictures are traced. @throws Problem `swatch.unknown` */
export const artRegions = (
  scene: Scene,
  nodes: readonly SceneNode[],
  settings: EmbroiderySettings,
  palette: Palette,
): readonly StitchRegion[] => {
  const find = threadChooser(palette, settings);
  const { stitch, angleDeg = null } = settings;
  const { regions } = stitchRegions({ ...scene, nodes }, { threadOf: (colour) => find(colour).thread, stitch, angleDeg });
  return withPatches(regions, patchChooser(settings, palette));
};
