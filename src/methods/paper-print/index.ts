import type { Method } from '../method.ts';
import { paperPrintAppearance } from './appearance.ts';
import { checkPaperPrint } from './check.ts';
import { makePaperPrint } from './make.ts';
import { type PaperPrintSettings, paperPrintSettings } from './settings.ts';

/** Offset and digital print on paper and board: cards, posters, covers, stickers. */
export const paperPrint: Method<PaperPrintSettings> = {
  id: 'paper-print',
  title: 'Paper print',
  summary: 'PDF/X-4 with trim and bleed boxes, all pages of a document in one file.',
  bleeds: true,
  takes: 'anything',
  settings: paperPrintSettings,
  check: checkPaperPrint,
  needs: ({ format, colour, profile, slug }) => ({
    profiles: colour === 'cmyk' || format === 'tiff' ? [profile] : [],
    lettering: slug,
  }),
  make: makePaperPrint,
  appearance: paperPrintAppearance,
};
