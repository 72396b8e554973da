import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signedAreas, windingOfPath } from '../../src/geometry/measure.ts';
import { boundsOfPath, type Path, rectPath } from '../../src/geometry/path.ts';
import { pathToSvg } from '../../src/geometry/path-text.ts';
import type { Rect } from '../../src/geometry/point.ts';
import { areaOfPath, pathContainsPoint } from '../../src/geometry/polygons.ts';
import {
  arcPath,
  ellipsePath,
  heartPath,
  linePath,
  polygonPath,
  roundedRectPath,
  sectorPath,
  starPath,
} from '../../src/geometry/shapes.ts';

const BOX: Rect = { x: 5, y: 10, width: 40, height: 20 };
const anyRect = fc.record({
  x: fc.integer({ min: -100, max: 100 }),
  y: fc.integer({ min: -100, max: 100 }),
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 1, max: 300 }),
});

const FILLING: readonly (readonly [string, (rect: Rect) => Path])[] = [
  ['rounded rectangles', (rect) => roundedRectPath(rect, 7)],
  ['ellipses', ellipsePath],
  ['hearts', heartPath],
  ['rhombs', (rect) => polygonPath(rect, 4)],
  ['eight-pointed stars', (rect) => starPath(rect, 8, 0.5)],
];

test.each(FILLING)('%s touch all four sides of their box and run clockwise', (_, make) => {
  fc.assert(
    fc.property(anyRect, (rect) => {
      const bounds = boundsOfPath(make(rect));
      for (const key of ['x', 'y', 'width', 'height'] as const) expect(bounds?.[key]).toBeCloseTo(rect[key], 6);
      expect(windingOfPath(make(rect))).toBe(1);
    }),
  );
});

describe('rounded rectangles', () => {
  test('one radius rounds all four corners', () => {
    expect(areaOfPath(roundedRectPath(BOX, 4))).toBeCloseTo(800 - (4 - Math.PI) * 16, 0);
  });

  test('four radii go clockwise from the top left', () => {
    const path = roundedRectPath(BOX, [0, 0, 10, 0]);
    expect(pathContainsPoint(path, { x: 44.9, y: 29.9 })).toBe(false);
    for (const corner of [
      { x: 5.1, y: 10.1 },
      { x: 44.9, y: 10.1 },
      { x: 5.1, y: 29.9 },
    ])
      expect(pathContainsPoint(path, corner)).toBe(true);
  });

  test('radii too large shrink by one factor', () => {
    expect(pathToSvg(roundedRectPath(BOX, 100))).toBe(pathToSvg(roundedRectPath(BOX, 10)));
    expect(pathToSvg(roundedRectPath(BOX, [20, 0, 0, 20]))).toBe(pathToSvg(roundedRectPath(BOX, [10, 0, 0, 10])));
  });

  test('no radius leaves the box', () => {
    expect(areaOfPath(roundedRectPath(BOX, 0))).toBeCloseTo(areaOfPath(rectPath(BOX)), 9);
    expect(roundedRectPath(BOX, 0).verbs).toHaveLength(5);
  });
});

test('a regular polygon has equal sides on a square box', () => {
  const { coords } = polygonPath({ x: 0, y: 0, width: 10, height: 10 }, 7, 13);
  const sides = Array.from({ length: 7 }, (_, i) => {
    const j = (i + 1) % 7;
    return Math.hypot((coords[2 * j] ?? 0) - (coords[2 * i] ?? 0), (coords[2 * j + 1] ?? 0) - (coords[2 * i + 1] ?? 0));
  });
  for (const side of sides) expect(side).toBeCloseTo(10 * Math.sin(Math.PI / 7), 9);
});

test('polygons and stars stand on their bottom, first tip up, and turn clockwise', () => {
  const square: Rect = { x: 0, y: 0, width: 10, height: 10 };
  expect([...polygonPath(square, 3).coords.subarray(0, 2)]).toEqual([5, 0]);
  expect(polygonPath(square, 4, 90).coords[0]).toBeCloseTo(10, 9);
  expect([...starPath(square, 5, 0.4).coords.subarray(0, 2)]).toEqual([5, 0]);
  expect(starPath(square, 5, 0.4).verbs).toHaveLength(11);
});

test('a heart is the same left and right, with its notch on the middle', () => {
  const heart = heartPath({ x: 0, y: 0, width: 10, height: 10 });
  for (const [x, y] of [
    [1, 1],
    [2, 5],
    [4.9, 1],
    [0.5, 3],
    [3, 8],
  ] as const) {
    expect(pathContainsPoint(heart, { x, y })).toBe(pathContainsPoint(heart, { x: 10 - x, y }));
  }
  expect(pathContainsPoint(heart, { x: 5, y: 1.5 })).toBe(false);
  expect(pathContainsPoint(heart, { x: 5, y: 2.5 })).toBe(true);
});

describe('arcs', () => {
  test('an arc stays on its circle and ends where its sweep says', () => {
    const { coords } = arcPath({ x: 5, y: 5 }, 10, 180, 200);
    const [x = 0, y = 0] = coords.subarray(-2);
    expect(x).toBeCloseTo(5 + 10 * Math.cos((380 * Math.PI) / 180), 9);
    expect(y).toBeCloseTo(5 + 10 * Math.sin((380 * Math.PI) / 180), 9);
    expect(Math.min(...coords.filter((_, i) => i % 2 === 1))).toBeLessThan(-4.9);
  });

  test('a sector holds its share of the disc', () => {
    expect(Math.abs(signedAreas(sectorPath({ x: 0, y: 0 }, 10, 30, 90))[0] ?? 0)).toBeCloseTo(25 * Math.PI, 1);
    expect(windingOfPath(sectorPath({ x: 0, y: 0 }, 10, 30, -90))).toBe(-1);
  });
});

test('a shape nobody can draw is refused', () => {
  const bad: Rect = { ...BOX, width: Number.NaN };
  for (const make of [
    ellipsePath,
    heartPath,
    (rect: Rect) => roundedRectPath(rect, 1),
    (rect: Rect) => polygonPath(rect, 3),
    (rect: Rect) => starPath(rect, 5, 0.5),
  ]) {
    expect(() => make(bad)).toThrow(RangeError);
    expect(() => make({ ...BOX, height: -1 })).toThrow(RangeError);
  }
  expect(() => roundedRectPath(BOX, -1)).toThrow('expected radii of 0 or more');
  expect(() => roundedRectPath(BOX, Number.NaN)).toThrow(RangeError);
  expect(() => polygonPath(BOX, 2)).toThrow('whole number of sides');
  expect(() => polygonPath(BOX, 4.5)).toThrow(RangeError);
  expect(() => starPath(BOX, 5, 1.5)).toThrow('inner ratio');
  expect(() => linePath({ x: 0, y: 0 }, { x: Number.NaN, y: 0 })).toThrow(RangeError);
  expect(() => arcPath({ x: 0, y: 0 }, -1, 0, 90)).toThrow(RangeError);
  expect(() => sectorPath({ x: 0, y: 0 }, 1, 0, 400)).toThrow(RangeError);
});

test('shapes of no size are still paths', () => {
  const dot: Rect = { x: 1, y: 1, width: 0, height: 0 };
  for (const [, make] of FILLING) expect(areaOfPath(make(dot))).toBe(0);
});
