import { type Colour, colourFromHex, type SpotColour, WHITE } from '../../colour/colour.ts';
import { type Palette, plateOf } from '../../model/palette.ts';
import { Problem } from '../../model/problem.ts';
import { type ThreadMatch, threadFinder, threadOfSwatch } from '../../render/stitches/find-threads.ts';
import type { Thread } from '../../stitch/plan.ts';
import type { EmbroiderySettings, ThreadWeight } from './settings.ts';

export const WEIGHT_NUMBERS: Readonly<Record<ThreadWeight, Thread['weight']>> = { '30': 30, '40': 40, '60': 60, '75': 75 };

/** A thread of the palette by the id of its swatch. @throws Problem `swatch.unknown` */
export const threadNamed = (palette: Palette, id: string, weight: Thread['weight']): Thread => {
  const found = palette.swatches.find((one) => one.id === id);
  if (found) return threadOfSwatch(found, weight);
  const ids = palette.swatches.map((one) => one.id).join(', ');
  throw new Problem('swatch.unknown', `expected a swatch of "${palette.id}" (${ids}) for the thread, got "${id}"`, {
    hint: '`platen palettes` lists them',
  });
};

/** The thread for a colour: the one forced, the one whose plate it names, or the nearest. @throws Problem `swatch.unknown` */
export const threadChooser = (
  palette: Palette,
  { thread, weight }: Pick<EmbroiderySettings, 'thread' | 'weight'>,
): ((colour: Colour) => ThreadMatch) => {
  const number = WEIGHT_NUMBERS[weight];
  if (thread === undefined) return threadFinder(palette, number);
  const forced = threadNamed(palette, thread, number);
  return () => ({ thread: forced, distance: 0 });
};

/** A thread as a colour of art, as specs name it: equal for the same thread alone. */
export const colourOfThread = ({ colour, code, name }: Thread, palette: Palette): SpotColour => {
  const swatch = palette.swatches.find((one) => one.name === name && (one.code ?? '') === code);
  return { space: 'spot', name: swatch ? plateOf(swatch) : `${code} ${name}`, tint: 1, alternate: colourFromHex(colour) ?? WHITE };
};
