import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Affine, multiply, rotation, scaling } from '../../src/geometry/affine.ts';
import { pathLength, signedAreas } from '../../src/geometry/measure.ts';
import { EMPTY_PATH, joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../src/geometry/path.ts';
import { pathFromSvg } from '../../src/geometry/path-text.ts';
import {
  areaOfPath,
  intersectPaths,
  type OffsetJoin,
  offsetPath,
  pathContainsPoint,
  subtractPaths,
  unionPaths,
} from '../../src/geometry/polygons.ts';
import { ellipsePath, starPath } from '../../src/geometry/shapes.ts';
import { anyConvex, anyPolygon } from './arbitrary-path.ts';

const square = (x: number, y: number, side: number): Path => rectPath({ x, y, width: side, height: side });
const backwards = (path: Path): Path => transformPath(path, [-1, 0, 0, 1, 10, 0]);
const JOINS: readonly OffsetJoin[] = ['round', 'miter', 'bevel'];

describe('regions', () => {
  test('overlapping squares unite, meet and subtract to the areas they should', () => {
    const [a, b] = [square(0, 0, 10), square(5, 5, 10)];
    expect(areaOfPath(unionPaths([a, b]))).toBeCloseTo(175, 6);
    expect(areaOfPath(intersectPaths(a, b))).toBeCloseTo(25, 6);
    expect(areaOfPath(subtractPaths(a, b))).toBeCloseTo(75, 6);
  });

  test('paths wound against each other do not cancel', () => {
    expect(areaOfPath(unionPaths([square(0, 0, 10), backwards(square(0, 0, 10))]))).toBeCloseTo(100, 6);
  });

  test('a hole is wound against its outer ring', () => {
    const areas = signedAreas(subtractPaths(square(0, 0, 10), square(3, 3, 4)));
    expect(areas.toSorted((a, b) => a - b).map((area) => Math.round(area))).toEqual([-16, 100]);
  });

  test('the fill rule decides what a five-pointed pentagram encloses', () => {
    const pentagram = pathFromSvg('M50 0L79.389 90.451L2.447 34.549L97.553 34.549L20.611 90.451Z');
    const [solid, hollow] = [areaOfPath(pentagram), areaOfPath(pentagram, 'evenodd')];
    expect(solid - hollow).toBeCloseTo(areaOfPath(intersectPaths(pentagram, pentagram)) - hollow, 3);
    expect(hollow / solid).toBeGreaterThan(0.6);
    expect(hollow / solid).toBeLessThan(0.75);
    expect(pathContainsPoint(pentagram, { x: 50, y: 50 })).toBe(true);
    expect(pathContainsPoint(pentagram, { x: 50, y: 50 }, 'evenodd')).toBe(false);
  });

  test('a united path united again covers the same area', () => {
    fc.assert(
      fc.property(anyPolygon, anyPolygon, (a, b) => {
        const once = unionPaths([a, b]);
        const twice = unionPaths([once]);
        const area = areaOfPath(once);
        expect(Math.abs(areaOfPath(twice) - area)).toBeLessThanOrEqual(1e-4 * Math.max(1, area));
      }),
      { numRuns: 60 },
    );
  });

  test('the parts of two regions add up to their union', () => {
    fc.assert(
      fc.property(anyPolygon, anyPolygon, (a, b) => {
        const parts = areaOfPath(subtractPaths(a, b)) + areaOfPath(subtractPaths(b, a)) + areaOfPath(intersectPaths(a, b));
        const whole = areaOfPath(unionPaths([a, b]));
        expect(Math.abs(parts - whole)).toBeLessThanOrEqual(1e-4 * Math.max(1, whole));
      }),
      { numRuns: 60 },
    );
  });

  test('the rings of a union, filled by either rule, cover the same points', () => {
    fc.assert(
      fc.property(anyPolygon, fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), (path, x, y) => {
        const point = { x: x + 0.123, y: y + 0.457 };
        const united = unionPaths([path]);
        expect(pathContainsPoint(united, point)).toBe(pathContainsPoint(united, point, 'evenodd'));
        const near = offsetPath(path, 0.01);
        const inside = offsetPath(path, -0.01);
        // Points at the outline itself may go either way.
        if (pathContainsPoint(near, point) === pathContainsPoint(inside, point)) {
          expect(pathContainsPoint(united, point)).toBe(pathContainsPoint(path, point));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('two metres keep a hundred-thousandth of a millimetre', () => {
    const cut = intersectPaths(square(0, 0, 2000), rectPath({ x: 1999.99999, y: 0, width: 10, height: 2000 }));
    expect(areaOfPath(cut)).toBeCloseTo(0.02, 8);
  });
});

describe('cells that share edges and corners, as in codes and pixel art', () => {
  const SIDE = 12;
  type Block = readonly [x: number, y: number, width: number, height: number];
  const anyBlock = fc.tuple(
    fc.integer({ min: 0, max: SIDE - 1 }),
    fc.integer({ min: 0, max: SIDE - 1 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
  );
  const anyBlocks = fc.array(anyBlock, { minLength: 1, maxLength: 25 });
  const covers = (blocks: readonly Block[], x: number, y: number): boolean =>
    blocks.some(([bx, by, w, h]) => x >= bx && x < bx + w && y >= by && y < by + h);
  const countCells = (test: (x: number, y: number) => boolean): number => {
    let count = 0;
    for (let x = 0; x < SIDE + 4; x++) for (let y = 0; y < SIDE + 4; y++) if (test(x, y)) count += 1;
    return count;
  };
  const pathsOf = (blocks: readonly Block[], map: Affine): Path[] =>
    blocks.map(([x, y, width, height]) => transformPath(rectPath({ x, y, width, height }), map));

  test.each([
    ['straight', scaling(1), 1],
    ['odd-sized', scaling(0.37), 0.37 ** 2],
    ['turned', rotation(31.7), 1],
    ['mirrored and turned', multiply(rotation(-12.3), scaling(-2, 2)), 4],
  ])('%s cells unite, meet and subtract to the number there are', (_, map, cell) => {
    fc.assert(
      fc.property(anyBlocks, anyBlocks, (a, b) => {
        const [unitedA, unitedB] = [unionPaths(pathsOf(a, map)), unionPaths(pathsOf(b, map))];
        const cells = (path: Path): number => areaOfPath(path) / cell;
        expect(cells(unitedA)).toBeCloseTo(
          countCells((x, y) => covers(a, x, y)),
          2,
        );
        expect(cells(unionPaths([unitedA, unitedB]))).toBeCloseTo(
          countCells((x, y) => covers(a, x, y) || covers(b, x, y)),
          2,
        );
        expect(cells(intersectPaths(unitedA, unitedB))).toBeCloseTo(
          countCells((x, y) => covers(a, x, y) && covers(b, x, y)),
          2,
        );
        expect(cells(subtractPaths(unitedA, unitedB))).toBeCloseTo(
          countCells((x, y) => covers(a, x, y) && !covers(b, x, y)),
          2,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('their union grows and shrinks again to itself but for closed gaps', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const united = unionPaths(pathsOf(blocks, scaling(1)));
        const back = offsetPath(offsetPath(united, 0.1, 'miter'), -0.1, 'miter');
        expect(areaOfPath(subtractPaths(united, back))).toBeLessThan(1e-3);
        expect(areaOfPath(back) - areaOfPath(united)).toBeLessThan(0.02 * 4 * blocks.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('offsets', () => {
  test('a convex shape grows by the Steiner formula: area + perimeter·d + π·d²', () => {
    fc.assert(
      fc.property(anyConvex, fc.integer({ min: 1, max: 20 }), (path, delta) => {
        const expected = areaOfPath(path) + pathLength(path) * delta + Math.PI * delta * delta;
        const grown = areaOfPath(offsetPath(path, delta, 'round'));
        expect(Math.abs(grown - expected)).toBeLessThanOrEqual(0.005 * 2 * Math.PI * delta + 0.01);
      }),
      { numRuns: 80 },
    );
  });

  test('a square grows to a larger square with mitres, to cut corners with bevels, and shrinks back', () => {
    expect(areaOfPath(offsetPath(square(0, 0, 10), 2, 'miter'))).toBeCloseTo(196, 4);
    expect(areaOfPath(offsetPath(square(0, 0, 10), 2, 'bevel'))).toBeCloseTo(100 + 80 + 4 * 2, 4);
    expect(areaOfPath(offsetPath(square(0, 0, 10), -2, 'miter'))).toBeCloseTo(36, 4);
    expect(offsetPath(square(0, 0, 10), -6)).toEqual(EMPTY_PATH);
  });

  test('a hole shrinks when its region grows, whichever way the path is wound', () => {
    const frame = subtractPaths(square(0, 0, 20), square(5, 5, 10));
    for (const path of [frame, backwards(frame)]) {
      expect(areaOfPath(offsetPath(path, 1, 'miter'))).toBeCloseTo(22 * 22 - 8 * 8, 4);
    }
  });

  test('larger offsets contain smaller ones', () => {
    const star = starPath({ x: 0, y: 0, width: 50, height: 50 }, 7, 0.4);
    for (const join of JOINS) {
      expect(areaOfPath(subtractPaths(offsetPath(star, 1, join), offsetPath(star, 2, join)))).toBeLessThan(1e-3);
    }
  });

  test.each([
    'M4 14L8.00001 16.00002L4.00001 14.00001ZM3 13L6 15.00002L2.99998 12.99998Z',
    'M7 12L9.00002 13L6.99999 12ZM7 12L11.00001 14L7.00002 12.00001Z',
    'M4 12L8.00001 14.00002L3.99998 12.00001ZM4 12L8 14.00002L4.00002 12.00001Z',
  ])('splinters as thin as the lattice turn nothing inside out: %s', (splinters) => {
    const path = joinPaths([square(0, 0, 10), pathFromSvg(splinters)]);
    expect(areaOfPath(offsetPath(path, -1, 'miter'))).toBeCloseTo(64, 4);
    expect(areaOfPath(offsetPath(path, 1, 'miter'))).toBeCloseTo(144, 4);
  });

  test('what is left of a shape when others are taken from it shrinks by its rim and no more', () => {
    fc.assert(
      fc.property(anyPolygon, anyPolygon, anyPolygon, (a, b, c) => {
        const left = subtractPaths(a, unionPaths([intersectPaths(a, b), intersectPaths(a, c)]));
        const lost = areaOfPath(left) - areaOfPath(offsetPath(left, -0.001, 'miter'));
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThanOrEqual(0.0011 * pathLength(left) + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  test('an offset of nothing cleans the path, and a tiny one is true', () => {
    expect(areaOfPath(offsetPath(square(0, 0, 10), 0))).toBeCloseTo(100, 6);
    expect(areaOfPath(offsetPath(square(0, 0, 10), 0.001, 'miter'))).toBeCloseTo(10.002 ** 2, 3);
  });
});

describe('edges', () => {
  test('empty paths, points and lines enclose nothing', () => {
    for (const path of [
      EMPTY_PATH,
      pathFromSvg('M5 5Z'),
      pathFromSvg('M0 0L9 9'),
      pathFromSvg('M1 1L1 1L1 1Z'),
      pathFromSvg('M0 0L9 9L0 0Z'),
    ]) {
      expect(unionPaths([path])).toEqual(EMPTY_PATH);
      expect(offsetPath(path, 1)).toEqual(EMPTY_PATH);
      expect(areaOfPath(path)).toBe(0);
      expect(pathContainsPoint(path, { x: 20, y: 1 })).toBe(false);
      expect(areaOfPath(subtractPaths(square(0, 0, 10), path))).toBeCloseTo(100, 6);
      expect(intersectPaths(square(0, 0, 10), path)).toEqual(EMPTY_PATH);
    }
    expect(unionPaths([])).toEqual(EMPTY_PATH);
  });

  test('numbers that are not finite or out of reach are refused', () => {
    const bad = new PathBuilder().moveTo(0, 0).lineTo(Number.NaN, 0).lineTo(5, 5).close().finish();
    expect(() => unionPaths([bad])).toThrow(RangeError);
    expect(() => pathContainsPoint(bad, { x: 0, y: 0 })).toThrow(RangeError);
    expect(() => offsetPath(square(0, 0, 10), Number.NaN)).toThrow(RangeError);
    expect(() => pathContainsPoint(square(0, 0, 10), { x: Number.NaN, y: 0 })).toThrow(RangeError);
    expect(() => unionPaths([square(0, 0, 30_000)])).toThrow('±20000 mm');
  });

  test('a ring of ten thousand nodes unites and grows', () => {
    const saw = starPath({ x: 0, y: 0, width: 400, height: 400 }, 5000, 0.98);
    const grown = offsetPath(saw, 1, 'round');
    expect(areaOfPath(grown)).toBeGreaterThan(areaOfPath(saw));
    expect(areaOfPath(grown)).toBeLessThan(areaOfPath(offsetPath(ellipsePath({ x: 0, y: 0, width: 400, height: 400 }), 1.01)));
  });
});
