import { uOf, vOf, xOf, yOf } from './row-frame.ts';
import { nearestRow, type Rows, vOfLine } from './rows.ts';

/** A way keeps this far from the ends of rows where it can, mm. */
const MARGIN_MM = 1.2;

/** A place and the row it is on, -1 when that has to be looked up. */
export type RowPlace = { readonly x: number; readonly y: number; readonly row: number };

/** Places from where the way leaves the first row to the end; `isBack` when the needle has to go back along that row to get there, `isOverSewn` when finished rows
 * are in the way. */
export type RowRoute = { readonly points: readonly number[]; readonly isBack: boolean; readonly isOverSewn: boolean };

/** So many rows in lies what is well hidden. */
const LEAVE_ROWS = 3;
/** Along a finished row this far is no detour, mm. */
const BACK_MM = 2;

/**
 * A way inside the region from one place to another, from row to row, that passes none of the rows marked in `sewn` if there is such a way.
 * Places are x, y in turn. Null when rows do not join the two.
 */
export const routeThroughRows = (rows: Rows, sewn: Uint8Array | null, from: RowPlace, to: RowPlace): RowRoute | null => {
  const { frame } = rows;
  const start = { u: uOf(frame, from.x, from.y), v: vOf(frame, from.x, from.y) };
  const end = { u: uOf(frame, to.x, to.y), v: vOf(frame, to.x, to.y) };
  const first = from.row >= 0 ? from.row : nearestRow(rows, start.u, start.v);
  const last = to.row >= 0 ? to.row : nearestRow(rows, end.u, end.v);
  if (first < 0 || last < 0) return null;
  const free = sewn ? search(rows, sewn, first, last) : null;
  const chain = free ?? search(rows, null, first, last);
  if (!chain) return null;
  const leave = free && sewn?.[first] === 1 ? gateFrom(rows, free, start.u) : start.u;
  const backMm = Math.abs(leave - start.u) > BACK_MM ? leave - start.u : 0;
  const begin = backMm === 0 ? start : { u: leave, v: vOfLine(rows, rows.line[first] ?? 0) };
  const points: number[] = [xOf(frame, begin.u, begin.v), yOf(frame, begin.u, begin.v)];
  for (const { u, v } of straighten(rows, chain, sewn, begin, end)) points.push(xOf(frame, u, v), yOf(frame, u, v));
  points.push(to.x, to.y);
  return { points, isBack: backMm !== 0, isOverSewn: sewn !== null && !free };
};

/** Rows from one to another, fewest first; the first may be sewn. */
const search = (rows: Rows, sewn: Uint8Array | null, first: number, last: number): readonly number[] | null => {
  if (first === last) return [first];
  const came = new Map<number, number>([[last, -1]]);
  let edge = [last];
  while (edge.length > 0) {
    const next: number[] = [];
    for (const row of edge) {
      if (visit(rows, row, sewn, first, came, next)) return chainFrom(came, first);
    }
    edge = next;
  }
  return null;
};

/** Looks at all rows beside one; true when the wanted one is among them. */
const visit = (rows: Rows, row: number, sewn: Uint8Array | null, wanted: number, came: Map<number, number>, next: number[]): boolean => {
  const { upFrom, upTo, downFrom, downTo } = rows;
  for (let side = 0; side < 2; side += 1) {
    const [a, b] = side === 0 ? [upFrom[row] ?? 0, upTo[row] ?? 0] : [downFrom[row] ?? 0, downTo[row] ?? 0];
    for (let i = a; i < b; i += 1) {
      if (came.has(i) || (i !== wanted && sewn !== null && sewn[i] === 1)) continue;
      came.set(i, row);
      if (i === wanted) return true;
      next.push(i);
    }
  }
  return false;
};

const chainFrom = (came: ReadonlyMap<number, number>, first: number): readonly number[] => {
  const chain: number[] = [];
  for (let row = first; row >= 0; row = came.get(row) ?? -1) chain.push(row);
  return chain;
};

type Place = { readonly u: number; readonly v: number };
type Gate = { readonly v: number; readonly low: number; readonly high: number };

