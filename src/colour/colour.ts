/** Components run from 0 to 1. A colour always names its space; opacity lives on groups and gradient stops, not here. */
export type SrgbColour = { readonly space: 'srgb'; readonly r: number; readonly g: number; readonly b: number };
/** Ink amounts: 0 none, 1 solid. */
export type CmykColour = { readonly space: 'cmyk'; readonly c: number; readonly m: number; readonly y: number; readonly k: number };
/** A named plate (spot ink, cut line, foil). `alternate` is what a screen shows for the full tint. */
export type SpotColour = {
  readonly space: 'spot';
  readonly name: string;
  readonly tint: number;
  readonly alternate: SrgbColour | CmykColour;
};
export type Colour = SrgbColour | CmykColour | SpotColour;

export const BLACK: SrgbColour = { space: 'srgb', r: 0, g: 0, b: 0 };
export const WHITE: SrgbColour = { space: 'srgb', r: 1, g: 1, b: 1 };

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** `#rgb` or `#rrggbb` to sRGB; null for anything else. */
export const colourFromHex = (text: string): SrgbColour | null => {
  if (!HEX.test(text)) return null;
  const full = text.length === 4 ? text.replace(/[0-9a-f]/gi, '$&$&') : text;
  const channel = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16) / 255;
  return { space: 'srgb', r: channel(1), g: channel(3), b: channel(5) };
};

export const hexOf = ({ r, g, b }: SrgbColour): string =>
  `#${[r, g, b]
    .map((v) =>
      Math.round(Math.min(1, Math.max(0, v)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
