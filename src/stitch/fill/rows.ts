import type { Polyline } from '../../geometry/flatten.ts';
import { type RowFrame, uOf, vOf } from './row-frame.ts';

/**
 * A region cut by level lines of a turned frame. Row `i` lies on `line[i]` from `from[i]` to `to[i]`, mm along the line; rows are sorted by line,
 * then along it. Those it touches on the next line are `downFrom[i]` up to, not with, `downTo[i]`; on the line before `upFrom[i]` to `upTo[i]`.
 */
export type Rows = {
  readonly frame: RowFrame;
  readonly count: number;
  /** Across the rows: line `k` lies at `top + (k + 0.5) * pitchMm`. */
  readonly top: number;
  readonly pitchMm: number;
  readonly lines: number;
  /** First row of each line; one more entry at the end. */
  readonly lineStart: Int32Array;
  readonly line: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly downFrom: Int32Array;
  readonly downTo: Int32Array;
  readonly upFrom: Int32Array;
  readonly upTo: Int32Array;
};

/** No more lines, nor crossings of lines and outlines, than this: a shape beyond is no embroidery. */
const MOST_LINES = 8_000;
const MOST_CROSSINGS = 1_500_000;
/** Rows shorter than this are dust, mm. */
const DUST_MM = 0.02;

/**
 * Rows through rings that do not cross (as `unionPaths` leaves them), about `pitchMm` apart: the pitch is stretched or pressed a little
 * so that the first and the last lie half a pitch from the ends of the shape. Null when there are none, or more than a design can have.
 */
export const rowsOf = (rings: readonly Polyline[], frame: RowFrame, pitchMm: number): Rows | null => {
  const turned = rings.map(({ points }) => turn(points, frame));
  let [top, bottom] = [Infinity, -Infinity];
  for (const points of turned) {
    for (let i = 1; i < points.length; i += 2) {
      top = Math.min(top, points[i] ?? 0);
      bottom = Math.max(bottom, points[i] ?? 0);
    }
  }
  const lines = Math.max(1, Math.round((bottom - top) / pitchMm));
  if (!(bottom > top) || lines > MOST_LINES) return null;
  const pitch = (bottom - top) / lines;
  const crossings = crossingsOf(turned, top, pitch, lines);
  return crossings && linked(frame, top, pitch, lines, crossings);
};

const turn = (points: Float64Array, frame: RowFrame): Float64Array => {
  const out = new Float64Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    out[i] = uOf(frame, points[i] ?? 0, points[i + 1] ?? 0);
    out[i + 1] = vOf(frame, points[i] ?? 0, points[i + 1] ?? 0);
  }
  return out;
};

type Crossings = { readonly starts: Int32Array; readonly us: Float64Array };

/** Where outlines cross the lines, sorted on each line. */
const crossingsOf = (turned: readonly Float64Array[], top: number, pitch: number, lines: number): Crossings | null => {
  const starts = new Int32Array(lines + 1);
  let total = 0;
  const each = (visit: (line: number, u: number) => void): void => {
    for (const points of turned) {
      let [pu, pv] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [u, v] = [points[i] ?? 0, points[i + 1] ?? 0];
        const low = Math.min(pv, v);
        const high = Math.max(pv, v);
        const first = Math.max(0, Math.ceil((low - top) / pitch - 0.5));
        const last = Math.min(lines - 1, Math.ceil((high - top) / pitch - 0.5) - 1);
        for (let k = first; k <= last; k += 1) visit(k, pu + ((u - pu) * (top + (k + 0.5) * pitch - pv)) / (v - pv));
        [pu, pv] = [u, v];
      }
    }
  };
  each((k) => {
    starts[k + 1] = (starts[k + 1] ?? 0) + 1;
    total += 1;
  });
  if (total > MOST_CROSSINGS) return null;
  for (let k = 0; k < lines; k += 1) starts[k + 1] = (starts[k + 1] ?? 0) + (starts[k] ?? 0);
  const us = new Float64Array(total);
  const filled = starts.slice();
  each((k, u) => {
    us[filled[k] ?? 0] = u;
    filled[k] = (filled[k] ?? 0) + 1;
  });
  for (let k = 0; k < lines; k += 1) us.subarray(starts[k], starts[k + 1]).sort();
  return { starts, us };
};

const linked = (frame: RowFrame, top: number, pitchMm: number, lines: number, { starts, us }: Crossings): Rows => {
  const [from, to, line]: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k < lines; k += 1) {
    for (let i = starts[k] ?? 0; i + 1 < (starts[k + 1] ?? 0); i += 2) {
      const [a, b] = [us[i] ?? 0, us[i + 1] ?? 0];
      if (b - a < DUST_MM) continue;
      from.push(a);
      to.push(b);
      line.push(k);
    }
  }
  return linkRows(frame, top, pitchMm, lines, Int32Array.from(line), Float64Array.from(from), Float64Array.from(to));
};

/** The rows kept by a test, joined anew. */
export const rowsWhere = (rows: Rows, isKept: (row: number) => boolean): Rows => {
  const kept = Int32Array.from({ length: rows.count }, (_, i) => i).filter(isKept);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i] ?? 0);
  const line = Int32Array.from(kept, (i) => rows.line[i] ?? 0);
  return linkRows(rows.frame, rows.top, rows.pitchMm, rows.lines, line, pick(rows.from), pick(rows.to));
};

