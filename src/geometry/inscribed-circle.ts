import type { Point, Rect } from './point.ts';
import type { RingEdges } from './ring-edges.ts';

export type InscribedCircle = { readonly at: Point; readonly radiusMm: number };

/** The radius is found to this, mm. */
const PRECISION_MM = 0.002;

type Cell = { readonly x: number; readonly y: number; readonly half: number; readonly clear: number; readonly most: number };

/**
 * The largest circle in the box that keeps to the side right of the edges. Cells of a grid are halved as long as they could hold a larger
 * circle than the best one known, the most promising first.
 */
export const inscribedCircle = (edges: RingEdges, box: Rect): InscribedCircle => {
  const nearby = edgesNear(edges, box);
  const side = Math.max(Math.min(box.width, box.height), PRECISION_MM);
  const cells: Cell[] = [];
  for (let x = box.x; x < box.x + box.width; x += side) {
    for (let y = box.y; y < box.y + box.height; y += side) cells.push(cellAt(edges, nearby, x + side / 2, y + side / 2, side / 2));
  }
  let best = cellAt(edges, nearby, box.x + box.width / 2, box.y + box.height / 2, 0);
  for (let cell = takeBest(cells); cell && cell.most > best.clear + PRECISION_MM; cell = takeBest(cells)) {
    if (cell.clear > best.clear) best = cell;
    const half = cell.half / 2;
    for (const down of [-half, half]) {
      for (const across of [-half, half]) {
        const part = cellAt(edges, nearby, cell.x + across, cell.y + down, half);
        if (part.clear > best.clear) best = part;
        if (part.most > best.clear + PRECISION_MM) cells.push(part);
      }
    }
  }
  return { at: { x: best.x, y: best.y }, radiusMm: Math.max(0, best.clear) };
};

const takeBest = (cells: Cell[]): Cell | undefined => {
  let best = 0;
  for (let i = 1; i < cells.length; i += 1) if ((cells[i]?.most ?? 0) > (cells[best]?.most ?? 0)) best = i;
  const [taken] = cells.splice(best, 1);
  return taken;
};

const edgesNear = ({ count, x, y, dx, dy, length }: RingEdges, box: Rect): readonly number[] => {
  const near: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const [ax, ay] = [x[i] ?? 0, y[i] ?? 0];
    const [bx, by] = [ax + (dx[i] ?? 0) * (length[i] ?? 0), ay + (dy[i] ?? 0) * (length[i] ?? 0)];
    const beside = Math.max(ax, bx) < box.x || Math.min(ax, bx) > box.x + box.width;
    const above = Math.max(ay, by) < box.y || Math.min(ay, by) > box.y + box.height;
    if (!beside && !above) near.push(i);
  }
  return near;
};

const cellAt = (edges: RingEdges, nearby: readonly number[], x: number, y: number, half: number): Cell => {
  const clear = clearance(edges, nearby, x, y);
  return { x, y, half, clear, most: clear + half * Math.SQRT2 };
};

/** The distance to the nearest edge, negative on its left: the side is told by crossings of the ray to the right. */
const clearance = ({ x, y, dx, dy, length }: RingEdges, nearby: readonly number[], px: number, py: number): number => {
  let nearest = Infinity;
  let winding = 0;
  for (const i of nearby) {
    const [ax, ay, ex, ey, long] = [x[i] ?? 0, y[i] ?? 0, dx[i] ?? 0, dy[i] ?? 0, length[i] ?? 0];
    const [qx, qy] = [px - ax, py - ay];
    const along = Math.min(long, Math.max(0, qx * ex + qy * ey));
    nearest = Math.min(nearest, Math.hypot(qx - ex * along, qy - ey * along));
    const by = ay + ey * long;
    if (ay <= py !== by <= py && qx < ((py - ay) * ex) / ey) winding += by > ay ? 1 : -1;
  }
  return winding > 0 ? nearest : -nearest;
};
