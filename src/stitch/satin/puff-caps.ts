import type { Point } from '../../geometry/point.ts';
import { across, ColumnRuler, middleOf, type Pair, widthOf } from './column-ruler.ts';

/** How far the stitches of a cap reach into the column, mm and as a share of its length, and beyond its end, mm. */
const DEPTH_MM = 3;
const DEPTH_SHARE = 0.35;
/** The stitches end by turns at these shares of that depth: a row of holes there would cut the foam. */
const STAGGERED: readonly number[] = [1, 0.55, 0.8, 0.4];
const BEYOND_MM = 0.3;
/** Ends narrower than this close themselves, mm. */
const NARROW_MM = 1;

/**
 * The stitches that close the first end of a column over foam: along its way, from rail to rail, so that needle holes cut the foam where the
 * column's own stitches only press it. None where the end narrows to a point.
 */
export const capStitches = (pairs: readonly Pair[], pitchMm: number): readonly Point[] => {
  const [end] = pairs;
  const ruler = new ColumnRuler(pairs);
  const deep = ruler.at(Math.min(DEPTH_MM, DEPTH_SHARE * ruler.length));
  if (!end || widthOf(end) < NARROW_MM) return [];
  const [from, to] = [middleOf(deep), middleOf(end)];
  const span = Math.hypot(to.x - from.x, to.y - from.y);
  if (span < 1e-6) return [];
  const out: Point = { x: (to.x - from.x) / span, y: (to.y - from.y) / span };
  // The cap is a column across the end: its pairs lie along the way.
  const steps = Math.max(2, Math.ceil(widthOf(end) / 0.3));
  const cap = Array.from({ length: steps + 1 }, (_, k): Pair => {
    const edge = across(end, k / steps);
    return { left: { x: edge.x + BEYOND_MM * out.x, y: edge.y + BEYOND_MM * out.y }, right: across(deep, k / steps) };
  });
  const ways = new ColumnRuler(cap);
  const count = Math.max(2, Math.round(ways.length / pitchMm));
  return Array.from({ length: 2 * count + 1 }, (_, k) => {
    const pair = ways.at((ways.length * k) / (2 * count));
    return k % 2 === 0 ? pair.left : across(pair, STAGGERED[(k >> 1) % STAGGERED.length] ?? 1);
  });
};
