import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import type { Piece } from './pieces.ts';
import type { Rung } from './rungs.ts';

/** How far a stroke goes on beneath another one, mm. */
const OVERLAP_MM = 0.25;
/** Ends that come so near to the edge of the other stroke, mm, lie in it. */
const EDGE_MM = 0.12;
/** What is left of a stroke, rungs. */
const FEWEST = 3;

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Area = { readonly rings: readonly (readonly Point[])[]; readonly box: Box };

/**
 * Takes off open strokes what lies deeper in a column than they need to go on beneath it: two layers of satin are hard and thick. The shorter
 * stroke gives way.
 */
export const trimEnds = (pieces: readonly Piece[]): readonly Piece[] => {
  const out = [...pieces];
  const areas = out.map((piece) => (piece.kind === 'satin' ? areaOf(piece) : null));
  const order = out.map((piece, i) => ({ i, mm: lengthOf(piece.rungs) })).sort((a, b) => a.mm - b.mm || a.i - b.i);
  for (const { i } of order) {
    const piece = out[i];
    if (!piece || piece.closed || piece.kind === 'wide') continue;
    const others = areas.flatMap((area, k) => (area && k !== i && touches(area.box, boxOf(piece.rungs)) ? [area] : []));
    const rungs = others.length === 0 ? piece.rungs : trimmed(trimmed(piece.rungs, others).reverse(), others).reverse();
    if (rungs.length === piece.rungs.length) continue;
    const shorter = { ...piece, rungs };
    out[i] = shorter;
    areas[i] = piece.kind === 'satin' ? areaOf(shorter) : null;
  }
  return out;
};

/** The rungs without those at the end that lie too deep in another stroke. */
const trimmed = (rungs: readonly Rung[], others: readonly Area[]): Rung[] => {
  let last = rungs.length - 1;
  while (last > 0 && isWithin(rungs[last], others)) last -= 1;
  let mm = 0;
  let end = last;
  while (end < rungs.length - 1 && mm < OVERLAP_MM) {
    const [a, b] = [rungs[end], rungs[end + 1]];
    mm += a && b ? distance(middleOf(a), middleOf(b)) : 0;
    end += 1;
  }
  // What lies in another one wholly is no part of its end.
  return end + 1 < FEWEST || last === 0 ? [...rungs] : rungs.slice(0, end + 1);
};

const isWithin = (rung: Rung | undefined, others: readonly Area[]): boolean =>
  rung !== undefined && others.some((area) => [rung.left, middleOf(rung), rung.right].every((p) => holds(area, p)));

const holds = ({ rings, box }: Area, p: Point): boolean => {
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

const toSegment = (p: Point, a: Point, b: Point): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square > 0 ? Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square)) : 0;
  return Math.hypot(p.x - a.x - share * dx, p.y - a.y - share * dy);
};

const areaOf = ({ rungs, closed }: Piece): Area => {
  const [left, right] = [rungs.map((rung) => rung.left), rungs.map((rung) => rung.right)];
  return { rings: closed ? [left, right] : [[...left, ...right.reverse()]], box: boxOf(rungs) };
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

const touches = (a: Box, b: Box): boolean => a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;

const middleOf = ({ left, right }: Rung): Point => ({ x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 });

const lengthOf = (rungs: readonly Rung[]): number =>
  rungs.reduce((sum, rung, i) => {
    const before = rungs[i - 1];
    return before ? sum + distance(middleOf(before), middleOf(rung)) : 0;
  }, 0);
