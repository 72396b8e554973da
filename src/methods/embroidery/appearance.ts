import type { Appearance, AppearanceRequest } from '../../render/appearance.ts';
import { stitchRelief } from '../../render/stitches/stitch-relief.ts';
import type { Scene } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { raisedOnFoam } from './foam.ts';
import { patchAppearance } from './patch-look.ts';
import { patchesOf } from './patches.ts';
import type { EmbroiderySettings } from './settings.ts';
import { sewScene } from './sew-scene.ts';

/** The very stitches of the machine files, as thread that stands up from the cloth and glistens across its course; patches beneath it. */
export const embroideryAppearance = async (
  scene: Scene,
  settings: EmbroiderySettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const { plan, regions } = await sewScene(scene, settings, context);
  const patches = patchesOf(regions);
  if (patches.length > 0) return patchAppearance({ scene, plan, patches }, request, context);
  const look = await stitchRelief(plan, request, context.signal);
  return [settings.puff ? raisedOnFoam(look) : look];
};
