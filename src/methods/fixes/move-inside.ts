import { containsRect, inflate, intersectionOf, type Rect, rectOf, unionOf } from '../../geometry/point.ts';
import { quantizeMm } from '../../geometry/units.ts';
import type { Autofix, Finding } from '../../model/finding.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import { type FixContext, layerAt } from './fix-context.ts';

/** A layer of the placement itself: those of groups stand in boxes of their own. */
const TOP_LEVEL = /^\/placements\/\d+\/layers\/\d+$/;

/** Art with a place of its own, moved by as little as brings it into the safe area; none where it is larger than that. */
export const moveInside = ({ pointer }: Finding, context: FixContext): Autofix | null => {
  const layer = TOP_LEVEL.test(pointer) ? layerAt(context, pointer) : undefined;
  const { area, nodes } = context.scene;
  const safe = inflate(rectOf(0, 0, area.widthMm, area.heightMm), -area.safeMm);
  const painted = nodes
    .filter((node) => node.pointer === pointer || node.pointer.startsWith(`${pointer}/`))
    .reduce<Rect | null>((all, node) => unionOf(all, boundsOfNode(node)), null);
  const shrinks = context.composed.some((one) => one.autofix && one.pointer === pointer);
  if (!layer || shrinks || !painted || painted.width > safe.width || painted.height > safe.height) return null;
  if (liesOnOthers(painted, pointer, context)) return null;
  const set = (['x', 'y'] as const).flatMap((axis) => {
    const by = axis === 'x' ? step(painted.x, painted.width, safe.x, safe.width) : step(painted.y, painted.height, safe.y, safe.height);
    if (by === 0) return [];
    const at = layer.box[axis];
    return [{ pointer: `${pointer}/box/${axis}`, value: at === undefined ? null : quantizeMm(at + by) }];
  });
  // Where a layer has no place of its own, its area says where it is: moving it would be a guess.
  if (set.length === 0 || set.some(({ value }) => value === null)) return null;
  return { title: 'Move it into the safe area.', set };
};

/** A name on its ribbon, or art within its own cut line, is moved with it or not at all. Grounds that fill the trim move nothing. */
const liesOnOthers = (painted: Rect, pointer: string, { scene: { area, nodes } }: FixContext): boolean => {
  const trim = rectOf(0, 0, area.widthMm, area.heightMm);
  return nodes.some((node) => {
    const box = node.pointer === pointer || node.pointer.startsWith(`${pointer}/`) ? null : boundsOfNode(node);
    return box !== null && !containsRect(box, trim, 0.1) && intersectionOf(box, painted) !== null;
  });
};

/** How far a length must move to lie within another that it fits into; rounded away from the edge. */
const step = (at: number, length: number, from: number, room: number): number => {
  if (at < from) return Math.ceil((from - at) * 1000) / 1000;
  const over = at + length - from - room;
  return over > 0 ? -Math.ceil(over * 1000) / 1000 : 0;
};
