import { colourFromHex, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { labOfSrgb } from '../../colour/lab.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Articles darker than this need white below their inks, L*. */
const DARK_BELOW = 60;

/** What inks are printed on. */
export type Article = { readonly colour: SrgbColour; readonly needsBase: boolean };

/** @param variantColour - "#rrggbb" of the article, null when nobody knows: then it counts as white */
export const articleOf = ({ articleColour, underbase }: ScreenPrintSettings, variantColour: string | null): Article => {
  const colour = colourFromHex(articleColour ?? variantColour ?? '') ?? WHITE;
  const needsBase = underbase === 'auto' ? labOfSrgb(colour).l < DARK_BELOW : underbase === 'on';
  return { colour, needsBase };
};
