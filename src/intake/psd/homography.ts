/** Nine numbers, row by row: (x, y, 1) times it, divided by the third, is the image of a point. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/**
 * The projective map of the unit square (top left, top right, bottom right, bottom left) onto a quad of the same order.
 * Method: P. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, section 2.2.3.
 */
export const squareToQuad = (quad: readonly number[]): Homography => {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = quad;
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [ax, ay, bx, by] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const area = ax * by - bx * ay;
  const g = (sx * by - bx * sy) / area;
  const h = (ax * sy - sx * ay) / area;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
};

/** Up to a factor, which does not change the map. */
export const invertHomography = ([a, b, c, d, e, f, g, h, i]: Homography): Homography => [
  e * i - f * h,
  c * h - b * i,
  b * f - c * e,
  f * g - d * i,
  a * i - c * g,
  c * d - a * f,
  d * h - e * g,
  b * g - a * h,
  a * e - b * d,
];

/** The image of a point, and the divisor, whose sign tells the two sides of the horizon apart. */
export const project = ([a, b, c, d, e, f, g, h, i]: Homography, x: number, y: number): readonly [number, number, number] => {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w, w];
};
