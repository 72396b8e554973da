import type { CmykColour, Colour, SrgbColour } from '../../colour/colour.ts';

const fromCmyk = ({ c, m, y, k }: CmykColour): SrgbColour => ({
  space: 'srgb',
  r: (1 - c) * (1 - k),
  g: (1 - m) * (1 - k),
  b: (1 - y) * (1 - k),
});

/** The sRGB a screen shows for a colour: inks by the plain complement, a spot tint as its alternate thinned towards white. */
export const screenColour = (colour: Colour): SrgbColour => {
  switch (colour.space) {
    case 'srgb':
      return colour;
    case 'cmyk':
      return fromCmyk(colour);
    case 'spot': {
      const { r, g, b } = screenColour(colour.alternate);
      const thin = (v: number): number => 1 - (1 - v) * colour.tint;
      return { space: 'srgb', r: thin(r), g: thin(g), b: thin(b) };
    }
  }
};

const byteOf = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 255);

/** Premultiplied RGBA8 as a little-endian 32-bit number. */
export const premultipliedPixel = ({ r, g, b }: SrgbColour, alpha: number): number => {
  const channel = (v: number): number => Math.round((byteOf(v) * byteOf(alpha)) / 255);
  return (channel(r) | (channel(g) << 8) | (channel(b) << 16) | (byteOf(alpha) << 24)) >>> 0;
};
