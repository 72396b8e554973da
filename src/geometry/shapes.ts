import { type Path, PathBuilder, transformPath } from './path.ts';
import type { Point, Rect } from './point.ts';
import { addEllipseArc, type Ellipse, pointOnEllipse } from './svg-arc.ts';

/** Reach of the control points that lets one cubic stand for a quarter circle: 4/3·(√2 − 1); off by 0.03 % of the radius. */
const KAPPA = (4 / 3) * (Math.SQRT2 - 1);

const requireFinite = (shape: string, values: Readonly<Record<string, number>>): void => {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) throw new RangeError(`expected a finite ${name} for a ${shape}, got ${value}`);
  }
};

const requireRect = (shape: string, { x, y, width, height }: Rect): void => {
  requireFinite(shape, { x, y, width, height });
  if (width < 0 || height < 0) throw new RangeError(`expected a width and height of 0 or more for a ${shape}, got ${width} x ${height}`);
};

const requireWhole = (shape: string, name: string, value: number, least: number): void => {
  if (!Number.isInteger(value) || value < least || value > 10_000) {
    throw new RangeError(`expected a whole number of ${name} from ${least} to 10000 for a ${shape}, got ${value}`);
  }
};

/** One radius for all corners, or those of top left, top right, bottom right, bottom left. */
export type CornerRadii = number | readonly [topLeft: number, topRight: number, bottomRight: number, bottomLeft: number];

/** The radii as they fit: when two neighbours are longer than their side, all four shrink by one factor, as CSS says. */
const clampRadii = (radii: CornerRadii, width: number, height: number): readonly [number, number, number, number] => {
  const given = typeof radii === 'number' ? ([radii, radii, radii, radii] as const) : radii;
  const [a, b, c, d] = given;
  requireFinite('rounded rectangle', { radius: a + b + c + d });
  if (Math.min(a, b, c, d) < 0) throw new RangeError(`expected radii of 0 or more for a rounded rectangle, got ${given.join(', ')}`);
  const share = (side: number, sum: number): number => (sum > side ? side / sum : 1);
  const factor = Math.min(share(width, a + b), share(height, b + c), share(width, c + d), share(height, d + a));
  return [a * factor, b * factor, c * factor, d * factor];
};

/** A box with round corners, clockwise from the end of its top left corner. */
export const roundedRectPath = (rect: Rect, radii: CornerRadii): Path => {
  requireRect('rounded rectangle', rect);
  const { x, y, width, height } = rect;
  const [a, b, c, d] = clampRadii(radii, width, height);
  const [right, bottom] = [x + width, y + height];
  const keep = 1 - KAPPA;
  const out = new PathBuilder().moveTo(x + a, y).lineTo(right - b, y);
  if (b > 0) out.cubicTo(right - b * keep, y, right, y + b * keep, right, y + b);
  out.lineTo(right, bottom - c);
  if (c > 0) out.cubicTo(right, bottom - c * keep, right - c * keep, bottom, right - c, bottom);
  out.lineTo(x + d, bottom);
  if (d > 0) out.cubicTo(x + d * keep, bottom, x, bottom - d * keep, x, bottom - d);
  if (a > 0) out.lineTo(x, y + a).cubicTo(x, y + a * keep, x + a * keep, y, x + a, y);
  return out.close().finish();
};

/** The ellipse that touches the four sides, clockwise from its right end. */
export const ellipsePath = (rect: Rect): Path => {
  requireRect('ellipse', rect);
  const [rx, ry] = [rect.width / 2, rect.height / 2];
  const [cx, cy] = [rect.x + rx, rect.y + ry];
  const [kx, ky] = [rx * KAPPA, ry * KAPPA];
  return new PathBuilder()
    .moveTo(cx + rx, cy)
    .cubicTo(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)
    .cubicTo(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)
    .cubicTo(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)
    .cubicTo(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)
    .close()
    .finish();
};

/** A closed ring of `count` points on the ellipse in the box, from the top and clockwise, each at its share of the radius. */
const ringPath = ({ x, y, width, height }: Rect, count: number, rotationDeg: number, radiusAt: (index: number) => number): Path => {
  const out = new PathBuilder();
  for (let i = 0; i < count; i++) {
    const angle = ((rotationDeg - 90) * Math.PI) / 180 + (2 * Math.PI * i) / count;
    const radius = radiusAt(i) / 2;
    const [px, py] = [x + width / 2 + width * radius * Math.cos(angle), y + height / 2 + height * radius * Math.sin(angle)];
    if (i === 0) out.moveTo(px, py);
    else out.lineTo(px, py);
  }
  return out.close().finish();
};

