import type { Rect } from '../../geometry/point.ts';
import { Problem } from '../../model/problem.ts';

/**
 * The fine pixels a picture of thread is painted in before they are filtered down: `fine` a side in each pixel, and half a pixel more all
 * round for the filter to reach into.
 */
export type SubGrid = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly fine: number;
  readonly margin: number;
  readonly columns: number;
  readonly rows: number;
  /** Middle of the first fine pixel, and mm from one to the next. */
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly pixelsPerMm: number;
};

export type StitchView = { readonly region: Rect; readonly widthPx: number; readonly heightPx: number };

/** Fine pixels a mm that a 0.4 mm thread's roundness needs; small pictures average many threads and need fewer. */
const FINE_PER_MM = 20;
const FINE_PER_MM_SMALL = 14;
const SMALL_PER_MM = 5;
const MOST_FINE = 10;
const MOST_SIDE_PX = 30_000;

/** @throws Problem `stitches.picture` for a picture without an area or of more than 30,000 px a side */
export const subGrid = ({ region, widthPx, heightPx }: StitchView): SubGrid => {
  const sides = [widthPx, heightPx];
  if (!sides.every((px) => Number.isInteger(px) && px > 0 && px <= MOST_SIDE_PX) || !(region.width > 0) || !(region.height > 0))
    throw new Problem(
      'stitches.picture',
      `expected 1 to ${MOST_SIDE_PX} px a side and an area for a picture of stitches, got ${widthPx} x ${heightPx} px of ${region.width} x ${region.height} mm`,
    );
  const pixelsPerMm = widthPx / region.width;
  const wanted = (pixelsPerMm < SMALL_PER_MM ? FINE_PER_MM_SMALL : FINE_PER_MM) / pixelsPerMm;
  // Even, so that half a pixel is a whole number of them.
  const fine = 2 * Math.max(1, Math.min(MOST_FINE / 2, Math.ceil(wanted / 2)));
  const margin = fine / 2;
  const [stepX, stepY] = [region.width / (widthPx * fine), region.height / (heightPx * fine)];
  return {
    widthPx,
    heightPx,
    fine,
    margin,
    columns: widthPx * fine + 2 * margin,
    rows: heightPx * fine + 2 * margin,
    left: region.x + (0.5 - margin) * stepX,
    top: region.y + (0.5 - margin) * stepY,
    stepX,
    stepY,
    pixelsPerMm,
  };
};
