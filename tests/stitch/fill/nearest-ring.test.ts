import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRingWithin, nearestOnRing } from '../../../src/stitch/fill/nearest-ring.ts';

const figure = fc.double({ min: -20, max: 20, noNaN: true });

describe('the nearest place on a ring', () => {
  test('lies on the edge that is named', () => {
    const square = Float64Array.from([0, 0, 10, 0, 10, 10, 0, 10]);
    expect(nearestOnRing(square, 4, -3)).toEqual({ x: 4, y: 0, edge: 0, apart: 3 });
    expect(nearestOnRing(square, 13, 14)).toEqual({ x: 10, y: 10, edge: 1, apart: 5 });
    expect(nearestOnRing(square, -2, 5)).toEqual({ x: 0, y: 5, edge: 3, apart: 2 });
  });

  test('is within a distance exactly when it is nearer than that', () => {
    fc.assert(
      fc.property(
        fc.array(figure, { minLength: 6, maxLength: 24 }),
        figure,
        figure,
        fc.double({ min: -1, max: 30, noNaN: true }),
        (list, x, y, mm) => {
          const ring = Float64Array.from(list.slice(0, list.length - (list.length % 2)));
          const { apart } = nearestOnRing(ring, x, y);
          expect(isRingWithin(ring, x, y, mm)).toBe(apart < mm);
          expect(isRingWithin(ring, x, y, apart)).toBe(false);
        },
      ),
    );
  });
});
