import { type Colour, colourFromHex, type SpotColour, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { Problem } from '../../model/problem.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { HotStampSettings } from './settings.ts';

/** A foil and how far it is from what was asked for, CIEDE2000; 0 where it was named. */
export type FoilMatch = { readonly swatch: Swatch; readonly distance: number };

export const colourOfFoil = (swatch: Swatch): SrgbColour => colourFromHex(swatch.colour) ?? WHITE;

/** The colour that stands for a foil in a scene and in files. */
export const plateColourOf = (swatch: Swatch): SpotColour => ({
  space: 'spot',
  name: plateOf(swatch),
  tint: 1,
  alternate: colourOfFoil(swatch),
});

export const isBlind = ({ finish }: Swatch): boolean => finish === 'blind';

/**
 * Finds the foil for a colour: the one forced, the one whose plate it names, or the nearest. No colour is near a die without foil: that must be
 * named. @throws Problem `swatch.unknown`
 */
export const foilFinder = (palette: Palette, { foil }: Pick<HotStampSettings, 'foil'>): ((colour: Colour) => FoilMatch) => {
  const forced = foil === undefined ? null : namedFoil(palette, foil);
  const foils = palette.swatches.filter((one) => !isBlind(one));
  return (colour) => {
    if (forced) return { swatch: forced, distance: 0 };
    const named = colour.space === 'spot' ? palette.swatches.find((one) => plateOf(one) === colour.name) : undefined;
    return named ? { swatch: named, distance: 0 } : nearest(foils.length > 0 ? foils : palette.swatches, screenColour(colour));
  };
};

const namedFoil = (palette: Palette, id: string): Swatch => {
  const found = palette.swatches.find((one) => one.id === id);
  if (found) return found;
  const ids = palette.swatches.map((one) => one.id).join(', ');
  throw new Problem('swatch.unknown', `expected a swatch of "${palette.id}" (${ids}) for the foil, got "${id}"`, {
    hint: '`platen palettes` lists them',
  });
};

const nearest = (foils: readonly Swatch[], colour: SrgbColour): FoilMatch =>
  foils
    .map((swatch) => ({ swatch, distance: colourDistance(colourOfFoil(swatch), colour) }))
    .reduce((best, one) => (one.distance < best.distance ? one : best));
