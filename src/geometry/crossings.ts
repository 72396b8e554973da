import type { Polyline } from './flatten.ts';

/** Straight pieces as flat arrays, from the left: dense outlines have hundreds of thousands. */
type Segments = {
  readonly ax: Float64Array;
  readonly ay: Float64Array;
  readonly bx: Float64Array;
  readonly by: Float64Array;
  /** Indices in ascending order of their left ends. */
  readonly order: Uint32Array;
};

/**
 * True when any two straight pieces of the polylines pass through each other. Pieces that only touch, at an end or along a side, do not
 * count. Sweeps from left to right, so that dense outlines cost little more than their number of points.
 */
export const polylinesCross = (lines: readonly Polyline[]): boolean => {
  const segments = segmentsOf(lines);
  const { ax, ay, bx, by, order } = segments;
  for (let i = 0; i < order.length; i += 1) {
    const one = order[i] ?? 0;
    const right = Math.max(ax[one] ?? 0, bx[one] ?? 0);
    const top = Math.min(ay[one] ?? 0, by[one] ?? 0);
    const bottom = Math.max(ay[one] ?? 0, by[one] ?? 0);
    for (let k = i + 1; k < order.length; k += 1) {
      const other = order[k] ?? 0;
      if (Math.min(ax[other] ?? 0, bx[other] ?? 0) > right) break;
      const [from, to] = [ay[other] ?? 0, by[other] ?? 0];
      if ((from < top && to < top) || (from > bottom && to > bottom)) continue;
      if (passThrough(segments, one, other)) return true;
    }
  }
  return false;
};

const segmentsOf = (lines: readonly Polyline[]): Segments => {
  const count = lines.reduce((sum, { points, closed }) => sum + Math.max(0, points.length / 2 - (closed ? 0 : 1)), 0);
  const [ax, ay, bx, by] = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const left = new Float64Array(count);
  let n = 0;
  for (const { points, closed } of lines) {
    const ends = points.length / 2;
    for (let i = 0; i < (closed ? ends : ends - 1); i += 1, n += 1) {
      const k = (i + 1) % ends;
      ax[n] = points[2 * i] ?? 0;
      ay[n] = points[2 * i + 1] ?? 0;
      bx[n] = points[2 * k] ?? 0;
      by[n] = points[2 * k + 1] ?? 0;
      left[n] = Math.min(ax[n] ?? 0, bx[n] ?? 0);
    }
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => (left[a] ?? 0) - (left[b] ?? 0));
  return { ax, ay, bx, by, order };
};

const passThrough = ({ ax, ay, bx, by }: Segments, one: number, other: number): boolean => {
  const [x1, y1, x2, y2] = [ax[one] ?? 0, ay[one] ?? 0, bx[one] ?? 0, by[one] ?? 0];
  const [x3, y3, x4, y4] = [ax[other] ?? 0, ay[other] ?? 0, bx[other] ?? 0, by[other] ?? 0];
  const apart = sideOf(x1, y1, x2, y2, x3, y3) * sideOf(x1, y1, x2, y2, x4, y4);
  return apart < 0 && sideOf(x3, y3, x4, y4, x1, y1) * sideOf(x3, y3, x4, y4, x2, y2) < 0;
};

const sideOf = (ax: number, ay: number, bx: number, by: number, x: number, y: number): number =>
  (bx - ax) * (y - ay) - (by - ay) * (x - ax);
