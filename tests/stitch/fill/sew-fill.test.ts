import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_PATH, joinPaths, type Path, PathBuilder, transformPath } from '../../../src/geometry/path.ts';
import { offsetPath, pathContainsPoint, unionPaths } from '../../../src/geometry/polygons.ts';
import { FABRICS } from '../../../src/stitch/fabric.ts';
import { MAX_MOVE_MM, ROLE } from '../../../src/stitch/plan.ts';
import type { Sewn } from '../../../src/stitch/region.ts';
import { anyPolygon } from '../../geometry/arbitrary-path.ts';
import { measureStitches } from '../../support/stitch-raster.ts';
import { crescent, disc, fillOf, gear, square, WOVEN } from './fill-shapes.ts';

const SHAPES: readonly (readonly [string, Path, number])[] = [
  ['a disc of 60 mm', disc(30, 30, 30), 45],
  ['a gear with seven holes', gear(), 45],
  ['a crescent', crescent(), 0],
];

describe('a tatami fill', () => {
  test.each(SHAPES)('keeps the figures of good work on %s', (_, path, angle) => {
    const figures = measureStitches(path, fillOf(path, angle), WOVEN.pullMm);
    expect(figures.coverage).toBeGreaterThan(0.99);
    expect(figures.overshoot).toBeLessThan(0.003);
    expect(figures.perMm2).toBeLessThan(1.7);
    expect(figures.shortShare).toBeLessThan(0.02);
    expect(figures.longestMm).toBeLessThan(5);
    expect(figures.densityP99).toBeLessThan(8);
    expect(figures.densityMax).toBeLessThan(12);
    expect(figures.penetrationsMax).toBeLessThanOrEqual(12);
    expect(figures.travelHidden).toBeGreaterThan(0.95);
  });

  test('lays its underlay first, inside the outline', () => {
    const { points, roles } = fillOf(disc(30, 30, 30));
    const lastBelow = roles.lastIndexOf(ROLE.underlay);
    expect(lastBelow).toBeGreaterThan(50);
    expect(roles.indexOf(ROLE.top)).toBeGreaterThan(lastBelow);
    for (let i = 0; i <= lastBelow; i += 1) {
      if (roles[i] === ROLE.underlay) expect(Math.hypot((points[2 * i] ?? 0) - 30, (points[2 * i + 1] ?? 0) - 30)).toBeLessThan(29.7);
    }
  });

  test('begins at the entry and ends by the exit', () => {
    const path = disc(30, 30, 30);
    for (const [ex, ey] of [
      [59.9, 30],
      [30, 0.2],
      [9, 9],
    ] as const) {
      const { points } = fillOf(path, 45, 'tatami', { entry: { x: 1, y: 30 }, exit: { x: ex, y: ey } });
      expect([points[0], points[1]]).toEqual([1, 30]);
      expect(Math.hypot((points.at(-2) ?? 0) - ex, (points.at(-1) ?? 0) - ey)).toBeLessThan(1.5);
    }
  });

  test('makes rows longer by the compensation of the cloth', () => {
    const knit = FABRICS.find(({ id }) => id === 'knit') ?? WOVEN;
    const widthOf = ({ points, roles }: Sewn): number => {
      const xs = Array.from(roles, (role, i) => (role === ROLE.top ? (points[2 * i] ?? 0) : 10));
      return Math.max(...xs) - Math.min(...xs);
    };
    expect(widthOf(fillOf(square(0, 0, 20), 0))).toBeCloseTo(20 + 2 * WOVEN.pullMm, 1);
    expect(widthOf(fillOf(square(0, 0, 20), 0, 'tatami', { entry: null, exit: null }, knit))).toBeCloseTo(20 + 2 * knit.pullMm, 1);
  });

  test('gives the same stitches for the same area, wherever it lies', () => {
    const here = fillOf(gear());
    expect(fillOf(gear())).toEqual(here);
    const there = fillOf(transformPath(disc(30, 30, 30), [1, 0, 0, 1, 100, 40]), 45);
    expect(Math.abs(there.roles.length - fillOf(disc(30, 30, 30), 45).roles.length)).toBeLessThan(40);
  });
});

