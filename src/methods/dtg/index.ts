import type { Method } from '../method.ts';
import { flatAppearance } from '../region.ts';
import { checkDtg } from './check.ts';
import { makeDtg } from './make.ts';
import { type DtgSettings, dtgSettings } from './settings.ts';

/** Direct to garment: water-based ink jetted onto cloth, white underbase laid by the printer. */
export const dtg: Method<DtgSettings> = {
  id: 'dtg',
  title: 'Direct to garment',
  summary: 'Transparent sRGB PNG at the exact pixel size of the print area.',
  bleeds: false,
  takes: 'anything',
  settings: dtgSettings,
  check: checkDtg,
  needs: () => ({ profiles: [], lettering: false }),
  make: makeDtg,
  appearance: (scene, _settings, request, context) => flatAppearance(scene, 'ink', request, context),
};
