import { expect } from 'vitest';
import { digitize } from '../../../src/stitch/digitize.ts';
import { stepsOfRun } from '../../../src/stitch/formats/steps-of-run.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { options } from '../order/hand-work.ts';
import { DESIGNS } from './designs.ts';

/**
 * What each design keeps to. The aims are 99.5 % of the right colour on top, 98.5 % covered, 1.7 stitches a mm² on large fills and 3.5 in text, no bare
 * cloth when later colours shift by 0.3 mm, 8 mm of thread a mm² in one layer (p99), 20 where layers overlap, 12 needle holes a mm², 5 % of travel and
 * 98 % of it hidden. Where a figure is worse than its aim the row says by how much.
 */
export type Limits = readonly [
  name: string,
  right: number,
  covered: number,
  perMm2: number,
  bareMm2: number,
  p99: number,
  most: number,
  layerP99: number,
  layerMost: number,
  holes: number,
  travel: number,
  hidden: number,
];

export const LIMITS: readonly Limits[] = [
  ['a label with text on fills', 99.4, 99.6, 2.4, 0.2, 13.5, 18.5, 9, 13.5, 14, 0.5, 95],
  ['the same knocked out', 99.35, 99.6, 2.3, 0.2, 13.5, 18, 9, 12.5, 14, 1.5, 97.5],
  ['a badge of concentric discs', 99.7, 99.6, 1.6, 0.2, 12.5, 19, 9, 15, 14, 1.5, 98],
  ['the same badge knocked out', 99.7, 99.6, 1.55, 0.25, 12.5, 18, 9, 14, 14, 2, 98],
  ['a flag of stripes with twelve stars', 99.65, 99.6, 1.8, 0.25, 13.5, 19, 9, 14, 14, 0.5, 94],
  ['three circles and what they share', 99.7, 99.6, 1.5, 0.25, 10.5, 21, 6, 10, 16, 2.5, 98],
  ['the head of a fox', 99.6, 99.6, 1.7, 0.35, 13.5, 19, 10, 15, 14, 3, 98],
  ['ribs of 0.4 to 1.5 mm between colours', 99.6, 99.6, 1.45, 0.2, 10, 15.5, 7, 13, 14, 0.5, 98],
  ['letters with two outlines', 99.4, 99.5, 3.3, 0.2, 16.5, 24, 10, 14, 14, 4.5, 97],
  ['a quartered shield', 99.65, 99.6, 1.65, 0.25, 12.5, 18, 8.8, 14.5, 14, 2.5, 97.5],
  ['a sunburst of twelve wedges', 99.65, 99.6, 1.55, 0.2, 9.5, 17.5, 6, 13, 14, 2, 98],
  ['an outlined penguin', 99.6, 99.5, 2.05, 0.2, 14, 18.5, 8.5, 15, 14, 3.5, 98],
  ['a wheel with ten plugs', 99.65, 99.4, 1.85, 0.2, 14, 20, 10.6, 14.5, 14, 3.5, 97.5],
  ['waves of five colours', 99.75, 99.6, 1.65, 0.35, 12, 18.5, 9.5, 17, 14, 1.5, 98],
  ['a monogram knocked out of a field', 99.55, 99.6, 1.85, 0.2, 12.5, 20.5, 8.5, 15, 14, 2.75, 98],
  ['the back of a jacket', 99.6, 99.6, 1.7, 0.6, 11.5, 20.5, 8.2, 14.5, 14, 3, 98],
];

/** What of the right colour on top the steps of machine files cost at the most, in hundredths. */
const LOST_TO_STEPS = 0.5;

/** Digitises the design and compares all its figures with its limits, and those that machine files change as files hold them. */
export const expectWithin = ([
  name,
  right,
  covered,
  perMm2,
  bareMm2,
  p99,
  most,
  layerP99,
  layerMost,
  holes,
  travel,
  hidden,
]: Limits): void => {
  const regions = DESIGNS.find(([own]) => own === name)?.[1]() ?? [];
  const { plan } = digitize(regions, options());
  const figures = measureQuality(plan, regions, options());
  expect(100 * figures.rightColourOnTop).toBeGreaterThanOrEqual(right);
  expect(100 * figures.leastCoverage).toBeGreaterThanOrEqual(covered);
  expect(figures.stitchesPerMm2).toBeLessThanOrEqual(perMm2);
  expect(figures.exposedMm2).toBeLessThanOrEqual(bareMm2);
  expect(figures.densityP99).toBeLessThanOrEqual(p99);
  expect(figures.densityMax).toBeLessThanOrEqual(most);
  expect(figures.layerDensityP99).toBeLessThanOrEqual(layerP99);
  expect(figures.layerDensityMax).toBeLessThanOrEqual(layerMost);
  expect(figures.penetrationsMax).toBeLessThanOrEqual(holes);
  expect(100 * figures.travelShare).toBeLessThanOrEqual(travel);
  expect(100 * figures.travelHidden).toBeGreaterThanOrEqual(hidden);
  expect(figures.overshootShare).toBeLessThan(0.003);
  expect(figures.shortShare).toBeLessThan(0.02);
  expect(figures.tinyStitches).toBe(0);
  expect(figures.longStitches).toBe(0);
  expect(figures.floats).toBe(0);
  expect(figures.gaps).toBe(0);
  expect(figures.underlaid).toBe(1);
  expect(figures.underlayShare).toBeGreaterThan(0.12);
  expect(figures.underlayShare).toBeLessThan(0.25);
  const sewn = measureQuality(asInFiles(plan), regions, options());
  expect(100 * sewn.rightColourOnTop).toBeGreaterThanOrEqual(right - LOST_TO_STEPS);
  expect(sewn.penetrationsMax).toBeLessThanOrEqual(Math.max(14, holes));
  expect(sewn.longStitches).toBe(0);
  expect(sewn.tinyStitches).toBe(0);
};

/** The plan in steps of 0.1 mm, as machine files hold it. */
const asInFiles = ({ blocks }: StitchPlan): StitchPlan => ({
  blocks: blocks.map((block) => ({
    ...block,
    runs: block.runs.map((run) => ({ ...run, points: Float64Array.from(stepsOfRun(run), (step) => step / 10) })),
  })),
});
