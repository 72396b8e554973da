import type { Appearance, AppearanceRequest } from '../../render/appearance.ts';
import { pause } from '../../render/raster/pause.ts';
import { stitchRelief } from '../../render/stitches/stitch-relief.ts';
import type { Scene } from '../../scene/scene.ts';
import { digitize } from '../../stitch/digitize.ts';
import type { MakeContext } from '../method.ts';
import { digitizeOptions } from './digitizing.ts';
import type { EmbroiderySettings } from './settings.ts';
import { stitchArt } from './stitch-art.ts';

/** The very stitches of the machine files, as thread that stands up from the cloth and glistens across its course. */
export const embroideryAppearance = async (
  scene: Scene,
  settings: EmbroiderySettings,
  request: AppearanceRequest,
  { palette, signal }: MakeContext,
): Promise<readonly Appearance[]> => {
  await pause(signal);
  const { regions } = stitchArt(scene, settings, palette(settings.palette));
  const { plan } = digitize(regions, digitizeOptions(settings, signal));
  return [await stitchRelief(plan, request, signal)];
};
