import { type Affine, multiply, translation } from '../../geometry/affine.ts';
import { boundsOfPath, isEmptyPath, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { containsRect, inflate, type Rect, rectOf, unionOf } from '../../geometry/point.ts';
import { strokeOutline } from '../../geometry/stroke.ts';
import type { DrawingNode, DrawingStroke } from '../../model/resources.ts';
import { type Clip, clipsOf, transformOf } from './clip-paths.ts';
import { computeStyle, type OwnStyle } from './computed-style.ts';
import { isShape, pathOfShape } from './element-path.ts';
import { tooComplex } from './issues.ts';
import type { ReadContext } from './read-context.ts';
import { type Place, shapeNodes } from './shape-nodes.ts';
import { fitBox, lengthAttribute, viewBoxOf } from './viewport.ts';
import type { SvgElement } from './xml-tree.ts';

/** Drawn only through a reference, or never: passed over where they stand. */
const PASSIVE = new Set(
  `defs symbol clipPath linearGradient radialGradient stop title desc metadata style view cursor pattern filter mask marker
font font-face font-face-src missing-glyph glyph hkern vkern color-profile`.split(/\s+/),
);

const HINTS: Record<string, string> = {
  text: 'Convert text to outlines.',
  foreignObject: 'Convert embedded web content to shapes.',
  switch: 'Keep one variant of the content and ungroup it.',
  animate: 'Remove animations.',
  set: 'Remove animations.',
  animateTransform: 'Remove animations.',
  animateMotion: 'Remove animations.',
};

const containsText = (element: SvgElement): boolean => element.text.trim() !== '' || element.children.some(containsText);

const MAX_USE_NESTING = 64;

/** Walks the tree in paint order. `uses` are the elements being expanded, so that none is drawn inside itself. */
export class NodeBuilder {
  readonly #context: ReadContext;
  readonly #uses: SvgElement[] = [];
  #depth = 0;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  /** The nodes of an element's children. */
  children(element: SvgElement, place: Place): DrawingNode[] {
    return element.children.flatMap((child) => this.element(child, place));
  }

  /** The nodes of one element, clipped and faded as it says. */
  element(element: SvgElement, parent: Place): DrawingNode[] {
    if (PASSIVE.has(element.name)) return [];
    const { issues, sheet, limits } = this.#context;
    this.#context.spendNode();
    const { inherited, own } = computeStyle(element, parent.style, sheet, issues);
    if (!own.shown || own.opacity === 0) return [];
    this.#depth += 1;
    if (this.#depth > limits.maxDepth) throw tooComplex('levels of nested elements drawn', limits.maxDepth);
    const place = { map: multiply(parent.map, transformOf(element)), port: parent.port, style: inherited };
    const nodes = this.#grouped(element, this.#content(element, place, own), place, own);
    this.#depth -= 1;
    return nodes;
  }

  #content(element: SvgElement, place: Place, own: OwnStyle): DrawingNode[] {
    if (isShape(element)) return shapeNodes(element, place, own, this.#context);
    switch (element.name) {
      case 'g':
      case 'a':
        return this.children(element, place);
      case 'svg':
        return this.#framed(element, place, own, element);
      case 'use':
        return this.#use(element, place);
      case 'image':
        return this.#image(element, place);
      default:
        if (element.name !== 'text' || containsText(element)) this.#report(element);
        return [];
    }
  }

  #report(element: SvgElement): void {
    this.#context.issues.unsupported(`<${element.name.slice(0, 30)}>`, element, HINTS[element.name] ?? 'Convert the object to shapes.');
  }

  #use(element: SvgElement, place: Place): DrawingNode[] {
    const href = element.attributes.get('href')?.trim() ?? '';
    if (href !== '' && !href.startsWith('#')) {
      this.#context.issues.unsupported('a <use> of another file', element, 'Copy the used object into the drawing.');
      return [];
    }
    const target = this.#context.byId(href.slice(1));
    // A copy of something inside itself is an error that draws nothing (SVG 2, section 5.6.2).
    if (!target || this.#uses.includes(target) || this.#uses.length >= MAX_USE_NESTING) return [];
    const { port } = place;
    const shift = translation(lengthAttribute(element, 'x', port.width, 0), lengthAttribute(element, 'y', port.height, 0));
    const moved = { ...place, map: multiply(place.map, shift) };
    this.#uses.push(target);
    const nodes = target.name === 'symbol' || target.name === 'svg' ? this.#instance(element, target, moved) : this.element(target, moved);
    this.#uses.pop();
    return nodes;
  }

  /** A symbol, or a nested svg that is sized by its `use`. */
  #instance(use: SvgElement, target: SvgElement, parent: Place): DrawingNode[] {
    const { sheet, issues } = this.#context;
    this.#context.spendNode();
    const { inherited, own } = computeStyle(target, parent.style, sheet, issues);
    if (!own.shown) return [];
    const place = { map: multiply(parent.map, transformOf(target)), port: parent.port, style: inherited };
    return this.#grouped(target, this.#framed(target, place, own, use), place, own);
  }

  /** The content of an svg or symbol in its own viewport; `sizedBy` holds the width and height. */
  #framed(element: SvgElement, place: Place, own: OwnStyle, sizedBy: SvgElement): DrawingNode[] {
    const { port } = place;
    const size = (name: 'width' | 'height'): number =>
      lengthAttribute(sizedBy.attributes.has(name) ? sizedBy : element, name, port[name], port[name]);
    const frame = rectOf(
      lengthAttribute(element, 'x', port.width, 0),
      lengthAttribute(element, 'y', port.height, 0),
      size('width'),
      size('height'),
    );
    if (!(frame.width > 0 && frame.height > 0)) return [];
    const box = viewBoxOf(element);
    const inner = box ? fitBox(box, frame, element.attributes.get('preserveAspectRatio')).map : translation(frame.x, frame.y);
    const nodes = this.children(element, { map: multiply(place.map, inner), port: box ?? frame, style: place.style });
    return own.overflowVisible ? nodes : clipped(nodes, frame, place.map);
  }

  #image(element: SvgElement, place: Place): DrawingNode[] {
    const image = this.#context.pictures.get(element.attributes.get('href')?.trim() ?? '');
    if (!image || !place.style.visible) return [];
    const { port } = place;
    const natural = rectOf(0, 0, image.widthPx, image.heightPx);
    const wide = lengthAttribute(element, 'width', port.width, Number.NaN);
    const high = lengthAttribute(element, 'height', port.height, Number.NaN);
    const width = Number.isNaN(wide) ? (Number.isNaN(high) ? natural.width : (high * natural.width) / natural.height) : wide;
    const height = Number.isNaN(high) ? (width * natural.height) / natural.width : high;
    if (!(width > 0 && height > 0)) return [];
    const frame = rectOf(lengthAttribute(element, 'x', port.width, 0), lengthAttribute(element, 'y', port.height, 0), width, height);
    const { map, slice } = fitBox(natural, frame, element.attributes.get('preserveAspectRatio'));
    const node: DrawingNode = { kind: 'image', image, at: multiply(place.map, map, [natural.width, 0, 0, natural.height, 0, 0]) };
    return slice ? clipped([node], frame, place.map) : [node];
  }

  #grouped(element: SvgElement, nodes: readonly DrawingNode[], place: Place, own: OwnStyle): DrawingNode[] {
    if (nodes.length === 0) return [];
    const clips =
      own.clip === null
        ? []
        : clipsOf(own.clip, { map: place.map, port: place.port, box: () => this.#boxOf(element, place), spot: element }, this.#context);
    if (clips.some(({ path }) => isEmptyPath(path))) return [];
    const [only] = nodes;
    const faded = clips.length === 0 && nodes.length === 1 && only ? fade(only, own.opacity) : null;
    if (faded) return [faded];
    const inner: DrawingNode[] = own.opacity < 1 ? [group([...nodes], own.opacity, null)] : [...nodes];
    return clips.reduceRight<DrawingNode[]>((children, clip) => [group(children, 1, clip)], inner);
  }

  /** The box of an element in its own user space, for clips in box units: exact for shapes, the frame for pictures, all content for groups. */
  #boxOf(element: SvgElement, place: Place): Rect | null {
    if (isShape(element)) return boundsOfPath(pathOfShape(element, place.port));
    if (element.name === 'image')
      return rectOf(
        lengthAttribute(element, 'x', place.port.width, 0),
        lengthAttribute(element, 'y', place.port.height, 0),
        lengthAttribute(element, 'width', place.port.width, 0),
        lengthAttribute(element, 'height', place.port.height, 0),
      );
    this.#context.issues.unsupported('a clip in box units on a group', element, 'Clip with a clipPath in user space.');
    return null;
  }
}

