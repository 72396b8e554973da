import { describe, expect, it } from 'vitest';
import { digitize } from '../../../src/stitch/digitize.ts';
import { FABRICS } from '../../../src/stitch/fabric.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { options } from '../order/hand-work.ts';
import { DESIGNS } from './designs.ts';

/** Each design on a cloth of its own, the last, a jacket's back, apart: it takes as long as five others. */
const PAIRS = DESIGNS.slice(0, -1).flatMap(([name, make], i) => {
  const fabric = FABRICS[(i + 8) % FABRICS.length];
  return fabric ? [{ name, make, fabric }] : [];
});

describe('designs of several colours on other cloth', () => {
  it.each(PAIRS)('leave nothing out: $name on $fabric.id', ({ make, fabric }) => {
    const regions = make();
    const { plan, remarks } = digitize(regions, options({ fabric }));
    expect(remarks.filter(({ code }) => code === 'stitch.skipped')).toEqual([]);
    const figures = measureQuality(plan, regions, options({ fabric }));
    expect(figures).toMatchObject({ gaps: 0, floats: 0, tinyStitches: 0, longStitches: 0, underlaid: 1 });
    expect(figures.leastCoverage).toBeGreaterThan(0.99);
    expect(figures.rightColourOnTop).toBeGreaterThan(0.988);
    expect(figures.overshootShare).toBeLessThan(0.003);
  });
});
