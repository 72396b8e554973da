import { type Colour, colourFromHex, type SpotColour, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { Problem } from '../../model/problem.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { VinylSettings } from './settings.ts';

/** A vinyl of the palette and how far it is from what was asked for, CIEDE2000; 0 where it was named. */
export type VinylMatch = { readonly swatch: Swatch; readonly distance: number };

export type VinylFor = (colour: Colour) => VinylMatch;

export const colourOfSwatch = (swatch: Swatch): SrgbColour => colourFromHex(swatch.colour) ?? WHITE;

/** What is fetched from the shelf, by its name: "Vinyl Navy", or "Twill Navy" where cloth is cut. */
export const materialName = (swatch: Swatch, kind: VinylSettings['kind']): string =>
  kind === 'twill' ? `Twill ${swatch.name}` : plateOf(swatch);

/** The colour that stands for a vinyl in a scene. */
export const plateColourOf = (swatch: Swatch): SpotColour => ({
  space: 'spot',
  name: plateOf(swatch),
  tint: 1,
  alternate: colourOfSwatch(swatch),
});

/** Finds the vinyl for a colour: the one forced, the one whose plate it names, or the nearest. @throws Problem `swatch.unknown` */
export const vinylFinder = (palette: Palette, { vinyl }: Pick<VinylSettings, 'vinyl'>): VinylFor => {
  const forced = vinyl === undefined ? null : namedVinyl(palette, vinyl);
  return (colour) => {
    if (forced) return { swatch: forced, distance: 0 };
    const named = colour.space === 'spot' ? palette.swatches.find((one) => plateOf(one) === colour.name) : undefined;
    return named ? { swatch: named, distance: 0 } : nearest(palette, screenColour(colour));
  };
};

/** The vinyl that a setting asks for: a swatch's id or "#rrggbb". @throws Problem `swatch.unknown` */
export const vinylFromSetting = (palette: Palette, value: string): Swatch => {
  const colour = colourFromHex(value);
  return colour ? nearest(palette, colour).swatch : namedVinyl(palette, value);
};

const namedVinyl = (palette: Palette, id: string): Swatch => {
  const found = palette.swatches.find((one) => one.id === id);
  if (found) return found;
  const ids = palette.swatches.map((one) => one.id).join(', ');
  throw new Problem('swatch.unknown', `expected a swatch of "${palette.id}" (${ids}) for vinyl, got "${id}"`, {
    hint: '`platen palettes` lists them',
  });
};

const nearest = (palette: Palette, colour: SrgbColour): VinylMatch =>
  palette.swatches
    .map((swatch) => ({ swatch, distance: colourDistance(colourOfSwatch(swatch), colour) }))
    .reduce((best, one) => (one.distance < best.distance ? one : best));
