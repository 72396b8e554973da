import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { digitize } from '../../../src/stitch/digitize.ts';
import { roundHalfEven, stepsOfRun } from '../../../src/stitch/formats/steps-of-run.ts';
import { ROLE, type Run, type StitchPlan } from '../../../src/stitch/plan.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { options } from '../order/hand-work.ts';
import { regionOf } from '../support/regions.ts';

const run = (points: readonly number[]): Run => ({
  points: Float64Array.from(points),
  roles: new Uint8Array(points.length / 2).fill(ROLE.top),
  from: 'jump',
});

/** A straight line of stitches. */
const line = (degrees: number, offset: number, stitchMm = 3.97, count = 10): number[] => {
  const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Array.from({ length: count }, (_, i) => [x * i * stitchMm - y * offset, y * i * stitchMm + x * offset]).flat();
};

/** Farthest of the inner needle points from the line, mm. */
const missAcross = (degrees: number, offset: number, steps: ArrayLike<number>): number => {
  const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  let most = 0;
  for (let i = 2; i + 3 < steps.length; i += 2)
    most = Math.max(most, Math.abs(((steps[i + 1] ?? 0) * x - (steps[i] ?? 0) * y) / 10 - offset));
  return most;
};

describe('needle points on the lattice of machines', () => {
  test('slide along straight rows to where the lattice lies on them', () => {
    for (const degrees of [17, 33, 45, 62, 81]) {
      for (const offset of [0.03, 0.381, 0.74]) {
        const points = line(degrees, offset);
        const least = degrees === 45 ? 0.036 : 0.03;
        expect(missAcross(degrees, offset, stepsOfRun(run(points)))).toBeLessThan(least);
      }
    }
    const nearest = line(33, 0.381).map((value) => roundHalfEven(value * 10));
    expect(missAcross(33, 0.381, nearest)).toBeGreaterThan(0.04);
  });

  test('stay where they are on it', () => {
    const step = fc.integer({ min: -600, max: 600 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), (values) => {
        const even = values.slice(0, values.length - (values.length % 2));
        expect([...stepsOfRun(run(even.map((value) => value / 10)))]).toEqual(even);
      }),
    );
  });

  test('leave stitches of 7 mm as long and those of a millimetre no shorter than half of it', () => {
    for (const mm of [1, 1.3, 6.95, 7]) {
      for (let degrees = 0; degrees < 180; degrees += 7) {
        const steps = stepsOfRun(run(line(degrees, 0.017, mm)));
        for (let i = 2; i < steps.length; i += 2) {
          const length = Math.hypot((steps[i] ?? 0) - (steps[i - 2] ?? 0), (steps[i + 1] ?? 0) - (steps[i - 1] ?? 0)) / 10;
          expect(length).toBeLessThanOrEqual(mm > 6 ? 7 : 2);
          expect(length).toBeGreaterThan(0.45);
        }
      }
    }
  });

  test('leave no stitch of satin longer than 7 mm that was not', () => {
    for (const mm of [6.9, 6.98, 7]) {
      const zigzag = Array.from({ length: 60 }, (_, i) => [
        0.351 * i,
        i % 2 === 0 ? 0.013 : 0.013 + Math.sqrt(mm * mm - 0.351 ** 2),
      ]).flat();
      const steps = stepsOfRun(run(zigzag));
      for (let i = 2; i < steps.length; i += 2)
        expect(Math.hypot((steps[i] ?? 0) - (steps[i - 2] ?? 0), (steps[i + 1] ?? 0) - (steps[i - 1] ?? 0))).toBeLessThanOrEqual(70);
    }
  });

  test('show no cloth between rows that nearest points would show', () => {
    const disc = [regionOf(ellipsePath({ x: 0, y: 0, width: 60, height: 60 }))];
    const { plan } = digitize(disc, options());
    const sewn = (points: (one: StitchPlan['blocks'][number]['runs'][number]) => ArrayLike<number>): number => {
      const blocks = plan.blocks.map((block) => ({
        ...block,
        runs: block.runs.map((one) => ({ ...one, points: Float64Array.from(points(one), (value) => value / 10) })),
      }));
      return measureQuality({ ...plan, blocks }, disc, options()).coverage;
    };
    expect(sewn(stepsOfRun)).toBeGreaterThan(0.9995);
    expect(sewn(({ points }) => Float64Array.from(points, (value) => Math.round(value * 10)))).toBeLessThan(0.997);
  });
});