describe('a contour fill', () => {
  test('is one spiral on a disc', () => {
    const path = disc(30, 30, 30);
    const sewn = fillOf(path, 45, 'contour');
    const figures = measureStitches(path, sewn, WOVEN.pullMm);
    expect(figures.coverage).toBeGreaterThan(0.99);
    expect(figures.shortShare).toBeLessThan(0.01);
    expect(figures.travelHidden).toBeGreaterThan(0.98);
    const firstTop = sewn.roles.indexOf(ROLE.top);
    expect(sewn.roles.subarray(firstTop).every((role) => role === ROLE.top)).toBe(true);
  });

  test('fills a ring around its hole', () => {
    const path = unionPaths([joinPaths([disc(20, 20, 20), transformPath(disc(20, 20, 8), [-1, 0, 0, 1, 40, 0])])]);
    expect(measureStitches(path, fillOf(path, 45, 'contour'), WOVEN.pullMm).coverage).toBeGreaterThan(0.985);
  });

  test('leaves nothing bare where rings of a branched shape meet and turn', () => {
    const arms = unionPaths([square(20, 0, 20), square(20, 40, 20), square(0, 20, 20), square(40, 20, 20), square(20, 20, 20)]);
    const figures = measureStitches(arms, fillOf(arms, 45, 'contour'), WOVEN.pullMm);
    expect(figures.coverage).toBeGreaterThan(0.993);
    expect(figures.perMm2).toBeLessThan(1.7);
    expect(figures.densityMax).toBeLessThan(12);
  });
});

describe('shapes that are no good', () => {
  const line = new PathBuilder().moveTo(0, 0).lineTo(10, 0).lineTo(20, 0).close().finish();
  const broken: Path = { verbs: square(0, 0, 5).verbs, coords: square(0, 0, 5).coords.map((v, i) => (i === 2 ? Number.NaN : v)) };
  test.each([
    ['nothing', EMPTY_PATH],
    ['a line', line],
    ['numbers that are none', broken],
    ['a dot', square(0, 0, 0.05)],
    ['a field', square(0, 0, 5000)],
  ])('give no stitches: %s', (_, path) => {
    for (const style of ['tatami', 'contour'] as const) expect(fillOf(path, 45, style).roles).toHaveLength(0);
  });

  test('with two thousand teeth are sewn', () => {
    const comb = new PathBuilder().moveTo(0, 40);
    for (let i = 0; i < 2000; i += 1) comb.lineTo(i * 0.1, i % 2 === 0 ? 0 : 30);
    const path = comb.lineTo(200, 40).close().finish();
    const { points } = fillOf(path, 0);
    expect(points.length).toBeGreaterThan(1000);
    expect(points.every(Number.isFinite)).toBe(true);
  });
});

describe('any polygon', () => {
  const anyArea = anyPolygon.map((path) => transformPath(path, [0.1, 0, 0, 0.1, 0, 0]));

  test('is filled by stitches that a machine can sew, inside the grown shape', () => {
    fc.assert(
      fc.property(anyArea, fc.integer({ min: 0, max: 179 }), fc.constantFrom('tatami', 'contour'), (path, angle, style) => {
        const { points, roles } = fillOf(path, angle, style);
        expect(points.length).toBe(2 * roles.length);
        const grown = offsetPath(path, WOVEN.pullMm + 0.45, 'round');
        const beyond: number[] = [];
        for (let i = 0; i < roles.length; i += 1) {
          const [x, y] = [points[2 * i] ?? Number.NaN, points[2 * i + 1] ?? Number.NaN];
          if (roles[i] !== ROLE.travel && i % 7 === 0 && !pathContainsPoint(grown, { x, y })) beyond.push(x, y);
          if (i === 0) continue;
          const [dx, dy] = [x - (points[2 * i - 2] ?? 0), y - (points[2 * i - 1] ?? 0)];
          expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThan(MAX_MOVE_MM);
          expect(Math.hypot(dx, dy)).toBeGreaterThan(0.04);
        }
        expect(beyond).toEqual([]);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
