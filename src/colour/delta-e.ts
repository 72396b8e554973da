import type { SrgbColour } from './colour.ts';
import { type Lab, labOfSrgb } from './lab.ts';

const RADIANS = Math.PI / 180;
const TWENTY_FIVE_TO_7 = 25 ** 7;

const hueOf = (a: number, b: number): number => {
  if (a === 0 && b === 0) return 0;
  const degrees = Math.atan2(b, a) / RADIANS;
  return degrees < 0 ? degrees + 360 : degrees;
};

const hueStep = (h1: number, h2: number, grey: boolean): number => {
  if (grey) return 0;
  const step = h2 - h1;
  if (step > 180) return step - 360;
  return step < -180 ? step + 360 : step;
};

const meanHue = (h1: number, h2: number, grey: boolean): number => {
  if (grey) return h1 + h2;
  if (Math.abs(h1 - h2) <= 180) return (h1 + h2) / 2;
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
};

/**
 * CIEDE2000 colour difference with all weights 1: below 1 is hard to see, above 6 is a different colour to most people.
 * Formula: CIE 142-2001; its corner cases follow Sharma, Wu and Dalal, Color Research and Application 30 (2005).
 */
export const deltaE2000 = (one: Lab, two: Lab): number => {
  const meanC7 = ((Math.hypot(one.a, one.b) + Math.hypot(two.a, two.b)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(meanC7 / (meanC7 + TWENTY_FIVE_TO_7)));
  const [a1, a2] = [(1 + g) * one.a, (1 + g) * two.a];
  const [c1, c2] = [Math.hypot(a1, one.b), Math.hypot(a2, two.b)];
  const [h1, h2] = [hueOf(a1, one.b), hueOf(a2, two.b)];
  const grey = c1 * c2 === 0;
  const dL = two.l - one.l;
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((hueStep(h1, h2, grey) / 2) * RADIANS);
  const l = (one.l + two.l) / 2;
  const c = (c1 + c2) / 2;
  const h = meanHue(h1, h2, grey);
  const cosine = (times: number, shift: number): number => Math.cos((times * h + shift) * RADIANS);
  const t = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) - 0.2 * cosine(4, -63);
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sC = 1 + 0.045 * c;
  const sH = 1 + 0.015 * c * t;
  const turn = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const rT = -2 * Math.sqrt(c ** 7 / (c ** 7 + TWENTY_FIVE_TO_7)) * Math.sin(2 * turn * RADIANS);
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
};

/** CIEDE2000 between two screen colours. */
export const colourDistance = (one: SrgbColour, two: SrgbColour): number => deltaE2000(labOfSrgb(one), labOfSrgb(two));
