import { describe, expect, test } from 'vitest';
import { type Path, rectPath, transformPath } from '../../../src/geometry/path.ts';
import type { Point } from '../../../src/geometry/point.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { offsetPath, pathContainsPoint, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { BankRuler } from '../../../src/stitch/columns/bank-ruler.ts';
import { splitRegion } from '../../../src/stitch/columns/split-region.ts';
import { squarePairs } from '../../../src/stitch/columns/square-pairs.ts';
import type { SatinColumn } from '../../../src/stitch/region.ts';
import { OPTIONS, regionOf } from '../support/regions.ts';

const columnsOf = (path: Path): readonly SatinColumn[] =>
  splitRegion(regionOf(path), 0, OPTIONS).parts.filter((part): part is SatinColumn => part.kind === 'satin');

/** By how many degrees pairs away from the ends of a bar that lies level swing from upright: the most of all. */
const mostSwing = ({ left, right }: SatinColumn, from: number, to: number): number => {
  let most = 0;
  for (let i = 0; i + 1 < left.length; i += 2) {
    const [dx, dy] = [(right[i] ?? 0) - (left[i] ?? 0), (right[i + 1] ?? 0) - (left[i + 1] ?? 0)];
    const x = ((right[i] ?? 0) + (left[i] ?? 0)) / 2;
    if (x > from && x < to) most = Math.max(most, (Math.abs(Math.atan2(dx, Math.abs(dy))) * 180) / Math.PI);
  }
  return most;
};

/** Places along each of the pairs of a column. */
const pointsAcross = ({ left, right }: SatinColumn): readonly Point[] =>
  Array.from({ length: 10 * left.length }, (_, k): Point => {
    const [i, share] = [2 * Math.floor(k / 20), ((k % 20) + 0.5) / 20];
    const along = (a = 0, b = 0): number => a + share * (b - a);
    return { x: along(left[i], right[i]), y: along(left[i + 1], right[i + 1]) };
  });

const bankOf = (...points: readonly (readonly [number, number])[]): BankRuler => new BankRuler(points.map(([x, y]): Point => ({ x, y })));

describe('pairs of a column', () => {
  test.each([1.5, 2.5, 4, 6])('lie square to a bar of %s mm', (width) => {
    const [bar, ...more] = columnsOf(rectPath(rectOf(0, 0, 40, width)));
    expect(more).toEqual([]);
    expect(bar && mostSwing(bar, width, 40 - width)).toBeLessThan(1);
  });

  test('lie square to a bar whichever way it runs', () => {
    const [bar] = columnsOf(transformPath(rectPath(rectOf(0, 0, 40, 3)), [0.8, 0.6, -0.6, 0.8, 0, 0]));
    if (!bar) throw new Error('expected a column');
    const level = (line: Float64Array): Float64Array =>
      line.map((v, i) => (i % 2 === 0 ? 0.8 * v + 0.6 * (line[i + 1] ?? 0) : 0.8 * v - 0.6 * (line[i - 1] ?? 0)));
    expect(mostSwing({ ...bar, left: level(bar.left), right: level(bar.right) }, 3, 37)).toBeLessThan(1);
  });

  test('are turned square, keep their order and their ends', () => {
    const [left, right] = [bankOf([0, 0], [20, 0]), bankOf([0, 2], [20, 2])];
    const askew = [0, 4, 8, 12, 16, 20].map((u, i, all) => [u, i % (all.length - 1) === 0 ? u : u + (i % 2 ? 0.5 : -0.5)] as const);
    const pairs = squarePairs(left, right, askew);
    expect([pairs[0], pairs.at(-1)]).toEqual([askew[0], askew.at(-1)]);
    for (const [u, v] of pairs) expect(u).toBeCloseTo(v, 6);
    expect(pairs.map(([u]) => u)).toEqual(pairs.map(([u]) => u).sort((a, b) => a - b));
  });

  test('stay where banks have no common way', () => {
    const [left, right] = [bankOf([0, 0], [5, 0], [5, 5]), bankOf([0, 2], [3, 2], [3, 5])];
    expect(squarePairs(left, right, [[5, 3]])).toEqual([[5, 3]]);
    expect(squarePairs(bankOf([0, 0], [9, 0]), bankOf([9, 2], [0, 2]), [[4, 4]])).toEqual([[4, 4]]);
  });

  test.each([
    [5.38, 28.56, -1.24, 1.38, 1.23, 1.03],
    [6.64, 29.5, -0.88, 1.35, 1.3, 1.74],
    [5.61, 28.34, -0.59, 1.07, 0.96, 2.36],
    [5.86, 28.39, -0.63, 1.95, 0.7, 1.46],
    // Radians of the speck's turn last.
  ])('do not slide about a speck where a bar of %s mm ends in a knob: at %s, %s', (width, x, y, rx, ry, turn) => {
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const speck = transformPath(ellipsePath(rectOf(-rx, -ry, 2 * rx, 2 * ry)), [cos, sin, -sin, cos, x, y]);
    const knob = 6 + width / 2;
    const bar = unionPaths([rectPath(rectOf(0, -width / 2, 40, width)), ellipsePath(rectOf(x + 2 - knob, -knob, 2 * knob, 2 * knob))]);
    const columns = splitRegion(regionOf(subtractPaths(bar, speck)), 0, { ...OPTIONS, splitSatinMm: 7 }).parts.filter(
      (part): part is SatinColumn => part.kind === 'satin',
    );
    expect(columns.length).toBeGreaterThan(0);
    const middle = offsetPath(speck, -0.25);
    expect(columns.flatMap(pointsAcross).filter((point) => pathContainsPoint(middle, point))).toEqual([]);
  });
});
