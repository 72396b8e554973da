import { BLACK, type Colour, WHITE } from '../colour/colour.ts';
import { determinant } from '../geometry/affine.ts';
import { rectPath, transformPath } from '../geometry/path.ts';
import { rectOf } from '../geometry/point.ts';
import type { ImageAdjustment, Paint, PathNode, RasterNode, SceneNode } from '../scene/scene.ts';

/**
 * Art by how it covers: `solid` covers fully wherever it is, as outlines filled sRGB black (white where the art itself is white); `soft` is what
 * fades or has clear pixels, as it was.
 */
export type Silhouette = { readonly solid: readonly SceneNode[]; readonly soft: readonly SceneNode[] };

/** Adjustments that can make pixels clear. */
const CLEARING: readonly ImageAdjustment['kind'][] = ['remove-white', 'line-art', 'halftone', 'threshold'];

/** What art covers, whatever its colours: the ground for white ink, varnish and cut lines. */
export const silhouetteOf = (nodes: readonly SceneNode[]): Silhouette => {
  const parts = nodes.map(partsOf);
  return { solid: parts.flatMap(({ solid }) => solid), soft: parts.flatMap(({ soft }) => soft) };
};

const partsOf = (node: SceneNode): Silhouette => {
  switch (node.kind) {
    case 'raster':
      return isOpaque(node) ? { solid: [boxOf(node)], soft: [] } : { solid: [], soft: [node] };
    case 'glyphs': {
      const fill = evenPaint(node.fill);
      return fill ? { solid: [{ ...node, fill }], soft: [] } : { solid: [], soft: [node] };
    }
    case 'path':
      return partsOfPath(node);
    case 'group': {
      if (node.opacity < 1 || node.mask) return { solid: [], soft: [node] };
      const { solid, soft } = silhouetteOf(node.children);
      const within = (children: readonly SceneNode[]): readonly SceneNode[] => (children.length > 0 ? [{ ...node, children }] : []);
      return { solid: within(solid).map((one) => ({ ...one, blend: 'normal' })), soft: within(soft) };
    }
  }
};

const partsOfPath = (node: PathNode): Silhouette => {
  const fill = node.fill && evenPaint(node.fill);
  const line = node.stroke && evenPaint(node.stroke.paint);
  const solid = fill || line ? [{ ...node, fill, stroke: node.stroke && line && { ...node.stroke, paint: line } }] : [];
  const softFill = fill ? null : node.fill;
  const softStroke = line ? null : node.stroke;
  return { solid, soft: softFill || softStroke ? [{ ...node, fill: softFill, stroke: softStroke }] : [] };
};

/** Black for any paint that covers, white for white, null for one that fades. A tint of a spot ink covers: its paper is white. */
const evenPaint = (paint: Paint): Paint | null => {
  if (paint.kind === 'solid') return { kind: 'solid', colour: isWhite(paint.colour) ? WHITE : BLACK };
  return paint.stops.every(({ opacity }) => opacity === 1) ? { kind: 'solid', colour: BLACK } : null;
};

const ONLY_WHITE = 250 / 255;

/** Whether a colour is bare ground: nothing but white ink prints it. */
export const isWhite = (colour: Colour): boolean => {
  if (colour.space === 'srgb') return Math.min(colour.r, colour.g, colour.b) >= ONLY_WHITE;
  return colour.space === 'cmyk' && Math.max(colour.c, colour.m, colour.y, colour.k) <= 1 - ONLY_WHITE;
};

const isOpaque = ({ image, adjust, at }: RasterNode): boolean =>
  determinant(at) !== 0 && !image.hasAlpha && !adjust.some(({ kind }) => CLEARING.includes(kind));

const boxOf = ({ at, pointer }: RasterNode): PathNode => ({
  kind: 'path',
  pointer,
  path: transformPath(rectPath(rectOf(0, 0, 1, 1)), at),
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: BLACK },
  stroke: null,
});
