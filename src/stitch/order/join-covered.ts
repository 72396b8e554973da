import type { Point } from '../../geometry/point.ts';
import type { Sewn } from '../region.ts';
import { distance, pointAt } from './part-shape.ts';
import { Thread } from './thread-trail.ts';

/** Longer ways than this between pieces are cut even under cover, mm. */
const LONGEST_STEP_MM = 2;

/**
 * Joins threads of one colour whose ends lie within 2 mm of one another when the way between them is covered by what is sewn later. Threads stay
 * apart across open cloth, however near.
 */
export const joinCovered = (threads: readonly Sewn[], isCovered: (place: Point) => boolean): readonly Sewn[] => {
  const out: Sewn[] = [];
  for (const thread of threads) {
    const before = out.at(-1);
    if (!before || !isWay(pointAt(before.points, before.roles.length - 1), pointAt(thread.points, 0), isCovered)) {
      out.push(thread);
      continue;
    }
    const trail = new Thread();
    trail.append(before);
    trail.append(thread);
    out[out.length - 1] = trail.finish();
  }
  return out;
};

const isWay = (from: Point, to: Point, isCovered: (place: Point) => boolean): boolean => {
  const mm = distance(from, to);
  if (mm > LONGEST_STEP_MM) return false;
  const samples = Math.max(2, Math.ceil(mm / 0.2));
  for (let k = 0; k <= samples; k += 1) {
    if (!isCovered({ x: from.x + ((to.x - from.x) * k) / samples, y: from.y + ((to.y - from.y) * k) / samples })) return false;
  }
  return true;
};
