import { describe, expect, test } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { areaOfPath, intersectPaths } from '../../../src/geometry/polygons.ts';
import { columnArea } from '../../../src/stitch/columns/column-area.ts';
import type { Rung } from '../../../src/stitch/columns/rungs.ts';
import { slantEnd } from '../../../src/stitch/columns/slant-end.ts';
import { areaOfRungs } from '../../../src/stitch/columns/split-region.ts';

/** A bar 3 mm wide along x from 0 to 12 mm. */
const bar: readonly Rung[] = Array.from({ length: 41 }, (_, i) => ({ left: { x: 0.3 * i, y: 0 }, right: { x: 0.3 * i, y: 3 } }));
/** A column from x = 6 on at the top of the bar, and `lean` mm farther on at its bottom. */
const across = (lean: number): readonly Rung[] =>
  [-30, 33].map((y) => ({ left: { x: 6 + (lean * y) / 3, y }, right: { x: 40 + (lean * y) / 3, y } }));
const endOf = (lean: number): readonly Rung[] => slantEnd(bar, columnArea({ rungs: across(lean), closed: false }), 0.2);
const sharedWith = (lean: number, rungs: readonly Rung[]): number =>
  areaOfPath(intersectPaths(areaOfRungs(rungs, false), areaOfRungs(across(lean), false)));
const isCrossed = (rungs: readonly Rung[]): boolean =>
  rungs.some((rung, i) => {
    const before = rungs[i - 1];
    return before !== undefined && (rung.left.x < before.left.x - 1e-6 || rung.right.x < before.right.x - 1e-6);
  });

describe('the end of a stroke in another column', () => {
  test.each([0, 1, 2, 4, 5])('lies along the edge of that column, which leans by %i mm, and nowhere deeper', (lean) => {
    const rungs = endOf(lean);
    const edgeMm = Math.hypot(3, lean);
    expect(sharedWith(lean, rungs)).toBeLessThan(0.25 * edgeMm);
    expect(sharedWith(lean, rungs)).toBeGreaterThan(0.1 * edgeMm);
    expect(isCrossed(rungs)).toBe(false);
    // Nothing before the edge is lost.
    const whole = 3 * 6 + 1.5 * lean;
    expect(areaOfPath(intersectPaths(areaOfRungs(rungs, false), rectPath({ x: 0, y: 0, width: 12, height: 3 })))).toBeGreaterThan(whole);
  });

  test('keeps its stitches across where the edge is steep', () => {
    const last = endOf(6).filter(({ left, right }) => Math.abs(right.y - left.y) > 0.8);
    for (const { left, right } of last) expect(Math.abs(right.x - left.x)).toBeLessThan(0.25 * Math.abs(right.y - left.y) + 0.1);
  });

  test('stays as it is where its new end would leave cloth open', () => {
    // A round column that bulges away: between the places where the rails come to it, its edge lies behind the line that joins them.
    const hollow: readonly Rung[] = [
      { left: { x: 6, y: -20 }, right: { x: 40, y: -20 } },
      { left: { x: 6, y: 0.2 }, right: { x: 40, y: 0.2 } },
      { left: { x: 8, y: 1.5 }, right: { x: 40, y: 1.5 } },
      { left: { x: 6, y: 2.8 }, right: { x: 40, y: 2.8 } },
      { left: { x: 6, y: 20 }, right: { x: 40, y: 20 } },
    ];
    expect(slantEnd(bar, columnArea({ rungs: hollow, closed: false }), 0.2)).toBe(bar);
  });
});
