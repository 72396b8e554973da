import type { Point } from '../../geometry/point.ts';
import type { Fabric } from '../fabric.ts';
import { across, ColumnRuler, middleOf, type Pair, widthOf } from './column-ruler.ts';

/** Ends narrower than this are not sewn, mm: the thread before them is as wide. */
const NEEDLE_POINT_MM = 0.3;
/** No stitch of a column is shorter than this many times its pitch, nor than the second, mm. */
const NARROWEST_PITCHES = 1.6;
const NARROWEST_MM = 0.5;
/** Where a run along their rails fills what is between stitches, columns may be as narrow as this many times the pitch. */
const NARROWEST_ON_THREAD = 1.12;
/** Cloth draws in under long stitches: columns narrower than this are widened less, in proportion, down to this share, mm. */
const FULL_PULL_MM = 1.2;
const LEAST_PULL = 0.5;
/** Half a thread less of a column nobody sees, and rows push the cloth out there: the most that is taken off an end, mm. */
const MOST_PUSH_MM = 0.1;

/** Pairs of an open column without needle points, shorter by the push of the cloth at those ends that lie open. */
export const withoutPush = (pairs: readonly Pair[], pushMm: number, opensFirst: boolean, opensLast: boolean): readonly Pair[] => {
  const from = pairs.findIndex((pair) => widthOf(pair) >= NEEDLE_POINT_MM);
  const to = pairs.findLastIndex((pair) => widthOf(pair) >= NEEDLE_POINT_MM);
  const kept = from < 0 || to <= from ? pairs : pairs.slice(from, to + 1);
  const ruler = new ColumnRuler(kept);
  const push = Math.min(pushMm, MOST_PUSH_MM, ruler.length / 6);
  if (push <= 0) return kept;
  const [start, end] = [opensFirst ? push : 0, ruler.length - (opensLast ? push : 0)];
  const inner = kept.filter((_, i) => i > 0 && i < kept.length - 1 && ruler.markOf(i) > start && ruler.markOf(i) < end);
  return [ruler.at(start), ...inner, ruler.at(end)];
};

/** How far the rails of a column so wide move out, each, mm. */
export const pullAt = (widthMm: number, pullMm: number): number => pullMm * Math.max(LEAST_PULL, Math.min(1, widthMm / FULL_PULL_MM));

/** Both rails moved out along each pair by the pull of the cloth, and at least as far apart as a stitch is long. `onThread`: a run lies along them. */
export const withPull = (
  pairs: readonly Pair[],
  { pullMm, satinPitchMm }: Pick<Fabric, 'pullMm' | 'satinPitchMm'>,
  onThread = false,
): readonly Pair[] => {
  const narrowest = onThread ? NARROWEST_ON_THREAD * satinPitchMm : Math.max(NARROWEST_MM, NARROWEST_PITCHES * satinPitchMm);
  return pairs.map((pair, i) => {
    const width = widthOf(pair);
    const wanted = Math.max(narrowest, width + 2 * pullAt(width, pullMm));
    if (width > 1e-3) return { left: across(pair, 0.5 - wanted / (2 * width)), right: across(pair, 0.5 + wanted / (2 * width)) };
    return crosswise(pairs, i, wanted);
  });
};

/** A pair of no width, opened at right angles to the way. */
const crosswise = (pairs: readonly Pair[], i: number, width: number): Pair => {
  const [here, a, b] = [pairs[i], pairs[i - 1] ?? pairs[i], pairs[i + 1] ?? pairs[i]];
  if (!here || !a || !b) return here ?? { left: { x: 0, y: 0 }, right: { x: 0, y: 0 } };
  const [at, from, to] = [middleOf(here), middleOf(a), middleOf(b)];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [nx, ny] = [(((to.y - from.y) / length) * width) / 2, ((-(to.x - from.x) / length) * width) / 2];
  const place = (side: 1 | -1): Point => ({ x: at.x + side * nx, y: at.y + side * ny });
  return { left: place(1), right: place(-1) };
};