const group = (children: readonly DrawingNode[], opacity: number, clip: Clip | null): DrawingNode => ({
  kind: 'group',
  opacity,
  clip,
  children,
});

/** A node with its opacity multiplied in where that gives the same picture; null where a group is needed. */
const fade = (node: DrawingNode, by: number): DrawingNode | null => {
  if (by === 1) return node;
  if (node.kind === 'group') return { ...node, opacity: node.opacity * by };
  if (node.kind !== 'path') return null;
  if (node.fill?.kind === 'solid' && !node.stroke) return { ...node, fill: { ...node.fill, opacity: node.fill.opacity * by } };
  if (node.stroke?.paint.kind === 'solid' && !node.fill) {
    const paint = { ...node.stroke.paint, opacity: node.stroke.paint.opacity * by };
    return { ...node, stroke: { ...node.stroke, paint } };
  }
  return null;
};

/** The nodes cut to a frame, unless all of them lie within it anyway. */
export const clipped = (nodes: DrawingNode[], frame: Rect, map: Affine): DrawingNode[] => {
  if (nodes.length === 0 || staysWithin(nodes, frame, map)) return nodes;
  return [group(nodes, 1, { path: transformPath(rectPath(frame), map), fillRule: 'nonzero' })];
};

/** First by a quick outer bound, then, where only miters and caps might stick out, by the strokes' true outlines. */
const staysWithin = (nodes: readonly DrawingNode[], frame: Rect, map: Affine): boolean => {
  const outer = boundsOfPath(transformPath(rectPath(frame), map));
  // A turned frame is not its own bounding box: clip without looking further.
  if (!outer || (map[1] !== 0 && map[0] !== 0)) return false;
  const slack = Math.max(outer.width, outer.height) * 1e-6;
  return [outerReach, trueReach].some((strokeReach) => {
    const reach = nodes.reduce<Rect | null>((sum, node) => unionOf(sum, reachOf(node, strokeReach)), null);
    return reach !== null && containsRect(outer, reach, slack);
  });
};

