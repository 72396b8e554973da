import type { Point } from '../../geometry/point.ts';

/**
 * A line that text can stand on. `at(s, rise)` is the point `rise` mm above the line at the running length `s` mm;
 * `angle(s)` is the direction of reading there in radians, clockwise from the right.
 */
export type Curve = { readonly at: (s: number, rise: number) => Point; readonly angle: (s: number) => number };

/**
 * A circle read clockwise along its top, lengths counted from the topmost point. Letters stand on `radius`; running length is measured
 * halfway up the capitals, so that letters neither gape nor crowd.
 */
export const topCircle = (centre: Point, radius: number, capMm: number): Curve => {
  const middle = radius + capMm / 2;
  return {
    at: (s, rise) => ({ x: centre.x + (radius + rise) * Math.sin(s / middle), y: centre.y - (radius + rise) * Math.cos(s / middle) }),
    angle: (s) => s / middle,
  };
};

/** The same ring read along its bottom, upright and left to right: capitals reach up to `radius`, feet stand outside it. */
export const bottomCircle = (centre: Point, radius: number, capMm: number): Curve => {
  const middle = radius + capMm / 2;
  const foot = radius + capMm;
  return {
    at: (s, rise) => ({ x: centre.x + (foot - rise) * Math.sin(s / middle), y: centre.y + (foot - rise) * Math.cos(s / middle) }),
    angle: (s) => -s / middle,
  };
};
