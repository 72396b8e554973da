import { type Rect, rectOf } from '../../geometry/point.ts';
import type { StitchPlan } from '../../stitch/plan.ts';

/** The box around every place the needle goes in, mm; null when it never does. */
export const needleBox = ({ blocks }: StitchPlan): Rect | null => {
  let [x0, y0, x1, y1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { runs } of blocks)
    for (const { points } of runs)
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [x = 0, y = 0] = [points[i], points[i + 1]];
        [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
      }
  return x1 >= x0 ? rectOf(x0, y0, x1 - x0, y1 - y0) : null;
};
