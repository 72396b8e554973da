import { joinPaths, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import { intersectPaths, offsetPath, unionPaths } from '../../geometry/polygons.ts';
import { boundsOfNode } from '../bounds.ts';
import type { SceneNode } from '../scene.ts';

const UNIT = rectPath(rectOf(0, 0, 1, 1));
/** Lettering is kept clear as blocks; drawings with more steps than this as their boxes. */
const MOST_STEPS = 20_000;

/** What nodes cover, as an outline to fill nonzero: figures as they are, pictures as their frames or clips, lettering as its box. */
export const silhouetteOf = (nodes: readonly SceneNode[]): Path => {
  const parts = nodes.map(partOf).filter(({ verbs }) => verbs.length > 0);
  return parts.reduce((sum, { verbs }) => sum + verbs.length, 0) > MOST_STEPS ? boxes(nodes) : unionPaths(parts, 'nonzero', 0.05);
};

const boxes = (nodes: readonly SceneNode[]): Path =>
  joinPaths(
    nodes.flatMap((node) => {
      const box = boundsOfNode(node);
      return box ? [rectPath(box)] : [];
    }),
  );

const partOf = (node: SceneNode): Path => {
  switch (node.kind) {
    case 'path':
      // A stroke lies half outside.
      return node.stroke
        ? offsetPath(node.path, node.stroke.widthMm / 2, 'round', node.fillRule, 0.05)
        : unionPaths([node.path], node.fillRule, 0.05);
    case 'glyphs':
      return boxes([node]);
    case 'raster':
      return transformPath(UNIT, node.at);
    case 'group': {
      const inside = silhouetteOf(node.children);
      return node.clip ? intersectPaths(inside, unionPaths([node.clip.path], node.clip.fillRule, 0.05), 'nonzero', 0.05) : inside;
    }
  }
};
