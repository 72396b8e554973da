import { colourFromHex, WHITE } from '../colour/colour.ts';
import { colourDistance } from '../colour/delta-e.ts';

/** Up to this CIEDE2000 distance from white, cloth needs no white under ink: bleached cotton, not natural. */
const WHITE_ENOUGH = 5;

/** Whether ink on the article needs no white under it; false for colours nobody knows. */
export const isWhiteArticle = (articleColour: string | null): boolean => {
  const colour = articleColour === null ? null : colourFromHex(articleColour);
  return colour !== null && colourDistance(colour, WHITE) <= WHITE_ENOUGH;
};
