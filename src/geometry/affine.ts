import type { Point } from './point.ts';

/** `[a, b, c, d, e, f]`: x' = a·x + c·y + e, y' = b·x + d·y + f (the order of SVG and PDF). */
export type Affine = readonly [number, number, number, number, number, number];

export const IDENTITY: Affine = [1, 0, 0, 1, 0, 0];

export const translation = (dx: number, dy: number): Affine => [1, 0, 0, 1, dx, dy];

export const scaling = (sx: number, sy: number = sx): Affine => [sx, 0, 0, sy, 0, 0];

/** Clockwise on a y-down page, in degrees, about the origin. Quarter turns are exact. */
export const rotation = (degrees: number): Affine => {
  const turns = ((degrees % 360) + 360) % 360;
  const exact: Record<number, readonly [number, number]> = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] };
  const [cos, sin] = exact[turns] ?? [Math.cos((turns * Math.PI) / 180), Math.sin((turns * Math.PI) / 180)];
  return [cos, sin, -sin, cos, 0, 0];
};

/** The map that applies the LAST argument first, as matrices multiply: `multiply(outer, inner)`. */
export const multiply = (...maps: readonly Affine[]): Affine =>
  maps.reduce<Affine>(
    ([a, b, c, d, e, f], [ga, gb, gc, gd, ge, gf]) => [
      a * ga + c * gb,
      b * ga + d * gb,
      a * gc + c * gd,
      b * gc + d * gd,
      a * ge + c * gf + e,
      b * ge + d * gf + f,
    ],
    IDENTITY,
  );

/** Applies `map` with `centre` as its fixed point. */
export const about = (centre: Point, map: Affine): Affine =>
  multiply(translation(centre.x, centre.y), map, translation(-centre.x, -centre.y));

export const applyToPoint = ([a, b, c, d, e, f]: Affine, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

export const determinant = ([a, b, c, d]: Affine): number => a * d - b * c;

/** Throws RangeError when the map is not invertible (it squashes the plane to a line or a point). */
export const invert = (map: Affine): Affine => {
  const [a, b, c, d, e, f] = map;
  const det = determinant(map);
  if (!Number.isFinite(det) || det === 0) throw new RangeError(`expected an invertible affine, got [${map.join(', ')}]`);
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
};

/** Lengths of the images of the two unit vectors: how much the map stretches x and y. */
export const stretch = ([a, b, c, d]: Affine): Point => ({ x: Math.hypot(a, b), y: Math.hypot(c, d) });