const linkRows = (
  frame: RowFrame,
  top: number,
  pitchMm: number,
  lines: number,
  line: Int32Array,
  from: Float64Array,
  to: Float64Array,
): Rows => {
  const lineStart = new Int32Array(lines + 1);
  for (const k of line) lineStart[k + 1] = (lineStart[k + 1] ?? 0) + 1;
  for (let k = 0; k < lines; k += 1) lineStart[k + 1] = (lineStart[k + 1] ?? 0) + (lineStart[k] ?? 0);
  const count = from.length;
  const ints = (): Int32Array => new Int32Array(count);
  const [downFrom, downTo, upFrom, upTo] = [ints(), ints(), ints(), ints()];
  for (let k = 0; k < lines; k += 1) {
    link(
      from,
      to,
      lineStart[k] ?? 0,
      lineStart[k + 1] ?? 0,
      lineStart[k + 1] ?? 0,
      lineStart[k + 2] ?? lineStart[k + 1] ?? 0,
      downFrom,
      downTo,
    );
    link(from, to, lineStart[k] ?? 0, lineStart[k + 1] ?? 0, lineStart[k - 1] ?? 0, k === 0 ? 0 : (lineStart[k] ?? 0), upFrom, upTo);
  }
  return { frame, count, top, pitchMm, lines, lineStart, line, from, to, downFrom, downTo, upFrom, upTo };
};

/** Notes for the rows a..b which of the rows c..d of another line they overlap. */
const link = (
  from: Float64Array,
  to: Float64Array,
  a: number,
  b: number,
  c: number,
  d: number,
  firsts: Int32Array,
  lasts: Int32Array,
): void => {
  let first = c;
  for (let i = a; i < b; i += 1) {
    while (first < d && (to[first] ?? 0) <= (from[i] ?? 0)) first += 1;
    let last = first;
    while (last < d && (from[last] ?? 0) < (to[i] ?? 0)) last += 1;
    firsts[i] = first;
    lasts[i] = last;
  }
};

/** Where a line lies across the rows, mm. */
export const vOfLine = (rows: Rows, line: number): number => rows.top + (line + 0.5) * rows.pitchMm;

/** The row that holds a place of the frame, or else the nearest one of the lines about it. */
export const nearestRow = (rows: Rows, u: number, v: number): number => {
  const at = Math.round((v - rows.top) / rows.pitchMm - 0.5);
  let [best, nearest] = [-1, Infinity];
  const look = (k: number): void => {
    for (let i = rows.lineStart[k] ?? 0; i < (rows.lineStart[k + 1] ?? 0); i += 1) {
      const beside = Math.max(0, (rows.from[i] ?? 0) - u, u - (rows.to[i] ?? 0));
      const apart = Math.hypot(beside, vOfLine(rows, k) - v);
      if (apart < nearest) [best, nearest] = [i, apart];
    }
  };
  const clamped = Math.min(rows.lines - 1, Math.max(0, at));
  for (let reach = 0; reach < rows.lines; reach += 1) {
    if (clamped - reach >= 0) look(clamped - reach);
    if (reach > 0 && clamped + reach < rows.lines) look(clamped + reach);
    if (best >= 0 && (reach + 1) * rows.pitchMm > nearest + rows.pitchMm) break;
  }
  return best;
};

/** True when a straight move keeps within the rows, `insetMm` away from their ends (negative: beyond them). */
export const keepsInside = (rows: Rows, u1: number, v1: number, u2: number, v2: number, insetMm: number): boolean => {
  const first = Math.ceil((Math.min(v1, v2) - rows.top) / rows.pitchMm - 0.5);
  const last = Math.floor((Math.max(v1, v2) - rows.top) / rows.pitchMm - 0.5);
  for (let k = Math.max(0, first); k <= Math.min(rows.lines - 1, last); k += 1) {
    const t = v2 === v1 ? 0 : (vOfLine(rows, k) - v1) / (v2 - v1);
    const u = u1 + (u2 - u1) * t;
    let held = false;
    for (let i = rows.lineStart[k] ?? 0; i < (rows.lineStart[k + 1] ?? 0) && !held; i += 1) {
      held = u >= (rows.from[i] ?? 0) + insetMm && u <= (rows.to[i] ?? 0) - insetMm;
    }
    if (!held) return false;
  }
  return first <= last || holdsLevel(rows, u1, u2, (v1 + v2) / 2, insetMm);
};

/** For moves that pass no line: along one row. */
const holdsLevel = (rows: Rows, u1: number, u2: number, v: number, insetMm: number): boolean => {
  const k = Math.min(rows.lines - 1, Math.max(0, Math.round((v - rows.top) / rows.pitchMm - 0.5)));
  for (let i = rows.lineStart[k] ?? 0; i < (rows.lineStart[k + 1] ?? 0); i += 1) {
    if (Math.min(u1, u2) >= (rows.from[i] ?? 0) + insetMm && Math.max(u1, u2) <= (rows.to[i] ?? 0) - insetMm) return true;
  }
  return false;
};
