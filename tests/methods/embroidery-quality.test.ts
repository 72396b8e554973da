import { describe, expect, it } from 'vitest';
import { rectPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { subtractPaths } from '../../src/geometry/polygons.ts';
import { qualityFindings } from '../../src/methods/embroidery/quality-findings.ts';
import { embroiderySettings } from '../../src/methods/embroidery/settings.ts';
import { digitize } from '../../src/stitch/digitize.ts';
import type { StitchPlan } from '../../src/stitch/plan.ts';
import { measureQuality } from '../../src/stitch/quality/measure-quality.ts';
import type { StitchRegion } from '../../src/stitch/region.ts';
import { options, region, square } from '../stitch/order/hand-work.ts';

const SETTINGS = embroiderySettings.parse({});

const findingsOf = (plan: StitchPlan, regions: readonly StitchRegion[]) =>
  qualityFindings(measureQuality(plan, regions, options()), '/layers/0', SETTINGS);
const told = (plan: StitchPlan, regions: readonly StitchRegion[]) =>
  findingsOf(plan, regions).map(({ code, measured, unit }) => ({ code, measured, unit }));

const planOf = (regions: readonly StitchRegion[]): StitchPlan => digitize(regions, options()).plan;

describe('findings about finished stitches', () => {
  const art = [square(0, 0, 40, '#101010')];

  it('tell nothing of a square that is sewn well', () => {
    expect(told(planOf(art), art)).toEqual([]);
  });

  it('tell how little of a colour is sewn', () => {
    expect(told(planOf([square(0, 0, 20, '#101010')]), art)).toMatchObject([{ code: 'stitch.bare', unit: '%' }]);
  });

  it('tell an open place in a large area that is sewn well everywhere else', () => {
    const open = subtractPaths(rectPath(rectOf(0, 0, 40, 40)), rectPath(rectOf(18, 18, 4, 4)));
    const [finding, ...more] = findingsOf(planOf([region(open, '#101010')]), art);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'stitch.bare', severity: 'warning', pointer: '/layers/0', unit: 'mm2', required: 2 });
    expect(finding?.measured).toBeGreaterThan(8);
    expect(finding?.measured).toBeLessThan(16);
  });

  it('tell thread that lies too thick, with its needle holes', () => {
    const [block] = planOf(art).blocks;
    if (!block) throw new Error('expected a block');
    const thrice = { blocks: [{ ...block, runs: Array.from({ length: 6 }, () => block.runs).flat() }] };
    expect(told(thrice, art).map(({ code }) => code)).toEqual(['stitch.dense', 'stitch.holes']);
  });

  it('tell thread over open cloth', () => {
    const two = [square(0, 0, 10, '#101010'), square(40, 0, 10, '#101010')];
    const uncut = planOf(two).blocks.map((block) => ({
      ...block,
      runs: block.runs.map((run, i) => (i === 0 ? run : { ...run, from: 'jump' as const })),
    }));
    expect(told({ blocks: uncut }, two)).toEqual([{ code: 'stitch.float', measured: 1, unit: 'places' }]);
  });
});
