import type { Point } from '../../geometry/point.ts';
import { ROLE } from '../plan.ts';
import type { DigitizeOptions, RunLine, SewEnds, Sewn } from '../region.ts';
import { isBroad, type LinePlace, once, stitchByStitch, thereAndBack, twiceAround } from './broad-line.ts';
import { distance } from './run-points.ts';
import { SewTrail } from './sew-trail.ts';

export type RunSewing = { readonly ends: SewEnds; readonly options: Pick<DigitizeOptions, 'runStitchMm' | 'minStitchMm'> };

/** An exit nearer to the entry than to the other end asks for the way back, mm. */
const SAME_END_MM = 0.3;
/** Bean stitches are shorter than plain ones: this share. */
const BEAN_SHARE = 0.8;
/** Lines are seen: they keep closer to curves than what lies beneath others, mm. */
const TOLERANCE_MM = 0.06;
const SHORTEST_MM = 0.7;
/** Broad lines shorter than this are sewn stitch by stitch, mm: out and back they would be a stitch each. */
const SPOT_MM = 1.3;

/**
 * The stitches along a line from the end that is nearest to the entry. Lines of one pass are sewn once, or out and back when the exit lies at the
 * same end. Broader ones lie side by side within the edges of their stroke: out on one side and back on the other where the end is free or asked for, there,
 * back and there stitch by stitch where the way goes on; twice around a ring, which starts where it is nearest to the entry.
 */
export const sewRun = (run: RunLine, { ends, options }: RunSewing): Sewn => {
  const line = placesOf(run);
  const [first, last] = [line[0], line.at(-1)];
  const trail = new SewTrail(options.minStitchMm);
  if (!first || !last || line.length < 2) return trail.finish();
  const isRing = line.length > 3 && distance(first, last) < 1e-6;
  const way = isRing ? fromNearest(line, ends.entry) : directed(line, ends);
  for (const point of stitchesAlong(way, run.passes, isRing, ends.exit, options.runStitchMm)) trail.add(point, ROLE.run);
  return trail.finish();
};

const lengthOf = (line: readonly Point[]): number => line.reduce((sum, point, i) => sum + distance(line[i - 1] ?? point, point), 0);

const placesOf = ({ points, sides }: RunLine): readonly LinePlace[] =>
  Array.from({ length: points.length / 2 }, (_, i) => ({
    x: points[2 * i] ?? 0,
    y: points[2 * i + 1] ?? 0,
    dx: sides?.[2 * i] ?? 0,
    dy: sides?.[2 * i + 1] ?? 0,
  }));

const stitchesAlong = (
  way: readonly LinePlace[],
  passes: RunLine['passes'],
  isRing: boolean,
  exit: Point | null,
  runStitchMm: number,
): readonly Point[] => {
  const measure = { stitchMm: runStitchMm, toleranceMm: TOLERANCE_MM, shortestMm: SHORTEST_MM };
  const [start, end] = [way[0], way.at(-1)];
  if (!start || !end) return [];
  if (isRing) return passes === 3 ? twiceAround(way, measure) : once(way, measure);
  const returns =
    exit === null ? passes === 3 && isBroad(way) && lengthOf(way) > SPOT_MM : distance(exit, start) + SAME_END_MM < distance(exit, end);
  if (returns) return thereAndBack(way, measure);
  if (passes === 3) return stitchByStitch(way, { ...measure, stitchMm: runStitchMm * BEAN_SHARE });
  return once(way, measure);
};

const directed = (line: readonly LinePlace[], { entry, exit }: SewEnds): readonly LinePlace[] => {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return line;
  const backwards = entry ? distance(entry, last) < distance(entry, first) : exit !== null && distance(exit, first) < distance(exit, last);
  return backwards ? [...line].reverse() : line;
};

const fromNearest = (ring: readonly LinePlace[], entry: Point | null): readonly LinePlace[] => {
  if (!entry) return ring;
  const open = ring.slice(0, -1);
  const nearest = open.reduce((best, point, i) => (distance(point, entry) < distance(open[best] ?? point, entry) ? i : best), 0);
  const turned = [...open.slice(nearest), ...open.slice(0, nearest)];
  return [...turned, ...turned.slice(0, 1)];
};
