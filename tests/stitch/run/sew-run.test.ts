import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunLine, SewEnds, Sewn } from '../../../src/stitch/region.ts';
import { runPoints } from '../../../src/stitch/run/run-points.ts';
import { sewRun } from '../../../src/stitch/run/sew-run.ts';
import { OPTIONS } from '../support/regions.ts';

const FREE: SewEnds = { entry: null, exit: null };
const line = (points: readonly number[], passes: 1 | 3 = 1): RunLine => ({
  kind: 'run',
  region: 0,
  points: Float64Array.from(points),
  passes,
  widthMm: 0.4,
});
const sew = (run: RunLine, ends: SewEnds = FREE): Sewn => sewRun(run, { ends, options: OPTIONS });
const lengthsOf = ({ points }: Sewn): readonly number[] =>
  Array.from({ length: Math.max(0, points.length / 2 - 1) }, (_, i) =>
    Math.hypot((points[2 * i + 2] ?? 0) - (points[2 * i] ?? 0), (points[2 * i + 3] ?? 0) - (points[2 * i + 1] ?? 0)),
  );

describe('a running line', () => {
  test('has even stitches no longer than 2.5 mm, from end to end', () => {
    const sewn = sew(line([0, 0, 11, 0]));
    expect(Array.from(sewn.points.subarray(0, 2))).toEqual([0, 0]);
    expect(sewn.points.at(-2)).toBeCloseTo(11, 6);
    for (const length of lengthsOf(sewn)) expect(Math.abs(length - 2.2)).toBeLessThan(0.11);
  });

  test('keeps its corners', () => {
    const { points } = sew(line([0, 0, 7, 0, 7, 5]));
    const corner = Array.from({ length: points.length / 2 }, (_, i) => Math.hypot((points[2 * i] ?? 0) - 7, points[2 * i + 1] ?? 0));
    expect(Math.min(...corner)).toBeLessThan(0.01);
  });

  test('keeps within a tenth of a millimetre of curves', () => {
    const circle = Array.from({ length: 181 }, (_, i) => ({ x: 6 * Math.cos((i * Math.PI) / 90), y: 6 * Math.sin((i * Math.PI) / 90) }));
    const stitches = runPoints(circle, 2.5);
    for (const [i, b] of stitches.slice(1).entries()) {
      const a = stitches[i] ?? b;
      expect(6 - Math.hypot((a.x + b.x) / 2, (a.y + b.y) / 2)).toBeLessThan(0.105);
    }
  });

  test('is sewn thrice stitch by stitch as a bean, no hole more than three times', () => {
    const sewn = sew(line([0, 0, 10, 0], 3));
    const total = lengthsOf(sewn).reduce((sum, length) => sum + length, 0);
    expect(total).toBeCloseTo(30, 3);
    const holes = new Map<string, number>();
    for (let i = 0; i < sewn.points.length; i += 2) {
      const key = (sewn.points[i] ?? 0).toFixed(2);
      holes.set(key, (holes.get(key) ?? 0) + 1);
    }
    expect(Math.max(...holes.values())).toBeLessThanOrEqual(3);
  });

  test('starts near the entry, and comes back when the exit lies there', () => {
    const run = line([0, 0, 10, 0]);
    expect(sew(run, { entry: { x: 11, y: 0 }, exit: null }).points[0]).toBeCloseTo(10, 6);
    const there = sew(run, { entry: { x: 0, y: 0 }, exit: { x: 0, y: 1 } }).points;
    expect([there[0], there.at(-2)]).toEqual([0, 0]);
    const ring = sew(line([0, 0, 10, 0, 10, 10, 0, 10, 0, 0]), { entry: { x: 10, y: 11 }, exit: null }).points;
    expect(Array.from(ring.subarray(0, 2))).toEqual([10, 10]);
    expect(Array.from(ring.subarray(-2)).map(Math.round)).toEqual([10, 10]);
  });

  describe('as broad as 0.7 mm', () => {
    const broad = (length: number): RunLine => ({ ...line([0, 0, length, 0], 3), sides: Float64Array.from([0, 0.15, 0, 0.15]) });
    /** Whether thread of 0.4 mm lies at a place. */
    const isCovered = ({ points }: Sewn, x: number, y: number): boolean =>
      Array.from({ length: points.length / 2 - 1 }, (_, i) => {
        const [ax = 0, ay = 0, bx = 0, by = 0] = points.subarray(2 * i, 2 * i + 4);
        const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)));
        return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) <= 0.2;
      }).some(Boolean);

    test.each([
      ['there, back and there', FREE],
      ['out and back', { entry: { x: 0, y: 0 }, exit: { x: 0, y: 1 } }],
    ])('is covered from edge to edge up to its ends when sewn %s', (_, ends) => {
      for (const length of [3, 7.3]) {
        const sewn = sew(broad(length), ends);
        for (let x = 0; x <= length; x += 0.1)
          for (const y of [-0.33, -0.1, 0.1, 0.33]) expect(isCovered(sewn, x, y), `${x} ${y}`).toBe(true);
        for (const mm of lengthsOf(sewn)) expect(mm).toBeGreaterThanOrEqual(0.5);
      }
    });

    test('goes twice around a ring', () => {
      const corners = Array.from({ length: 61 }, (_, i): readonly [number, number] => [
        Math.cos((i * Math.PI) / 30),
        Math.sin((i * Math.PI) / 30),
      ]);
      const ring: RunLine = {
        ...line(
          corners.flatMap(([x, y]) => [2 * x, 2 * y]),
          3,
        ),
        sides: Float64Array.from(corners.flatMap(([x, y]) => [0.15 * x, 0.15 * y])),
      };
      const sewn = sew(ring);
      for (const [x, y] of corners) for (const mm of [1.72, 1.9, 2.1, 2.3]) expect(isCovered(sewn, mm * x, mm * y)).toBe(true);
      expect(lengthsOf(sewn).reduce((sum, mm) => sum + mm, 0)).toBeLessThan(27);
    });
  });

  test('has short stitches only where it bends', () => {
    const bend = Array.from({ length: 31 }, (_, i): readonly [number, number] => [
      8 + Math.sin((i * Math.PI) / 60),
      1 - Math.cos((i * Math.PI) / 60),
    ]);
    const sewn = sew(line([0, 0, ...bend.flat(), 9, 9]));
    expect(lengthsOf(sewn).length).toBeLessThanOrEqual(11);
  });

  test('of any shape has stitches between 0.5 and 2.5 mm', () => {
    const spot = fc.double({ min: 0, max: 40, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(spot, spot), { maxLength: 12 }), fc.constantFrom(1 as const, 3 as const), (points, passes) => {
        for (const length of lengthsOf(sew(line(points.flat(), passes)))) {
          expect(length).toBeGreaterThanOrEqual(0.5);
          expect(length).toBeLessThanOrEqual(3.1);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});
