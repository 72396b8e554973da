import type { Steps } from '../../model/steps.ts';
import type { Role } from '../plan.ts';
import { cutsOfRow } from './row-cuts.ts';
import { uOf, vOf, xOf, yOf } from './row-frame.ts';
import { keepsInside, type Rows, vOfLine } from './rows.ts';
import type { SewStep } from './section-order.ts';
import type { StitchTrail } from './stitch-trail.ts';

/** How rows are sewn: lengths in mm. */
export type RowSewing = {
  readonly stitchMm: number;
  /** Added to both ends of rows. */
  readonly pullMm: number;
  readonly role: Role;
  /** Brings the needle to a place, hidden where it can be; the rows it stands on and goes to are given, -1 when it stands on none. */
  readonly travelTo: (x: number, y: number, fromRow: number, toRow: number) => void;
  /** Close rows that say what lies inside, for rows too far apart to tell; null for those. */
  readonly cover: Rows | null;
};

/** The step from one row to the next is at least this long: after rounding to machine steps it is still half a millimetre. */
const TURN_MM = 0.56;
/** Where two rows meet one of them ends this much sooner, mm. */
const STAGGER_MM = 0.42;
/** The needle is there already, mm. */
const SAME_MM = 0.05;
/** Rows shorter than this get one penetration: they become a zigzag. */
const SHORT_ROW_MM = 1;
/** A move longer than this is no turn, but travel. */
const LONG_TURN_MM = 2.5;
/** A turn may go this far beyond the outline, mm: about the compensation of rows. */
const OUTSIDE_MM = 0.3;
/** Share of the opening beside a row that its compensation may take. */
const GAP_SHARE = 0.35;

/** Of the longest rows that a hoop holds these take some milliseconds. */
const ROWS_AT_ONCE = 64;

/** The end of the last row matters more than hidden travel to its start. */
const EXIT_WEIGHT = 5;

/** Where the needle is wanted after a step: somewhere between two places along the rows. */
type Aim = { readonly low: number; readonly high: number; readonly weight: number };

/** Sews rows to and fro, step by step, and marks them in `sewn`. `aim`: where along the rows the last one should end, if that matters. */
export function* sewRows(
  rows: Rows,
  steps: readonly SewStep[],
  sewn: Uint8Array,
  trail: StitchTrail,
  sewing: RowSewing,
  aim: number | null,
): Steps<void> {
  const given = new Map<SewStep, number>();
  let needleRow = -1;
  for (const [i, step] of steps.entries()) {
    yield;
    const next = steps[i + 1];
    const extra = given.get(step);
    const own = extra === undefined ? step.rows : [extra, ...step.rows];
    const wanted = next ? meetingPlace(rows, step, next) : aim === null ? null : { low: aim, high: aim, weight: EXIT_WEIGHT };
    const plan = planOf(rows, own, step.rest !== null, trail, sewing.pullMm, wanted);
    const back = plan.rows.length < own.length ? own.at(-1) : undefined;
    if (step.rest && back !== undefined) given.set(step.rest, back);
    yield* sewStep(rows, plan.rows, plan.forward, needleRow, sewn, trail, sewing);
    needleRow = plan.rows.at(-1) ?? -1;
  }
}

/** Where along the rows the next step begins, or how one comes to it. */
const meetingPlace = (rows: Rows, step: SewStep, next: SewStep): Aim => {
  const line = rows.line[step.rows.at(-1) ?? 0] ?? 0;
  const [a, b] = [next.rows[0] ?? 0, next.rows.at(-1) ?? 0];
  const row = Math.abs((rows.line[a] ?? 0) - line) <= Math.abs((rows.line[b] ?? 0) - line) ? a : b;
  return { low: rows.from[row] ?? 0, high: rows.to[row] ?? 0, weight: 1 };
};

type Plan = { readonly rows: readonly number[]; readonly forward: boolean; readonly cost: number };

/** With which end to begin, and whether to leave the last row to a later step: what costs the least travel before and after. */
const planOf = (rows: Rows, own: readonly number[], canGive: boolean, trail: StitchTrail, pullMm: number, aim: Aim | null): Plan => {
  const choices = [own, ...(canGive && own.length > 1 ? [own.slice(0, -1)] : [])];
  let best: Plan = { rows: own, forward: true, cost: Infinity };
  for (const chosen of choices) {
    const [first, last] = [endsOf(rows, chosen[0] ?? 0, pullMm), endsOf(rows, chosen.at(-1) ?? 0, pullMm)];
    for (const forward of [true, false]) {
      const endsHigh = forward === (chosen.length % 2 === 1);
      const after = aim ? aim.weight * beyond(endsHigh ? last.to : last.from, aim) : 0;
      const cost = after + fromNeedle(rows, chosen[0] ?? 0, forward ? first.from : first.to, trail);
      if (cost < best.cost - 1e-9) best = { rows: chosen, forward, cost };
    }
  }
  return best;
};

