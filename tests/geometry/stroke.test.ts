import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenPath, type Polyline } from '../../src/geometry/flatten.ts';
import { pathLength, signedAreas } from '../../src/geometry/measure.ts';
import { EMPTY_PATH, PathBuilder } from '../../src/geometry/path.ts';
import { pathFromSvg } from '../../src/geometry/path-text.ts';
import { areaOfPath, pathContainsPoint } from '../../src/geometry/polygons.ts';
import { arcPath, ellipsePath, starPath } from '../../src/geometry/shapes.ts';
import { type StrokeCap, type StrokeJoin, type StrokeStyle, strokeOutline } from '../../src/geometry/stroke.ts';
import { anyPath } from './arbitrary-path.ts';

const style = (widthMm: number, cap: StrokeCap = 'butt', join: StrokeJoin = 'miter', miterLimit = 4): StrokeStyle => ({
  widthMm,
  cap,
  join,
  miterLimit,
});
const anyStyle = fc.record({
  widthMm: fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10),
  cap: fc.constantFrom<StrokeCap>('butt', 'round', 'square'),
  join: fc.constantFrom<StrokeJoin>('miter', 'round', 'bevel'),
  miterLimit: fc.integer({ min: 1, max: 10 }),
});

describe('areas', () => {
  test('a straight line paints length times width, and its caps', () => {
    const line = pathFromSvg('M3 4L33 44');
    expect(areaOfPath(strokeOutline(line, style(2)))).toBeCloseTo(100, 3);
    expect(areaOfPath(strokeOutline(line, style(2, 'square')))).toBeCloseTo(104, 3);
    expect(areaOfPath(strokeOutline(line, style(2, 'round')))).toBeCloseTo(100 + Math.PI, 1);
  });

  test('corners paint what their join says', () => {
    const corner = pathFromSvg('M0 0L10 0L10 10');
    const base = 2 * 20 - 1;
    expect(areaOfPath(strokeOutline(corner, style(2, 'butt', 'bevel')))).toBeCloseTo(base + 0.5, 4);
    expect(areaOfPath(strokeOutline(corner, style(2, 'butt', 'miter')))).toBeCloseTo(base + 1, 4);
    expect(areaOfPath(strokeOutline(corner, style(2, 'butt', 'miter', 1.4)))).toBeCloseTo(base + 0.5, 4);
    expect(Math.abs(areaOfPath(strokeOutline(corner, style(2, 'butt', 'round'))) - base - Math.PI / 4)).toBeLessThan(0.01);
  });

  test('a gentle curve paints length times width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 10, max: 350 }),
        fc.integer({ min: 1, max: 200 }),
        (radius, sweep, tenths) => {
          const arc = arcPath({ x: 0, y: 0 }, radius, 20, sweep);
          const widthMm = tenths / 10;
          const area = areaOfPath(strokeOutline(arc, style(widthMm)));
          const expected = pathLength(arc) * widthMm;
          expect(Math.abs(area - expected)).toBeLessThanOrEqual(0.012 * pathLength(arc) + 0.02);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a closed curve makes a ring of two contours, wound against each other', () => {
    const areas = signedAreas(strokeOutline(ellipsePath({ x: 0, y: 0, width: 100, height: 100 }), style(4)));
    expect(areas).toHaveLength(2);
    expect(areas[0]).toBeCloseTo(Math.PI * 52 * 52, -1);
    expect(areas[1]).toBeCloseTo(-Math.PI * 48 * 48, -1);
  });

  test('a butt end is square to the curve itself, not to its first straight piece', () => {
    const outline = strokeOutline(arcPath({ x: 0, y: 0 }, 20, 0, 90), style(10), 0.5);
    const ys = [...outline.coords].filter((_, i) => i % 2 === 1);
    expect(Math.min(...ys)).toBeCloseTo(0, 9);
  });
});

