import { flattenPath } from '../../geometry/flatten.ts';
import type { Point } from '../../geometry/point.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import { finishRun } from '../order/finish-run.ts';
import { type ColourBlock, ROLE, type Run, type StitchPlan } from '../plan.ts';
import type { DigitizeOptions, StitchRegion } from '../region.ts';
import { runPoints } from '../run/run-points.ts';
import { SewTrail } from '../run/sew-trail.ts';

/** The line lies this far inside the outline, where the satin hides it, mm; its stitches are long, and shapes with less around them have none. */
const INSET_MM = 0.7;
const STITCH_MM = 3;
const SHORTEST_MM = 8;
const NOTE = 'placement line: lay foam';

/** The plan with a line before it that shows where the foam goes, in its first thread, and a halt to lay it. */
export const withPlacement = (plan: StitchPlan, regions: readonly StitchRegion[], options: DigitizeOptions): StitchPlan => {
  const [first] = plan.blocks;
  if (!first) return plan;
  const runs = regions.flatMap(({ path }) => linesIn(path)).flatMap((line) => runOf(line, options));
  const block: ColourBlock = { thread: first.thread, runs, stopAfter: true, note: NOTE };
  return runs.length === 0 ? plan : { blocks: [block, ...plan.blocks] };
};

const linesIn = (path: StitchRegion['path']): readonly (readonly Point[])[] =>
  flattenPath(offsetPath(unionPaths([path]), -INSET_MM, 'round'), 0.05).map(({ points }) => {
    const line = Array.from({ length: points.length / 2 }, (_, i): Point => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0 }));
    return [...line, ...line.slice(0, 1)];
  });

const runOf = (line: readonly Point[], { minStitchMm }: DigitizeOptions): readonly Run[] => {
  const trail = new SewTrail(minStitchMm);
  const points = runPoints(line, STITCH_MM);
  for (const point of points) trail.add(point, ROLE.underlay);
  const sewn = trail.finish();
  let mm = 0;
  for (let i = 2; i < sewn.points.length; i += 2)
    mm += Math.hypot((sewn.points[i] ?? 0) - (sewn.points[i - 2] ?? 0), (sewn.points[i + 1] ?? 0) - (sewn.points[i - 1] ?? 0));
  const run = mm < SHORTEST_MM ? null : finishRun(sewn, { minStitchMm, maxStitchMm: STITCH_MM + 1 });
  return run ? [run] : [];
};
