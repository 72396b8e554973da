import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dashPath } from '../../src/geometry/dash.ts';
import { flattenPath } from '../../src/geometry/flatten.ts';
import { pathLength } from '../../src/geometry/measure.ts';
import { CUBIC, EMPTY_PATH } from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import { ellipsePath, linePath } from '../../src/geometry/shapes.ts';

const dashed = (d: string, dashes: readonly number[], offset = 0): string => pathToSvg(dashPath(pathFromSvg(d), dashes, offset));

test.each([
  ['on and off in turn', 'M0 0H20', [5, 3], 0, 'M0 0L5 0M8 0L13 0M16 0L20 0'],
  ['an odd list twice', 'M0 0H20', [5], 0, 'M0 0L5 0M10 0L15 0'],
  ['from an offset', 'M0 0H10', [5, 3], 6, 'M2 0L7 0'],
  ['from a negative offset', 'M0 0H10', [5, 3], -2, 'M2 0L7 0'],
  ['around corners in one piece', 'M0 0H4V4', [6, 1], 0, 'M0 0L4 0L4 2M4 3L4 4'],
  ['anew on each sub-path', 'M0 0H4M0 9H4', [3, 3], 0, 'M0 0L3 0M0 9L3 9'],
  ['over the start of a closed figure', 'M0 0H10V10H0Z', [6, 4], 3, 'M7 0L10 0L10 3M10 7L10 10L7 10M3 10L0 10L0 7M0 3L0 0L3 0'],
  ['as dots', 'M0 0H5', [0, 2], 0, 'M0 0L0 0M2 0L2 0M4 0L4 0'],
  ['whole when there are no dashes', 'M0 0H5Z', [], 0, 'M0 0L5 0Z'],
  ['whole when all are zero', 'M0 0H5Z', [0, 0], 0, 'M0 0L5 0Z'],
])('dashes run %s', (_, d, dashes, offset, expected) => {
  expect(dashed(d, dashes, offset)).toBe(expected);
});

test('the dashes and the gaps of a curve add up to its length', () => {
  const heart = pathFromSvg('M15 70C15 -20 85 120 85 25C60 0 20 80 5 5');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: -40, max: 40 }), (on, off, offset) => {
      const marks = pathLength(dashPath(heart, [on, off], offset));
      const gaps = pathLength(dashPath(heart, [off, on], offset - on));
      expect(marks + gaps).toBeCloseTo(pathLength(heart), 3);
    }),
    { numRuns: 50 },
  );
});

test('dashes on a circle stay on it and keep their curves', () => {
  const marks = dashPath(ellipsePath({ x: 0, y: 0, width: 20, height: 20 }), [3, 2]);
  expect(marks.verbs).toContain(CUBIC);
  for (const { points } of flattenPath(marks, 0.001)) {
    for (let i = 0; i < points.length; i += 2) expect(Math.hypot((points[i] ?? 0) - 10, (points[i + 1] ?? 0) - 10)).toBeCloseTo(10, 2);
  }
});

test('bad patterns are refused', () => {
  const line = linePath({ x: 0, y: 0 }, { x: 1000, y: 0 });
  expect(() => dashPath(line, [1, -1])).toThrow('expected dash lengths of 0 mm or more');
  expect(() => dashPath(line, [Number.NaN])).toThrow(RangeError);
  expect(() => dashPath(line, [1], Number.POSITIVE_INFINITY)).toThrow(RangeError);
  expect(() => dashPath(line, [1e-6])).toThrow('at most 100000 dashes');
  expect(dashPath(EMPTY_PATH, [1])).toEqual(EMPTY_PATH);
});
