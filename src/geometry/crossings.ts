import type { Polyline } from './flatten.ts';

/** One straight piece with its reach in x and y. */
type Segment = {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly minX: number;
  readonly maxX: number;
};

/**
 * True when any two straight pieces of the polylines pass through each other. Pieces that only touch, at an end or along a side, do not
 * count. Sweeps from left to right, so that dense outlines cost little more than their number of points.
 */
export const polylinesCross = (lines: readonly Polyline[]): boolean => {
  const segments = lines.flatMap(segmentsOf).sort((a, b) => a.minX - b.minX);
  return segments.some((one, i) => {
    for (let k = i + 1; k < segments.length; k += 1) {
      const other = segments[k];
      if (!other || other.minX > one.maxX) return false;
      if (passThrough(one, other)) return true;
    }
    return false;
  });
};

const segmentsOf = ({ points, closed }: Polyline): readonly Segment[] => {
  const count = points.length / 2;
  const out: Segment[] = [];
  for (let i = 0; i < (closed ? count : count - 1); i += 1) {
    const k = (i + 1) % count;
    const [ax, ay, bx, by] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, points[2 * k] ?? 0, points[2 * k + 1] ?? 0];
    out.push({ ax, ay, bx, by, minX: Math.min(ax, bx), maxX: Math.max(ax, bx) });
  }
  return out;
};

const sideOf = ({ ax, ay, bx, by }: Segment, x: number, y: number): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);

const passThrough = (a: Segment, b: Segment): boolean => {
  if (Math.max(a.ay, a.by) < Math.min(b.ay, b.by) || Math.max(b.ay, b.by) < Math.min(a.ay, a.by)) return false;
  return sideOf(a, b.ax, b.ay) * sideOf(a, b.bx, b.by) < 0 && sideOf(b, a.ax, a.ay) * sideOf(b, a.bx, a.by) < 0;
};
