import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multiply, rotation, translation } from '../../src/geometry/affine.ts';
import { flattenPath } from '../../src/geometry/flatten.ts';
import {
  boundsOfPath,
  EMPTY_PATH,
  forEachStep,
  joinPaths,
  PathBuilder,
  quantizePath,
  rectPath,
  transformPath,
} from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import { anyPath } from './arbitrary-path.ts';

describe('bounds', () => {
  test('they hold the outline and touch it, and leave controls out', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const box = boundsOfPath(path);
        const points = flattenPath(path, 0.001).flatMap((line) => [...line.points]);
        if (box === null) {
          expect(points).toEqual([]);
          return;
        }
        const xs = points.filter((_, i) => i % 2 === 0);
        const ys = points.filter((_, i) => i % 2 === 1);
        expect(Math.abs(Math.min(...xs) - box.x)).toBeLessThan(0.002);
        expect(Math.abs(Math.max(...xs) - box.x - box.width)).toBeLessThan(0.002);
        expect(Math.abs(Math.min(...ys) - box.y)).toBeLessThan(0.002);
        expect(Math.abs(Math.max(...ys) - box.y - box.height)).toBeLessThan(0.002);
      }),
    );
  });

  test('a single point has a box of no size', () => {
    expect(boundsOfPath(pathFromSvg('M3 4Z'))).toEqual({ x: 3, y: 4, width: 0, height: 0 });
    expect(boundsOfPath(EMPTY_PATH)).toBeNull();
  });
});

test('a quadratic is raised to the same curve', () => {
  expect(pathToSvg(new PathBuilder().moveTo(0, 0).quadraticTo(3, 6, 6, 0).finish())).toBe('M0 0C2 4 4 4 6 0');
});

test('a path moves as its points do', () => {
  const map = multiply(translation(10, 0), rotation(90));
  expect(pathToSvg(transformPath(rectPath({ x: 0, y: 0, width: 4, height: 2 }), map))).toBe('M10 0L10 4L8 4L8 0Z');
});

test('joined paths are the paths in order', () => {
  const [a, b] = [pathFromSvg('M0 0L1 1Z'), pathFromSvg('M5 5C6 6 7 7 8 8')];
  expect(joinPaths([a, EMPTY_PATH, b])).toEqual(new PathBuilder().append(a).append(b).finish());
  expect(joinPaths([])).toEqual(EMPTY_PATH);
});

test('a quantised path stays as it is when quantised again, without negative zeros', () => {
  const path = quantizePath(new PathBuilder().moveTo(-0.0001, 1.23456).finish());
  expect([...path.coords]).toEqual([0, 1.235]);
  fc.assert(
    fc.property(anyPath, (any) => {
      expect(quantizePath(quantizePath(any))).toEqual(quantizePath(any));
    }),
  );
});

test('steps are visited in order with the place of their coordinates', () => {
  const seen: number[][] = [];
  forEachStep(pathFromSvg('M0 0C1 1 2 2 3 3L4 4Z'), (verb, at) => seen.push([verb, at]));
  expect(seen).toEqual([
    [0, 0],
    [2, 2],
    [1, 8],
    [3, 10],
  ]);
});
