import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import type { Rung } from './rungs.ts';

export const middleOfRung = ({ left, right }: Rung): Point => ({ x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 });

export const widthOfRung = ({ left, right }: Rung): number => distance(left, right);

export const lengthAlong = (points: readonly Point[]): number =>
  points.reduce((sum, point, i) => {
    const before = points[i - 1];
    return before ? sum + distance(before, point) : 0;
  }, 0);

/** How long a stroke is along its middle, mm. */
export const lengthOfRungs = (rungs: readonly Rung[]): number => lengthAlong(rungs.map(middleOfRung));
