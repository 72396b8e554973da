import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenPath } from '../../src/geometry/flatten.ts';
import { makeRuler } from '../../src/geometry/measure.ts';
import { CUBIC, EMPTY_PATH, PathBuilder } from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import type { Point } from '../../src/geometry/point.ts';
import { heartPath, linePath } from '../../src/geometry/shapes.ts';
import { warpPath } from '../../src/geometry/warp.ts';

const flag = ({ x, y }: Point): Point => ({ x, y: y + 6 * Math.sin(x / 8) });
const arch = ({ x, y }: Point): Point => ({ x: 50 + (80 - y) * Math.sin((x - 50) / 60), y: 80 - (80 - y) * Math.cos((x - 50) / 60) });
const perspective = ({ x, y }: Point): Point => ({ x: x / (1 + y / 200), y: y / (1 + y / 200) });
const MAPS = { flag, arch, perspective } as const;

const distanceTo = (points: Float64Array, { x, y }: Point): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.subarray(i, i + 4);
    const span = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = span === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / span));
    best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return best;
};

describe.each(Object.entries(MAPS))('a %s', (_, map) => {
  test('carries every point of lines and curves to within the tolerance', () => {
    for (const path of [linePath({ x: 0, y: 3 }, { x: 100, y: 40 }), pathFromSvg('M0 0C100 0 0 60 100 60')]) {
      const points = flattenPath(warpPath(path, map, 0.01), 0.001)[0]?.points ?? new Float64Array(0);
      const { lengthMm, at } = makeRuler(path);
      for (let i = 0; i <= 300; i++) expect(distanceTo(points, map(at((lengthMm * i) / 300)))).toBeLessThan(0.012);
    }
  });

  test('takes few pieces', () => {
    expect(warpPath(linePath({ x: 0, y: 0 }, { x: 100, y: 0 }), map, 0.01).verbs.length).toBeLessThan(24);
  });
});

test('pieces join without a kink', () => {
  const warped = warpPath(linePath({ x: 0, y: 0 }, { x: 100, y: 0 }), flag, 0.01);
  let [px, py] = [0, 0];
  for (let i = 2; i + 6 < warped.coords.length; i += 6) {
    const [, , x2 = 0, y2 = 0, x = 0, y = 0, nx = 0, ny = 0] = warped.coords.subarray(i, i + 8);
    const turn = Math.atan2((x - x2) * (ny - y) - (y - y2) * (nx - x), (x - x2) * (nx - x) + (y - y2) * (ny - y));
    expect(Math.abs(turn)).toBeLessThan(1e-4);
    [px, py] = [x, y];
  }
  expect(px + Math.abs(py)).toBeGreaterThan(0);
});

test('what stays straight stays a line', () => {
  expect(pathToSvg(warpPath(pathFromSvg('M0 0H10V10Z'), ({ x, y }) => ({ x: 2 * x, y: y + 1 }), 0.01))).toBe('M0 1L20 1L20 11L0 1Z');
  expect(warpPath(pathFromSvg('M0 0L50 90'), perspective, 0.01).verbs).not.toContain(CUBIC);
});

test('an unmoved path keeps its curves', () => {
  const heart = heartPath({ x: 0, y: 0, width: 40, height: 40 });
  fc.assert(
    fc.property(fc.constantFrom(0.001, 0.01, 1), (tolerance) => {
      const same = warpPath(heart, (point) => point, tolerance);
      expect(same.verbs).toEqual(heart.verbs);
      same.coords.forEach((value, i) => {
        expect(value).toBeCloseTo(heart.coords[i] ?? Number.NaN, 4);
      });
    }),
  );
});

describe('edges', () => {
  test('empty paths and points stay so', () => {
    expect(warpPath(EMPTY_PATH, flag, 0.01)).toEqual(EMPTY_PATH);
    expect(pathToSvg(warpPath(pathFromSvg('M0 0L0 0Z'), flag, 0.01))).toBe('M0 0C0 0 0 0 0 0Z');
  });

  test('a map with a step in it ends, and stays finite', () => {
    const warped = warpPath(linePath({ x: 0, y: 0 }, { x: 100, y: 0 }), ({ x, y }) => ({ x, y: x > 33.3 ? y + 9 : y }), 0.01);
    expect(warped.coords.every(Number.isFinite)).toBe(true);
    expect(warped.verbs.length).toBeLessThan(50);
  });

  test('maps to nowhere, bad tolerances and bad paths are refused', () => {
    const line = linePath({ x: 0, y: 0 }, { x: 100, y: 0 });
    expect(() => warpPath(line, ({ x }) => ({ x, y: 1 / 0 }), 0.01)).toThrow('expected a finite image');
    expect(() => warpPath(line, flag, 0)).toThrow('tolerance above 0');
    expect(() => warpPath(new PathBuilder().moveTo(Number.NaN, 0).finish(), flag, 0.01)).toThrow(RangeError);
  });
});
