import { describe, expect, test } from 'vitest';
import { joinPaths, type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { pathContainsPoint, unionPaths } from '../../../src/geometry/polygons.ts';
import { defaultOptions, digitize } from '../../../src/stitch/digitize.ts';
import { ROLE, type Run } from '../../../src/stitch/plan.ts';
import type { Digitized } from '../../../src/stitch/region.ts';
import { OPTIONS, regionOf } from '../support/regions.ts';

const puff = (path: Path): Digitized => digitize([regionOf(path)], { ...defaultOptions(OPTIONS.fabric), puff: true });
const bar = (widthMm: number): Path => rectPath(rectOf(0, 0, 30, widthMm));

type Hole = { readonly x: number; readonly y: number; readonly role: number };

const holesOf = ({ points, roles }: Run): readonly Hole[] =>
  Array.from(roles, (role, i) => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0, role }));
const afterFoam = ({ plan }: Digitized): readonly Hole[] => plan.blocks.slice(1).flatMap(({ runs }) => runs.flatMap(holesOf));

describe('sewing over foam', () => {
  test('begins with a line inside the outline, and halts to lay the foam', () => {
    const path = bar(6);
    const [placement, ...rest] = puff(path).plan.blocks;
    expect(placement?.stopAfter).toBe(true);
    expect(placement?.note).toContain('foam');
    for (const { x, y } of placement?.runs.flatMap(holesOf) ?? []) expect(pathContainsPoint(path, { x, y })).toBe(true);
    expect(rest.every(({ stopAfter }) => !stopAfter)).toBe(true);
  });

  test('has no underlay on the foam and satin twice as close as on cloth', () => {
    const holes = afterFoam(puff(bar(6)));
    expect(holes.filter(({ role }) => role === ROLE.underlay)).toEqual([]);
    const edge = holes.filter(({ x, y, role }) => role === ROLE.satin && y < 0 && x > 8 && x < 22).map(({ x }) => x);
    edge.sort((a, b) => a - b);
    for (const [i, x] of edge.slice(1).entries()) expect(x - (edge[i] ?? 0)).toBeLessThan(0.25);
  });

  test('closes both ends of a bar with holes across it, half a millimetre apart at the most', () => {
    const holes = afterFoam(puff(bar(6))).filter(({ role }) => role === ROLE.satin);
    for (const isEnd of [({ x }: Hole) => x < -0.2, ({ x }: Hole) => x > 30.2]) {
      const across = holes.filter(isEnd).map(({ y }) => y);
      across.sort((a, b) => a - b);
      expect(across.at(-1) ?? 0).toBeGreaterThan(6);
      for (const [i, y] of across.slice(1).entries()) expect(y - (across[i] ?? 0)).toBeLessThan(0.5);
    }
  });

  test('leaves an end open that meets another stroke', () => {
    const path = unionPaths([joinPaths([rectPath(rectOf(0, 0, 24, 5)), rectPath(rectOf(9, 0, 5, 30))])]);
    const holes = afterFoam(puff(path)).filter(({ role, x }) => role === ROLE.satin && x > 9.6 && x < 13.4);
    // Holes within the width of the stem: caps have them, the satin itself has its holes on the rails.
    expect(holes.filter(({ y }) => y > 29).length).toBeGreaterThan(5);
    expect(holes.filter(({ y }) => y > 6 && y < 9)).toEqual([]);
  });

  test('tells strokes that foam does not suit: under 3 mm and over 12 mm', () => {
    expect(puff(bar(6)).remarks).toEqual([]);
    expect(puff(bar(2)).remarks.map(({ code, required }) => [code, required])).toEqual([['stitch.thin', 3]]);
    expect(puff(rectPath(rectOf(0, 0, 40, 30))).remarks.map(({ code, required }) => [code, required])).toEqual([['stitch.long', 12]]);
  });

  test('divides no stitch up to 12 mm, and has none a machine cannot take', () => {
    for (const widthMm of [4, 8, 11]) {
      for (const run of puff(bar(widthMm)).plan.blocks.flatMap(({ runs }) => runs)) {
        const holes = holesOf(run);
        for (const [i, { x, y }] of holes.slice(1).entries()) {
          const from = holes[i];
          if (from) expect(Math.max(Math.abs(x - from.x), Math.abs(y - from.y))).toBeLessThanOrEqual(12.1);
        }
        expect(holes.filter(({ x, y, role }) => role === ROLE.satin && x > 4 && x < 26 && y > 1 && y < widthMm - 1)).toEqual([]);
      }
    }
  });
});
