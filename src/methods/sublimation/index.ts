import type { Method } from '../method.ts';
import { flatAppearance } from '../region.ts';
import { checkSublimation } from './check.ts';
import { makeSublimation } from './make.ts';
import { type SublimationSettings, sublimationSettings } from './settings.ts';

/** Dye sublimation: ink printed on transfer paper, gassed into polyester or a coated blank under heat. */
export const sublimation: Method<SublimationSettings> = {
  id: 'sublimation',
  title: 'Sublimation',
  summary: 'Full-bleed sRGB picture, mirrored when the floor wants it.',
  bleeds: true,
  takes: 'anything',
  settings: sublimationSettings,
  check: checkSublimation,
  needs: ({ panels }) => ({ profiles: [], lettering: panels !== undefined }),
  make: makeSublimation,
  appearance: (scene, _settings, request, context) => flatAppearance(scene, 'dye', request, context),
};
