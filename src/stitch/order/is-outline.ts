import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { containsRect } from '../../geometry/point.ts';
import { areaOfPath, offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';

/** Outlines are no wider than this, mm: with what goes on beneath the letters they are satin. */
const WIDEST_MM = 4;
/** So much of an outline may lie elsewhere than at one distance about the letters: where those are closer to each other than it is wide. */
const ELSEWHERE = 0.05;
const TOLERANCE_MM = 0.03;
const STEPS = 6;

/**
 * Whether what is seen of a piece is no more than an outline about what lies on it: the same distance wide all around, as the rim of letters is and
 * the ground of a label is not.
 */
export const isOutline = (visible: Path, over: Path): boolean => {
  const [about, within] = [boundsOfPath(visible), boundsOfPath(over)];
  if (!about || !within || !containsRect(about, within)) return false;
  const mm2 = areaOfPath(visible);
  // Twice the area by the length of the border is the mean width; both sides count.
  if (mm2 === 0 || (2 * mm2) / lengthOf(visible) > WIDEST_MM) return false;
  const whole = unionPaths([joinPaths([visible, over])], 'nonzero', TOLERANCE_MM);
  let [narrow, wide] = [0, WIDEST_MM];
  // How far out the outline of the letters has as much in it as both together.
  const aim = areaOfPath(whole);
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (narrow + wide) / 2;
    if (areaOfPath(grown(over, middle)) < aim) narrow = middle;
    else wide = middle;
  }
  const even = grown(over, (narrow + wide) / 2);
  return isEmptyPath(even) ? false : areaOfPath(subtractPaths(whole, even, 'nonzero', TOLERANCE_MM)) < ELSEWHERE * mm2;
};

const grown = (path: Path, mm: number): Path => offsetPath(path, mm, 'round', 'nonzero', TOLERANCE_MM);

const lengthOf = (path: Path): number =>
  flattenPath(path, 0.05).reduce((sum, { points }) => {
    let mm = 0;
    for (let i = 2; i + 1 < points.length; i += 2)
      mm += Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0));
    return sum + mm;
  }, 0);
