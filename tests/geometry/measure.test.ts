import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenPath, pathOfPolylines } from '../../src/geometry/flatten.ts';
import { makeRuler, pathLength, signedAreas, windingOfPath } from '../../src/geometry/measure.ts';
import { EMPTY_PATH, PathBuilder } from '../../src/geometry/path.ts';
import { pathFromSvg } from '../../src/geometry/path-text.ts';
import { ellipsePath, linePath } from '../../src/geometry/shapes.ts';
import { anyPath } from './arbitrary-path.ts';

const WAVE = pathFromSvg('M15 70C15 -20 85 120 85 25L100 25C140 25 140 80 90 80');

describe('lengths', () => {
  test('lines, closing lines and circles measure what geometry says', () => {
    expect(pathLength(pathFromSvg('M0 0L3 4'))).toBe(5);
    expect(pathLength(pathFromSvg('M0 0H10V10H0Z'))).toBe(40);
    expect(pathLength(ellipsePath({ x: 0, y: 0, width: 20, height: 20 }))).toBeCloseTo(20 * Math.PI, 1);
    expect(pathLength(EMPTY_PATH)).toBe(0);
  });

  test('the length is that of a fine polyline through the path', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const fine = pathLength(pathOfPolylines(flattenPath(path, 0.0005)));
        expect(Math.abs(pathLength(path) - fine)).toBeLessThanOrEqual(1e-3 * Math.max(1, fine));
      }),
      { numRuns: 60 },
    );
  });
});

describe('rulers', () => {
  test('equal steps along the ruler are equal lengths of the path', () => {
    const { lengthMm, at } = makeRuler(pathFromSvg('M15 70C15 -20 85 120 85 25C85 -20 140 25 140 60'));
    let run = 0;
    let before = at(0);
    for (let i = 1; i <= 2000; i++) {
      const mark = at((lengthMm * i) / 2000);
      run += Math.hypot(mark.x - before.x, mark.y - before.y);
      expect(Math.abs(run - (lengthMm * i) / 2000)).toBeLessThan(0.02);
      before = mark;
    }
  });

  test('the angle is the direction of travel', () => {
    const { lengthMm, at } = makeRuler(WAVE);
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (share) => {
        const [a, mark, b] = [at(lengthMm * share - 1e-4), at(lengthMm * share), at(lengthMm * share + 1e-4)];
        const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
        const apart = Math.abs(((mark.angleDeg - angle + 540) % 360) - 180);
        expect(apart).toBeLessThan(1);
      }),
    );
  });

  test('beyond its open ends it goes straight on', () => {
    const { lengthMm, at, closed } = makeRuler(linePath({ x: 0, y: 0 }, { x: 3, y: 4 }));
    expect([lengthMm, closed]).toEqual([5, false]);
    expect(at(10).x).toBeCloseTo(6, 9);
    expect(at(10).y).toBeCloseTo(8, 9);
    expect(at(-5).x).toBeCloseTo(-3, 9);
    const wave = makeRuler(pathFromSvg('M0 0C10 0 10 10 20 10'));
    expect(wave.at(wave.lengthMm + 7)).toMatchObject({ x: 27, y: 10, angleDeg: 0 });
    expect(wave.at(-7)).toMatchObject({ x: -7, y: 0, angleDeg: 0 });
  });

  test('on a closed path it wraps around', () => {
    const { lengthMm, at, closed } = makeRuler(pathFromSvg('M0 0H10V10H0Z'));
    expect(closed).toBe(true);
    expect(at(45)).toEqual(at(5));
    expect(at(-5)).toEqual(at(35));
    expect(at(lengthMm)).toEqual(at(0));
  });

  test('at a corner it takes the leaving direction', () => {
    expect(makeRuler(pathFromSvg('M0 0H10V10')).at(10)).toMatchObject({ x: 10, y: 0, angleDeg: 90 });
  });

  test('sub-paths follow each other and do not close the ruler', () => {
    const { lengthMm, at, closed } = makeRuler(pathFromSvg('M0 0H10ZM50 50H60'));
    expect([lengthMm, closed]).toEqual([30, false]);
    expect(at(25)).toMatchObject({ x: 55, y: 50, angleDeg: 0 });
  });

  test('ends with coincident controls still have a direction', () => {
    const { lengthMm, at } = makeRuler(pathFromSvg('M0 0C0 0 0 10 10 10C10 10 10 10 10 20'));
    expect(at(0).angleDeg).toBeCloseTo(90, 1);
    expect(at(lengthMm).angleDeg).toBeCloseTo(90, 1);
  });

  test('a path without length measures to the right', () => {
    const { lengthMm, at, closed } = makeRuler(pathFromSvg('M5 6Z'));
    expect([lengthMm, closed]).toEqual([0, false]);
    expect(at(2)).toEqual({ x: 7, y: 6, angleDeg: 0 });
  });

  test('empty paths and numbers that are not finite are refused', () => {
    expect(() => makeRuler(EMPTY_PATH)).toThrow('got an empty path');
    expect(() => makeRuler(WAVE).at(Number.NaN)).toThrow(RangeError);
    expect(() => makeRuler(new PathBuilder().moveTo(0, 0).lineTo(Number.NaN, 0).finish())).toThrow(RangeError);
  });

  test('ten thousand nodes are measured', () => {
    const out = new PathBuilder().moveTo(0, 0);
    for (let i = 1; i <= 10_000; i++) out.cubicTo(i - 0.7, 1, i - 0.3, -1, i, 0);
    const { lengthMm, at } = makeRuler(out.finish());
    expect(at(lengthMm / 2).x).toBeCloseTo(5000, 6);
  });
});

describe('windings', () => {
  test('areas are signed by direction and exact for curves', () => {
    const circle = ellipsePath({ x: 1000, y: 1000, width: 20, height: 20 });
    const [area = 0] = signedAreas(circle);
    expect(area).toBeCloseTo(signedAreas(pathOfPolylines(flattenPath(circle, 1e-5)))[0] ?? 0, 2);
    expect(windingOfPath(circle)).toBe(1);
    expect(windingOfPath(pathFromSvg('M0 0V10H10Z'))).toBe(-1);
    expect(windingOfPath(pathFromSvg('M0 0L5 5'))).toBe(0);
    expect(signedAreas(pathFromSvg('M0 0H10V10H0ZM2 2V4H4V2'))).toEqual([100, -4]);
  });
});
