import type { SrgbColour } from './colour.ts';

/** CIE L*a*b* relative to D50, the white of ICC profiles and of print: L 0..100, a and b about -128..127. */
export type Lab = { readonly l: number; readonly a: number; readonly b: number };

const linearOf = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encodedOf = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Linear sRGB to XYZ with the Bradford adaptation from D65 to D50 built in (the colorants of the sRGB ICC profile, unrounded). */
const XYZ_OF_RGB: Matrix = [
  [0.436065742824811, 0.3851514688337912, 0.14307845442264197],
  [0.22249319175623702, 0.7168870538238823, 0.06061979053616537],
  [0.013923904500943465, 0.09708128566574634, 0.7140993584005155],
];
const RGB_OF_XYZ: Matrix = [
  [3.1341357598926773, -1.6173856769662622, -0.49066242029273754],
  [-0.9787954559040324, 1.9162541885883526, 0.033442984116202265],
  [0.07195541298945825, -0.2289766748278579, 1.4053860110387875],
];
const D50: Triple = [0.9642956660812442, 1, 0.8251045485672053];

const times = (m: Matrix, [x, y, z]: Triple): Triple => [
  m[0][0] * x + m[0][1] * y + m[0][2] * z,
  m[1][0] * x + m[1][1] * y + m[1][2] * z,
  m[2][0] * x + m[2][1] * y + m[2][2] * z,
];

const DELTA = 6 / 29;
const forward = (t: number): number => (t > DELTA ** 3 ? Math.cbrt(t) : t / (3 * DELTA ** 2) + 4 / 29);
const backward = (t: number): number => (t > DELTA ? t ** 3 : 3 * DELTA ** 2 * (t - 4 / 29));

/** sRGB (IEC 61966-2-1) to L*a*b* (CIE 15, D50). */
export const labOfSrgb = ({ r, g, b }: SrgbColour): Lab => {
  const [x, y, z] = times(XYZ_OF_RGB, [linearOf(r), linearOf(g), linearOf(b)]);
  const [fx, fy, fz] = [forward(x / D50[0]), forward(y / D50[1]), forward(z / D50[2])];
  return { l: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
};

/** L*a*b* (D50) to the nearest sRGB by clipping each channel to 0..1; colours a screen cannot show lose chroma. */
export const srgbOfLab = ({ l, a, b }: Lab): SrgbColour => {
  const fy = (l + 16) / 116;
  const xyz: Triple = [D50[0] * backward(fy + a / 500), D50[1] * backward(fy), D50[2] * backward(fy - b / 200)];
  const [r, g, bl] = times(RGB_OF_XYZ, xyz);
  const channel = (v: number): number => Math.min(1, Math.max(0, encodedOf(v)));
  return { space: 'srgb', r: channel(r), g: channel(g), b: channel(bl) };
};
