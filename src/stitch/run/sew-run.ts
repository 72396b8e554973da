import type { Point } from '../../geometry/point.ts';
import { ROLE } from '../plan.ts';
import type { DigitizeOptions, RunLine, SewEnds, Sewn } from '../region.ts';
import { distance, runPoints } from './run-points.ts';
import { SewTrail } from './sew-trail.ts';

export type RunSewing = { readonly ends: SewEnds; readonly options: Pick<DigitizeOptions, 'runStitchMm' | 'minStitchMm'> };

/** An exit nearer to the entry than to the other end asks for the way back, mm. */
const SAME_END_MM = 0.3;
/** Bean stitches are shorter than plain ones: this share. */
const BEAN_SHARE = 0.8;
/** Lines are seen: they keep closer to curves than what lies beneath others, mm. */
const TOLERANCE_MM = 0.06;
const SHORTEST_MM = 0.7;

/**
 * The stitches along a line from the end that is nearest to the entry; there, back and there again stitch by stitch for three passes. When the exit
 * lies at the same end, the line is sewn out and back. A ring starts where it is nearest to the entry.
 */
export const sewRun = ({ points, passes }: RunLine, { ends, options }: RunSewing): Sewn => {
  const line = Array.from({ length: points.length / 2 }, (_, i): Point => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0 }));
  const [first, last] = [line[0], line.at(-1)];
  const trail = new SewTrail(options.minStitchMm);
  if (!first || !last || line.length < 2) return trail.finish();
  const isRing = line.length > 3 && distance(first, last) < 1e-6;
  const way = isRing ? fromNearest(line, ends.entry) : directed(line, ends);
  const stitches = runPoints(way, passes === 3 ? options.runStitchMm * BEAN_SHARE : options.runStitchMm, TOLERANCE_MM, SHORTEST_MM);
  const [start, end] = [stitches[0] ?? first, stitches.at(-1) ?? last];
  trail.add(start, ROLE.run);
  const returns = !isRing && ends.exit !== null && distance(ends.exit, start) + SAME_END_MM < distance(ends.exit, end);
  if (returns) {
    for (const point of stitches.slice(1)) trail.add(point, ROLE.run);
    for (const point of stitches.slice(0, -1).reverse()) trail.add(point, ROLE.run);
    return trail.finish();
  }
  stitches.slice(1).forEach((point, i) => {
    const before = stitches[i] ?? start;
    trail.add(point, ROLE.run);
    if (passes !== 3) return;
    trail.add(before, ROLE.run);
    trail.add(point, ROLE.run);
  });
  return trail.finish();
};

const directed = (line: readonly Point[], { entry, exit }: SewEnds): readonly Point[] => {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return line;
  const backwards = entry ? distance(entry, last) < distance(entry, first) : exit !== null && distance(exit, first) < distance(exit, last);
  return backwards ? [...line].reverse() : line;
};

const fromNearest = (ring: readonly Point[], entry: Point | null): readonly Point[] => {
  if (!entry) return ring;
  const open = ring.slice(0, -1);
  const nearest = open.reduce((best, point, i) => (distance(point, entry) < distance(open[best] ?? point, entry) ? i : best), 0);
  const turned = [...open.slice(nearest), ...open.slice(0, nearest)];
  return [...turned, ...turned.slice(0, 1)];
};
