import type { Method } from '../method.ts';
import { hotStampAppearance } from './appearance.ts';
import { checkHotStamp } from './check.ts';
import { makeHotStamp } from './make.ts';
import { type HotStampSettings, hotStampSettings } from './settings.ts';

/** Hot foil, blind deboss and emboss with heated metal dies on leather, paper and book cloth. */
export const hotStamp: Method<HotStampSettings> = {
  id: 'hot-stamp',
  title: 'Hot stamping',
  summary: 'One die per foil as PDF with a named plate, SVG and DXF, and a sheet with the position of all dies.',
  bleeds: false,
  takes: 'solid',
  settings: hotStampSettings,
  check: checkHotStamp,
  needs: ({ formats, positionSheet, profile, palette }) => ({
    profiles: formats.includes('pdf') || positionSheet ? [profile] : [],
    lettering: positionSheet,
    palettes: [palette],
  }),
  make: makeHotStamp,
  appearance: hotStampAppearance,
};
