import type { Point } from '../../geometry/point.ts';
import { across, type Pair, widthOf } from './column-ruler.ts';

/** Thread covers what is so near to its middle beyond half its width, mm: finer slits nobody sees. */
const HAIR_MM = 0.03;
/** The finest thread that is sewn in columns, half of it, mm. */
const LEAST_HALF_MM = 0.13;
/** Places are looked at in such steps, and none nearer to the rail than this: there the notches between stitches are. mm. */
const STEP_MM = 0.12;
const NOTCH_MM = 0.35;
/** So many stitches before and after one can lie beside it. */
const REACH = 9;
const ROUNDS = 2;
/** And so far to either side of the way a stitch would take, mm. */
const ASIDE_MM = [0, 0.12, -0.12];

/**
 * Lets stitches that stop short of their rail go on to where the last slit ends that they would leave: their neighbours may run another way than the
 * pairs tell, to stitches that stop short on the other side. `pairs` have the rail of each stitch on their left, `shares` say how far it stops short.
 */
export const closeSlits = (pairs: readonly Pair[], shares: readonly number[], pitchMm: number): readonly number[] => {
  const half = Math.max(LEAST_HALF_MM, pitchMm / 2) + HAIR_MM;
  const out = [...shares];
  const points = pairs.map((pair, k) => across(pair, out[k] ?? 0));
  for (let round = 0; round < ROUNDS; round += 1) {
    let isSame = true;
    pairs.forEach((pair, k) => {
      const share = out[k] ?? 0;
      const farthest = share > 0 ? lastOpen(pair, share, points, k, half) : null;
      if (farthest === null) return;
      isSame = false;
      out[k] = farthest;
      points[k] = across(pair, farthest);
    });
    if (isSame) break;
  }
  return out;
};

/** The share nearest to the rail at which no thread lies on the way of a stitch that stops short of it; null where all is covered. */
const lastOpen = (pair: Pair, share: number, points: readonly Point[], k: number, half: number): number | null => {
  const width = widthOf(pair);
  let open: number | null = null;
  for (let t = share - STEP_MM / width; t * width >= NOTCH_MM; t -= STEP_MM / width) if (isOpen(pair, t, points, k, half)) open = t;
  return open;
};

/** Whether no thread lies at a place of a stitch's way, or right beside it. */
const isOpen = (pair: Pair, share: number, points: readonly Point[], k: number, half: number): boolean => {
  const { x, y } = across(pair, share);
  const width = widthOf(pair);
  const [ux, uy] = [(pair.right.x - pair.left.x) / width, (pair.right.y - pair.left.y) / width];
  return ASIDE_MM.some((mm) => !isCovered({ x: x - mm * uy, y: y + mm * ux }, points, k, half));
};

const isCovered = ({ x, y }: Point, points: readonly Point[], k: number, half: number): boolean => {
  for (let j = Math.max(1, k - REACH); j <= Math.min(points.length - 1, k + REACH + 1); j += 1) {
    const [a, b] = [points[j - 1], points[j]];
    if (!a || !b) continue;
    const [dx, dy, px, py] = [b.x - a.x, b.y - a.y, x - a.x, y - a.y];
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
    if (Math.hypot(px - t * dx, py - t * dy) <= half) return true;
  }
  return false;
};
