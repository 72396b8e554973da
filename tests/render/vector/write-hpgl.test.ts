import { describe, expect, test } from 'vitest';
import { areaOfPath } from '../../../src/geometry/polygons.ts';
import type { CutDrawing } from '../../../src/render/vector/cut-drawing.ts';
import { orderContours } from '../../../src/render/vector/order-contours.ts';
import { writeHpgl } from '../../../src/render/vector/write-hpgl.ts';
import { type Plotted, plotHpgl } from '../../support/plot-hpgl.ts';
import { grid, layer, ring, SAMPLE } from './drawings.ts';

const STEPS = 40;

const areaOf = ({ points }: Plotted): number =>
  Math.abs(
    points.reduce((sum, [ax, ay], i) => {
      const [bx, by] = points[(i + 1) % points.length] ?? [0, 0];
      return sum + ax * by - ay * bx;
    }, 0) /
      2 /
      STEPS ** 2,
  );

const lengthOf = (points: Plotted['points']): number =>
  points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - (points[i]?.[0] ?? 0), y - (points[i]?.[1] ?? 0)), 0) / STEPS;

describe('writeHpgl', () => {
  test('re-plots to the areas and the places of the drawing', () => {
    const drawn = plotHpgl(writeHpgl(SAMPLE));
    expect(drawn.map(({ pen }) => pen)).toEqual([1, 1, 1, 1, 2, 3]);
    const areas = drawn.slice(0, 5).map(areaOf);
    const exact = [Math.PI * 16, Math.PI * 144, Math.PI * 400, 600, 116 * 74];
    for (const area of exact) expect(areas.some((one) => Math.abs(one - area) < 0.002 * area + 0.5)).toBe(true);
    const frame = drawn.find(({ pen }) => pen === 2)?.points.map(([x, y]) => [x / STEPS, y / STEPS]);
    expect(new Set(frame?.map(String))).toEqual(new Set(['2,77', '118,77', '118,3', '2,3']));
    expect(drawn.at(-1)?.points).toEqual([
      [200, 400],
      [4000, 800],
    ]);
  });

  test('stays within a step of the true curve', () => {
    const [hole, outer] = plotHpgl(writeHpgl({ ...SAMPLE, layers: [layer('CUT', [ring(30, 30, 20, 12)])] }));
    for (const [line, radius] of [[hole, 12] as const, [outer, 20] as const]) {
      const away = (line?.points ?? []).map(([x, y]) => Math.abs(Math.hypot(x / STEPS - 30, y / STEPS - 50) - radius));
      expect(away.length).toBeGreaterThan(20);
      expect(Math.max(...away)).toBeLessThan(0.03);
    }
    expect(areaOfPath(ring(30, 30, 20, 12))).toBeCloseTo(
      areaOf(outer ?? { pen: 0, points: [] }) - areaOf(hole ?? { pen: 0, points: [] }),
      -0.5,
    );
  });

  test('closes every closed contour on its first point, or runs on beyond it', () => {
    const plain = plotHpgl(writeHpgl(SAMPLE)).slice(0, 5);
    for (const { points } of plain) expect(points.at(-1)).toEqual(points[0]);
    const over = plotHpgl(writeHpgl(SAMPLE, { overcutMm: 2 })).slice(0, 5);
    plain.forEach((line, i) => {
      expect(lengthOf(over[i]?.points ?? []) - lengthOf(line.points)).toBeCloseTo(2, 1);
      expect(over[i]?.points.slice(0, line.points.length)).toEqual(line.points);
    });
  });

  test('takes the pens it is given and leaves out layers without work', () => {
    const drawing: CutDrawing = { ...SAMPLE, layers: [layer('A', []), ...SAMPLE.layers.slice(1)] };
    const drawn = plotHpgl(writeHpgl(drawing, { pens: [1, 4, 2] }));
    expect(drawn.map(({ pen }) => pen)).toEqual([4, 2]);
    expect(new TextDecoder().decode(writeHpgl(drawing))).not.toContain('SP1;');
  });

  test('writes short commands that begin with a reset and end with the pen put away', () => {
    const text = new TextDecoder().decode(writeHpgl(SAMPLE));
    expect(text).toMatch(/^IN;\nSP1;\nPU/);
    expect(text).toMatch(/PU0,0;SP0;\n$/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(250);
  });
});

describe('orderContours', () => {
  const starts = (groups: ReturnType<typeof orderContours>): readonly (readonly number[])[] =>
    groups.flatMap((group) => group.map(({ line }) => [line.points[0] ?? 0, line.points[1] ?? 0]));

  test('runs what lies inside first, and finishes a piece before the next', () => {
    const groups = orderContours([ring(100, 20, 15, 10), ring(20, 20, 15, 10), ring(20, 20, 6, 3)], { x: 0, y: 0 });
    expect(groups.map((group) => group.length)).toEqual([4, 2]);
    expect(starts(groups)).toEqual([
      [23, 20],
      [26, 20],
      [30, 20],
      [35, 20],
      [110, 20],
      [115, 20],
    ]);
  });

  test('goes to the nearest next: the way between the pieces of a shuffled grid is short', () => {
    const groups = orderContours(grid(20, 10), { x: 0, y: 100 });
    const way = starts(groups).filter((_, i) => i % 2 === 0);
    const travel = way.slice(1).reduce((sum, [x = 0, y = 0], i) => sum + Math.hypot(x - (way[i]?.[0] ?? 0), y - (way[i]?.[1] ?? 0)), 0);
    expect(groups).toHaveLength(200);
    expect(travel / 199).toBeLessThan(15);
    expect(orderContours(grid(20, 10), { x: 0, y: 100 })).toEqual(groups);
  });
});
