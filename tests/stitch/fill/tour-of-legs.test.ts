import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Leg, type TourStep, tourOfLegs } from '../../../src/stitch/fill/tour-of-legs.ts';

const waysOf = (legs: readonly Leg[], tour: readonly TourStep[]): number =>
  tour.reduce((sum, step, k) => {
    const [a, b] = [legs[tour[k - 1]?.leg ?? -1], legs[step.leg]];
    if (!a || !b) return sum;
    const [from, to] = [tour[k - 1]?.isBack ? a.from : a.to, step.isBack ? b.to : b.from];
    return sum + Math.hypot(to.x - from.x, to.y - from.y);
  }, 0);

const place = fc.record({ x: fc.integer({ min: 0, max: 100 }), y: fc.integer({ min: 0, max: 100 }) });
const anyLegs = fc.array(fc.record({ from: place, to: place }), { maxLength: 14 });

describe('tourOfLegs', () => {
  it('goes along each leg once, and never farther than as they come', () => {
    fc.assert(
      fc.property(anyLegs, (legs) => {
        const tour = tourOfLegs(legs, legs[0]?.from ?? null);
        expect(tour.map(({ leg }) => leg).sort((a, b) => a - b)).toEqual(legs.map((_, i) => i));
        const asTheyCome = legs.map((_, leg) => ({ leg, isBack: false }));
        expect(waysOf(legs, tour)).toBeLessThanOrEqual(Math.max(waysOf(legs, asTheyCome), 1e-6) * 1.6 + 20);
      }),
      { numRuns: 60 },
    );
  });

  it('turns the teeth of a comb to and fro', () => {
    const teeth = Array.from({ length: 8 }, (_, i) => ({ from: { x: 5 * i, y: 0 }, to: { x: 5 * i, y: 30 } }));
    const tour = tourOfLegs(teeth, { x: 0, y: 0 });
    expect(tour.map(({ leg }) => leg)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(waysOf(teeth, tour)).toBe(35);
  });
});
