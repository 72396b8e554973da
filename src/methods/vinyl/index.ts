import type { Method } from '../method.ts';
import { vinylAppearance } from './appearance.ts';
import { checkVinyl } from './check.ts';
import { makeVinyl } from './make.ts';
import { type VinylSettings, vinylSettings } from './settings.ts';

/** Coloured film and cloth, cut along outlines: pressed on, stuck on or sewn on. */
export const vinyl: Method<VinylSettings> = {
  id: 'vinyl',
  title: 'Cut vinyl and twill',
  summary: 'Cut files of each layer at true size (SVG, DXF, HP-GL), mirrored for heat transfer.',
  bleeds: false,
  takes: 'solid',
  settings: vinylSettings,
  check: checkVinyl,
  needs: ({ palette, labels }) => ({ profiles: [], lettering: labels, palettes: [palette] }),
  make: makeVinyl,
  appearance: vinylAppearance,
};
