import { describe, expect, test } from 'vitest';
import { boundsOfPath, EMPTY_PATH, joinPaths, type Path, rectPath } from '../../../src/geometry/path.ts';
import { pathContainsPoint, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { splitRegion } from '../../../src/stitch/columns/split-region.ts';
import { defaultOptions } from '../../../src/stitch/digitize.ts';
import { lettersIn } from '../support/letters-of.ts';
import { coverOf, OPTIONS, regionOf } from '../support/regions.ts';

const rect = (x: number, y: number, width: number, height: number): Path => rectPath({ x, y, width, height });
const disc = (x: number, y: number, r: number): Path => ellipsePath({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
const kindsOf = (path: Path): readonly string[] =>
  splitRegion(regionOf(path), 0, defaultOptions(OPTIONS.fabric)).parts.map(({ kind }) => kind);

describe('what is no limb of a filled shape', () => {
  test.each([8, 8.5, 9, 12, 15])('the round ends of a disc of %i mm are no columns', (r) => {
    expect(kindsOf(disc(r, r, r))).toEqual(['fill']);
  });

  test('the necks between the holes of a face are filled with it', () => {
    const face = subtractPaths(disc(30, 30, 30), joinPaths([disc(20, 22, 5), disc(40, 22, 5), disc(30, 42, 9)]));
    expect(kindsOf(face)).toEqual(['fill']);
  });

  test('a neck that flares from thin to wide is filled, however long', () => {
    const plate = subtractPaths(rect(0, 0, 80, 45), joinPaths([disc(20, 36, 7), disc(40, 36, 7), disc(60, 36, 7)]));
    expect(kindsOf(plate)).toEqual(['fill']);
  });

  test('limbs with an end of their own stay columns', () => {
    const teeth = [0, 1, 2, 3].map((i) => rect(4 + 14 * i, 19, 6, 7));
    expect(kindsOf(unionPaths([rect(0, 0, 60, 20), ...teeth]))).toEqual(['fill', 'satin', 'satin', 'satin', 'satin']);
    expect(kindsOf(unionPaths([disc(15, 15, 15), rect(28, 12, 20, 5)]))).toEqual(['fill', 'satin']);
  });

  test('long links stay columns', () => {
    expect(kindsOf(unionPaths([disc(12, 12, 12), rect(22, 9, 26, 5), disc(58, 12, 12)]))).toEqual(['fill', 'fill', 'satin']);
  });

  test('serifs and hairlines of large letters stay columns', async () => {
    const [letter] = await lettersIn('k', 'Abril Fatface', 58);
    const columns = splitRegion(regionOf(letter ?? EMPTY_PATH), 0, defaultOptions(OPTIONS.fabric)).parts.filter(
      (part) => part.kind === 'satin',
    );
    const holds = (x: number, y: number): boolean => columns.some((column) => pathContainsPoint(coverOf(column), { x, y }));
    const box = boundsOfPath(letter ?? EMPTY_PATH);
    const { x: left = 0, y: top = 0 } = box ?? {};
    // The thin half of the arm, its serif, both ends of the foot and the flag at the head.
    const places = [
      [38.2, 27],
      [44.6, 23.4],
      [4, 61.3],
      [22, 61.3],
      [3, 1.3],
    ] as const;
    expect(places.map(([x, y]) => holds(left + x, top + y))).toEqual(places.map(() => true));
  });

  test('strokes that are mostly satin stay it', () => {
    const frame = subtractPaths(rect(0, 0, 40, 40), rect(5, 5, 30, 30));
    expect(kindsOf(unionPaths([frame, disc(20, 2.5, 6)]))).toContain('satin');
  });
});
