import { colourFromHex, type SrgbColour } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';

export type ContrastLimits = { readonly errorDe: number; readonly warnDe: number };

/** One colour of the art as it will look on the article. */
export type SeenColour = { readonly name: string; readonly colour: SrgbColour; readonly pointer: string };

/** Colours that are hard to tell from the article's (`contrast.low`), by CIEDE2000. Nothing is said when the article's colour is not known. */
export const checkContrast = (
  colours: readonly SeenColour[],
  articleColour: string | null,
  { errorDe, warnDe }: ContrastLimits,
): readonly Finding[] => {
  const article = articleColour === null ? null : colourFromHex(articleColour);
  if (!article) return [];
  return colours.flatMap(({ name, colour, pointer }): readonly Finding[] => {
    const distance = Math.round(colourDistance(colour, article) * 10) / 10;
    if (distance >= warnDe) return [];
    const isError = distance < errorDe;
    return [
      {
        severity: isError ? 'error' : 'warning',
        code: 'contrast.low',
        pointer,
        message: isError
          ? `${name} has the colour of the article: nobody would see it.`
          : `${name} is hard to see on an article of this colour.`,
        hint: 'Choose a colour that is clearly lighter or darker than the article.',
        measured: distance,
        required: isError ? errorDe : warnDe,
        unit: 'dE00',
      },
    ];
  });
};
