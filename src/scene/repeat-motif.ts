import { type Affine, about, determinant, scaling } from '../geometry/affine.ts';
import { joinPaths, type Path, transformPath } from '../geometry/path.ts';
import { centreOf, containsRect, inflate, type Rect } from '../geometry/point.ts';
import { reversePath } from '../geometry/reverse-path.ts';
import { boundsOfNode } from './bounds.ts';
import type { GlyphsNode, Paint, PathNode, SceneNode } from './scene.ts';
import { transformNode } from './transform.ts';

/** Pictures and gradients that fill their cell reach this far under their neighbours on every side. */
const OVERLAP_MM = 0.2;

const SLACK_MM = 0.01;

/**
 * The nodes of one tile painted once for every map. Two copies that meet edge to edge would each cover the pixels of the joint in part
 * and leave a hairline: flat outlines therefore become one outline for all copies, and pictures and gradients that fill the cell overlap
 * their neighbours a little.
 * @param cell - the part of the plane one copy answers for, before its map
 */
export const repeatMotif = (nodes: readonly SceneNode[], cell: Rect, maps: readonly Affine[]): readonly SceneNode[] => {
  // Where copies overlap, their order matters: each is then painted whole before the next.
  const apart = nodes.length === 1 || nodes.every((node) => staysIn(node, cell));
  if (!apart) return maps.flatMap((map) => nodes.map((node) => transformNode(overlapping(node, cell), map)));
  return nodes.flatMap((node) => copiesOf(node, cell, maps));
};

const staysIn = (node: SceneNode, cell: Rect): boolean => {
  const box = boundsOfNode(node);
  return !box || containsRect(cell, box, SLACK_MM);
};

const copiesOf = (node: SceneNode, cell: Rect, maps: readonly Affine[]): readonly SceneNode[] => {
  if (node.kind === 'path' && isFlat(node.fill) && isFlat(node.stroke?.paint ?? null)) return [joinedOutline(node, maps)];
  if (node.kind === 'glyphs' && isFlat(node.fill)) return [joinedGlyphs(node, maps)];
  return maps.map((map) => transformNode(overlapping(node, cell), map));
};

const isFlat = (paint: Paint | null): boolean => paint === null || paint.kind === 'solid';

const joinedOutline = (node: PathNode, maps: readonly Affine[]): PathNode => ({
  ...node,
  path: joinPaths(maps.map((map) => placed(node.path, map))),
});

/** A mirrored copy runs the other way round: turned back, so that all copies wind alike. */
const placed = (path: Path, map: Affine): Path => {
  const moved = transformPath(path, map);
  return determinant(map) < 0 ? reversePath(moved) : moved;
};

const joinedGlyphs = (node: GlyphsNode, maps: readonly Affine[]): GlyphsNode => ({
  ...node,
  glyphs: maps.flatMap((map) => {
    const moved = transformNode(node, map);
    return moved.kind === 'glyphs' ? moved.glyphs : [];
  }),
});

const overlapping = (node: SceneNode, cell: Rect): SceneNode => {
  const paintsArea = node.kind === 'raster' || (node.kind === 'path' && node.fill !== null && node.fill.kind !== 'solid');
  const box = paintsArea ? boundsOfNode(node) : null;
  if (!box || !containsRect(inflate(box, SLACK_MM), cell)) return node;
  const grown = scaling(1 + (2 * OVERLAP_MM) / box.width, 1 + (2 * OVERLAP_MM) / box.height);
  return transformNode(node, about(centreOf(box), grown));
};
