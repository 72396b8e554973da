import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import { type ColumnArea, columnArea, comesNear, holds } from './column-area.ts';
import type { Piece } from './pieces.ts';
import { lengthOfRungs, middleOfRung } from './rung-measures.ts';
import type { Rung } from './rungs.ts';
import { slantEnd } from './slant-end.ts';

/** How far a stroke goes on beneath another one, mm; pull widens the other one, so that sewn they overlap by 0.3 to 0.5. */
const OVERLAP_MM = 0.22;
/** What is left of a stroke, mm: shorter ones cannot be sewn. */
const SHORTEST_MM = 1;
const HALVINGS = 5;

/**
 * Takes off open strokes what lies deeper in a column than they need to go on beneath it: two layers of satin are hard and thick. The shorter
 * stroke gives way.
 */
export const trimEnds = (pieces: readonly Piece[]): readonly Piece[] => {
  const out = [...pieces];
  const areas = out.map((piece) => (piece.kind === 'satin' ? columnArea(piece) : null));
  const order = out.map((piece, i) => ({ i, mm: lengthOfRungs(piece.rungs) })).sort((a, b) => a.mm - b.mm || a.i - b.i);
  for (const { i } of order) {
    const piece = out[i];
    if (!piece || piece.closed || piece.kind === 'wide') continue;
    const others = areas.flatMap((area, k) => (area && k !== i && comesNear(area, piece.rungs) ? [area] : []));
    if (others.length === 0) continue;
    const end = (rungs: readonly Rung[]): readonly Rung[] => {
      const kept = trimmed(rungs, others);
      return piece.kind === 'satin' ? slanted(kept, others) : kept;
    };
    const rungs = reversed(end(reversed(end(piece.rungs))));
    if (rungs.length === piece.rungs.length && rungs.every((rung, k) => rung === piece.rungs[k])) continue;
    const shorter = { ...piece, rungs };
    out[i] = shorter;
    areas[i] = piece.kind === 'satin' ? columnArea(shorter) : null;
  }
  return out;
};

const reversed = (rungs: readonly Rung[]): readonly Rung[] => [...rungs].reverse();

/** The end along the edge of the column it lies in. */
const slanted = (rungs: readonly Rung[], others: readonly ColumnArea[]): readonly Rung[] => {
  const area = others.find((other) => isWithin(rungs.at(-1), [other]));
  if (!area) return rungs;
  const cut = slantEnd(rungs, area, OVERLAP_MM);
  return lengthOfRungs(cut) >= SHORTEST_MM ? cut : rungs;
};

/** The rungs without those at the end that lie too deep in another stroke. */
const trimmed = (rungs: readonly Rung[], others: readonly ColumnArea[]): readonly Rung[] => {
  let last = rungs.length - 1;
  while (last > 0 && isWithin(rungs[last], others)) last -= 1;
  const [outside, inside] = [rungs[last], rungs[last + 1]];
  // What lies in another one wholly has no end of its own.
  if (last === 0 || !outside || !inside) return rungs;
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
  return rungs;
};

/** Where a stroke comes to lie in another one wholly, between two of its rungs. */
const borderBetween = (outside: Rung, inside: Rung, others: readonly ColumnArea[]): Rung => {
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

const isWithin = (rung: Rung | undefined, others: readonly ColumnArea[]): boolean =>
  rung !== undefined && others.some((area) => [rung.left, middleOfRung(rung), rung.right].every((p) => holds(area, p)));
