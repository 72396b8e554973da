import { translation } from '../geometry/affine.ts';
import { rectPath } from '../geometry/path.ts';
import { inflate, intersectionOf, type Rect, rectOf } from '../geometry/point.ts';
import type { PlacementSpec } from '../model/design-spec.ts';
import { type Finding, sortFindings } from '../model/finding.ts';
import type { Layer } from '../model/layers.ts';
import { isProblem } from '../model/problem.ts';
import type { PlacementArea } from './area.ts';
import { boundsOfNodes } from './bounds.ts';
import { type Frame, frameOf, layerTransform, placeBox } from './box.ts';
import { type EdgeResult, finishEdges } from './edges.ts';
import { composeCode } from './layers/code-layer.ts';
import { composeCollage } from './layers/collage-layer.ts';
import { type ComposeContext, type Composed, joinComposed, NOTHING } from './layers/context.ts';
import { composeImage } from './layers/image-layer.ts';
import { composePattern } from './layers/pattern-layer.ts';
import { composeShape, outlineIn } from './layers/shape-layer.ts';
import { composeStitches, stitchesBox } from './layers/stitches-layer.ts';
import { composeSvg } from './layers/svg-layer.ts';
import { paintOf } from './paint.ts';
import type { Scene, SceneNode } from './scene.ts';
import { composeSpecial } from './special/compose-special.ts';
import { layoutText } from './text/layout-text.ts';
import { quantizeNode, transformNode } from './transform.ts';

/** What composing needs of the resolved resources; the recursion is its own. */
export type ComposeResources = Omit<ComposeContext, 'layer'>;

export type ComposedScene = { readonly scene: Scene; readonly findings: readonly Finding[] };

/**
 * One placement of a spec to its scene: pure, in millimetres, numbers on the 0.001 lattice. A layer that cannot be composed
 * becomes an error finding at its pointer and leaves the others untouched, so that all problems are reported at once.
 */
export const compose = (
  spec: PlacementSpec,
  { area, panels }: PlacementArea,
  resources: ComposeResources,
  pointer: string,
): ComposedScene => {
  const trim = rectOf(0, 0, area.widthMm, area.heightMm);
  const bleed = inflate(trim, area.bleedMm);
  const frame: Frame = { trim, bleed, safe: inflate(trim, -area.safeMm), panels, seen: bleed };
  const parts = joinComposed(spec.layers.map((layer, i) => composeLayer(layer, frame, `${pointer}/layers/${i}`, resources)));
  const background: readonly SceneNode[] =
    spec.background === undefined
      ? []
      : [
          {
            kind: 'path',
            pointer: `${pointer}/background`,
            path: rectPath(frame.bleed),
            fillRule: 'nonzero',
            fill: paintOf(spec.background, frame.bleed),
            stroke: null,
          },
        ];
  const edged: EdgeResult = finishEdges([...background, ...parts.nodes], area, spec.edge);
  return {
    scene: { version: 1, area, nodes: edged.nodes.map(quantizeNode) },
    findings: sortFindings([...parts.findings, ...edged.findings]),
  };
};

/** Layers alone, in a box of the page's own millimetres: a picture in running text. */
export const composeLayers = (layers: readonly Layer[], within: Rect, pointer: string, resources: ComposeResources): Composed => {
  const { nodes, findings } = joinComposed(
    layers.map((layer, i) => composeLayer(layer, frameOf(within), `${pointer}/layers/${i}`, resources)),
  );
  return { nodes: nodes.map(quantizeNode), findings };
};

const composeLayer = (layer: Layer, frame: Frame, pointer: string, resources: ComposeResources): Composed => {
  try {
    const box = placeBox(layer.type === 'stitches' ? stitchesBox(layer, resources) : layer.box, frame, pointer);
    const inside = composeInside(layer, { box, repeat: repeatOf(layer, box, frame, pointer) }, pointer, {
      ...resources,
      layer: (child, within, childPointer) => composeLayer(child, frameOf(within), childPointer, resources),
    });
    const nodes = finishLayer(layer, inside.nodes, box, pointer);
    return { nodes, findings: [...inside.findings, ...unseen(layer, nodes, inside, frame, pointer)] };
  } catch (error) {
    if (error instanceof RangeError) return { ...NOTHING, findings: [impossible(error, pointer)] };
    if (!isProblem(error)) throw error;
    return { ...NOTHING, findings: [findingOf(error, pointer)] };
  }
};

