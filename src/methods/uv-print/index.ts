import type { Method } from '../method.ts';
import { uvPrintAppearance } from './appearance.ts';
import { checkUvPrint } from './check.ts';
import { makeUvPrint } from './make.ts';
import { type UvPrintSettings, uvPrintSettings } from './settings.ts';

/** Ultraviolet-cured ink on hard goods: phone cases, pens, boards, key rings. */
export const uvPrint: Method<UvPrintSettings> = {
  id: 'uv-print',
  title: 'UV print',
  summary: 'PDF of the artboard with layers for white, inks and varnish in the order they are laid down.',
  bleeds: true,
  takes: 'anything',
  settings: uvPrintSettings,
  check: checkUvPrint,
  needs: ({ format, profile }) => ({ profiles: format === 'pdf' ? [profile] : [], lettering: false }),
  make: makeUvPrint,
  appearance: uvPrintAppearance,
};
