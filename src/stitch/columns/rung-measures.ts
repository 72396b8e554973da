import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import type { Rung } from './rungs.ts';

/** Strokes whose width changes by more than this for each mm of their length flare: sewn across they would fan out to and fro. */
const FLARE = 0.35;
/** Their width is looked at in steps of this, mm. */
const STEP_MM = 1;

export const middleOfRung = ({ left, right }: Rung): Point => ({ x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 });

export const widthOfRung = ({ left, right }: Rung): number => distance(left, right);

/** The width that half of the rungs do not reach, mm. */
export const usualWidth = (rungs: readonly Rung[]): number => {
  const widths = rungs.map(widthOfRung).sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
};

export const lengthAlong = (points: readonly Point[]): number =>
  points.reduce((sum, point, i) => {
    const before = points[i - 1];
    return before ? sum + distance(before, point) : 0;
  }, 0);

/** How long a stroke is along its middle, mm. */
export const lengthOfRungs = (rungs: readonly Rung[]): number => lengthAlong(rungs.map(middleOfRung));

/** Whether a stroke becomes wider and narrower along its way faster than columns do. */
export const isFlared = (rungs: readonly Rung[]): boolean => changeOfWidth(rungs) > FLARE * lengthOfRungs(rungs);

/** By how much a stroke becomes wider and narrower in all, mm. */
const changeOfWidth = (rungs: readonly Rung[]): number => {
  const [first] = rungs;
  let [change, mm, last] = [0, 0, first ? widthOfRung(first) : 0];
  rungs.forEach((rung, i) => {
    const before = rungs[i - 1];
    if (before) mm += distance(middleOfRung(before), middleOfRung(rung));
    if (mm < STEP_MM && i < rungs.length - 1) return;
    change += Math.abs(widthOfRung(rung) - last);
    [last, mm] = [widthOfRung(rung), 0];
  });
  return change;
};
