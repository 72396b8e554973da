import { type Affine, applyToPoint, multiply } from '../geometry/affine.ts';
import { boundsOfPath, joinPaths, type Path, transformPath } from '../geometry/path.ts';
import { inflate, intersectionOf, type Rect, rectOf, unionOf } from '../geometry/point.ts';
import type { GlyphsNode, SceneNode } from './scene.ts';

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

/** All glyphs of a run as one path in mm. */
export const pathOfGlyphs = (node: GlyphsNode): Path => joinPaths(node.glyphs.map(({ outline, at }) => transformPath(outline, at)));

/** What a node can paint on at most, in mm; null when it paints nothing. Strokes count with half their width. */
export const boundsOfNode = (node: SceneNode): Rect | null => {
  switch (node.kind) {
    case 'path': {
      const box = boundsOfPath(node.path);
      return box && node.stroke ? inflate(box, node.stroke.widthMm / 2) : box;
    }
    case 'glyphs':
      return boundsOfPath(pathOfGlyphs(node));
    case 'raster':
      return boundsOfUnitSquare(node.at);
    case 'group': {
      const inside = boundsOfNodes(node.children);
      const clip = node.clip && boundsOfPath(node.clip.path);
      if (node.clip && !clip) return null;
      const clipped = inside && clip ? intersectionOf(inside, clip) : inside;
      return clipped && node.mask ? intersectionOf(clipped, boundsOfUnitSquare(node.mask.at)) : clipped;
    }
  }
};

export const boundsOfNodes = (nodes: readonly SceneNode[]): Rect | null =>
  nodes.reduce<Rect | null>((box, node) => unionOf(box, boundsOfNode(node)), null);
