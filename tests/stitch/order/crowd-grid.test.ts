import { describe, expect, it } from 'vitest';
import { CrowdGrid } from '../../../src/stitch/order/crowd-grid.ts';

describe('CrowdGrid', () => {
  it('counts holes on squares of a millimetre wherever those lie, by half a millimetre', () => {
    const grid = new CrowdGrid(3);
    for (const [x, y] of [
      [-0.1, -0.1],
      [0.1, 0.1],
      [0.1, -0.1],
      [-0.1, 0.1],
    ] as const)
      grid.addHole(x, y, 1);
    expect(grid.holesAt(0, 0)).toBe(4);
    expect(grid.isCrowdedAt(0.4, 0.4)).toBe(true);
    expect(grid.isCrowdedAt(0.6, 0.6)).toBe(false);
    grid.addHole(0.1, 0.1, -1);
    expect(grid.isCrowdedAt(0.4, 0.4)).toBe(false);
  });

  it('counts holes where a machine makes them, to the nearest tenth of a millimetre, as well', () => {
    const grid = new CrowdGrid(3);
    for (const x of [0.47, 0.96, 1.2, 1.44]) grid.addHole(x, 0.2, 1);
    expect(grid.holesAt(1.1, 0.2)).toBe(4);
    grid.addHole(0.47, 0.2, -1);
    grid.addHole(0.44, 0.2, 1);
    expect(grid.holesAt(1.1, 0.2)).toBe(3);
  });

  it('counts the thread of stitches, and takes out what is taken away', () => {
    const grid = new CrowdGrid(12);
    grid.addRun(Float64Array.from([-40, 0.2, 40, 0.2]));
    grid.addThread(-5, 0.4, 5, 0.4, 1);
    expect(grid.threadAt(0, 0.3)).toBeCloseTo(2, 1);
    expect(grid.threadAt(20, 0.3)).toBeCloseTo(1, 1);
    grid.addThread(-5, 0.4, 5, 0.4, 1);
    grid.addThread(-5, 0.4, 5, 0.4, 1);
    grid.addThread(-5, 0.4, 5, 0.4, -1);
    expect(grid.threadAt(0, 0.3)).toBeCloseTo(3, 1);
  });
});
