import { expect, test } from 'vitest';
import { pathContainsPoint, subtractPaths } from '../../../src/geometry/polygons.ts';
import { cellAt, distanceGrid } from '../../../src/stitch/field/distance-grid.ts';
import { gridTravel } from '../../../src/stitch/field/grid-travel.ts';
import { disc, gear, square } from '../fill/fill-shapes.ts';

test('depths are the distances to the outline', () => {
  const grid = distanceGrid(disc(20, 20, 20));
  if (!grid) throw new Error('expected a grid');
  for (const [x, y] of [
    [20, 20],
    [5, 20],
    [30, 30],
  ] as const) {
    expect(Math.abs((grid.depth[cellAt(grid, x, y)] ?? 0) - (20 - Math.hypot(x - 20, y - 20)))).toBeLessThan(2 * grid.cellMm);
  }
});

test('a way goes around holes and stays inside', () => {
  const path = gear();
  const grid = distanceGrid(path);
  if (!grid) throw new Error('expected a grid');
  const way = gridTravel(grid, { x: 10, y: 40 }, { x: 70, y: 40 }, null) ?? [];
  expect(way.length).toBeGreaterThan(4);
  for (let i = 2; i + 1 < way.length; i += 2) {
    for (let t = 0; t <= 1; t += 0.05) {
      const x = (way[i - 2] ?? 0) + ((way[i] ?? 0) - (way[i - 2] ?? 0)) * t;
      const y = (way[i - 1] ?? 0) + ((way[i + 1] ?? 0) - (way[i - 1] ?? 0)) * t;
      expect(pathContainsPoint(path, { x, y })).toBe(true);
    }
  }
});

test('a way avoids what is taken, and there is none through a wall', () => {
  const path = square(0, 0, 20);
  const grid = distanceGrid(path);
  if (!grid) throw new Error('expected a grid');
  const taken = new Uint8Array(grid.depth.length);
  for (let y = 0; y < 15; y += 0.1) for (let x = 9; x < 11; x += 0.1) taken[cellAt(grid, x, y)] = 1;
  const way = gridTravel(grid, { x: 2, y: 2 }, { x: 18, y: 2 }, taken) ?? [];
  expect(Math.max(...way.filter((_, i) => i % 2 === 1))).toBeGreaterThan(14.5);
  for (let y = 14; y < 20; y += 0.1) for (let x = 9; x < 11; x += 0.1) taken[cellAt(grid, x, y)] = 1;
  expect(gridTravel(grid, { x: 2, y: 2 }, { x: 18, y: 2 }, taken)).toBeNull();
});

test('pieces apart have no way between them', () => {
  const path = subtractPaths(square(0, 0, 20), { ...square(8, -1, 22), coords: Float64Array.from([8, -1, 12, -1, 12, 21, 8, 21]) });
  const grid = distanceGrid(path);
  expect(grid && gridTravel(grid, { x: 2, y: 10 }, { x: 18, y: 10 }, null)).toBeNull();
});
