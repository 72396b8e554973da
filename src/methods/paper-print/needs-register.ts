import type { Colour } from '../../colour/colour.ts';
import { isWhite } from '../silhouette.ts';
import type { PaperPrintSettings } from './settings.ts';

/** Whether plates must meet for lettering of a colour: white left open in print, and more than one ink. */
export const needsRegister =
  ({ colour: mode, greys }: Pick<PaperPrintSettings, 'colour' | 'greys'>) =>
  (colour: Colour): boolean => {
    if (isWhite(colour)) return true;
    switch (colour.space) {
      case 'spot':
        return false;
      case 'cmyk':
        return [colour.c, colour.m, colour.y, colour.k].filter((ink) => ink > 0).length > 1;
      case 'srgb': {
        const isGrey = Math.abs(colour.r - colour.g) < 1e-6 && Math.abs(colour.g - colour.b) < 1e-6;
        return mode === 'cmyk' && !(colour.r === 0 && isGrey) && !(isGrey && greys === 'k');
      }
    }
  };
