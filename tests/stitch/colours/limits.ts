import { expect } from 'vitest';
import { digitize } from '../../../src/stitch/digitize.ts';
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
  ['a label with text on fills', 98.95, 99.9, 2.4, 0.1, 13, 19, 9, 18, 15, 0.5, 96.5],
  ['the same knocked out', 99, 99.9, 2.45, 0.1, 17.5, 22, 10, 14, 17, 1.5, 98.5],
  ['a badge of concentric discs', 99.6, 99.9, 1.6, 0.1, 11.5, 21, 8.5, 21, 14, 1.5, 98.5],
  ['the same badge knocked out', 99.6, 99.9, 1.65, 0.15, 12, 20, 9.5, 19, 14, 2, 98.5],
  ['a flag of stripes with twelve stars', 99.4, 99.9, 1.8, 0.15, 13, 21, 9, 13, 16, 0.5, 95],
  ['three circles and what they share', 99.75, 99.9, 1.45, 0.1, 9.5, 25, 5.5, 10, 20, 2.5, 98.5],
  ['the head of a fox', 99.55, 99.8, 1.7, 0.2, 13, 20, 10, 14, 15, 3, 98.5],
  ['ribs of 0.4 to 1.5 mm between colours', 99.2, 99.9, 1.4, 0.1, 9.5, 13, 5.5, 10, 14, 0.5, 99],
  ['letters with two outlines', 98.85, 99.5, 3.15, 0.15, 16.5, 25, 10.5, 19, 15, 4, 98],
  ['a quartered shield', 99.65, 99.8, 1.6, 0.15, 12, 24, 9, 20, 17, 2.5, 98],
  ['a sunburst of twelve wedges', 99.65, 99.9, 1.55, 0.1, 9.5, 17, 6, 10, 14, 2, 98.5],
  ['an outlined penguin', 99.25, 99.8, 2, 0.1, 13.5, 20, 8, 13, 19, 3.5, 99],
  ['a wheel with ten plugs', 99.5, 99.8, 1.9, 0.1, 13, 22, 11.5, 16, 14, 2.5, 98],
  ['waves of five colours', 99.65, 99.9, 1.65, 0.15, 10.5, 19, 9, 16, 14, 2, 98.5],
  ['a monogram knocked out of a field', 99.25, 99.9, 1.8, 0.1, 12, 21, 8, 15, 15, 2.5, 98.5],
  ['the back of a jacket', 99.6, 99.8, 1.7, 1.55, 12, 21, 9.5, 17, 20, 3, 98.5],
];

/** Digitises the design and compares all its figures with its limits. */
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
  expect(figures.underlayShare).toBeGreaterThan(0.13);
  expect(figures.underlayShare).toBeLessThan(0.25);
};