type StrokeReach = (path: Path, stroke: Omit<DrawingStroke, 'paint'>) => Rect | null;

/** Miters counted at their limit. */
const outerReach: StrokeReach = (path, { width, join, miterLimit }) => {
  const box = boundsOfPath(path);
  return box && inflate(box, (width / 2) * (join === 'miter' ? Math.max(miterLimit, Math.SQRT2) : Math.SQRT2));
};

const trueReach: StrokeReach = (path, { width, cap, join, miterLimit }) => {
  const box = boundsOfPath(path);
  if (!box || path.verbs.length > 10_000) return outerReach(path, { width, cap, join, miterLimit });
  // Measured against the path, not the pen: a hair line along a big curve must not be cut into millions of pieces.
  const tolerance = Math.max(width, box.width, box.height) / 2000;
  return unionOf(box, boundsOfPath(strokeOutline(path, { widthMm: width, cap, join, miterLimit }, tolerance)));
};

/** An outer bound of what a node paints. */
const reachOf = (node: DrawingNode, strokeReach: StrokeReach): Rect | null => {
  switch (node.kind) {
    case 'path':
      return node.stroke ? strokeReach(node.path, node.stroke) : boundsOfPath(node.path);
    case 'image':
      return boundsOfPath(transformPath(rectPath(rectOf(0, 0, 1, 1)), node.at));
    case 'group':
      return node.clip
        ? boundsOfPath(node.clip.path)
        : node.children.reduce<Rect | null>((sum, child) => unionOf(sum, reachOf(child, strokeReach)), null);
  }
};
