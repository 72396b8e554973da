import { type Colour, colourFromHex, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import { type Lab, labOfSrgb } from '../../colour/lab.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { Problem } from '../../model/problem.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** An ink on the press. */
export type PrintInk = { readonly swatch: Swatch; readonly plate: string; readonly colour: SrgbColour; readonly lab: Lab };

export const inkOf = (swatch: Swatch): PrintInk => {
  const colour = colourFromHex(swatch.colour) ?? WHITE;
  return { swatch, plate: plateOf(swatch), colour, lab: labOfSrgb(colour) };
};

/** The inks that the settings allow: those named, or all of the palette. @throws Problem 'ink.unknown' */
export const allowedInks = (palette: Palette, { inks }: ScreenPrintSettings): readonly PrintInk[] =>
  inks.length === 0 ? palette.swatches.map(inkOf) : inks.map((id) => namedInk(palette, id));

/** @throws Problem 'ink.unknown' */
export const namedInk = (palette: Palette, id: string): PrintInk => {
  const swatch = palette.swatches.find((one) => one.id === id);
  if (swatch) return inkOf(swatch);
  throw new Problem('ink.unknown', `expected an ink of palette "${palette.id}", got "${id}"`, { hint: 'platen palettes lists them' });
};

export type NearestInk = { readonly ink: PrintInk; readonly distance: number };

/** The ink nearest to a colour, by CIEDE2000; the first of equals. */
export const nearestInk = (colour: SrgbColour, inks: readonly PrintInk[]): NearestInk | null => {
  const lab = labOfSrgb(colour);
  return inks.reduce<NearestInk | null>((best, ink) => {
    const distance = deltaE2000(lab, ink.lab);
    return best && best.distance <= distance ? best : { ink, distance };
  }, null);
};

/** The ink whose plate a spot colour names, if it is one of these. */
export const inkOfPlate = (colour: Colour, inks: readonly PrintInk[]): PrintInk | null =>
  colour.space === 'spot' ? (inks.find((ink) => ink.plate === colour.name) ?? null) : null;
