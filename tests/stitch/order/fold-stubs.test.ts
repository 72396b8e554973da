import { describe, expect, it } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { areaOfPath } from '../../../src/geometry/polygons.ts';
import { foldStubs } from '../../../src/stitch/order/fold-stubs.ts';
import type { FillArea, SatinColumn } from '../../../src/stitch/region.ts';
import { column } from './hand-work.ts';

const area: FillArea = { kind: 'fill', region: 0, path: rectPath(rectOf(0, 0, 30, 20)), angleDeg: 0, style: 'tatami' };

describe('foldStubs', () => {
  it('gives a short broad column back to the area beside it', () => {
    const parts = foldStubs([area, column(10, 19.6, 10, 22, 12)], 7);
    expect(parts.map(({ kind }) => kind)).toEqual(['fill']);
    const [grown] = parts;
    expect(grown?.kind === 'fill' ? areaOfPath(grown.path) : 0).toBeCloseTo(600 + 12 * 2, 0);
  });

  it('gives a slice along its side back to a large area, but no limb on its rim', () => {
    const large: FillArea = { ...area, path: rectPath(rectOf(0, 0, 80, 60)) };
    const slice = column(10, 61, 30, 61, 3);
    expect(foldStubs([large, slice], 7).map(({ kind }) => kind)).toEqual(['fill']);
    const limb = column(40, 59.6, 40, 75, 5);
    expect(foldStubs([large, limb], 7)).toEqual([large, limb]);
  });

  it('gives a corner that soon runs out to a point back to its area, but no long spike', () => {
    /** From the lower side of the area down to a point, as far as told. */
    const wedge = (lengthMm: number, region = 0): SatinColumn => {
      const steps = Array.from({ length: 9 }, (_, i) => i / 8);
      const side = (sign: number) => Float64Array.from(steps.flatMap((t) => [15 + sign * 3 * (1 - t), 19.9 + lengthMm * t]));
      return { kind: 'satin', region, left: side(-1), right: side(1), closed: false };
    };
    const [grown, ...others] = foldStubs([area, wedge(8)], 7);
    expect(others).toEqual([]);
    expect(grown?.kind === 'fill' ? areaOfPath(grown.path) : 0).toBeCloseTo(600 + 24 - 0.6, 0);
    for (const parts of [
      [area, wedge(20)],
      [area, wedge(8, 1)],
    ])
      expect(foldStubs(parts, 7)).toEqual(parts);
  });

  it('leaves limbs, slim columns and columns by themselves alone', () => {
    const limb = column(10, 19.6, 10, 40, 6);
    const bar = column(10, 19.6, 10, 32, 9);
    const lonely = column(60, 0, 60, 2, 12);
    for (const parts of [[area, limb], [area, bar], [lonely], [area, lonely]]) expect(foldStubs(parts, 7)).toEqual(parts);
  });
});
