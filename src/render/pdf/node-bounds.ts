import { type Affine, applyToPoint, IDENTITY } from '../../geometry/affine.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import { inflate, intersectionOf, type Rect, rectOf, unionOf } from '../../geometry/point.ts';
import type { SceneNode, Stroke } from '../../scene/scene.ts';

/** The box around a parallelogram: the unit square under `at`. */
export const boundsOfUnitSquare = (at: Affine): Rect => {
  const corners = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
    { x: 1, y: 1 },
  ].map((corner) => applyToPoint(at, corner));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return rectOf(x, y, Math.max(...xs) - x, Math.max(...ys) - y);
};

const boundsOfMapped = (path: Path, at: Affine): Rect | null => boundsOfPath(at === IDENTITY ? path : transformPath(path, at));

/** How far a stroke can reach beyond its outline: half its width, times the mitre limit or the diagonal of a square cap. */
export const strokeReach = (stroke: Stroke): number => {
  const spike = stroke.join === 'miter' ? stroke.miterLimit : 1;
  return (stroke.widthMm / 2) * Math.max(spike, stroke.cap === 'square' ? Math.SQRT2 : 1);
};

/** A box that surely holds everything the nodes paint, in their millimetres; null when they paint nothing. */
export const boundsOfNodes = (nodes: readonly SceneNode[]): Rect | null =>
  nodes.reduce<Rect | null>((all, node) => unionOf(all, boundsOfNode(node)), null);

export const boundsOfNode = (node: SceneNode): Rect | null => {
  switch (node.kind) {
    case 'path': {
      const outline = boundsOfPath(node.path);
      return outline && node.stroke ? inflate(outline, strokeReach(node.stroke)) : outline;
    }
    case 'glyphs':
      return node.glyphs.reduce<Rect | null>((all, { outline, at }) => unionOf(all, boundsOfMapped(outline, at)), null);
    case 'raster':
      return boundsOfUnitSquare(node.at);
    case 'group': {
      const inside = boundsOfNodes(node.children);
      const clip = node.clip ? boundsOfPath(node.clip.path) : null;
      return inside && clip ? intersectionOf(inside, clip) : inside;
    }
  }
};
