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
  /** Brings the needle to a place, hidden where it can be. */
  readonly travelTo: (x: number, y: number) => void;
  /** Close rows that say what lies inside, for rows too far apart to tell; null for those. */
  readonly cover: Rows | null;
};

/** The step from one row to the next is at least this long: after rounding to machine steps it is still half a millimetre. */
const TURN_MM = 0.62;
/** Rows shorter than this get one penetration: they become a zigzag. */
const SHORT_ROW_MM = 1;
/** A move longer than this is no turn, but travel. */
const LONG_TURN_MM = 2.5;
/** Share of the opening beside a row that its compensation may take. */
const GAP_SHARE = 0.35;

/** Sews rows to and fro, step by step, and marks them in `sewn`. `aim`: where along the rows the last one should end, if that matters. */
export const sewRows = (
  rows: Rows,
  steps: readonly SewStep[],
  sewn: Uint8Array,
  trail: StitchTrail,
  sewing: RowSewing,
  aim: number | null,
): void => {
  steps.forEach((step, i) => {
    const next = steps[i + 1];
    sewStep(rows, step, sewn, trail, sewing, next ? meetingPlace(rows, step, next) : aim);
  });
};

/** Where along the rows the next step begins. */
const meetingPlace = (rows: Rows, step: SewStep, next: SewStep): number => {
  const line = rows.line[step.rows.at(-1) ?? 0] ?? 0;
  const [a, b] = [next.rows[0] ?? 0, next.rows.at(-1) ?? 0];
  const row = Math.abs((rows.line[a] ?? 0) - line) <= Math.abs((rows.line[b] ?? 0) - line) ? a : b;
  return ((rows.from[row] ?? 0) + (rows.to[row] ?? 0)) / 2;
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

const sewStep = (rows: Rows, step: SewStep, sewn: Uint8Array, trail: StitchTrail, sewing: RowSewing, aim: number | null): void => {
  const ends = step.rows.map((row) => endsOf(rows, row, sewing.pullMm));
  let forward = startsForward(rows, step, ends, trail, aim);
  const [first] = ends;
  if (!first) return;
  const startV = vOfLine(rows, rows.line[step.rows[0] ?? 0] ?? 0);
  const startU = forward ? first.from : first.to;
  approach(rows, trail, sewing, startU, startV);
  let lift = 0;
  step.rows.forEach((row, i) => {
    const { from, to } = ends[i] ?? first;
    const v = vOfLine(rows, rows.line[row] ?? 0);
    const way = Math.sign((rows.line[step.rows[i + 1] ?? row] ?? 0) - (rows.line[row] ?? 0));
    const [startAt, endAt] = forward ? [from, to] : [to, from];
    const next = ends[i + 1];
    const nextStart = next ? (forward ? next.to : next.from) : endAt;
    // Where the outline is steep the ends of two rows are spread a little, away from each other: no short stitch between them.
    const spread = next ? spreadOf(nextStart - endAt, rows.pitchMm) : 0;
    sewRow(rows, row, v, startAt, lift, endAt, -way * spread, i === 0 || i === step.rows.length - 1, trail, sewing);
    lift = way * spread;
    sewn[row] = 1;
    if (next) turn(rows, trail, sewing, endAt, v, nextStart, vOfLine(rows, rows.line[step.rows[i + 1] ?? row] ?? 0));
    forward = !forward;
  });
};

const spreadOf = (along: number, pitchMm: number): number => {
  const need = TURN_MM * TURN_MM - along * along;
  return need > pitchMm * pitchMm ? (Math.sqrt(need) - pitchMm) / 2 : 0;
};

/** Which end of the first row to begin with: so that the last row ends where the needle is wanted next, or else the nearer one. */
const startsForward = (rows: Rows, step: SewStep, ends: readonly Ends[], trail: StitchTrail, aim: number | null): boolean => {
  const [first, last] = [ends[0], ends.at(-1)];
  if (!first || !last) return true;
  if (aim !== null) {
    const endsHigh = Math.abs(aim - last.to) < Math.abs(aim - last.from);
    return endsHigh === (ends.length % 2 === 1);
  }
  if (trail.isEmpty) return true;
  const v = vOfLine(rows, rows.line[step.rows[0] ?? 0] ?? 0);
  const { frame } = rows;
  const apart = (u: number): number => Math.hypot(xOf(frame, u, v) - trail.x, yOf(frame, u, v) - trail.y);
  return apart(first.from) <= apart(first.to);
};

const approach = ({ frame }: Rows, trail: StitchTrail, { travelTo, role }: RowSewing, u: number, v: number): void => {
  const [x, y] = [xOf(frame, u, v), yOf(frame, u, v)];
  if (trail.isEmpty || Math.hypot(x - trail.x, y - trail.y) <= LONG_TURN_MM / 2) trail.add(x, y, role);
  else travelTo(x, y);
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
    const [x, y] = [xOf(frame, endAt, v), yOf(frame, endAt, v)];
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
  if (cover && !staysWithin(cover, trail, x, y)) travelTo(x, y);
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
