import { atOnce, type Steps } from '../../model/steps.ts';
import type { StitchPlan } from '../plan.ts';
import type { DigitizeOptions, StitchRegion } from '../region.ts';
import { drawnIn } from './drawn-in.ts';
import { coverages, measureAreas } from './measure-areas.ts';
import { measureStitches, measureWays } from './measure-stitches.ts';
import type { QualityReport } from './quality-report.ts';
import { redraw, stitchCanvas } from './stitch-canvas.ts';
import { stitchList } from './stitch-list.ts';

/** So far rows draw in at each end on most cloth, mm. */
const USUAL_PULL_MM = 0.2;

/**
 * Measures a finished plan against the regions it is of: every stitch is drawn as wide as its thread lies, at up to 20 pixels a millimetre, and
 * compared with the artwork. Regions lie on those before them. Needs about 30 bytes a pixel, 2.4 million pixels at most.
 */
export const measureQuality = (
  plan: StitchPlan,
  regions: readonly StitchRegion[],
  options: Pick<DigitizeOptions, 'fabric'>,
): QualityReport => atOnce(qualitySteps(plan, regions, options));

/** The same, at each step some thousand stitches or one pass over the pixels. */
export function* qualitySteps(
  plan: StitchPlan,
  regions: readonly StitchRegion[],
  { fabric }: Pick<DigitizeOptions, 'fabric'>,
): Steps<QualityReport> {
  const list = stitchList(plan);
  yield;
  const canvas = yield* stitchCanvas(list, regions);
  const areas = yield* measureAreas(canvas, list, regions, fabric.pullMm);
  const stitches = yield* measureStitches(list);
  yield;
  const ways = measureWays(plan, list, canvas);
  const pulled = stitchList(drawnIn(plan, Math.max(USUAL_PULL_MM, fabric.pullMm)));
  yield* redraw(canvas, pulled);
  return {
    ...stitches,
    ...areas,
    ...ways,
    pulledCoverage: coverages(canvas, pulled, regions).coverage,
    stitchesPerMm2: areas.areaMm2 === 0 ? 0 : list.count / areas.areaMm2,
    machineMinutes: list.count / 750 + (ways.trims * 6 + Math.max(0, plan.blocks.length - 1) * 12) / 60,
  };
}
