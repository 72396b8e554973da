import { colourFromHex, type SrgbColour } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';

/**
 * Number of the colour in the 255-colour index of CAD programs (1 red, 2 yellow, 3 green, 4 cyan, 5 blue, 6 magenta) that looks nearest by
 * CIEDE2000. Black is 7, which such programs draw in the colour that stands out from their background; so is what is no colour at all.
 */
export const indexedColour = (hex: string): number => {
  const colour = colourFromHex(hex);
  if (!colour || (colour.r === 0 && colour.g === 0 && colour.b === 0)) return 7;
  let [best, least] = [7, Number.POSITIVE_INFINITY];
  for (const { index, colour: candidate } of INDEX) {
    const distance = colourDistance(candidate, colour);
    if (distance < least - 1e-9) [best, least] = [index, distance];
  }
  return best;
};

const rgb = (r: number, g: number, b: number): SrgbColour => ({ space: 'srgb', r: r / 255, g: g / 255, b: b / 255 });

const PURE = [rgb(255, 0, 0), rgb(255, 255, 0), rgb(0, 255, 0), rgb(0, 255, 255), rgb(0, 0, 255), rgb(255, 0, 255)];

/** Brightness of the five shades of a hue, from even index 0 to 8; the odd one after each is half way to its grey. */
const SHADES = [255, 165, 127, 76, 38];

const GREYS = [51, 80, 105, 130, 190, 255];

/** Indices 10 to 249: 24 hues, 15 degrees apart, in ten shades each. */
const hueColour = (index: number): SrgbColour => {
  const hue = Math.floor(index / 10) - 1;
  const shade = index % 10;
  const brightness = SHADES[Math.floor(shade / 2)] ?? 255;
  const [r, g, b] = [0, 8, 16].map((turn) => {
    const away = Math.abs(((hue - turn + 36) % 24) - 12);
    const full = Math.min(1, Math.max(0, (8 - away) / 4));
    return brightness * (shade % 2 === 0 ? full : (1 + full) / 2);
  });
  return rgb(r ?? 0, g ?? 0, b ?? 0);
};

const INDEX: readonly { readonly index: number; readonly colour: SrgbColour }[] = [
  ...PURE.map((colour, i) => ({ index: i + 1, colour })),
  ...Array.from({ length: 240 }, (_, i) => ({ index: i + 10, colour: hueColour(i + 10) })),
  ...GREYS.map((grey, i) => ({ index: i + 250, colour: rgb(grey, grey, grey) })),
];
