import type { Point } from './point.ts';

/** One curve as eight numbers: start, two controls, end. A straight line has its controls on its thirds. */
export type Cubic = Readonly<Record<'x0' | 'y0' | 'x1' | 'y1' | 'x2' | 'y2' | 'x3' | 'y3', number>>;

export const cubicOfLine = (x0: number, y0: number, x3: number, y3: number): Cubic => ({
  x0,
  y0,
  x1: x0 + (x3 - x0) / 3,
  y1: y0 + (y3 - y0) / 3,
  x2: x3 - (x3 - x0) / 3,
  y2: y3 - (y3 - y0) / 3,
  x3,
  y3,
});

/** The point at parameter t (0 to 1). */
export const pointOnCubic = ({ x0, y0, x1, y1, x2, y2, x3, y3 }: Cubic, t: number): Point => {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: a * x0 + b * x1 + c * x2 + d * x3, y: a * y0 + b * y1 + c * y2 + d * y3 };
};

/** The derivative by t; zero where controls coincide. */
export const velocityOnCubic = ({ x0, y0, x1, y1, x2, y2, x3, y3 }: Cubic, t: number): Point => {
  const s = 1 - t;
  const [a, b, c] = [3 * s * s, 6 * s * t, 3 * t * t];
  return { x: a * (x1 - x0) + b * (x2 - x1) + c * (x3 - x2), y: a * (y1 - y0) + b * (y2 - y1) + c * (y3 - y2) };
};

/** The direction of travel in degrees, clockwise from the right; where the curve stands still, the way it leaves or comes. */
export const headingOnCubic = (curve: Cubic, t: number): number => {
  const { x, y } = velocityOnCubic(curve, t);
  const reach = Math.hypot(curve.x3 - curve.x0, curve.y3 - curve.y0) + Math.hypot(curve.x1 - curve.x0, curve.y1 - curve.y0);
  if (Math.hypot(x, y) > 1e-9 * reach) return (Math.atan2(y, x) * 180) / Math.PI;
  const near = t < 0.5 ? Math.min(1, t + 1e-4) : Math.max(0, t - 1e-4);
  const [here, there] = [pointOnCubic(curve, t), pointOnCubic(curve, near)];
  const way = t < 0.5 ? 1 : -1;
  return (Math.atan2(way * (there.y - here.y), way * (there.x - here.x)) * 180) / Math.PI;
};

/** The part of the curve between two parameters, by blossoming. */
export const sliceCubic = (curve: Cubic, from: number, to: number): Cubic => {
  const start = pointOnCubic(curve, from);
  const end = pointOnCubic(curve, to);
  const leave = velocityOnCubic(curve, from);
  const arrive = velocityOnCubic(curve, to);
  return hermiteCubic(start, leave, end, arrive, to - from);
};

/** Abscissae and weights of five-point Gauss-Legendre quadrature on -1..1. */
const GAUSS: readonly (readonly [number, number])[] = [
  [0, 128 / 225],
  [-0.5384693101056831, 0.47862867049936647],
  [0.5384693101056831, 0.47862867049936647],
  [-0.906179845938664, 0.23692688505618908],
  [0.906179845938664, 0.23692688505618908],
];

/** The length between two parameters by one quadrature: exact enough for a sixteenth of a tame curve. */
export const lengthOfCubic = (curve: Cubic, from: number, to: number): number => {
  const [half, middle] = [(to - from) / 2, (to + from) / 2];
  let sum = 0;
  for (const [abscissa, weight] of GAUSS) {
    const { x, y } = velocityOnCubic(curve, middle + half * abscissa);
    sum += weight * Math.hypot(x, y);
  }
  return sum * half;
};

/** The cubic through two points with given velocities there, walked in `duration`. */
export const hermiteCubic = (start: Point, leave: Point, end: Point, arrive: Point, duration: number): Cubic => {
  const third = duration / 3;
  return {
    x0: start.x,
    y0: start.y,
    x1: start.x + leave.x * third,
    y1: start.y + leave.y * third,
    x2: end.x - arrive.x * third,
    y2: end.y - arrive.y * third,
    x3: end.x,
    y3: end.y,
  };
};
