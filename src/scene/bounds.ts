import { type Affine, applyToPoint, multiply } from '../geometry/affine.ts';
import { boundsOfPath, transformPath } from '../geometry/path.ts';
import { inflate, intersectionOf, type Rect, rectOf, unionOf } from '../geometry/point.ts';
import type { SceneNode, Stroke } from './scene.ts';

const UNIT_CORNERS = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
] as const;

/** The box of the unit square under an affine. */
export const boundsOfUnitSquare = (at: Affine): Rect => {
  const corners = UNIT_CORNERS.map((corner) => applyToPoint(at, corner));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return rectOf(x, y, Math.max(...xs) - x, Math.max(...ys) - y);
};

/** The box of a rectangle under an affine. */
export const boundsOfRect = ({ x, y, width, height }: Rect, map: Affine): Rect =>
  boundsOfUnitSquare(multiply(map, [width, 0, 0, height, x, y]));

type Reach = (stroke: Stroke) => number;

/** A stroke along smooth outlines: half its width. */
const usualReach: Reach = ({ widthMm }) => widthMm / 2;

/** The farthest a stroke can get: out to the mitre limit, or the diagonal of a square cap. */
const farthestReach: Reach = ({ widthMm, join, miterLimit, cap }) =>
  (widthMm / 2) * Math.max(join === 'miter' ? miterLimit : 1, cap === 'square' ? Math.SQRT2 : 1);

const bounds = (node: SceneNode, reach: Reach): Rect | null => {
  switch (node.kind) {
    case 'path': {
      const box = boundsOfPath(node.path);
      return box && node.stroke ? inflate(box, reach(node.stroke)) : box;
    }
    case 'glyphs':
      return node.glyphs.reduce<Rect | null>((box, { outline, at }) => unionOf(box, boundsOfPath(transformPath(outline, at))), null);
    case 'raster':
      return boundsOfUnitSquare(node.at);
    case 'group': {
      const inside = node.children.reduce<Rect | null>((box, child) => unionOf(box, bounds(child, reach)), null);
      const clip = node.clip && boundsOfPath(node.clip.path);
      if (node.clip && !clip) return null;
      const clipped = inside && clip ? intersectionOf(inside, clip) : inside;
      return clipped && node.mask ? intersectionOf(clipped, boundsOfUnitSquare(node.mask.at)) : clipped;
    }
  }
};

/** Where a node paints, in mm, strokes counted with half their width; null when it paints nothing. */
export const boundsOfNode = (node: SceneNode): Rect | null => bounds(node, usualReach);

export const boundsOfNodes = (nodes: readonly SceneNode[]): Rect | null =>
  nodes.reduce<Rect | null>((box, node) => unionOf(box, boundsOfNode(node)), null);

/** A box that surely holds everything the nodes paint, spikes of mitred strokes too: for buffers and form boxes. */
export const outerBoundsOfNodes = (nodes: readonly SceneNode[]): Rect | null =>
  nodes.reduce<Rect | null>((box, node) => unionOf(box, bounds(node, farthestReach)), null);