test('no part of any stroke winds backwards, so that overlaps never cancel', () => {
  fc.assert(
    fc.property(anyPath, anyStyle, fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), (path, pen, x, y) => {
      const outline = strokeOutline(path, pen, 0.05);
      const point = { x: x + 0.123, y: y + 0.457 };
      const both = new PathBuilder().append(outline).append(EXTRA).finish();
      // A turn of positive winding laid over everything would cancel a negative one.
      expect(pathContainsPoint(both, point)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** A clockwise square over the whole sheet: winding 1 everywhere. */
const EXTRA = new PathBuilder().moveTo(-900, -900).lineTo(900, -900).lineTo(900, 900).lineTo(-900, 900).close().finish();

/** The distance from a point to the nearest piece of the polylines, the closing ones with them. */
const distanceTo = (lines: readonly Polyline[], x: number, y: number): number => {
  let best = Number.POSITIVE_INFINITY;
  for (const { points, closed } of lines) {
    const count = points.length / 2;
    for (let i = 0; i < (closed ? count : count - 1); i++) {
      const j = (i + 1) % count;
      const [ax, ay, bx, by] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, points[2 * j] ?? 0, points[2 * j + 1] ?? 0];
      const span = (bx - ax) ** 2 + (by - ay) ** 2;
      const t = span === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / span));
      best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
    }
  }
  return best;
};

test('every point within half the width of a round-penned path is painted, and none beyond', () => {
  let painted = 0;
  fc.assert(
    fc.property(anyPath, fc.constantFrom(5, 60, 300), (path, widthMm) => {
      const centre = flattenPath(path, 0.005);
      const outline = strokeOutline(path, style(widthMm, 'round', 'round'), 0.02);
      for (let k = 0; k < 20; k++) {
        const [x, y] = [-400 + 800 * ((k * 0.618034) % 1), -400 + 800 * ((k * 0.7548776) % 1)];
        const distance = distanceTo(centre, x, y);
        if (Math.abs(distance - widthMm / 2) < 0.05) continue;
        expect(pathContainsPoint(outline, { x, y })).toBe(distance < widthMm / 2);
        painted += distance < widthMm / 2 ? 1 : 0;
      }
    }),
    { numRuns: 150 },
  );
  expect(painted).toBeGreaterThan(100);
});

describe('edges', () => {
  test('nothing in or no width paints nothing', () => {
    expect(strokeOutline(EMPTY_PATH, style(1))).toEqual(EMPTY_PATH);
    expect(strokeOutline(pathFromSvg('M1 1'), style(1, 'round'))).toEqual(EMPTY_PATH);
    expect(strokeOutline(pathFromSvg('M1 1L5 5'), style(0))).toEqual(EMPTY_PATH);
    expect(strokeOutline(pathFromSvg('M1 1L1 1'), style(1, 'butt'))).toEqual(EMPTY_PATH);
  });

  test('dots take the shape of their caps', () => {
    expect(areaOfPath(strokeOutline(pathFromSvg('M1 1L1 1'), style(2, 'square')))).toBeCloseTo(4, 5);
    expect(Math.abs(areaOfPath(strokeOutline(pathFromSvg('M1 1Z'), style(2, 'round'))) - Math.PI)).toBeLessThan(0.04);
  });

  test('repeated points change nothing', () => {
    const plain = strokeOutline(pathFromSvg('M0 0L10 0L10 10C10 20 20 20 20 10'), style(2));
    expect(strokeOutline(pathFromSvg('M0 0L0 0L10 0L10 0L10 10L10 10C10 20 20 20 20 10'), style(2))).toEqual(plain);
  });

  test('any path with any pen gives a finite outline', () => {
    fc.assert(
      fc.property(anyPath, anyStyle, (path, pen) => {
        expect(strokeOutline(path, pen, 0.05).coords.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test('a bad pen or path is refused', () => {
    const line = pathFromSvg('M0 0L1 1');
    expect(() => strokeOutline(line, style(-1))).toThrow('expected a width of 0 mm or more');
    expect(() => strokeOutline(line, style(Number.NaN))).toThrow(RangeError);
    expect(() => strokeOutline(line, style(1, 'butt', 'miter', 0.5))).toThrow('miter limit');
    expect(() => strokeOutline(new PathBuilder().moveTo(0, Number.NaN).lineTo(1, 1).finish(), style(1))).toThrow(RangeError);
  });

  test('ten thousand nodes are stroked', () => {
    const saw = starPath({ x: 0, y: 0, width: 400, height: 400 }, 5000, 0.98);
    expect(strokeOutline(saw, style(1, 'butt', 'round')).verbs.length).toBeGreaterThan(20_000);
  });
});
