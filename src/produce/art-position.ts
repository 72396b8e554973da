import { intersectionOf, type Point, type Rect, rectOf } from '../geometry/point.ts';
import { boundsOfNodes } from '../scene/bounds.ts';
import type { PlannedPlacement } from './plan.ts';

/** The art of a placement as far as it is made, in its trim box, mm; null for none. */
export const artBox = ({ scene: { area, nodes } }: Pick<PlannedPlacement, 'scene'>): Rect | null => {
  const painted = boundsOfNodes(nodes);
  return painted && intersectionOf(painted, rectOf(0, 0, area.widthMm, area.heightMm));
};

/** Where the place is that a placement is measured from, in its trim box, mm: the top left of the trim where the product names none. */
export const referencePoint = ({ placement, scene: { area } }: Pick<PlannedPlacement, 'placement' | 'scene'>): Point => {
  const { reference } = placement.product;
  return reference ? { x: reference.x ?? area.widthMm / 2, y: reference.y } : { x: 0, y: 0 };
};

/** What is painted as it lies on the article: a box for each part, from that place, x to the right as one looks at it, y down, mm. */
export const partsFromReference = (planned: Pick<PlannedPlacement, 'placement' | 'scene'>): readonly Rect[] => {
  const { x, y } = referencePoint(planned);
  return planned.scene.nodes.flatMap((node) => {
    const box = artBox({ scene: { ...planned.scene, nodes: [node] } });
    return box ? [rectOf(box.x - x, box.y - y, box.width, box.height)] : [];
  });
};
