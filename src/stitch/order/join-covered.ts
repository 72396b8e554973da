import type { Point } from '../../geometry/point.ts';
import type { Sewn } from '../region.ts';
import { distance, pointAt } from './part-shape.ts';
import { Thread } from './thread-trail.ts';

/** Longer ways than this between pieces are cut even under cover, mm. */
const LONGEST_STEP_MM = 2;

export type Joining = {
  /** Whether a place lies under what is sewn later. */
  readonly isCovered: (place: Point) => boolean;
  /** A hidden way from place to place. */
  readonly wayTo: (from: Point, to: Point) => readonly Point[] | null;
  /** Length of the stitches of a walk, mm. */
  readonly runStitchMm: number;
};

/**
 * The thread that goes on as another of its colour does, where a hidden way leads from its end to the beginning of that, or where both lie within
 * 2 mm of one another and the way between them is covered by what is sewn later. Null where there is no such way: threads stay apart across open
 * cloth, however near.
 */
export const joinCovered = (before: Sewn, thread: Sewn, { isCovered, wayTo, runStitchMm }: Joining): Sewn | null => {
  const [from, to] = [pointAt(before.points, before.roles.length - 1), pointAt(thread.points, 0)];
  const way = isWay(from, to, isCovered) ? [from, to] : wayTo(from, to);
  if (!way) return null;
  const trail = new Thread();
  trail.append(before);
  if (way.length > 2) trail.walk(way, runStitchMm);
  trail.append(thread);
  return trail.finish();
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
