import { type Path, PathBuilder } from './path.ts';
import type { Rect } from './point.ts';

/** Control points of a quarter ellipse lie at this part of its radii. */
const QUARTER = 0.5522847498;
/** The widest place of an egg, as a part of its height from the top. */
const WIDEST = 0.42;

/**
 * An egg that fills a box: half an ellipse above its widest place, a longer and fuller or slimmer one below, like the outline of a head.
 * @param chin - how far the lower half holds its width, 0.4 (pointed) to 1 (an ellipse)
 */
export const eggPath = ({ x, y, width, height }: Rect, chin: number): Path => {
  const [left, right, middle] = [x, x + width, x + width / 2];
  const [widest, bottom] = [y + height * WIDEST, y + height];
  const [above, below] = [height * WIDEST, height * (1 - WIDEST)];
  const half = width / 2;
  const lower = QUARTER * chin;
  return new PathBuilder()
    .moveTo(middle, y)
    .cubicTo(middle + half * QUARTER, y, right, widest - above * QUARTER, right, widest)
    .cubicTo(right, widest + below * QUARTER, middle + half * lower, bottom, middle, bottom)
    .cubicTo(middle - half * lower, bottom, left, widest + below * QUARTER, left, widest)
    .cubicTo(left, widest - above * QUARTER, middle - half * QUARTER, y, middle, y)
    .close()
    .finish();
};