/** Corners of a short way through the gates between the rows of a chain. */
const straighten = (rows: Rows, chain: readonly number[], sewn: Uint8Array | null, start: Place, end: Place): readonly Place[] => {
  const out: Place[] = [];
  let { at, from } = leaveSewn(rows, chain, sewn, start, out);
  while (from < chain.length - 1) {
    const down = (rows.line[chain[from + 1] ?? 0] ?? 0) > (rows.line[chain[from] ?? 0] ?? 0);
    let to = from + 1;
    while (to < chain.length - 1 && (rows.line[chain[to + 1] ?? 0] ?? 0) > (rows.line[chain[to] ?? 0] ?? 0) === down) to += 1;
    const isLast = to === chain.length - 1;
    const turnRow = chain[to] ?? 0;
    const aim = isLast ? end : { u: nearestInGate(rows, chain[to + 1] ?? 0, turnRow, at.u), v: vOfLine(rows, rows.line[turnRow] ?? 0) };
    at = passGates(gatesOf(rows, chain, from, to), at, aim, out);
    if (!isLast) {
      const gate = gateBetween(rows, chain[to - 1] ?? 0, turnRow);
      // Along the middle of the row it turns in, which will lie over it.
      out.push({ u: clamp(at.u, gate.low, gate.high), v: aim.v });
      at = { u: clamp(aim.u, rows.from[turnRow] ?? 0, rows.to[turnRow] ?? 0), v: aim.v };
      out.push(at);
    }
    from = to;
  }
  return out;
};

/** The nearest place from which one comes from the first row of a chain to the second. */
const gateFrom = (rows: Rows, [first, second]: readonly number[], u: number): number =>
  first === undefined || second === undefined ? u : nearestInGate(rows, first, second, u);

/**
 * Off a finished row at once, straight into the rows to come, to the third of them where the way goes on like that: along the finished row one
 * would be seen.
 */
const leaveSewn = (
  rows: Rows,
  chain: readonly number[],
  sewn: Uint8Array | null,
  start: Place,
  out: Place[],
): { readonly at: Place; readonly from: number } => {
  if (sewn?.[chain[0] ?? 0] !== 1 || chain.length < 2) return { at: start, from: 0 };
  let u = start.u;
  let from = 0;
  const lineOf = (i: number): number => rows.line[chain[i] ?? 0] ?? 0;
  const way = lineOf(1) - lineOf(0);
  while (from < LEAVE_ROWS && from < chain.length - 1 && lineOf(from + 1) - lineOf(from) === way) {
    const next = nearestInGate(rows, chain[from] ?? 0, chain[from + 1] ?? 0, u);
    if (from > 0 && Math.abs(next - u) > 0.5) break;
    u = next;
    from += 1;
  }
  const at = { u, v: vOfLine(rows, lineOf(from)) };
  out.push(at);
  return { at, from };
};

const gatesOf = (rows: Rows, chain: readonly number[], from: number, to: number): readonly Gate[] => {
  const gates: Gate[] = [];
  for (let i = from; i < to; i += 1) gates.push(gateBetween(rows, chain[i] ?? 0, chain[i + 1] ?? 0));
  return gates;
};

/** The opening between two rows one above the other, its sides kept off where it is wide enough. */
const gateBetween = (rows: Rows, a: number, b: number): Gate => {
  const low = Math.max(rows.from[a] ?? 0, rows.from[b] ?? 0);
  const high = Math.min(rows.to[a] ?? 0, rows.to[b] ?? 0);
  const margin = Math.min(MARGIN_MM, (high - low) * 0.4);
  const v = (vOfLine(rows, rows.line[a] ?? 0) + vOfLine(rows, rows.line[b] ?? 0)) / 2;
  return { v, low: low + margin, high: high - margin };
};

const nearestInGate = (rows: Rows, a: number, b: number, u: number): number => {
  const { low, high } = gateBetween(rows, a, b);
  return clamp(u, low, high);
};

/** Sees as far as the gates allow and puts a corner where the view ends. Returns the last place. */
const passGates = (gates: readonly Gate[], start: Place, aim: Place, out: Place[]): Place => {
  let at = start;
  let i = 0;
  while (i < gates.length) {
    let [low, high] = [-Infinity, Infinity];
    let seen = i;
    for (; seen < gates.length; seen += 1) {
      const gate = gates[seen];
      if (!gate) break;
      const far = Math.abs(gate.v - at.v) || 1e-9;
      const [left, right] = [(gate.low - at.u) / far, (gate.high - at.u) / far];
      if (Math.max(low, left) > Math.min(high, right)) break;
      [low, high] = [Math.max(low, left), Math.min(high, right)];
    }
    const far = Math.abs(aim.v - at.v) || 1e-9;
    const wanted = (aim.u - at.u) / far;
    if (seen === gates.length && wanted >= low && wanted <= high) break;
    // The first gate may lie beside the needle (a row end): go to its nearest place.
    const gate = gates[Math.max(i, seen - 1)];
    if (!gate) break;
    const slope = seen === i ? 0 : clamp(wanted, low, high);
    at = { u: clamp(at.u + slope * Math.abs(gate.v - at.v), gate.low, gate.high), v: gate.v };
    out.push(at);
    i = Math.max(i + 1, seen);
  }
  return at;
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
