import { type Colour, colourFromHex, hexOf, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import type { Thread } from '../../stitch/plan.ts';
import { screenColour } from '../raster/screen-colour.ts';

/** A thread and how far it is from what was asked for, CIEDE2000; 0 where it was named. */
export type ThreadMatch = { readonly thread: Thread; readonly distance: number };

/** A swatch of a palette as a thread of a weight. */
export const threadOfSwatch = ({ colour, name, code = '' }: Swatch, weight: Thread['weight']): Thread => ({
  colour: (colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour).toLowerCase(),
  name,
  code,
  maker: '',
  weight,
});

/**
 * Finds the thread of a palette for a colour: the one whose plate it names, or the nearest. Without a palette every colour has a thread of its
 * own, named by its colour.
 */
export const threadFinder = (palette: Palette | null, weight: Thread['weight']): ((colour: Colour) => ThreadMatch) => {
  const known = new Map<string, ThreadMatch>();
  return (colour) => {
    const named = colour.space === 'spot' ? palette?.swatches.find((one) => plateOf(one) === colour.name) : undefined;
    if (named) return { thread: threadOfSwatch(named, weight), distance: 0 };
    const screen = screenColour(colour);
    const hex = hexOf(screen);
    const match = known.get(hex) ?? nearest(palette?.swatches ?? [], hex, weight);
    known.set(hex, match);
    return match;
  };
};

const nearest = (swatches: readonly Swatch[], hex: string, weight: Thread['weight']): ThreadMatch => {
  const colour = colourFromHex(hex) ?? WHITE;
  let best: ThreadMatch | null = null;
  for (const swatch of swatches) {
    const distance = colourDistance(colourFromHex(swatch.colour) ?? WHITE, colour);
    if (!best || distance < best.distance) best = { thread: threadOfSwatch(swatch, weight), distance };
  }
  return best ?? { thread: { colour: hex, name: hex, code: '', maker: '', weight }, distance: 0 };
};
