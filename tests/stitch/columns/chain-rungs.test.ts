import { describe, expect, test } from 'vitest';
import { contoursOf } from '../../../src/geometry/contours.ts';
import type { Path } from '../../../src/geometry/path.ts';
import { offsetPath, unionPaths } from '../../../src/geometry/polygons.ts';
import { splitRegion } from '../../../src/stitch/columns/split-region.ts';
import { lettersIn } from '../support/letters-of.ts';
import { OPTIONS, regionOf } from '../support/regions.ts';

/** No needle notices less than this, mm. */
const BEYOND_MM = 0.12;

const holds = (rings: readonly Path[], x: number, y: number): boolean => {
  let inside = false;
  for (const { coords } of rings) {
    let [ax, ay] = [coords.at(-2) ?? 0, coords.at(-1) ?? 0];
    for (let i = 0; i + 1 < coords.length; i += 2) {
      const [bx, by] = [coords[i] ?? 0, coords[i + 1] ?? 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      [ax, ay] = [bx, by];
    }
  }
  return inside;
};

/** The ends of stitches of columns that lie outside of a shape by more than so much. */
const strayEnds = (path: Path): readonly string[] => {
  const rings = contoursOf(offsetPath(unionPaths([path]), BEYOND_MM));
  return splitRegion(regionOf(path), 0, OPTIONS).parts.flatMap((part) => {
    if (part.kind !== 'satin') return [];
    const ends = [...part.left, ...part.right];
    return ends.flatMap((x, i) => {
      const y = ends[i + 1] ?? 0;
      return i % 2 === 0 && !holds(rings, x, y) ? [`${x.toFixed(2)} ${y.toFixed(2)}`] : [];
    });
  });
};

describe('rungs of a stroke that butts against another one', () => {
  test.each([
    ['Playfair Display', 'AEFKLMNRTVWYZ'],
    ['Abril Fatface', 'AEFKLMNRTVWYZ'],
    ['Roboto Slab', 'AEFKLMNRTVWYZ'],
    ['Cinzel', 'AEFKLMNRTVWYZ'],
    ['Open Sans', 'AEFKLMNRTVWYZ'],
  ])('end within the outline: %s', async (family, text) => {
    for (const cap of [12, 20]) for (const path of await lettersIn(text, family, cap)) expect(strayEnds(path)).toEqual([]);
  });
});
