import { describe, expect, it } from 'vitest';
import { joinPaths, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { pathContainsPoint, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { alongEdge } from '../../../src/stitch/satin/along-edge.ts';

describe('alongEdge', () => {
  it('goes around a ring from the place nearest to where it comes from, and back there', () => {
    const points = alongEdge(rectPath(rectOf(0, 0, 10, 2)), { x: 11, y: 1 }, 2.5);
    expect(points[0]).toEqual(points.at(-1));
    expect(points[0]?.x).toBeCloseTo(10, 1);
    for (const corner of [0, 10]) expect(points.some(({ x, y }) => Math.hypot(x - corner, y - 2) < 0.3)).toBe(true);
  });

  it('comes to an inner ring over the column, and never over what it leaves open', () => {
    // The letter O with a slit in its right side, as thin as a letter e leaves open.
    const frame = subtractPaths(
      rectPath(rectOf(0, 0, 6, 8)),
      joinPaths([rectPath(rectOf(0.6, 0.6, 4.8, 3)), rectPath(rectOf(0.6, 4.4, 6, 2.8))]),
    );
    const points = alongEdge(frame, { x: 5.9, y: 4 }, 2.5);
    for (const [i, to] of points.slice(1).entries()) {
      const from = points[i] ?? to;
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      const about = [-0.25, 0.25].flatMap((by) => [
        { x: middle.x + by, y: middle.y },
        { x: middle.x, y: middle.y + by },
      ]);
      expect(about.some((place) => pathContainsPoint(frame, place))).toBe(true);
    }
  });

  it('leaves out rings too short to hold anything', () => {
    expect(alongEdge(rectPath(rectOf(0, 0, 0.3, 0.2)), { x: 0, y: 0 }, 2.5)).toEqual([]);
  });

  it('keeps to curves as closely as an eye sees a border', () => {
    const disc = ellipsePath(rectOf(-3, -3, 6, 6));
    const points = alongEdge(disc, { x: 3, y: 0 }, 2.5);
    for (const [i, to] of points.slice(1).entries()) {
      const from = points[i] ?? to;
      expect(Math.hypot((from.x + to.x) / 2, (from.y + to.y) / 2)).toBeGreaterThan(3 - 0.035);
    }
  });

  it('goes around the narrow end of a bar without cutting across what lies before it', () => {
    const bar = joinPaths([rectPath(rectOf(0, 0, 0.6, 5)), rectPath(rectOf(0, 0, 2, 0.3))]);
    const points = alongEdge(unionPaths([bar]), { x: 0, y: 5 }, 2.5);
    for (const [i, to] of points.slice(1).entries()) {
      const from = points[i] ?? to;
      expect(Math.hypot(to.x - from.x, to.y - from.y)).toBeGreaterThan(0.5);
      for (const share of [0.25, 0.5, 0.75]) {
        const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
        expect(x > 0.9 && y > 0.6).toBe(false);
      }
    }
  });

  it('begins at a corner rather than beside one', () => {
    const points = alongEdge(rectPath(rectOf(0, 0, 0.6, 8)), { x: 0.3, y: 0 }, 2.5);
    for (const x of [0, 0.6]) for (const y of [0, 8]) expect(points.some((p) => Math.hypot(p.x - x, p.y - y) < 0.06)).toBe(true);
  });
});
