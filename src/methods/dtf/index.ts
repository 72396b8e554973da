import type { Method } from '../method.ts';
import { dtfAppearance } from './appearance.ts';
import { checkDtf } from './check.ts';
import { makeDtf } from './make.ts';
import { type DtfSettings, dtfSettings } from './settings.ts';

/** Direct to film: colour and white printed onto film, powdered with glue and pressed onto cloth. */
export const dtf: Method<DtfSettings> = {
  id: 'dtf',
  title: 'Direct to film',
  summary: 'Transparent sRGB picture at exact pixel size with a plate of choked white.',
  bleeds: false,
  takes: 'anything',
  settings: dtfSettings,
  check: checkDtf,
  needs: () => ({ profiles: [], lettering: false }),
  make: makeDtf,
  appearance: dtfAppearance,
};