/** A regular polygon with its corners on the ellipse in the box, first corner up, turned clockwise by `rotationDeg`. */
export const polygonPath = (rect: Rect, sides: number, rotationDeg = 0): Path => {
  requireRect('polygon', rect);
  requireFinite('polygon', { rotation: rotationDeg });
  requireWhole('polygon', 'sides', sides, 3);
  return ringPath(rect, sides, rotationDeg, () => 1);
};

/** A star with its tips on the ellipse in the box, first tip up; `innerRatio` (0 to 1) is the inner radius as a share of the outer. */
export const starPath = (rect: Rect, points: number, innerRatio: number, rotationDeg = 0): Path => {
  requireRect('star', rect);
  requireFinite('star', { rotation: rotationDeg });
  requireWhole('star', 'points', points, 3);
  if (!(innerRatio >= 0 && innerRatio <= 1)) throw new RangeError(`expected an inner ratio from 0 to 1 for a star, got ${innerRatio}`);
  return ringPath(rect, 2 * points, rotationDeg, (i) => (i % 2 === 0 ? 1 : innerRatio));
};

/** Half a heart in the unit box, from the notch over the right lobe down to the tip; the other half is its mirror image. */
const HEART: readonly (readonly [number, number, number, number, number, number])[] = [
  [0.54, 0.09, 0.635, 0, 0.745, 0],
  [0.89, 0, 1, 0.115, 1, 0.275],
  [1, 0.53, 0.71, 0.73, 0.5, 1],
];
const HEART_NOTCH = 0.215;

/** A heart that touches the four sides of the box, tip down, clockwise from the notch. */
export const heartPath = (rect: Rect): Path => {
  requireRect('heart', rect);
  const out = new PathBuilder().moveTo(0.5, HEART_NOTCH);
  for (const curve of HEART) out.cubicTo(...curve);
  const starts = [[0.5, HEART_NOTCH], ...HEART.map((curve) => curve.slice(4))];
  for (let i = HEART.length - 1; i >= 0; i--) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = HEART[i] ?? [];
    const [x = 0, y = 0] = starts[i] ?? [];
    out.cubicTo(1 - x2, y2, 1 - x1, y1, 1 - x, y);
  }
  return transformPath(out.close().finish(), [rect.width, 0, 0, rect.height, rect.x, rect.y]);
};

/** The open straight line between two points. */
export const linePath = (from: Point, to: Point): Path => {
  requireFinite('line', { 'start x': from.x, 'start y': from.y, 'end x': to.x, 'end y': to.y });
  return new PathBuilder().moveTo(from.x, from.y).lineTo(to.x, to.y).finish();
};

const requireSweep = (shape: string, centre: Point, radius: number, startDeg: number, sweepDeg: number): void => {
  requireFinite(shape, { 'centre x': centre.x, 'centre y': centre.y, radius, 'start angle': startDeg, sweep: sweepDeg });
  if (radius < 0 || Math.abs(sweepDeg) > 360) {
    throw new RangeError(`expected a radius of 0 or more and a sweep within ±360° for a ${shape}, got ${radius} and ${sweepDeg}`);
  }
};

const circleOf = ({ x, y }: Point, radius: number): Ellipse => ({ cx: x, cy: y, rx: radius, ry: radius, cos: 1, sin: 0 });

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** An open circular arc, the baseline for text on a circle. Angles in degrees, 0 to the right, clockwise on a y-down page. */
export const arcPath = (centre: Point, radius: number, startDeg: number, sweepDeg: number): Path => {
  requireSweep('arc', centre, radius, startDeg, sweepDeg);
  const circle = circleOf(centre, radius);
  const [start, sweep] = [radians(startDeg), radians(sweepDeg)];
  const from = pointOnEllipse(circle, start);
  const out = new PathBuilder().moveTo(from.x, from.y);
  addEllipseArc(out, circle, start, sweep, pointOnEllipse(circle, start + sweep));
  return out.finish();
};

/** A slice of a disc: centre, arc, and back. Angles as of `arcPath`. */
export const sectorPath = (centre: Point, radius: number, startDeg: number, sweepDeg: number): Path => {
  requireSweep('sector', centre, radius, startDeg, sweepDeg);
  const circle = circleOf(centre, radius);
  const [start, sweep] = [radians(startDeg), radians(sweepDeg)];
  const from = pointOnEllipse(circle, start);
  const out = new PathBuilder().moveTo(centre.x, centre.y).lineTo(from.x, from.y);
  addEllipseArc(out, circle, start, sweep, pointOnEllipse(circle, start + sweep));
  return out.close().finish();
};
