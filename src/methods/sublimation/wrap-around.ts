import { translation } from '../../geometry/affine.ts';
import { rectPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import type { GroupNode, Scene } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';

/** The turns before and after reach this far under the art, so that no seam shows where they meet. */
const UNDER_MM = 0.2;

/**
 * A wrap whose ends overlap on the vessel: the area grows to the right, and the art goes on there, and in the bleed at both sides, as it
 * does when one walks round the vessel. The same scene without an overlap.
 */
export const wrapAround = (scene: Scene, overlapMm: number): Scene => {
  if (overlapMm === 0) return scene;
  const { area } = scene;
  const { widthMm, heightMm, bleedMm } = area;
  const [top, height] = [-bleedMm, heightMm + 2 * bleedMm];
  const shown = (from: number, to: number): Rect => rectOf(from, top, to - from, height);
  const wide = widthMm + overlapMm;
  return {
    ...scene,
    area: { ...area, widthMm: wide, trim: rectPath(rectOf(0, 0, wide, heightMm)), folds: [], keepOuts: [] },
    nodes: [
      turn(scene, -widthMm, shown(-bleedMm, UNDER_MM)),
      turn(scene, widthMm, shown(widthMm - UNDER_MM, wide + bleedMm)),
      turn(scene, 0, shown(0, widthMm)),
    ],
  };
};

/** The art moved along, where it is shown. */
const turn = ({ nodes }: Scene, dx: number, shown: Rect): GroupNode => ({
  kind: 'group',
  pointer: '',
  clip: { path: rectPath(shown), fillRule: 'nonzero' },
  mask: null,
  opacity: 1,
  blend: 'normal',
  children: nodes.map((node) => transformNode(node, translation(dx, 0))),
});
