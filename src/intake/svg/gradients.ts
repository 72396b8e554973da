import { type Affine, determinant, IDENTITY, multiply } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import type { DrawingPaint } from '../../model/resources.ts';
import { computeStyle, INITIAL_STYLE } from './computed-style.ts';
import { numberOrPercent } from './css-colour.ts';
import { badValue, tooComplex } from './issues.ts';
import type { GradientStop, ReadContext } from './read-context.ts';
import { parseTransform } from './transform-list.ts';
import { diagonalOf, lengthAttribute, type Viewport } from './viewport.ts';
import type { SvgElement } from './xml-tree.ts';

const MAX_CHAIN = 32;

/** The gradient and what it refers to, nearest first. A loop or a missing target ends the chain. */
const chainOf = (element: SvgElement, context: ReadContext): SvgElement[] => {
  const chain = [element];
  while (chain.length < MAX_CHAIN) {
    const href = chain.at(-1)?.attributes.get('href')?.trim();
    const next = href?.startsWith('#') ? context.byId(href.slice(1)) : undefined;
    if (!next || chain.includes(next) || !isGradient(next)) return chain;
    chain.push(next);
  }
  return chain;
};

export const isGradient = ({ name }: SvgElement): boolean => name === 'linearGradient' || name === 'radialGradient';

/** Stops take `currentColor` from where the gradient is written, not from where it is used. */
const stopsOf = (chain: readonly SvgElement[], context: ReadContext): readonly GradientStop[] => {
  const owner = chain.find(({ children }) => children.some(({ name }) => name === 'stop'));
  return owner ? context.stopsOnce(owner, () => readStops(owner, context)) : [];
};

const readStops = (owner: SvgElement, context: ReadContext): GradientStop[] => {
  const { inherited: around } = computeStyle(owner, INITIAL_STYLE, context.sheet, context.issues);
  const stops = owner.children.filter(({ name }) => name === 'stop');
  if (stops.length > context.limits.maxStops) throw tooComplex('stops in a gradient', context.limits.maxStops);
  let least = 0;
  return stops.map((stop) => {
    const { own, inherited } = computeStyle(stop, around, context.sheet, context.issues);
    const offset = numberOrPercent(stop.attributes.get('offset') ?? '0', 1) ?? 0;
    least = Math.min(1, Math.max(least, offset));
    const spec = own.stopColour.kind === 'current' ? inherited.color : own.stopColour;
    const solid = spec.kind === 'colour' ? spec : { hex: '#000000', opacity: 1 };
    return { offset: least, colour: solid.hex, opacity: solid.opacity * own.stopOpacity };
  });
};

/** Kept from touching the rim, where a cone would turn inside out (SVG 1.1 puts such a focus onto the circle). */
const focusInside = (cx: number, cy: number, r: number, fx: number, fy: number): readonly [number, number] => {
  const distance = Math.hypot(fx - cx, fy - cy);
  const most = r * 0.999;
  return distance <= most ? [fx, fy] : [cx + ((fx - cx) * most) / distance, cy + ((fy - cy) * most) / distance];
};

type Geometry = Pick<Extract<DrawingPaint, { kind: 'linear' | 'radial' }>, 'kind' | 'geometry'>;

/** `chain[0]` decides the kind; each attribute comes from the nearest element of the chain that has it. */
const geometryOf = (chain: readonly SvgElement[], port: Viewport): Geometry => {
  const holder = (name: string): SvgElement | undefined => chain.find(({ attributes }) => attributes.has(name));
  const value = (name: string, whole: number, otherwise: number): number => {
    const element = holder(name);
    return element ? lengthAttribute(element, name, whole, otherwise) : otherwise;
  };
  if (chain[0]?.name === 'linearGradient') {
    const [x1, y1] = [value('x1', port.width, 0), value('y1', port.height, 0)];
    return { kind: 'linear', geometry: [x1, y1, value('x2', port.width, port.width), value('y2', port.height, 0)] };
  }
  const [cx, cy] = [value('cx', port.width, port.width / 2), value('cy', port.height, port.height / 2)];
  const r = value('r', diagonalOf(port), diagonalOf(port) / 2);
  const focus = focusInside(cx, cy, r, value('fx', port.width, cx), value('fy', port.height, cy));
  return { kind: 'radial', geometry: [cx, cy, r, ...focus] };
};

const isFlat = ({ kind, geometry }: Geometry): boolean => {
  const [a, b, c, d] = geometry;
  return kind === 'linear' ? a === c && b === d : !((c ?? 0) > 0);
};

const transformOf = (chain: readonly SvgElement[]): Affine => {
  const holder = chain.find(({ attributes }) => attributes.has('gradientTransform'));
  const text = holder?.attributes.get('gradientTransform') ?? '';
  const map = parseTransform(text);
  if (!map && holder) throw badValue(`expected a transform for gradientTransform, got "${text.slice(0, 60)}"`, holder);
  return map ?? IDENTITY;
};

const firstOf = (chain: readonly SvgElement[], name: string): string | undefined =>
  chain
    .find(({ attributes }) => attributes.has(name))
    ?.attributes.get(name)
    ?.trim();

const reportSpread = (chain: readonly SvgElement[], context: ReadContext): void => {
  const spread = firstOf(chain, 'spreadMethod') ?? 'pad';
  const start = chain[0];
  if (spread !== 'pad' && start)
    context.issues.unsupported('a repeating gradient', start, 'Set the gradient to end in its last colour (pad).');
};

/** What is painted, and where: `box` is the shape's own box and `map` takes its user space to the drawing. */
export type PaintTarget = {
  readonly box: Rect;
  readonly map: Affine;
  readonly port: Viewport;
  readonly opacity: number;
};

const solid = ({ colour, opacity }: GradientStop, by: number): DrawingPaint => ({ kind: 'solid', colour, opacity: opacity * by });

/** A gradient as a paint of the drawing, or null where SVG says that nothing is painted (no stops, no area, a squashed space). */
export const gradientPaint = (element: SvgElement, target: PaintTarget, context: ReadContext): DrawingPaint | null => {
  const chain = chainOf(element, context);
  reportSpread(chain, context);
  const stops = stopsOf(chain, context);
  const last = stops.at(-1);
  if (!last) return null;
  if (stops.length === 1) return solid(last, target.opacity);
  const inBox = firstOf(chain, 'gradientUnits') !== 'userSpaceOnUse';
  const { box } = target;
  if (inBox && !(box.width > 0 && box.height > 0)) return null;
  const shape = geometryOf(chain, inBox ? { width: 1, height: 1 } : target.port);
  if (isFlat(shape)) return solid(last, target.opacity);
  const boxMap: Affine = inBox ? [box.width, 0, 0, box.height, box.x, box.y] : IDENTITY;
  const transform = multiply(target.map, boxMap, transformOf(chain));
  if (determinant(transform) === 0) return null;
  if (target.opacity === 1) return { ...shape, transform, stops };
  context.spendSegments(stops.length);
  return { ...shape, transform, stops: stops.map((stop) => ({ ...stop, opacity: stop.opacity * target.opacity })) };
};
