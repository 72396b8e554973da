import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contoursOf } from '../../src/geometry/contours.ts';
import { polylinesCross } from '../../src/geometry/crossings.ts';
import type { Polyline } from '../../src/geometry/flatten.ts';
import { EMPTY_PATH, joinPaths, rectPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { ellipsePath, linePath } from '../../src/geometry/shapes.ts';

const line = (points: readonly number[], closed = false): Polyline => ({ points: Float64Array.from(points), closed });

/** Every pair, by solving for the point in common. */
const slowly = (lines: readonly Polyline[]): boolean => {
  const pieces = lines.flatMap(({ points, closed }) =>
    Array.from({ length: points.length / 2 - (closed ? 0 : 1) }, (_, i) => {
      const k = (i + 1) % (points.length / 2);
      return [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, points[2 * k] ?? 0, points[2 * k + 1] ?? 0] as const;
    }),
  );
  return pieces.some(([ax, ay, bx, by], i) =>
    pieces.slice(i + 1).some(([cx, cy, dx, dy]) => {
      const across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
      if (across === 0) return false;
      const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across;
      const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / across;
      return t > 1e-9 && t < 1 - 1e-9 && u > 1e-9 && u < 1 - 1e-9;
    }),
  );
};

describe('polylinesCross', () => {
  test('agrees with trying every pair, on a lattice where ends often touch', () => {
    const polyline = fc.tuple(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 4, maxLength: 10 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(polyline, { minLength: 1, maxLength: 3 }), (list) => {
        const lines = list.map(([numbers, closed]) => line(numbers.slice(0, numbers.length - (numbers.length % 2)), closed));
        expect(polylinesCross(lines)).toBe(slowly(lines));
      }),
      { numRuns: 400 },
    );
  });

  test('lets pieces touch', () => {
    expect(polylinesCross([line([0, 0, 10, 0, 10, 10, 0, 10], true), line([10, 5, 20, 5])])).toBe(false);
    expect(polylinesCross([line([0, 0, 10, 0, 10, 10, 0, 10], true), line([9.99, 5, 20, 5])])).toBe(true);
    expect(polylinesCross([])).toBe(false);
  });
});

describe('contoursOf', () => {
  test('takes a path apart, and joining the parts gives it back', () => {
    const path = joinPaths([rectPath(rectOf(0, 0, 4, 5)), linePath({ x: 1, y: 1 }, { x: 2, y: 2 }), ellipsePath(rectOf(3, 3, 9, 9))]);
    const contours = contoursOf(path);
    expect(contours.map(({ verbs }) => verbs.length)).toEqual([5, 2, 6]);
    expect(joinPaths(contours)).toEqual(path);
    expect(contoursOf(EMPTY_PATH)).toEqual([]);
  });
});
