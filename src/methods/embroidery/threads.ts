import { type Colour, colourFromHex, type SpotColour, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { Problem } from '../../model/problem.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { Thread } from '../../stitch/plan.ts';
import type { EmbroiderySettings, ThreadWeight } from './settings.ts';

/** A thread of the palette and how far it is from what was asked for, CIEDE2000; 0 where it was named. */
export type ThreadMatch = { readonly swatch: Swatch; readonly distance: number };

export const colourOfThread = ({ colour }: Swatch): SrgbColour => colourFromHex(colour) ?? WHITE;

/** The colour that stands for a thread in a scene. */
export const threadColour = (swatch: Swatch): SpotColour => ({
  space: 'spot',
  name: plateOf(swatch),
  tint: 1,
  alternate: colourOfThread(swatch),
});

const NUMBERS: Readonly<Record<ThreadWeight, Thread['weight']>> = { '30': 30, '40': 40, '60': 60, '75': 75 };

export const threadOf = ({ colour, name, code }: Swatch, weight: ThreadWeight): Thread => ({
  colour: colour.toLowerCase(),
  name,
  code: code ?? '',
  maker: '',
  weight: NUMBERS[weight],
});

/** Finds the thread for a colour: the one forced, the one whose plate it names, or the nearest. @throws Problem `swatch.unknown` */
export const threadFinder = (palette: Palette, { thread }: Pick<EmbroiderySettings, 'thread'>): ((colour: Colour) => ThreadMatch) => {
  const { swatches } = palette;
  const forced = thread === undefined ? undefined : swatches.find(({ id }) => id === thread);
  if (thread !== undefined && !forced) {
    const ids = swatches.map(({ id }) => id).join(', ');
    throw new Problem('swatch.unknown', `expected a swatch of "${palette.id}" (${ids}) for the thread, got "${thread}"`, {
      hint: '`platen palettes` lists them',
    });
  }
  return (colour) => {
    const named = forced ?? (colour.space === 'spot' ? swatches.find((one) => plateOf(one) === colour.name) : undefined);
    return named ? { swatch: named, distance: 0 } : nearestThread(swatches, screenColour(colour));
  };
};

const nearestThread = (swatches: readonly Swatch[], colour: SrgbColour): ThreadMatch =>
  swatches
    .map((swatch) => ({ swatch, distance: colourDistance(colourOfThread(swatch), colour) }))
    .reduce((best, one) => (one.distance < best.distance ? one : best));