const findingOf = (
  problem: { code: string; message: string; pointer: string | undefined; hint: string | undefined },
  pointer: string,
): Finding => ({
  severity: 'error',
  code: problem.code,
  pointer: problem.pointer ?? pointer,
  message: problem.message,
  hint: problem.hint,
});

/** What a seamless pattern meets itself across: the trim when the layer fills the bleed, else its own box. */
const repeatOf = (layer: Layer, box: Rect, frame: Frame, pointer: string): Rect => {
  const { within, width, height, x, y } = layer.box;
  const fillsBleed = within === 'bleed' && [width, height, x, y].every((one) => one === undefined);
  return fillsBleed ? placeBox({ ...layer.box, within: 'trim' }, frame, pointer) : box;
};

type Place = { readonly box: Rect; readonly repeat: Rect };

/** Figures that pass the schema and yet make no shape (a dash that never ends, a number too large): the geometry says what. */
const impossible = (error: RangeError, pointer: string): Finding => ({
  severity: 'error',
  code: 'layer.impossible',
  pointer,
  message: `This layer cannot be drawn: ${error.message}.`,
});

/** A layer that leaves no mark is told, unless something else was said about it already. */
const unseen = (layer: Layer, nodes: readonly SceneNode[], inside: Composed, frame: Frame, pointer: string): readonly Finding[] => {
  if (inside.findings.some((finding) => finding.pointer.startsWith(pointer) && finding.severity !== 'info')) return [];
  const box = layer.opacity === 0 ? null : boundsOfNodes(nodes);
  const reason = layer.opacity === 0 ? 'its opacity is 0' : box ? 'it lies outside the print area' : 'it paints nothing';
  if (box && (intersectionOf(box, frame.seen) || isLine(box))) return [];
  return [
    {
      severity: 'warning',
      code: 'layer.unseen',
      pointer,
      message: `Nothing of this ${layer.type} layer will be seen: ${reason}.`,
      hint: 'Check its text, its picture and its box, or remove it.',
    },
  ];
};

/** A hairline has no area and is seen all the same. */
const isLine = ({ width, height }: Rect): boolean => (width === 0) !== (height === 0);

const composeInside = (layer: Layer, { box, repeat }: Place, pointer: string, context: ComposeContext): Composed => {
  switch (layer.type) {
    case 'text':
      return composeText(layer, box, pointer, context);
    case 'image':
      return composeImage(layer, box, pointer, context);
    case 'svg':
      return composeSvg(layer, box, pointer, context);
    case 'shape':
      return composeShape(layer, box, pointer);
    case 'code':
      return composeCode(layer, box, pointer, context);
    case 'stitches':
      return composeStitches(layer, box, pointer, context);
    case 'collage':
      return composeCollage(layer, box, pointer, context);
    case 'pattern':
      return composePattern(layer, box, repeat, pointer, context);
    case 'group':
      return composeGroup(layer, box, pointer, context);
    default:
      return composeSpecial(layer, box, pointer, context);
  }
};

const composeText = (layer: Extract<Layer, { type: 'text' }>, box: Rect, pointer: string, { fonts }: ComposeContext): Composed => {
  const laid = layoutText(layer, { widthMm: box.width, heightMm: box.height }, fonts, pointer);
  const toBox = translation(box.x, box.y);
  return { nodes: laid.nodes.map((node) => transformNode(node, toBox)), findings: laid.findings };
};

const composeGroup = (layer: Extract<Layer, { type: 'group' }>, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const inside = joinComposed(layer.layers.map((child, i) => context.layer(child, box, `${pointer}/layers/${i}`)));
  if (!layer.clip) return inside;
  const clip = { path: outlineIn(layer.clip, box, `${pointer}/clip`), fillRule: 'nonzero' } as const;
  const node: SceneNode = { kind: 'group', pointer, clip, mask: null, opacity: 1, blend: 'normal', children: inside.nodes };
  return { nodes: [node], findings: inside.findings };
};

/** Rotation and flip move the nodes; opacity and blend need a group around them. */
const finishLayer = (layer: Layer, nodes: readonly SceneNode[], box: Rect, pointer: string): readonly SceneNode[] => {
  const map = layerTransform(layer, box);
  const moved = nodes.map((node) => transformNode(node, map));
  if (moved.length === 0 || (layer.opacity >= 1 && layer.blend === 'normal')) return moved;
  return [{ kind: 'group', pointer, clip: null, mask: null, opacity: layer.opacity, blend: layer.blend, children: moved }];
};
