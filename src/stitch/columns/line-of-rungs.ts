import type { Point } from '../../geometry/point.ts';
import type { RunLine } from '../region.ts';
import { distance } from './banks.ts';
import { lengthAlong, middleOfRung, widthOfRung } from './rung-measures.ts';
import type { Rung } from './rungs.ts';

/** Strokes of which one thread would leave more than this share bare are sewn with thread side by side. */
const MOST_BARE = 0.13;
/** A line is as wide as all but this share of it. */
const NEARLY_ALL = 0.85;
/** Thread lies so much of its width within the edges of a stroke: chords cut curves. */
const WITHIN = 0.94;
/** Thread is laid apart by no more than its width and a half: so much is covered by what lies beneath and beside it. */
const MOST_SIDE = 0.75;
/** Lines shorter than this are spots: as wide all along as they are in the middle, and no shorter than a stitch, mm. */
const SPOT_MM = 1;
const STITCH_MM = 0.52;

/** The line along the middle of a thin stroke, and how far to either side of it thread goes so that it is as wide as the stroke. */
export const lineOf = (rungs: readonly Rung[], closed: boolean, region: number, threadMm: number): RunLine => {
  const ring = closed ? [...rungs, ...rungs.slice(0, 1)] : rungs;
  const sorted = rungs.map(widthOfRung).sort((a, b) => a - b);
  const sides = smoothed(ring.map((rung, i) => sideOf(rung, widthAcross(ring, i), threadMm)));
  const middles = ring.map(middleOfRung);
  const isSpot = !closed && lengthAlong(middles) < SPOT_MM;
  return {
    kind: 'run',
    region,
    points: flat(isSpot ? lengthened(middles) : middles),
    passes: bareShare(ring, threadMm) > MOST_BARE ? 3 : 1,
    widthMm: sorted[Math.floor(NEARLY_ALL * (sorted.length - 1))] ?? 0,
    sides: flat(isSpot ? sides.map(() => widest(sides)) : sides),
  };
};

/** From the middle of a rung to where thread lies along its left end. */
const sideOf = ({ left, right }: Rung, widthMm: number, threadMm: number): Point => {
  const share = Math.min(
    Math.max(0, 1 - (WITHIN * threadMm) / Math.max(widthMm, 1e-6)),
    (2 * MOST_SIDE * threadMm) / Math.max(widthMm, 1e-6),
  );
  return { x: ((left.x - right.x) / 2) * share, y: ((left.y - right.y) / 2) * share };
};

/** How much of a stroke one thread along its middle does not cover. */
const bareShare = (rungs: readonly Rung[], threadMm: number): number => {
  let [bare, all] = [0, 0];
  rungs.forEach((rung, i) => {
    const before = rungs[i - 1];
    if (!before) return;
    const length = distance(middleOfRung(before), middleOfRung(rung));
    const width = widthOfRung(rung);
    all += width * length;
    bare += Math.max(0, width - threadMm) * length;
  });
  return all > 0 ? bare / all : 0;
};

const widest = (sides: readonly Point[]): Point =>
  sides.reduce((most, side) => (Math.hypot(side.x, side.y) > Math.hypot(most.x, most.y) ? side : most), { x: 0, y: 0 });

/** A line about its middle no shorter than a stitch. */
const lengthened = (points: readonly Point[]): readonly Point[] => {
  const [first, last] = [points[0], points.at(-1)];
  const length = first && last ? distance(first, last) : 0;
  if (!first || !last || length < 1e-6 || length >= STITCH_MM) return points;
  const [cx, cy, by] = [(first.x + last.x) / 2, (first.y + last.y) / 2, STITCH_MM / length];
  return points.map(({ x, y }) => ({ x: cx + (x - cx) * by, y: cy + (y - cy) * by }));
};

/** The width of a stroke at a rung, at right angles to its way. */
const widthAcross = (rungs: readonly Rung[], i: number): number => {
  const [rung, before, after] = [rungs[i], rungs[i - 1] ?? rungs[i], rungs[i + 1] ?? rungs[i]];
  if (!rung || !before || !after) return 0;
  const [a, b] = [middleOfRung(before), middleOfRung(after)];
  const span = Math.hypot(b.x - a.x, b.y - a.y);
  if (span < 1e-9) return widthOfRung(rung);
  return Math.abs((rung.left.x - rung.right.x) * (b.y - a.y) - (rung.left.y - rung.right.y) * (b.x - a.x)) / span;
};

const smoothed = (sides: readonly Point[]): readonly Point[] =>
  sides.map((side, i) => {
    const [a, b] = [sides[i - 1], sides[i + 1]];
    return a && b ? { x: (a.x + 2 * side.x + b.x) / 4, y: (a.y + 2 * side.y + b.y) / 4 } : side;
  });

const flat = (points: readonly Point[]): Float64Array => Float64Array.from(points.flatMap(({ x, y }) => [x, y]));
