import { describe, expect, it } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { digitize } from '../../../src/stitch/digitize.ts';
import { BlockWays } from '../../../src/stitch/order/block-ways.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { options, region } from './hand-work.ts';

const square = (x: number, y: number, mm: number) => rectPath(rectOf(x, y, mm, mm));
const lengthOf = (way: readonly { readonly x: number; readonly y: number }[]): number =>
  way.reduce((sum, { x, y }, i) => sum + (i === 0 ? 0 : Math.hypot(x - (way[i - 1]?.x ?? x), y - (way[i - 1]?.y ?? y))), 0);

/** Squares of 9 mm in two colours. */
const checker = (light: string, dark: string) =>
  Array.from({ length: 24 }, (_, i) => {
    const [column, row] = [i % 6, Math.floor(i / 6)];
    return region(square(9 * column, 9 * row, 9), (column + row) % 2 ? dark : light);
  });

const figures = (light: string, dark: string) => {
  const regions = checker(light, dark);
  return measureQuality(digitize(regions, options()).plan, regions, options());
};

describe('the ways from piece to piece of one colour', () => {
  const [left, right] = [square(0, 0, 9), square(18, 0, 9)];

  it('lead beneath what lies between them and is sewn later', () => {
    const ways = new BlockWays([left, right], [square(8.5, 0, 10)]);
    const exit = ways.exitFrom(0);
    expect(exit?.x).toBeGreaterThan(8);
    ways.sewn(0);
    const way = ways.wayBetween({ x: 8.8, y: 4 }, { x: 18.5, y: 4 }) ?? [];
    expect(lengthOf(way)).toBeGreaterThan(9);
    expect(lengthOf(way)).toBeLessThan(12);
  });

  it('are none across open cloth, on what is sewn already, or where they would be too long', () => {
    expect(new BlockWays([left, right], []).exitFrom(0)).toBeNull();
    expect(new BlockWays([left, square(9.4, 0, 9)], []).wayBetween({ x: 8.9, y: 4 }, { x: 9.5, y: 4 })).toBeNull();
    const sewn = new BlockWays([left, right], []);
    sewn.sewn(0);
    expect(sewn.wayBetween({ x: 0.5, y: 4 }, { x: 8.5, y: 4 })).toBeNull();
    const far = new BlockWays([left, square(60, 0, 9)], [rectPath(rectOf(8.5, 0, 52, 9))]);
    expect(far.exitFrom(0)).toBeNull();
  });

  it('spare the squares of a checker most of their cuts', () => {
    const { trims, travelHidden, rightColourOnTop, exposedMm2 } = figures('#f2f2f2', '#111111');
    expect(trims).toBeLessThanOrEqual(10);
    expect(travelHidden).toBeGreaterThan(0.98);
    expect(rightColourOnTop).toBeGreaterThan(0.996);
    expect(exposedMm2).toBeLessThan(0.1);
  });

  it('never lead dark thread beneath light', () => {
    const runs = (under: string, over: string) =>
      digitize([region(left, under), region(right, under), region(rectPath(rectOf(8, 0, 11, 9)), over)], options()).plan.blocks.map(
        (block) => block.runs.length,
      );
    expect(runs('#111111', '#f2f2f2')).toEqual([2, 1]);
    expect(runs('#888888', '#111111')).toEqual([1, 1]);
  });
});
