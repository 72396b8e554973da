import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import type { Piece } from './pieces.ts';
import { lengthOfRungs, middleOfRung } from './rung-measures.ts';
import type { Rung } from './rungs.ts';

/** How far a stroke goes on beneath another one, mm; pull widens the other one, so that sewn they overlap by 0.3 to 0.5. */
const OVERLAP_MM = 0.24;
/** Ends that come so near to the edge of the other stroke, mm, lie in it. */
const EDGE_MM = 0.06;
/** What is left of a stroke, mm: shorter ones cannot be sewn. */
const SHORTEST_MM = 1;
const HALVINGS = 5;

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Area = { readonly rings: readonly (readonly Point[])[]; readonly box: Box };

/**
 * Takes off open strokes what lies deeper in a column than they need to go on beneath it: two layers of satin are hard and thick. The shorter
 * stroke gives way.
 */
export const trimEnds = (pieces: readonly Piece[]): readonly Piece[] => {
  const out = [...pieces];
  const areas = out.map((piece) => (piece.kind === 'satin' ? areaOf(piece) : null));
  const order = out.map((piece, i) => ({ i, mm: lengthOfRungs(piece.rungs) })).sort((a, b) => a.mm - b.mm || a.i - b.i);
  for (const { i } of order) {
    const piece = out[i];
    if (!piece || piece.closed || piece.kind === 'wide') continue;
    const others = areas.flatMap((area, k) => (area && k !== i && touches(area.box, boxOf(piece.rungs)) ? [area] : []));
    const rungs = others.length === 0 ? piece.rungs : trimmed(trimmed(piece.rungs, others).reverse(), others).reverse();
    if (lengthOfRungs(rungs) > lengthOfRungs(piece.rungs) - 1e-3) continue;
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
  const [outside, inside] = [rungs[last], rungs[last + 1]];
  // What lies in another one wholly has no end of its own.
  if (last === 0 || !outside || !inside) return [...rungs];
  const border = borderBetween(outside, inside, others);
  const kept = [...rungs.slice(0, last + 1), border];
  let onMm = Math.max(OVERLAP_MM, SHORTEST_MM - lengthOfRungs(kept));
  let from = border;
  for (const rung of rungs.slice(last + 1)) {
    const mm = distance(middleOfRung(from), middleOfRung(rung));
    kept.push(mm > onMm ? between(from, rung, onMm / mm) : rung);
    onMm -= mm;
    from = rung;
    if (onMm <= 0) return kept;
  }
  return [...rungs];
};

/** Where a stroke comes to lie in another one wholly, between two of its rungs. */
const borderBetween = (outside: Rung, inside: Rung, others: readonly Area[]): Rung => {
  let [low, high] = [0, 1];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (low + high) / 2;
    if (isWithin(between(outside, inside, middle), others)) high = middle;
    else low = middle;
  }
  return between(outside, inside, high);
};

const between = (a: Rung, b: Rung, share: number): Rung => {
  const at = (p: Point, q: Point): Point => ({ x: p.x + share * (q.x - p.x), y: p.y + share * (q.y - p.y) });
  return { left: at(a.left, b.left), right: at(a.right, b.right) };
};

const isWithin = (rung: Rung | undefined, others: readonly Area[]): boolean =>
  rung !== undefined && others.some((area) => [rung.left, middleOfRung(rung), rung.right].every((p) => holds(area, p)));

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