const beyond = (u: number, { low, high }: Aim): number => Math.max(0, low - u, u - high) || Math.min(u - low, high - u) / 2;

const fromNeedle = (rows: Rows, row: number, u: number, trail: StitchTrail): number => {
  const v = vOfLine(rows, rows.line[row] ?? 0);
  return trail.isEmpty ? 0 : Math.hypot(xOf(rows.frame, u, v) - trail.x, yOf(rows.frame, u, v) - trail.y);
};

type Ends = { readonly from: number; readonly to: number };

/** A row with its compensation, which leaves open what opens beside it. */
const endsOf = (rows: Rows, row: number, pullMm: number): Ends => {
  const [from, to] = [rows.from[row] ?? 0, rows.to[row] ?? 0];
  const line = rows.line[row] ?? 0;
  const before = row > (rows.lineStart[line] ?? 0) ? from - (rows.to[row - 1] ?? 0) : Infinity;
  const after = row + 1 < (rows.lineStart[line + 1] ?? 0) ? (rows.from[row + 1] ?? 0) - to : Infinity;
  return { from: from - Math.min(pullMm, before * GAP_SHARE), to: to + Math.min(pullMm, after * GAP_SHARE) };
};

function* sewStep(
  rows: Rows,
  own: readonly number[],
  startsForward: boolean,
  needleRow: number,
  sewn: Uint8Array,
  trail: StitchTrail,
  sewing: RowSewing,
): Steps<void> {
  const ends = own.map((row) => endsOf(rows, row, sewing.pullMm));
  const [first] = ends;
  if (!first) return;
  const startV = vOfLine(rows, rows.line[own[0] ?? 0] ?? 0);
  const startU = offNeedle(rows, trail, startsForward ? first.from : first.to, startV, startsForward ? first.to : first.from);
  approach(rows, trail, sewing, startU, startV, needleRow, own[0] ?? -1);
  let lift = 0;
  const starts = ends.map(({ from, to }, i) => (startsForward === (i % 2 === 0) ? from : to));
  const stops = ends.map(({ from, to }, i) => (startsForward === (i % 2 === 0) ? to : from));
  starts[0] = startU;
  for (let i = 0; i + 1 < own.length; i += 1) stagger(starts, stops, i);
  for (const [i, row] of own.entries()) {
    if (i % ROWS_AT_ONCE === 0) yield;
    const v = vOfLine(rows, rows.line[row] ?? 0);
    const below = own[i + 1];
    const [startAt, endAt] = [starts[i] ?? 0, stops[i] ?? 0];
    const nextStart = starts[i + 1] ?? endAt;
    const way = below === undefined ? 0 : Math.sign((rows.line[below] ?? 0) - (rows.line[row] ?? 0));
    // Where the outline is steep the ends of two rows are spread a little, away from each other: no short stitch between them.
    const spread = way === 0 ? 0 : spreadOf(nextStart - endAt, rows.pitchMm);
    sewRow(rows, row, v, startAt, lift, endAt, -way * spread, i === 0 || i === own.length - 1, trail, sewing);
    lift = way * spread;
    sewn[row] = 1;
    if (below !== undefined) turn(rows, trail, sewing, endAt, v, nextStart, vOfLine(rows, rows.line[below] ?? 0));
  }
}

/** Where a row begins whose end lies less than a turn from the needle: a little farther in, or else its first penetration would be lost. */
const offNeedle = ({ frame }: Rows, { x, y, isEmpty }: StitchTrail, startU: number, v: number, endU: number): number => {
  const [along, across] = [startU - uOf(frame, x, y), v - vOf(frame, x, y)];
  const apart = Math.hypot(along, across);
  const room = Math.abs(endU - startU) - SHORT_ROW_MM;
  if (isEmpty || apart >= TURN_MM || apart < SAME_MM || room <= 0) return startU;
  const inwards = Math.sign(endU - startU);
  const by = Math.sqrt(TURN_MM * TURN_MM - across * across) - inwards * along;
  return startU + inwards * Math.min(by, room);
};

