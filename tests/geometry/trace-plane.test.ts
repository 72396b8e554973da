import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contoursOf } from '../../src/geometry/contours.ts';
import { boundsOfPath } from '../../src/geometry/path.ts';
import { areaOfPath, pathContainsPoint } from '../../src/geometry/polygons.ts';
import { tracePlane } from '../../src/geometry/trace-plane.ts';

const plane = (widthPx: number, heightPx: number, at: (x: number, y: number) => number) => ({
  widthPx,
  heightPx,
  data: Uint8Array.from({ length: widthPx * heightPx }, (_, i) => at(i % widthPx, Math.floor(i / widthPx))),
});

describe('tracing a plane', () => {
  test('finds a disc at its size and place, to a fraction of a pixel', () => {
    const disc = plane(60, 60, (x, y) => Math.round(255 * Math.min(1, Math.max(0, 20.5 - Math.hypot(x + 0.5 - 30, y + 0.5 - 32)))));
    const path = tracePlane(disc, 127);
    expect(Math.sqrt(areaOfPath(path) / Math.PI)).toBeCloseTo(20, 1);
    const box = boundsOfPath(path);
    expect(box?.x).toBeCloseTo(10, 0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(52, 0);
  });

  test('keeps holes, and what touches the edge of the plane', () => {
    const ring = plane(10, 10, (x, y) => (x >= 4 && x < 6 && y >= 4 && y < 6 ? 0 : 255));
    const path = tracePlane(ring, 127);
    expect(contoursOf(path)).toHaveLength(2);
    expect(pathContainsPoint(path, { x: 5, y: 5 })).toBe(false);
    expect(pathContainsPoint(path, { x: 0.3, y: 5 })).toBe(true);
  });

  test('finds nothing in nothing', () => {
    expect(
      tracePlane(
        plane(5, 5, () => 10),
        127,
      ).verbs,
    ).toHaveLength(0);
  });

  test('tells the inside of every pixel from its outside', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 60, 200, 255), { minLength: 36, maxLength: 36 }), (amounts) => {
        const path = tracePlane(
          plane(6, 6, (x, y) => amounts[y * 6 + x] ?? 0),
          127,
        );
        amounts.forEach((amount, i) => {
          const centre = { x: (i % 6) + 0.5, y: Math.floor(i / 6) + 0.5 };
          expect(pathContainsPoint(path, centre)).toBe(amount > 127);
        });
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
