import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import { type ColumnArea, holds } from './column-area.ts';
import { pointedRungs } from './pointed-end.ts';
import { lengthAlong, middleOfRung, widthOfRung } from './rung-measures.ts';
import { type Rung, rungsOf } from './rungs.ts';

/** Less than this off the farther side is not worth turning stitches for, mm. */
const LEAST_GAIN_MM = 0.12;
/** In narrower strokes a wedge is less than a stitch, mm. */
const NARROWEST_MM = 1;
/** Rungs turn into the slant over this share of the width. */
const TURN_SHARE = 1.2;
const HALVINGS = 5;
/** Where the edge lies within this angle of its way, a stroke ends in a point. */
const POINTED = Math.cos((48 * Math.PI) / 180);
/** Places of the new end looked at: all have to lie in the other column. */
const SPOTS = 6;

/**
 * The rungs of a stroke whose last one lies in another column, ended along that column's edge: each rail goes as far beneath it as `overlapMm`, where
 * an end straight across would go on beneath it in a wedge. As they were where that would leave cloth open.
 */
export const slantEnd = (rungs: readonly Rung[], area: ColumnArea, overlapMm: number): readonly Rung[] => {
  const [lefts, rights] = [rungs.map(({ left }) => left), rungs.map(({ right }) => right)];
  const [a, b] = [entryOf(lefts, area), entryOf(rights, area)];
  if (!a || !b || distance(a.point, b.point) < NARROWEST_MM) return rungs;
  const [left, right] = [cutBeyond(lefts, a, b.point, overlapMm), cutBeyond(rights, b, a.point, overlapMm)];
  const [la, lb] = [left.at(-1), right.at(-1)];
  if (!la || !lb || !isHeld(area, la, lb)) return rungs;
  const gain = Math.max(lengthAlong(lefts) - lengthAlong(left), lengthAlong(rights) - lengthAlong(right));
  return gain < LEAST_GAIN_MM ? rungs : turnedInto(rungs, left, right);
};

/** Where a rail comes to lie in a column for good: after point `at`. */
type Entry = { readonly at: number; readonly point: Point };

const entryOf = (rail: readonly Point[], area: ColumnArea): Entry | null => {
  let at = rail.length - 1;
  while (at >= 0 && holds(area, rail[at] ?? { x: 0, y: 0 })) at -= 1;
  const [outside, inside] = [rail[at], rail[at + 1]];
  if (!outside || !inside) return null;
  let [low, high] = [0, 1];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (low + high) / 2;
    if (holds(area, between(outside, inside, middle))) high = middle;
    else low = middle;
  }
  return { at, point: between(outside, inside, high) };
};

/** A rail as far as it lies no deeper than so much beyond the line between the entries. */
const cutBeyond = (rail: readonly Point[], entry: Entry, other: Point, overlapMm: number): readonly Point[] => {
  const span = distance(entry.point, other);
  const [nx, ny] = [(other.y - entry.point.y) / span, (entry.point.x - other.x) / span];
  const depth = (p: Point): number => Math.abs((p.x - entry.point.x) * nx + (p.y - entry.point.y) * ny);
  const out = [...rail.slice(0, entry.at + 1), entry.point];
  let from = entry.point;
  for (const p of rail.slice(entry.at + 1)) {
    const [before, after] = [depth(from), depth(p)];
    if (after >= overlapMm) return [...out, between(from, p, (overlapMm - before) / Math.max(1e-9, after - before))];
    out.push(p);
    from = p;
  }
  return out;
};

const isHeld = (area: ColumnArea, a: Point, b: Point): boolean => {
  for (let k = 0; k <= SPOTS; k += 1) if (!holds(area, between(a, b, k / SPOTS))) return false;
  return true;
};

/** The rungs with new rails: those near to the end turn evenly into its slant, or stay across and grow shorter where that is steep. */
const turnedInto = (rungs: readonly Rung[], left: readonly Point[], right: readonly Point[]): readonly Rung[] => {
  const shorter = Math.min(left.length, right.length) - 1;
  const tip = rungs[shorter];
  if (!tip) return rungs;
  const [la, lb] = [left.at(-1) ?? tip.left, right.at(-1) ?? tip.right];
  const [way, end] = [wayAt(rungs, shorter), unit(la, lb)];
  if (way && Math.abs(way.x * end.x + way.y * end.y) > POINTED) {
    const from = Math.max(0, shorter - 1);
    const isLeftBehind = way.x * end.x + way.y * end.y > 0;
    const lines = {
      left: isLeftBehind ? [...left.slice(from), lb] : left.slice(from),
      right: isLeftBehind ? right.slice(from) : [...right.slice(from), la],
    };
    return [...rungs.slice(0, from), ...pointedRungs(lines, way)];
  }
  const reach = TURN_SHARE * widthOfRung(tip);
  let from = shorter - 1;
  while (from > 0 && distance(middleOfRung(rungs[from] ?? tip), middleOfRung(tip)) < reach) from -= 1;
  if (from < 0) return rungs;
  const [one, other] = [left.slice(from), right.slice(from)];
  const turning = rungsOf({
    left: one,
    right: other,
    facing: [
      [0, 0],
      [lengthAlong(one), lengthAlong(other)],
    ],
    closed: false,
  });
  return [...rungs.slice(0, from), ...turning];
};

/** The way of a stroke at one of its rungs, over about its width. */
const wayAt = (rungs: readonly Rung[], at: number): Point | null => {
  const here = rungs[at];
  if (!here) return null;
  const back = rungs.slice(0, at).findLast((rung) => distance(middleOfRung(rung), middleOfRung(here)) > widthOfRung(here)) ?? rungs[0];
  return back && back !== here ? unit(middleOfRung(back), middleOfRung(here)) : null;
};

const unit = (from: Point, to: Point): Point => {
  const length = distance(from, to) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
};

const between = (a: Point, b: Point, share: number): Point => ({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
