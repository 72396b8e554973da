import { type Rect, rectOf } from '../../geometry/point.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import type { Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import type { RasterRequest } from '../raster/raster-request.ts';

/** Where the pictures of a scene lie on its canvas, in pixels. */
export const photoBoxes = (
  { nodes }: Scene,
  { region, widthPx, heightPx, mirror }: Pick<RasterRequest, 'region' | 'widthPx' | 'heightPx' | 'mirror'>,
): readonly Rect[] =>
  nodesOf(nodes).flatMap((node) => {
    const box = node.kind === 'raster' ? boundsOfNode(node) : null;
    if (!box) return [];
    const [across, down] = [widthPx / region.width, heightPx / region.height];
    const left = (box.x - region.x) * across;
    const x = mirror ? widthPx - left - box.width * across : left;
    return [rectOf(x, (box.y - region.y) * down, box.width * across, box.height * down)];
  });
