import type { Method } from '../method.ts';
import { screenPrintAppearance } from './appearance.ts';
import { checkScreenPrint } from './check.ts';
import { makeScreenPrint } from './make.ts';
import { type ScreenPrintSettings, screenPrintSettings } from './settings.ts';

/** Screen print: one stencil for each ink, even areas and dots. */
export const screenPrint: Method<ScreenPrintSettings> = {
  id: 'screen-print',
  title: 'Screen print',
  summary: 'One 1-bit plate for each ink with registration marks, separations as PDF, and an ink list.',
  bleeds: false,
  takes: 'solid',
  settings: screenPrintSettings,
  check: checkScreenPrint,
  needs: ({ palette }) => ({ profiles: [], lettering: true, palettes: [palette] }),
  make: makeScreenPrint,
  appearance: screenPrintAppearance,
};
