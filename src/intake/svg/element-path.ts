import { scaling } from '../../geometry/affine.ts';
import { EMPTY_PATH, type Path, PathBuilder, rectPath, transformPath } from '../../geometry/path.ts';
import { pathFromSvg } from '../../geometry/path-text.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { ellipsePath, roundedRectPath } from '../../geometry/shapes.ts';
import { badValue } from './issues.ts';
import { parseCompactNumbers } from './lengths.ts';
import { diagonalOf, lengthAttribute, type Viewport } from './viewport.ts';
import type { SvgElement } from './xml-tree.ts';

const SHAPES: Record<string, (element: SvgElement, port: Viewport) => Path> = {
  path: (element) => pathData(element),
  rect: (element, port) => rectangle(element, port),
  circle: (element, port) => circle(element, port),
  ellipse: (element, port) => ellipse(element, port),
  line: (element, port) => line(element, port),
  polyline: (element) => corners(element, false),
  polygon: (element) => corners(element, true),
};

export const isShape = (element: SvgElement): boolean => Object.hasOwn(SHAPES, element.name);

/** The outline of a basic shape in its own user space; empty where SVG says that nothing is drawn. Throws Problem 'svg.value'. */
export const pathOfShape = (element: SvgElement, port: Viewport): Path => {
  try {
    return SHAPES[element.name]?.(element, port) ?? EMPTY_PATH;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badValue(error.message, element);
  }
};

const pathData = (element: SvgElement): Path => {
  const d = element.attributes.get('d')?.trim() ?? '';
  return d === 'none' ? EMPTY_PATH : pathFromSvg(d);
};

const rectangle = (element: SvgElement, port: Viewport): Path => {
  const across = (name: string): number => lengthAttribute(element, name, port.width, 0);
  const down = (name: string): number => lengthAttribute(element, name, port.height, 0);
  const box = rectOf(across('x'), down('y'), across('width'), down('height'));
  if (!(box.width > 0 && box.height > 0)) return EMPTY_PATH;
  const rx = lengthAttribute(element, 'rx', port.width, Number.NaN);
  const ry = lengthAttribute(element, 'ry', port.height, Number.NaN);
  const [wantX, wantY] = [Number.isNaN(rx) ? ry : rx, Number.isNaN(ry) ? rx : ry];
  const [radiusX, radiusY] = [Math.min(wantX || 0, box.width / 2), Math.min(wantY || 0, box.height / 2)];
  if (!(radiusX > 0 && radiusY > 0)) return rectPath(box);
  return radiusX === radiusY ? roundedRectPath(box, radiusX) : ellipticalCorners(box, radiusX, radiusY);
};

/** Drawn with round corners in a space stretched until both radii are equal. */
const ellipticalCorners = ({ x, y, width, height }: Rect, rx: number, ry: number): Path =>
  transformPath(roundedRectPath(rectOf(x, (y * rx) / ry, width, (height * rx) / ry), rx), scaling(1, ry / rx));

const circle = (element: SvgElement, port: Viewport): Path => {
  const r = lengthAttribute(element, 'r', diagonalOf(port), 0);
  return roundAt(element, port, r, r);
};

const ellipse = (element: SvgElement, port: Viewport): Path => {
  const rx = lengthAttribute(element, 'rx', port.width, Number.NaN);
  const ry = lengthAttribute(element, 'ry', port.height, Number.NaN);
  return roundAt(element, port, Number.isNaN(rx) ? ry : rx, Number.isNaN(ry) ? rx : ry);
};

const roundAt = (element: SvgElement, port: Viewport, rx: number, ry: number): Path => {
  if (!(rx > 0 && ry > 0)) return EMPTY_PATH;
  const cx = lengthAttribute(element, 'cx', port.width, 0);
  const cy = lengthAttribute(element, 'cy', port.height, 0);
  return ellipsePath(rectOf(cx - rx, cy - ry, 2 * rx, 2 * ry));
};

const line = (element: SvgElement, port: Viewport): Path => {
  const across = (name: string): number => lengthAttribute(element, name, port.width, 0);
  const down = (name: string): number => lengthAttribute(element, name, port.height, 0);
  return new PathBuilder().moveTo(across('x1'), down('y1')).lineTo(across('x2'), down('y2')).finish();
};

const corners = (element: SvgElement, closed: boolean): Path => {
  const numbers = parseCompactNumbers(element.attributes.get('points') ?? '');
  if (!numbers) throw new RangeError('expected a list of numbers for points');
  if (numbers.length < 4) return EMPTY_PATH;
  const out = new PathBuilder();
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    if (i === 0) out.moveTo(numbers[0] ?? 0, numbers[1] ?? 0);
    else out.lineTo(numbers[i] ?? 0, numbers[i + 1] ?? 0);
  }
  return (closed ? out.close() : out).finish();
};
