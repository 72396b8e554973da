import { type Affine, determinant, IDENTITY, stretch } from '../../geometry/affine.ts';
import { dashPath } from '../../geometry/dash.ts';
import { boundsOfPath, isEmptyPath, type Path, transformPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { strokeOutline } from '../../geometry/stroke.ts';
import type { DrawingNode, DrawingPaint, DrawingStroke } from '../../model/resources.ts';
import type { InheritedStyle, OwnStyle, PaintSpec } from './computed-style.ts';
import { pathOfShape } from './element-path.ts';
import { gradientPaint, isGradient } from './gradients.ts';
import { badValue, tooComplex } from './issues.ts';
import { parseLength } from './lengths.ts';
import type { ReadContext } from './read-context.ts';
import { diagonalOf, type Viewport } from './viewport.ts';
import type { SvgElement } from './xml-tree.ts';

/** Where an element stands: its user space, what percentages mean there, and what it inherits. */
export type Place = { readonly map: Affine; readonly port: Viewport; readonly style: InheritedStyle };

/** Far beyond any sensible drawing, near enough for every later step to stay exact. */
const FARTHEST = 1e7;
/** Dash pieces times path steps: what cutting a path into dashes may cost. */
const MAX_DASH_WORK = 20_000_000;

type Shape = {
  readonly element: SvgElement;
  readonly place: Place;
  readonly path: Path;
  readonly box: Rect;
  readonly context: ReadContext;
};

const paintOf = (spec: PaintSpec, opacity: number, shape: Shape): DrawingPaint | null => {
  const { place, context, element } = shape;
  switch (spec.kind) {
    case 'none':
      return null;
    case 'current':
      return place.style.color.kind === 'current' ? null : paintOf(place.style.color, opacity, shape);
    case 'colour':
      return spec.opacity * opacity === 0 ? null : { kind: 'solid', colour: spec.hex, opacity: spec.opacity * opacity };
    case 'reference': {
      const server = context.byId(spec.id);
      if (server && isGradient(server))
        return gradientPaint(server, { box: shape.box, map: place.map, port: place.port, opacity }, context);
      if (server)
        context.issues.unsupported(`a fill or stroke with <${server.name.slice(0, 30)}>`, element, 'Expand patterns into shapes.');
      return server ? null : paintOf(spec.fallback, opacity, shape);
    }
  }
};

const isSimilarity = ([a, b, c, d]: Affine): boolean => {
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
  return Math.abs(a * c + b * d) <= 1e-6 * size * size && Math.abs(a * a + b * b - c * c - d * d) <= 1e-6 * size * size;
};

const dashed = (path: Path, dashes: readonly number[], offset: number): Path => {
  const period = dashes.reduce((sum, dash) => sum + dash, 0) * (dashes.length % 2 === 0 ? 1 : 2);
  if (!(period > 0)) return path;
  let hull = 0;
  for (let i = 2; i + 1 < path.coords.length; i += 2)
    hull += Math.hypot((path.coords[i] ?? 0) - (path.coords[i - 2] ?? 0), (path.coords[i + 1] ?? 0) - (path.coords[i - 1] ?? 0));
  const pieces = (hull / period) * dashes.length;
  if (pieces * path.verbs.length > MAX_DASH_WORK || pieces > 100_000) throw tooComplex('dashes on a stroke', 100_000);
  return dashPath(path, dashes, offset);
};

type StrokePieces = { readonly path: Path; readonly stroke: DrawingStroke | null; readonly fill: DrawingPaint | null };

/** A stroke stays a stroke where its pen stays round in the drawing; under a skew or uneven scale it becomes the outline it paints. */
const strokeOf = (shape: Shape, own: OwnStyle): StrokePieces | null => {
  const { place, path, element } = shape;
  const { style, port } = place;
  const paint = paintOf(style.stroke, style.strokeOpacity, shape);
  const length = (text: string): number => parseLength(text, diagonalOf(port)) ?? 0;
  const width = length(style.strokeWidth);
  if (width < 0) throw badValue(`expected a stroke-width of 0 or more, got ${width}`, element);
  if (!paint || width === 0) return null;
  const fixed = own.fixedStroke;
  const [pen, rest] = fixed ? [transformPath(path, place.map), IDENTITY] : [path, place.map];
  const line = style.dashes.length > 0 ? dashed(pen, style.dashes.map(length), length(style.dashOffset)) : pen;
  const { cap, join, miterLimit } = style;
  if (isSimilarity(rest))
    return { path: transformPath(line, rest), stroke: { paint, width: width * stretch(rest).x, cap, join, miterLimit }, fill: null };
  const tolerance = Math.max(shape.box.width, shape.box.height, width) / 4000;
  return {
    path: transformPath(strokeOutline(line, { widthMm: width, cap, join, miterLimit }, tolerance), rest),
    stroke: null,
    fill: paint,
  };
};

const nodeOf = (path: Path, fillRule: 'nonzero' | 'evenodd', fill: DrawingPaint | null, stroke: DrawingStroke | null): DrawingNode => ({
  kind: 'path',
  path,
  fillRule,
  fill,
  stroke,
});

const checkReach = (path: Path, element: SvgElement): void => {
  for (const coord of path.coords)
    if (!(Math.abs(coord) <= FARTHEST)) throw badValue(`expected coordinates within ${FARTHEST} units, got ${coord}`, element);
};

/** The shape's nodes in paint order, in drawing units: one when fill and stroke share the outline, two when they do not. */
const nodesFor = (shape: Shape, own: OwnStyle): DrawingNode[] => {
  const { place, element } = shape;
  const { style } = place;
  const fill = paintOf(style.fill, style.fillOpacity, shape);
  const line = strokeOf(shape, own);
  const area = transformPath(shape.path, place.map);
  checkReach(line?.path ?? area, element);
  checkReach(area, element);
  const plain = style.dashes.length === 0 && !style.strokeFirst;
  if (line?.stroke && (plain || !fill)) return [nodeOf(plain ? area : line.path, style.fillRule, fill, line.stroke)];
  const parts = [
    ...(fill ? [nodeOf(area, style.fillRule, fill, null)] : []),
    ...(line ? [nodeOf(line.path, 'nonzero', line.fill, line.stroke)] : []),
  ];
  return style.strokeFirst ? parts.reverse() : parts;
};

/** A basic shape or path as drawing nodes; none when it is hidden, empty or unpainted. Throws Problem 'svg.value' or 'svg.too-complex'. */
export const shapeNodes = (element: SvgElement, place: Place, own: OwnStyle, context: ReadContext): DrawingNode[] => {
  if (!place.style.visible || determinant(place.map) === 0) return [];
  const path = pathOfShape(element, place.port);
  context.spendSegments(path.verbs.length);
  if (isEmptyPath(path)) return [];
  try {
    return nodesFor({ element, place, path, box: boundsOfPath(path) ?? rectOf(0, 0, 0, 0), context }, own);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badValue(error.message, element);
  }
};
