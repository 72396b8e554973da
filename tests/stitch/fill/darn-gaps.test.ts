import { describe, expect, test } from 'vitest';
import { darnGaps } from '../../../src/stitch/fill/darn-gaps.ts';
import { ROLE } from '../../../src/stitch/plan.ts';
import type { Sewn } from '../../../src/stitch/region.ts';
import { square } from './fill-shapes.ts';

/** Rows to and fro over a square of 10 mm, those of the middle with a slit as wide as given. */
const rowsWithSlit = (slitMm: number): Sewn => {
  const points: number[] = [];
  for (let row = 0; row < 29; row += 1) {
    const y = 0.1 + 0.35 * row;
    const middle = row > 12 && row < 15 ? [[5 - slitMm / 2, 5 + slitMm / 2]] : [];
    const xs = [0, ...middle.flat(), 10];
    for (const x of row % 2 === 0 ? xs : xs.toReversed()) points.push(x, y);
  }
  const roles = new Uint8Array(points.length / 2).fill(ROLE.top);
  // What leads over the slit is no upper thread.
  if (slitMm > 0) for (const row of [13, 14]) roles[2 * row + 2 * (row - 13) + 2] = ROLE.travel;
  return { points: Float64Array.from(points), roles };
};

describe('darning', () => {
  test('leaves closed work as it is', () => {
    const sewn = rowsWithSlit(0);
    expect(darnGaps(square(0, 0, 10), sewn)).toBe(sewn);
  });

  test('goes into a patch and back to the same place, and changes nothing else', () => {
    const sewn = rowsWithSlit(1.4);
    const darned = darnGaps(square(0, 0, 10), sewn);
    const added = (darned.roles.length - sewn.roles.length) / 2;
    expect(added).toBeGreaterThanOrEqual(1);
    expect(added).toBeLessThanOrEqual(3);
    let [k, darns] = [0, 0];
    for (let i = 0; i < darned.roles.length; i += 1) {
      const [x, y] = [darned.points[2 * i], darned.points[2 * i + 1]];
      if (x === sewn.points[2 * k] && y === sewn.points[2 * k + 1]) k += 1;
      else {
        expect(Math.hypot((x ?? 0) - 5, (y ?? 0) - 4.8)).toBeLessThan(0.9);
        expect([darned.points[2 * i + 2], darned.points[2 * i + 3]]).toEqual([darned.points[2 * i - 2], darned.points[2 * i - 1]]);
        darns += 1;
        i += 1;
      }
    }
    expect([k, darns]).toEqual([sewn.roles.length, added]);
  });
});
