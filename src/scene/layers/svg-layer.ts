import { type Colour, colourFromHex } from '../../colour/colour.ts';
import type { Affine } from '../../geometry/affine.ts';
import { rectPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import type { SvgLayer } from '../../model/layers.ts';
import { colourOf } from '../../model/paint.ts';
import { Problem } from '../../model/problem.ts';
import type { Drawing, DrawingNode, DrawingPaint } from '../../model/resources.ts';
import { factsOf } from '../photo.ts';
import type { GroupNode, Paint, SceneNode } from '../scene.ts';
import { transformNode } from '../transform.ts';
import type { ComposeContext, Composed } from './context.ts';

/** Vector art laid into a box; its own picture area clips it, as it does in every viewer. */
export const composeSvg = (layer: SvgLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const drawing = context.drawing(layer.source);
  const toBox = fitDrawing(drawing, box, layer.fit);
  const recolour = new Map(Object.entries(layer.recolour).map(([from, to]) => [longHex(from), colourOf(to)] as const));
  const nodes = drawing.nodes.flatMap((node) => sceneNodes(node, pointer, recolour));
  const clip = layer.fit === 'cover' ? box : placedArea(drawing, toBox);
  const group: GroupNode = {
    kind: 'group',
    pointer,
    clip: { path: rectPath(clip), fillRule: 'nonzero' },
    mask: null,
    opacity: 1,
    blend: 'normal',
    children: nodes.map((node) => transformNode(node, toBox)),
  };
  const unused = [...recolour.keys()].filter((colour) => !coloursOf(drawing.nodes).has(colour));
  return {
    nodes: [group],
    findings: unused.map((colour) => ({
      severity: 'warning',
      code: 'svg.recolour-unused',
      pointer: `${pointer}/recolour`,
      message: `The drawing has no ${colour}, so nothing was recoloured.`,
      hint: `Its colours are ${[...coloursOf(drawing.nodes)].sort().slice(0, 12).join(', ')}.`,
    })),
  };
};

const longHex = (hex: string): string => (hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex).toLowerCase();

const fitDrawing = ({ width, height }: Drawing, box: Rect, fit: SvgLayer['fit']): Affine => {
  const [sx, sy] = [box.width / width, box.height / height];
  const scale = fit === 'cover' ? Math.max(sx, sy) : Math.min(sx, sy);
  const [kx, ky] = fit === 'stretch' ? [sx, sy] : [scale, scale];
  return [kx, 0, 0, ky, box.x + (box.width - width * kx) / 2, box.y + (box.height - height * ky) / 2];
};

const placedArea = ({ width, height }: Drawing, [a, , , d, e, f]: Affine): Rect => ({ x: e, y: f, width: width * a, height: height * d });

type Recolour = ReadonlyMap<string, Colour>;

const colour = (hex: string, recolour: Recolour): Colour => {
  const replaced = recolour.get(longHex(hex));
  if (replaced) return replaced;
  const parsed = colourFromHex(hex);
  if (!parsed) throw new Problem('svg.colour', `expected a colour as "#rrggbb" in the drawing, got "${hex}"`);
  return parsed;
};

/** Whole-paint opacity of a solid belongs to the node, so it is not part of the paint here. */
const paint = (input: DrawingPaint, recolour: Recolour): Paint => {
  if (input.kind === 'solid') return { kind: 'solid', colour: colour(input.colour, recolour) };
  const stops = input.stops.map((stop) => ({ ...stop, colour: colour(stop.colour, recolour) }));
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = input.geometry;
  return input.kind === 'linear'
    ? { kind: 'linear', from: { x: a, y: b }, to: { x: c, y: d }, transform: input.transform, stops }
    : { kind: 'radial', centre: { x: a, y: b }, radius: c, focus: { x: d, y: e }, transform: input.transform, stops };
};

const opacityOf = (input: DrawingPaint): number => (input.kind === 'solid' ? input.opacity : 1);

const faded = (node: SceneNode, opacity: number): SceneNode =>
  opacity >= 1 ? node : { kind: 'group', pointer: node.pointer, clip: null, mask: null, opacity, blend: 'normal', children: [node] };

const sceneNodes = (node: DrawingNode, pointer: string, recolour: Recolour): readonly SceneNode[] => {
  switch (node.kind) {
    case 'path': {
      const common = { kind: 'path', pointer, path: node.path, fillRule: node.fillRule } as const;
      const parts: SceneNode[] = [];
      if (node.fill) parts.push(faded({ ...common, fill: paint(node.fill, recolour), stroke: null }, opacityOf(node.fill)));
      if (node.stroke) {
        const { width: widthMm, paint: ink, cap, join, miterLimit } = node.stroke;
        const stroke = { paint: paint(ink, recolour), widthMm, cap, join, miterLimit };
        parts.push(faded({ ...common, fill: null, stroke }, opacityOf(ink)));
      }
      return parts;
    }
    case 'image':
      return [
        {
          kind: 'raster',
          pointer,
          image: factsOf(node.image),
          source: { x: 0, y: 0, width: node.image.widthPx, height: node.image.heightPx },
          at: node.at,
          adjust: [],
          interpolation: 'smooth',
        },
      ];
    case 'group':
      return [
        {
          kind: 'group',
          pointer,
          clip: node.clip,
          mask: null,
          opacity: node.opacity,
          blend: 'normal',
          children: node.children.flatMap((child) => sceneNodes(child, pointer, recolour)),
        },
      ];
  }
};

const paintColours = (input: DrawingPaint | null | undefined): readonly string[] =>
  !input ? [] : input.kind === 'solid' ? [input.colour] : input.stops.map((stop) => stop.colour);

const coloursOf = (nodes: readonly DrawingNode[]): ReadonlySet<string> =>
  new Set(
    nodes.flatMap((node) => {
      if (node.kind === 'group') return [...coloursOf(node.children)];
      if (node.kind === 'image') return [];
      return [...paintColours(node.fill), ...paintColours(node.stroke?.paint)].map(longHex);
    }),
  );

/** Every picture inside a drawing, for the renderers. */
export const imagesIn = (nodes: readonly DrawingNode[]): readonly Extract<DrawingNode, { kind: 'image' }>['image'][] =>
  nodes.flatMap((node) => (node.kind === 'group' ? imagesIn(node.children) : node.kind === 'image' ? [node.image] : []));
