import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointOnCubic } from '../../src/geometry/cubic.ts';
import { flattenPath, flattenWithCorners, pathOfPolylines } from '../../src/geometry/flatten.ts';
import { EMPTY_PATH, PathBuilder } from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import { ellipsePath } from '../../src/geometry/shapes.ts';
import { anyMm } from './arbitrary-path.ts';

const distanceToPolyline = (points: Float64Array, x: number, y: number): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.subarray(i, i + 4);
    const span = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = span === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / span));
    best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return best;
};

test('lines stay as they are, and a closed polyline does not repeat its start', () => {
  const [open, closed] = flattenPath(pathFromSvg('M0 0L5 0L5 5M1 1h4v4L1 1z'), 0.01);
  expect([...(open?.points ?? [])]).toEqual([0, 0, 5, 0, 5, 5]);
  expect(open?.closed).toBe(false);
  expect([...(closed?.points ?? [])]).toEqual([1, 1, 5, 1, 5, 5]);
  expect(closed?.closed).toBe(true);
});

test('no curve point is farther from its polyline than the tolerance', () => {
  const curve = fc.tuple(anyMm, anyMm, anyMm, anyMm, anyMm, anyMm, anyMm, anyMm);
  fc.assert(
    fc.property(curve, fc.constantFrom(0.005, 0.05, 1), ([x0, y0, x1, y1, x2, y2, x3, y3], tolerance) => {
      const path = new PathBuilder().moveTo(x0, y0).cubicTo(x1, y1, x2, y2, x3, y3).finish();
      const points = flattenPath(path, tolerance)[0]?.points ?? new Float64Array(0);
      for (let i = 0; i <= 50; i++) {
        const { x, y } = pointOnCubic({ x0, y0, x1, y1, x2, y2, x3, y3 }, i / 50);
        expect(distanceToPolyline(points, x, y)).toBeLessThanOrEqual(tolerance + 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});

test('a circle takes little more than the fewest pieces that can hold the tolerance', () => {
  const pieces = (flattenPath(ellipsePath({ x: 0, y: 0, width: 100, height: 100 }), 0.005)[0]?.points.length ?? 0) / 2;
  const fewest = Math.PI / Math.acos(1 - 0.005 / 50);
  expect(pieces).toBeGreaterThanOrEqual(fewest * 0.99);
  expect(pieces).toBeLessThan(fewest * 1.5);
});

test('only the points of the path are corners', () => {
  const [line] = flattenWithCorners(pathFromSvg('M0 0C0 10 10 10 10 0L20 0'), 0.01);
  const corners = [...(line?.corners ?? [])];
  expect(corners.length).toBeGreaterThan(8);
  expect(corners.reduce((sum, corner) => sum + corner, 0)).toBe(3);
  expect([corners[0], corners.at(-2), corners.at(-1)]).toEqual([1, 1, 1]);
});

describe('edges', () => {
  test('an empty path and a path that only moves give nothing', () => {
    expect(flattenPath(EMPTY_PATH, 0.01)).toEqual([]);
    expect(flattenPath(pathFromSvg('M1 1M2 2'), 0.01)).toEqual([]);
  });

  test('sub-paths without length are kept, for their caps', () => {
    const [line, point] = flattenPath(pathFromSvg('M1 1L1 1M3 3Z'), 0.01);
    expect([...(line?.points ?? [])]).toEqual([1, 1, 1, 1]);
    expect(point).toEqual({ points: Float64Array.from([3, 3]), closed: true });
  });

  test('a curve of coincident points is its end', () => {
    expect([...(flattenPath(pathFromSvg('M1 1C1 1 1 1 1 1'), 0.01)[0]?.points ?? [])]).toEqual([1, 1, 1, 1]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('a coordinate of %s is refused', (bad) => {
    expect(() => flattenPath(new PathBuilder().moveTo(0, 0).lineTo(bad, 0).finish(), 0.01)).toThrow(RangeError);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a tolerance of %s is refused', (bad) => {
    expect(() => flattenPath(EMPTY_PATH, bad)).toThrow('expected a tolerance above 0 mm');
  });

  test('a monstrous curve is bounded', () => {
    const [line] = flattenPath(pathFromSvg('M0 0C1e9 1e9 -1e9 1e9 0 1'), 1e-6);
    expect((line?.points.length ?? 0) / 2).toBeLessThanOrEqual(2 ** 14 + 1);
  });
});

test('polylines make the path they came from', () => {
  const d = 'M0 0L5 0L5 5ZM1 1L2 2';
  expect(pathToSvg(pathOfPolylines(flattenPath(pathFromSvg(d), 0.01)))).toBe(d);
});
