import type { DtfSettings } from './settings.ts';

/** Channels this near to the article's colour, 0 to 255, are the article's colour. */
export const SAME_COLOUR = 16;
/** And this far away nobody would take them for it. */
export const STAYING_COLOUR = 72;

/** The colour that is left out of the art; null for none. */
export const articleColourFor = ({ knockOut }: Pick<DtfSettings, 'knockOut'>, articleColour: string | null): string | null => {
  switch (knockOut) {
    case 'none':
      return null;
    case 'article':
      return articleColour;
    default:
      return knockOut;
  }
};
