import type { Path } from '../../geometry/path.ts';
import { areaOfPath, offsetPath } from '../../geometry/polygons.ts';

/** Serifs, spurs and corners may be narrower than the strokes of a letter: they are this part of it at most. */
const STROKES = 0.88;
const TOLERANCE_MM = 0.05;

/**
 * The width that nearly all of a figure's strokes have at least, mm: the widest disc that, rolled about inside the figure, still covers
 * 88 % of it (an opening, by halving).
 */
export const strokeWidth = (path: Path): number => {
  const area = areaOfPath(path, 'nonzero', TOLERANCE_MM);
  if (area <= 0) return 0;
  const covers = (width: number): boolean => {
    const core = offsetPath(path, -width / 2, 'round', 'nonzero', TOLERANCE_MM);
    return areaOfPath(offsetPath(core, width / 2, 'round', 'nonzero', TOLERANCE_MM), 'nonzero', TOLERANCE_MM) >= STROKES * area;
  };
  let [low, high] = [0, 2 * Math.sqrt(area)];
  while (high - low > 0.2) {
    const middle = (low + high) / 2;
    if (covers(middle)) low = middle;
    else high = middle;
  }
  return low;
};
