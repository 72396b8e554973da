import type { Method } from '../method.ts';
import { embroideryAppearance } from './appearance.ts';
import { checkEmbroidery } from './check.ts';
import { makeEmbroidery } from './make.ts';
import { type EmbroiderySettings, embroiderySettings } from './settings.ts';

/** Thread sewn by a machine with many needles: satin columns, filled areas and lines. */
export const embroidery: Method<EmbroiderySettings> = {
  id: 'embroidery',
  title: 'Embroidery',
  summary: 'Machine files (DST, PES, JEF, EXP, VP3, XXX) of text and flat art, a run sheet, and a picture of the stitches at true size.',
  bleeds: false,
  takes: 'solid',
  sews: true,
  settings: embroiderySettings,
  check: checkEmbroidery,
  needs: ({ palette, sheets }) => ({ profiles: [], lettering: sheets.includes('run-sheet'), palettes: [palette] }),
  make: makeEmbroidery,
  appearance: embroideryAppearance,
};
