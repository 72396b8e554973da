import { fromLinear, toLinear } from './light-curve.ts';

/**
 * Greys (0..1 encoded) that are put where print goes, and how much each counts: middle greys most, because there the eye sees an error
 * soonest and the two ways of blending differ most.
 */
export const PROBE_GREYS = [0, 0.25, 0.5, 0.75, 1] as const;
const COUNTS = [0.5, 1, 2, 1, 0.5] as const;
const GREY_LIGHT = PROBE_GREYS.map(toLinear);

/** Light on print at one pixel: `shade` times what the print reflects, plus `gloss`. */
export type Light = { readonly shade: number; readonly gloss: number };

/** Weight that turns an error of linear light into one of display values: the squared slope of the sRGB curve, held in deep black. */
const weightAt = (light: number): number => (0.44 * Math.max(light, 0.004) ** (-1.4 / 2.4)) ** 2;

/**
 * Shade and gloss that come nearest, in display values, to what the layers make of the probe greys: weighted least squares on
 * `seen = (1 - share) * bare + share * (shade * grey + gloss)` over greys and channels, neither below 0.
 * @param seen - linear light with each of `PROBE_GREYS` in place, three channels each
 * @param bare - linear light without print, three channels
 * @param share - how much of the pixel is print, above 0
 */
export const fitLight = (seen: readonly Float32Array[], bare: Float32Array, at: number, share: number): Light => {
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  for (let i = 0; i < GREY_LIGHT.length; i += 1) {
    const plane = seen[i];
    const a = share * (GREY_LIGHT[i] ?? 0);
    for (let c = at; c < at + 3; c += 1) {
      const light = plane?.[c] ?? 0;
      const weight = weightAt(light) * (COUNTS[i] ?? 1);
      const y = light - (1 - share) * (bare[c] ?? 0);
      aa += weight * a * a;
      ab += weight * a * share;
      bb += weight * share * share;
      ay += weight * a * y;
      by += weight * share * y;
    }
  }
  const determinant = aa * bb - ab * ab;
  const gloss = determinant > 0 ? (aa * by - ab * ay) / determinant : 0;
  if (gloss <= 0) return { shade: Math.max(0, ay / aa), gloss: 0 };
  return { shade: Math.max(0, (ay - gloss * ab) / aa), gloss };
};

/** Sum of squared display errors (0..1) over the greys and channels of one pixel, for a light that was fitted. */
export const squaredError = (seen: readonly Float32Array[], bare: Float32Array, at: number, share: number, light: Light): number => {
  let sum = 0;
  for (let i = 0; i < GREY_LIGHT.length; i += 1) {
    for (let c = at; c < at + 3; c += 1) {
      const made = (1 - share) * (bare[c] ?? 0) + share * (light.shade * (GREY_LIGHT[i] ?? 0) + light.gloss);
      sum += (fromLinear(made) - fromLinear(seen[i]?.[c] ?? 0)) ** 2;
    }
  }
  return sum;
};
