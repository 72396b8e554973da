import type { Point } from '../../geometry/point.ts';
import type { Steps } from '../../model/steps.ts';
import { ROLE } from '../plan.ts';
import type { SewEnds } from '../region.ts';
import { uOf, vOf, xOf, yOf } from './row-frame.ts';
import { type Section, type SectionGraph, sectionsOf } from './row-sections.ts';
import { nearestRow, type Rows, rowsWhere, vOfLine } from './rows.ts';
import { farthestKnot, orderSections, type SewStep } from './section-order.ts';
import type { RowSewing } from './sew-rows.ts';
import { sewRows } from './sew-rows.ts';
import type { StitchTrail } from './stitch-trail.ts';
import { type Leg, tourOfLegs } from './tour-of-legs.ts';

/** A spur of the shape with less row than this is left to the thread beside it, mm; of a small shape this share. */
const SPUR_MM = 1;
const SPUR_SHARE = 0.004;

/** Rows without the spurs that are not worth the way to them. */
export const withoutSpurs = (rows: Rows): Rows => {
  let total = 0;
  for (let i = 0; i < rows.count; i += 1) total += lengthOf(rows, i);
  const least = Math.min(SPUR_MM, total * SPUR_SHARE);
  const { sections, knots } = sectionsOf(rows, -1);
  const dropped = new Uint8Array(rows.count);
  for (const { rows: own, top, bottom } of sections) {
    const isSpur = (knots[top]?.length ?? 0) === 1 || (knots[bottom]?.length ?? 0) === 1;
    const length = own.reduce((sum, i) => sum + lengthOf(rows, i), 0);
    if (isSpur && length < least) for (const i of own) dropped[i] = 1;
  }
  return dropped.includes(1) ? rowsWhere(rows, (i) => dropped[i] !== 1) : rows;
};

const lengthOf = (rows: Rows, i: number): number => (rows.to[i] ?? 0) - (rows.from[i] ?? 0);

/** Sews all rows, piece by piece, and ends near `exit`; `isBack`: pieces without exit from their farther end. */
export function* sewAllRows(
  rows: Rows,
  sewn: Uint8Array,
  trail: StitchTrail,
  sewing: RowSewing,
  exit: SewEnds['exit'],
  isBack: boolean,
): Steps<void> {
  if (rows.count === 0) return;
  const exitRow = exit ? rowEndingNear(rows, exit) : -1;
  const graph = sectionsOf(rows, exitRow);
  const exitKnot = graph.sections.find((section) => section.rows.at(-1) === exitRow)?.bottom ?? -1;
  const open = new Set(graph.piece);
  while (open.size > 0) {
    const piece = nextPiece(rows, graph, open, graph.piece[exitKnot] ?? -1, trail);
    if (!open.delete(piece)) return;
    const isLast = exitKnot >= 0 && graph.piece[exitKnot] === piece;
    const aim = isLast && exit ? uOf(rows.frame, exit.x, exit.y) : null;
    yield* sewRows(rows, stepsOf(rows, graph, piece, isLast ? exitKnot : -1, trail, isBack), sewn, trail, sewing, aim);
  }
}

/** Sews sections with `leastMm` of rows or more one by one, in a short tour: for what later rows hide as a whole. */
export function* sewTouredRows(rows: Rows, trail: StitchTrail, sewing: RowSewing, leastMm: number): Steps<void> {
  const sewn = new Uint8Array(rows.count);
  const sections = sectionsOf(rows, -1).sections.filter(
    (section) => section.rows.reduce((sum, i) => sum + lengthOf(rows, i), 0) >= leastMm,
  );
  const start = trail.isEmpty ? null : { x: trail.x, y: trail.y };
  for (const { leg, isBack } of tourOfLegs(
    sections.map((section) => legOf(rows, section)),
    start,
  )) {
    const own = Array.from(sections[leg]?.rows ?? []);
    yield* sewRows(rows, [{ section: leg, rows: isBack ? own.reverse() : own, rest: null }], sewn, trail, sewing, null);
  }
}