/** Takes a little off the shorter of two rows where they meet: the turn between them is longer, and the edge as straight. */
const stagger = (starts: number[], stops: number[], i: number): void => {
  const [end, next] = [stops[i] ?? 0, starts[i + 1] ?? 0];
  const outwards = Math.sign(end - (starts[i] ?? 0));
  const grows = (next - end) * outwards;
  const long = Math.min(Math.abs(end - (starts[i] ?? 0)), Math.abs((stops[i + 1] ?? 0) - next));
  if (Math.abs(grows) >= STAGGER_MM || long < 2 * SHORT_ROW_MM) return;
  if (grows > 0) stops[i] = end - outwards * (STAGGER_MM - grows);
  else starts[i + 1] = next - outwards * (STAGGER_MM + grows);
};

const spreadOf = (along: number, pitchMm: number): number => {
  const need = TURN_MM * TURN_MM - along * along;
  return need > pitchMm * pitchMm ? (Math.sqrt(need) - pitchMm) / 2 : 0;
};

const approach = (
  rows: Rows,
  trail: StitchTrail,
  { travelTo, role }: RowSewing,
  u: number,
  v: number,
  fromRow: number,
  toRow: number,
): void => {
  const { frame } = rows;
  const [x, y] = [xOf(frame, u, v), yOf(frame, u, v)];
  if (trail.isEmpty || isTurn(rows, trail, u, v)) trail.add(x, y, role);
  else travelTo(x, y, fromRow, toRow);
};

const isTurn = (rows: Rows, { x, y }: StitchTrail, u: number, v: number): boolean => {
  const [needleU, needleV] = [uOf(rows.frame, x, y), vOf(rows.frame, x, y)];
  const apart = Math.hypot(u - needleU, v - needleV);
  return apart <= LONG_TURN_MM / 2 || (apart <= LONG_TURN_MM && keepsInside(rows, needleU, needleV, u, v, -OUTSIDE_MM));
};

/** One row from the needle's side to the other. `lift` and `drop` bend its two ends across the rows. */
const sewRow = (
  { frame, line }: Rows,
  row: number,
  v: number,
  startAt: number,
  lift: number,
  endAt: number,
  drop: number,
  isEdge: boolean,
  trail: StitchTrail,
  { stitchMm, role }: RowSewing,
): void => {
  const put = (u: number, at: number): void => trail.add(xOf(frame, u, at), yOf(frame, u, at), role);
  const length = Math.abs(endAt - startAt);
  if (length < SHORT_ROW_MM) {
    const at = isEdge ? v + drop : v;
    const [x, y] = [xOf(frame, endAt, at), yOf(frame, endAt, at)];
    if (isEdge ? Math.hypot(x - trail.x, y - trail.y) >= 0.3 : Math.hypot(x - trail.x, y - trail.y) >= TURN_MM) trail.add(x, y, role);
    return;
  }
  put(startAt, v + lift);
  const cuts = cutsOfRow(Math.min(startAt, endAt), Math.max(startAt, endAt), line[row] ?? 0, stitchMm);
  if (startAt > endAt) cuts.reverse();
  for (const u of cuts) put(u, v);
  put(endAt, v + drop);
};

/** From row to row where that is more than one stitch: along a flat part of the outline, or around a corner of it. */
const turn = (
  { frame }: Rows,
  trail: StitchTrail,
  { stitchMm, role, cover, travelTo }: RowSewing,
  u1: number,
  v1: number,
  u2: number,
  v2: number,
): void => {
  const [x, y] = [xOf(frame, u2, v2), yOf(frame, u2, v2)];
  if (cover && !staysWithin(cover, trail, x, y)) travelTo(x, y, -1, -1);
  const parts = Math.ceil(Math.abs(u2 - u1) / stitchMm);
  for (let k = 1; k < parts && !cover; k += 1) {
    const [u, v] = [u1 + ((u2 - u1) * k) / parts, v1 + ((v2 - v1) * k) / parts];
    trail.add(xOf(frame, u, v), yOf(frame, u, v), role);
  }
};

const staysWithin = (cover: Rows, trail: StitchTrail, x: number, y: number): boolean => {
  const { frame } = cover;
  return (
    Math.hypot(x - trail.x, y - trail.y) <= LONG_TURN_MM * 2 &&
    keepsInside(cover, uOf(frame, trail.x, trail.y), vOf(frame, trail.x, trail.y), uOf(frame, x, y), vOf(frame, x, y), 0)
  );
};
