import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import type { Rung } from './rungs.ts';

/** Places that come so near to the edge of a column, mm, lie in it. */
const EDGE_MM = 0.06;

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
/** What a column covers, to look places up in. */
export type ColumnArea = { readonly rings: readonly (readonly Point[])[]; readonly box: Box };

export const columnArea = ({ rungs, closed }: { readonly rungs: readonly Rung[]; readonly closed: boolean }): ColumnArea => {
  const [left, right] = [rungs.map((rung) => rung.left), rungs.map((rung) => rung.right)];
  return { rings: closed ? [left, right] : [[...left, ...right.reverse()]], box: boxOf(rungs) };
};

/** Whether a place lies in a column, or next to its edge. */
export const holds = ({ rings, box }: ColumnArea, p: Point): boolean => {
  if (p.x < box.left - EDGE_MM || p.x > box.right + EDGE_MM || p.y < box.top - EDGE_MM || p.y > box.bottom + EDGE_MM) return false;
  let inside = false;
  for (const ring of rings) {
    let a = ring.at(-1);
    for (const b of ring) {
      if (a && a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
      if (a && toSegment(p, a, b) < EDGE_MM) return true;
      a = b;
    }
  }
  return inside;
};

/** Whether rungs may reach into a column at all. */
export const comesNear = ({ box: a }: ColumnArea, rungs: readonly Rung[]): boolean => {
  const b = boxOf(rungs);
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
};

/** How far a place is from a line between two others, mm. */
export const toSegment = (p: Point, a: Point, b: Point): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square > 0 ? Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square)) : 0;
  return distance(p, { x: a.x + share * dx, y: a.y + share * dy });
};

const boxOf = (rungs: readonly Rung[]): Box => {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { left, right } of rungs) {
    for (const { x, y } of [left, right]) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
};