/** From the middle of a section's first row to the middle of its last. */
const legOf = (rows: Rows, section: Section): Leg => {
  const place = (row: number): Point => {
    const [u, v] = [((rows.from[row] ?? 0) + (rows.to[row] ?? 0)) / 2, vOfLine(rows, rows.line[row] ?? 0)];
    return { x: xOf(rows.frame, u, v), y: yOf(rows.frame, u, v) };
  };
  return { from: place(section.rows[0] ?? 0), to: place(section.rows.at(-1) ?? 0) };
};

const stepsOf = (
  rows: Rows,
  graph: SectionGraph,
  piece: number,
  exitKnot: number,
  trail: StitchTrail,
  isBack: boolean,
): readonly SewStep[] => {
  if (exitKnot >= 0) {
    const start = farthestKnot(graph, exitKnot);
    const other = isBack ? farthestKnot(graph, start) : start;
    return orderSections(graph, other === exitKnot ? start : other, exitKnot);
  }
  const one = farthestKnot(graph, piece);
  const other = farthestKnot(graph, one);
  const steps = orderSections(graph, one, other);
  if (trail.isEmpty) return steps;
  const back = orderSections(graph, other, one);
  return startsNearer(rows, back, steps, trail) !== isBack ? back : steps;
};

const startsNearer = (rows: Rows, a: readonly SewStep[], b: readonly SewStep[], trail: StitchTrail): boolean =>
  distanceToRow(rows, a[0]?.rows[0] ?? 0, trail) < distanceToRow(rows, b[0]?.rows[0] ?? 0, trail) - 1e-6;

const distanceToRow = (rows: Rows, row: number, { x, y }: Point): number => {
  const [u, v] = [uOf(rows.frame, x, y), vOf(rows.frame, x, y)];
  const beside = Math.max(0, (rows.from[row] ?? 0) - u, u - (rows.to[row] ?? 0));
  return Math.hypot(beside, vOfLine(rows, rows.line[row] ?? 0) - v);
};

/** The piece nearest to the needle; that of the exit waits. */
const nextPiece = (rows: Rows, graph: SectionGraph, open: ReadonlySet<number>, lastPiece: number, trail: StitchTrail): number => {
  let [best, nearest] = [-1, Infinity];
  for (const { rows: own, top } of graph.sections) {
    const piece = graph.piece[top] ?? -1;
    if (!open.has(piece) || (piece === lastPiece && open.size > 1)) continue;
    const apart = trail.isEmpty ? 0 : Math.min(distanceToRow(rows, own[0] ?? 0, trail), distanceToRow(rows, own.at(-1) ?? 0, trail));
    if (apart < nearest) [best, nearest] = [piece, apart];
  }
  return best;
};

/** The row with an end nearest to a place. */
const rowEndingNear = (rows: Rows, { x, y }: Point): number => {
  const { frame, line, from, to } = rows;
  let [best, nearest] = [-1, Infinity];
  for (let i = 0; i < rows.count; i += 1) {
    const v = vOfLine(rows, line[i] ?? 0);
    for (const u of [from[i] ?? 0, to[i] ?? 0]) {
      const apart = Math.hypot(xOf(frame, u, v) - x, yOf(frame, u, v) - y);
      if (apart < nearest) [best, nearest] = [i, apart];
    }
  }
  return best;
};

/** Begins at `entry` when it lies in the region or near it. */
export const enter = (rows: Rows, trail: StitchTrail, entry: SewEnds['entry'], nearMm: number): void => {
  if (!entry || !Number.isFinite(entry.x + entry.y)) return;
  const row = nearestRow(rows, uOf(rows.frame, entry.x, entry.y), vOf(rows.frame, entry.x, entry.y));
  if (row >= 0 && distanceToRow(rows, row, entry) <= nearMm) trail.add(entry.x, entry.y, ROLE.travel);
};
