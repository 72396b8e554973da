import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenPath } from '../../src/geometry/flatten.ts';
import { type AxisGraph, medialAxis } from '../../src/geometry/medial-axis.ts';
import { joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../src/geometry/path.ts';
import { pathContainsPoint, subtractPaths, unionPaths } from '../../src/geometry/polygons.ts';
import { ellipsePath, starPath } from '../../src/geometry/shapes.ts';
import { strokeOutline } from '../../src/geometry/stroke.ts';

const rect = (x: number, y: number, width: number, height: number): Path => rectPath({ x, y, width, height });
const disc = (x: number, y: number, r: number): Path => ellipsePath({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });

const polygon = (points: readonly (readonly [number, number])[]): Path => {
  const out = new PathBuilder();
  for (const [i, [x, y]] of points.entries()) i === 0 ? out.moveTo(x, y) : out.lineTo(x, y);
  return out.close().finish();
};

const spotsOf = ({ nodes, edges }: AxisGraph) => [
  ...nodes.map(({ x, y, radiusMm }) => ({ x, y, radiusMm })),
  ...edges.flatMap(({ points, radiiMm }) =>
    [...radiiMm].map((radiusMm, i) => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0, radiusMm })),
  ),
];

/** The distance to the outline, by every side of it. */
const clearanceOf = (path: Path, x: number, y: number): number => {
  let nearest = Infinity;
  for (const { points } of flattenPath(path)) {
    const n = points.length / 2;
    for (let i = 0; i < n; i += 1) {
      const [ax, ay] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
      const [bx, by] = [points[(2 * i + 2) % (2 * n)] ?? 0, points[(2 * i + 3) % (2 * n)] ?? 0];
      const square = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square));
      nearest = Math.min(nearest, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
    }
  }
  return nearest;
};

const componentsOf = ({ nodes, edges }: AxisGraph): number => {
  const root = nodes.map((_, i) => i);
  const find = (i: number): number => (root[i] === i ? i : find(root[i] ?? i));
  for (const { from, to } of edges) root[find(from)] = find(to);
  return new Set(nodes.map((_, i) => find(i))).size;
};

const loopsOf = (graph: AxisGraph): number => graph.edges.length - graph.nodes.length + componentsOf(graph);

const tangle = fc.array(fc.tuple(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true })), {
  minLength: 3,
  maxLength: 14,
});

describe('the axis of any shape', () => {
  test('lies inside and knows its distance to the outline', () => {
    fc.assert(
      fc.property(tangle, (points) => {
        const path = unionPaths([polygon(points)]);
        for (const { x, y, radiusMm } of spotsOf(medialAxis(polygon(points)))) {
          const clear = clearanceOf(path, x, y);
          expect(Math.abs(clear - radiusMm)).toBeLessThan(0.03);
          if (clear > 0.01) expect(pathContainsPoint(path, { x, y })).toBe(true);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('has a loop for each hole and a piece for each piece', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 })), { maxLength: 12 }), (cells) => {
        const holes = [...new Map(cells.map((cell) => [cell.join(), cell])).values()];
        const plate = joinPaths(holes.map(([i, j]) => disc(10 * i + 5, 10 * j + 5, 2 + ((i + j) % 3))));
        const path = subtractPaths(rect(0, 0, 60, 40), plate);
        const graph = medialAxis(joinPaths([path, rect(100, 0, 5, 30)]));
        expect(loopsOf(graph)).toBe(holes.length);
        expect(componentsOf(graph)).toBe(2);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  test('is the same every time', () => {
    const path = starPath({ x: 0, y: 0, width: 30, height: 30 }, 7, 0.4);
    expect(medialAxis(path)).toEqual(medialAxis(path));
  });
});

describe('the axis of known shapes', () => {
  test('runs along the middle of a bar and stops short of its corners', () => {
    const { nodes, edges } = medialAxis(rect(0, 0, 40, 6));
    expect(edges.length).toBe(1);
    expect(nodes.map(({ limbs }) => limbs)).toEqual([1, 1]);
    const xs = nodes.map(({ x }) => x).sort((a, b) => a - b);
    expect(xs[0]).toBeGreaterThan(1);
    expect(xs[0]).toBeLessThan(4);
    for (const [i, radius] of (edges[0]?.radiiMm ?? []).entries()) {
      expect(edges[0]?.points[2 * i + 1]).toBeCloseTo(3, 1);
      expect(radius).toBeGreaterThan(2.4);
    }
  });

  test('keeps to the middle of a ring', () => {
    const { edges, nodes } = medialAxis(subtractPaths(disc(0, 0, 10), disc(0, 0, 6)));
    expect([edges.length, nodes.length]).toEqual([1, 1]);
    for (const { x, y, radiusMm } of spotsOf({ nodes, edges })) {
      expect(Math.abs(Math.hypot(x, y) - 8)).toBeLessThan(0.08);
      expect(Math.abs(radiusMm - 2)).toBeLessThan(0.08);
    }
  });

  test('meets in the middle of a cross and ends in four arms', () => {
    const { nodes } = medialAxis(joinPaths([rect(0, 18, 40, 4), rect(18, 0, 4, 40)]));
    expect(nodes.filter(({ limbs }) => limbs === 1).length).toBe(4);
    for (const { x, y } of nodes.filter(({ limbs }) => limbs > 1)) expect(Math.hypot(x - 20, y - 20)).toBeLessThan(2.5);
  });

  test('ends in the middle of round ends', () => {
    const bar = strokeOutline(new PathBuilder().moveTo(0, 0).lineTo(30, 0).finish(), {
      widthMm: 4,
      cap: 'round',
      join: 'round',
      miterLimit: 4,
    });
    const { nodes } = medialAxis(bar);
    expect(nodes.length).toBe(2);
    for (const { x, y } of nodes) {
      expect(Math.abs(y)).toBeLessThan(0.3);
      expect(Math.min(Math.abs(x), Math.abs(x - 30))).toBeLessThan(1.2);
    }
  });

  test('is a point in a disc', () => {
    const { nodes, edges } = medialAxis(disc(5, 5, 3));
    for (const { x, y } of spotsOf({ nodes, edges })) expect(Math.hypot(x - 5, y - 5)).toBeLessThan(1);
  });
});

describe('hostile shapes', () => {
  test('of thousands of nodes are followed', () => {
    const points = Array.from({ length: 5000 }, (_, i): readonly [number, number] => {
      const [angle, r] = [(i / 5000) * 2 * Math.PI, 30 + (i % 2) * 0.4];
      return [50 + r * Math.cos(angle), 50 + r * Math.sin(angle)];
    });
    const path = subtractPaths(polygon(points), disc(50, 50, 24));
    expect(loopsOf(medialAxis(path))).toBe(1);
  });

  test('too small to see, without area or twice there give what they are', () => {
    const micro = transformPath(starPath({ x: 0, y: 0, width: 30, height: 30 }, 5, 0.4), [1e-4, 0, 0, 1e-4, 7, 7]);
    expect(componentsOf(medialAxis(micro))).toBe(1);
    const flat: readonly (readonly [number, number])[] = [0, 10, 5].map((x) => [x, 0]);
    expect(medialAxis(polygon(flat)).nodes).toEqual([]);
    expect(medialAxis(polygon([])).nodes).toEqual([]);
    const twice = medialAxis(joinPaths([rect(0, 0, 20, 4), rect(0, 0, 20, 4)]));
    expect(twice).toEqual(medialAxis(rect(0, 0, 20, 4)));
  });
});
