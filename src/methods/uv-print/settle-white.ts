import { colourFromHex, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { SettledUvPrint, UvPrintSettings } from './settings.ts';

/** CIEDE2000 from white up to which inks look as they should without white under them. */
export const AS_WHITE = 5;

/** CIEDE2000 of the article from white; null when its colour is not known. */
export const awayFromWhite = (articleColour: string | null): number | null => {
  const article = articleColour === null ? null : colourFromHex(articleColour);
  return article ? Math.round(colourDistance(article, WHITE) * 10) / 10 : null;
};

/** Settles what "auto" means for an article: an unknown colour counts as one that needs white. */
export const settleWhite = (settings: UvPrintSettings, articleColour: string | null): SettledUvPrint => {
  const { white } = settings;
  if (white !== 'auto') return { ...settings, white };
  const away = awayFromWhite(articleColour);
  return { ...settings, white: away !== null && away < AS_WHITE ? 'none' : 'under-choked' };
};
