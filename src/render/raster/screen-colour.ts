import type { CmykColour, Colour, SrgbColour } from '../../colour/colour.ts';

type Rgb = readonly [number, number, number];

/**
 * What a screen shows for paper and for every solid overprint of the four inks (the Neugebauer primaries), sRGB 0..1. Bit 0 of the
 * position is cyan, bit 1 magenta, bit 2 yellow, bit 3 black. Made by `openTransform` from the bundled FOGRA39L_coated.icc to sRGB,
 * relative colorimetric with black point compensation; its tests make them again and compare.
 */
export const INK_PRIMARIES: readonly Rgb[] = [
  [1, 1, 1],
  [0, 0.6238, 0.8917],
  [0.9013, 0, 0.4933],
  [0.1888, 0.1592, 0.5153],
  [1, 0.9304, 0],
  [0, 0.5891, 0.2559],
  [0.8928, 0.0342, 0.0853],
  [0.2017, 0.199, 0.1946],
  [0.1216, 0.1197, 0.115],
  [0, 0.0667, 0.1269],
  [0.1532, 0, 0.017],
  [0.0356, 0, 0.0558],
  [0.1181, 0.1216, 0],
  [0, 0.0876, 0],
  [0.14, 0.0092, 0],
  [0.0134, 0.004, 0],
];

/**
 * Share of a screen value that an ink takes is its amount to this power. Mixing encoded values is a shade too dark with plain amounts:
 * mean dE00 to the profile over random inks is 4.9 with 1, 2.6 with 1.2 (largest 5.6), and 10 for the plain complement (largest 30).
 */
const INK_CURVE = 1.2;

const shareOf = (ink: number): number => Math.min(1, Math.max(0, ink)) ** INK_CURVE;

/** Mixes two neighbours at a time, black first and cyan last: the multilinear blend of the sixteen primaries. */
const fromCmyk = ({ c, m, y, k }: CmykColour): SrgbColour => {
  const channel = (which: 0 | 1 | 2): number => {
    let values = INK_PRIMARIES.map((primary) => primary[which]);
    for (const ink of [k, y, m, c]) {
      const [share, half] = [shareOf(ink), values.length / 2];
      const solid = values.slice(half);
      values = values.slice(0, half).map((without, i) => without + ((solid[i] ?? 0) - without) * share);
    }
    return values[0] ?? 0;
  };
  return { space: 'srgb', r: channel(0), g: channel(1), b: channel(2) };
};

/** A tint of inks is less of each ink, as a PDF's tint transform has it; a tint of a screen colour thins towards white. */
const tintOf = (alternate: SrgbColour | CmykColour, tint: number): SrgbColour => {
  if (alternate.space === 'cmyk') {
    const { c, m, y, k } = alternate;
    return fromCmyk({ space: 'cmyk', c: c * tint, m: m * tint, y: y * tint, k: k * tint });
  }
  const thin = (v: number): number => 1 - (1 - v) * tint;
  return { space: 'srgb', r: thin(alternate.r), g: thin(alternate.g), b: thin(alternate.b) };
};

/** The sRGB a screen shows for a colour: inks as coated paper shows them (FOGRA39), a spot tint by its alternate. */
export const screenColour = (colour: Colour): SrgbColour => {
  switch (colour.space) {
    case 'srgb':
      return colour;
    case 'cmyk':
      return fromCmyk(colour);
    case 'spot':
      return tintOf(colour.alternate, colour.tint);
  }
};

const byteOf = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 255);

/** Premultiplied RGBA8 as a little-endian 32-bit number. */
export const premultipliedPixel = ({ r, g, b }: SrgbColour, alpha: number): number => {
  const channel = (v: number): number => Math.round((byteOf(v) * byteOf(alpha)) / 255);
  return (channel(r) | (channel(g) << 8) | (channel(b) << 16) | (byteOf(alpha) << 24)) >>> 0;
};
