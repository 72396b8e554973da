import type { Method } from '../method.ts';
import { engravingAppearance } from './appearance.ts';
import { checkEngraving } from './check.ts';
import { makeEngraving } from './make.ts';
import { type EngravingSettings, engravingSettings } from './settings.ts';

/** Laser engraving and cutting: wood, metal, leather, glass, acrylic, stone. */
export const engraving: Method<EngravingSettings> = {
  id: 'engraving',
  title: 'Engraving',
  summary: 'Outlines by layer (engrave, score, cut) in true millimetres, and dots at machine resolution for pictures.',
  bleeds: false,
  takes: 'tones',
  settings: engravingSettings,
  check: checkEngraving,
  needs: () => ({ profiles: [], lettering: false }),
  make: makeEngraving,
  appearance: engravingAppearance,
};
