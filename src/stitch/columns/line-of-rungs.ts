import type { Point } from '../../geometry/point.ts';
import type { RunLine } from '../region.ts';
import { middleOfRung, widthOfRung } from './rung-measures.ts';
import type { Rung } from './rungs.ts';

/** Strokes from so many threads' width on are sewn with thread side by side. */
const BROAD_THREADS = 1.25;
/** A line is as wide as all but this share of it. */
const NEARLY_ALL = 0.85;
/** Thread lies so much of its width within the edges of a stroke: chords cut curves. */
const WITHIN = 0.94;
const SMOOTHINGS = 2;

/** The line along the middle of a thin stroke, and how far to either side of it thread goes so that it is as wide as the stroke. */
export const lineOf = (rungs: readonly Rung[], closed: boolean, region: number, threadMm: number): RunLine => {
  const ring = closed ? [...rungs, ...rungs.slice(0, 1)] : rungs;
  const widths = ring.map((_, i) => widthAcross(ring, i));
  const sorted = rungs.map(widthOfRung).sort((a, b) => a - b);
  const shares = smoothed(widths.map((width) => Math.max(0, 1 - (WITHIN * threadMm) / Math.max(width, 1e-6))));
  const middles = ring.map(middleOfRung);
  return {
    kind: 'run',
    region,
    points: flat(middles),
    passes: (sorted[sorted.length >> 1] ?? 0) >= BROAD_THREADS * threadMm ? 3 : 1,
    widthMm: sorted[Math.floor(NEARLY_ALL * (sorted.length - 1))] ?? 0,
    sides: flat(
      ring.map(({ left, right }, i) => ({
        x: ((left.x - right.x) / 2) * (shares[i] ?? 0),
        y: ((left.y - right.y) / 2) * (shares[i] ?? 0),
      })),
    ),
  };
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

const smoothed = (values: readonly number[]): readonly number[] => {
  let out = values;
  for (let round = 0; round < SMOOTHINGS; round += 1)
    out = out.map((value, i, all) => Math.min(value, ((all[i - 1] ?? value) + 2 * value + (all[i + 1] ?? value)) / 4));
  return out;
};

const flat = (points: readonly Point[]): Float64Array => Float64Array.from(points.flatMap(({ x, y }) => [x, y]));
