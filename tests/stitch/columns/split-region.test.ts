import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinPaths, type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { areaOfPath, intersectPaths, offsetPath, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { strokeOutline } from '../../../src/geometry/stroke.ts';
import { splitRegion } from '../../../src/stitch/columns/split-region.ts';
import type { SatinColumn, SewPart, StitchRegion } from '../../../src/stitch/region.ts';
import { lettersIn } from '../support/letters-of.ts';
import { coverOf, OPTIONS, regionOf } from '../support/regions.ts';

const rect = (x: number, y: number, width: number, height: number): Path => rectPath({ x, y, width, height });
const partsOf = (path: Path, more: Partial<StitchRegion> = {}): readonly SewPart[] => splitRegion(regionOf(path, more), 0, OPTIONS).parts;
const kindsOf = (parts: readonly SewPart[]): string => parts.map(({ kind }) => kind).join(' ');
const columnsOf = (parts: readonly SewPart[]): readonly SatinColumn[] => parts.filter((part): part is SatinColumn => part.kind === 'satin');

const areaOfAll = (paths: readonly Path[]): number => (paths.length > 0 ? areaOfPath(unionPaths(paths)) : 0);

const FONTS: readonly (readonly [string, string])[] = [
  ['Lora', 'aegRS&Q'],
  ['Inter', 'aegRSK&8'],
  ['Open Sans', 'ЖукдЯфЩ'],
  ['Roboto Slab', 'aegRSk&'],
  ['Playfair Display', 'AegRSk&'],
  ['Pacifico', 'aegRSk&'],
  ['Lobster', 'aegRSk&'],
  ['Noto Sans JP', '漢字永語'],
  ['Noto Naskh Arabic', 'عربيةه'],
  ['Noto Sans Devanagari', 'नमस्ते'],
];

describe('letters', () => {
  test.each(FONTS.flatMap(([family, text]) => [8, 12, 20].map((cap) => [family, text, cap] as const)))(
    'of %s (%s) at %i mm are satin where they are wide enough, and covered by their parts',
    async (family, text, cap) => {
      let [all, missed, wide, satin, outside] = [0, 0, 0, 0, 0];
      for (const path of await lettersIn(text, family, cap)) {
        const parts = partsOf(path);
        const solid = unionPaths([path]);
        all += areaOfPath(solid);
        missed += areaOfPath(subtractPaths(solid, unionPaths(parts.map(coverOf))));
        // What a disc of 1 mm can roll over: where the local width is at least that.
        const opened = offsetPath(offsetPath(solid, -0.5), 0.5);
        const columns = unionPaths(columnsOf(parts).map(coverOf));
        wide += areaOfPath(opened);
        satin += areaOfPath(intersectPaths(opened, columns));
        outside += areaOfPath(subtractPaths(columns, solid));
      }
      expect(1 - missed / all).toBeGreaterThan(0.99);
      // Arabic at 8 mm is a millimetre at its thickest: next to nothing of it is wide.
      if (wide > 0.2 * all) expect(satin / wide).toBeGreaterThan(0.9);
      expect(outside / all).toBeLessThan(0.005);
    },
  );
});

describe('known shapes', () => {
  test('a bar is one column with square ends', () => {
    const [column, ...others] = partsOf(rect(0, 0, 30, 4));
    expect(others).toEqual([]);
    expect(column?.kind).toBe('satin');
    expect(areaOfAll(column ? [coverOf(column)] : [])).toBeCloseTo(120, 1);
  });

  test('a ring is one closed column', () => {
    const ring = subtractPaths(ellipsePath(rectBox(0, 0, 20)), ellipsePath(rectBox(3, 3, 14)));
    const parts = partsOf(ring);
    expect(kindsOf(parts)).toBe('satin');
    expect(columnsOf(parts)[0]?.closed).toBe(true);
  });

  test('a square and a disc are columns from end to end', () => {
    for (const path of [rect(0, 0, 4, 4), ellipsePath(rectBox(0, 0, 3))]) {
      const parts = partsOf(path);
      expect(kindsOf(parts)).toBe('satin');
      expect(areaOfAll(parts.map(coverOf)) / areaOfPath(path)).toBeGreaterThan(0.97);
    }
  });

  test('a T is a bar that runs through and a stem that goes on beneath it', () => {
    const path = unionPaths([joinPaths([rect(0, 0, 20, 4), rect(8, 0, 4, 24)])]);
    const columns = columnsOf(partsOf(path)).map(coverOf);
    expect(columns.length).toBe(2);
    const [a, b] = columns;
    const shared = a && b ? areaOfPath(intersectPaths(a, b)) : 0;
    // Sewn, the pull of the cloth adds as much again.
    expect(shared).toBeGreaterThan(0.15 * 4);
    expect(shared).toBeLessThan(0.8 * 6);
  });

  test('lines are followed, thick ones there, back and there', () => {
    expect(partsOf(rect(0, 0, 30, 0.3)).map((part) => part.kind === 'run' && part.passes)).toEqual([1]);
    expect(partsOf(rect(0, 0, 30, 0.6)).map((part) => part.kind === 'run' && part.passes)).toEqual([3]);
  });

  test('wide areas are filled, and what sticks out of them is satin that goes on beneath the fill', () => {
    const parts = partsOf(unionPaths([joinPaths([rect(0, 0, 40, 30), rect(40, 12, 30, 3)])]));
    expect(kindsOf(parts)).toBe('fill satin');
    const [fill, arm] = parts.map(coverOf);
    expect(fill && arm ? areaOfPath(intersectPaths(fill, arm)) : 0).toBeGreaterThan(0.5);
  });

  test('strokes that swell a little beyond the widest column stay satin, those of broad shapes do not', () => {
    const seven = { ...OPTIONS, splitSatinMm: 7 };
    const sewn = (path: Path): string => kindsOf(splitRegion(regionOf(path), 0, seven).parts);
    const stem = (stemMm: number): Path => unionPaths([joinPaths([rect(0, 0, 30, 6), rect(10, 0, stemMm, 40)])]);
    expect(sewn(stem(8.2))).toBe('satin satin');
    expect(sewn(stem(14))).toContain('fill');
    // Strokes go on through joints whatever their width: no patch of filling where two meet.
    expect(sewn(unionPaths([joinPaths([rect(0, 0, 7.3, 40), rect(0, 17, 25, 6.5)])]))).toBe('satin satin');
  });

  test('the wish of the region is kept', () => {
    expect(kindsOf(partsOf(rect(0, 0, 30, 4), { stitch: 'tatami' }))).toBe('fill');
    expect(partsOf(rect(0, 0, 30, 30), { stitch: 'contour' }).map((part) => part.kind === 'fill' && part.style)).toEqual(['contour']);
    expect(kindsOf(partsOf(rect(0, 0, 30, 4), { stitch: 'run' }))).toBe('run');
    expect(partsOf(rect(0, 0, 30, 4), { stitch: 'run' }).some((part) => 'sides' in part)).toBe(false);
    expect(kindsOf(partsOf(rect(0, 0, 60, 20), { stitch: 'satin' }))).toBe('satin');
  });
});

const rectBox = (x: number, y: number, size: number) => ({ x, y, width: size, height: size });

const boxOf = ({ left, right }: SatinColumn): { readonly width: number; readonly height: number } => {
  const [xs, ys] = [0, 1].map((k) => [...left, ...right].filter((_, i) => i % 2 === k)) as [number[], number[]];
  return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
};

describe('joints', () => {
  test('strokes that cross run through or butt, whatever lies close by', () => {
    // The upper half of a Han character: two bars, and a stem between and above them that is short beside its width.
    const path = unionPaths([joinPaths([rect(0, 5, 26, 2), rect(-3, 9, 32, 2), rect(12, 0, 2.5, 10)])]);
    const boxes = columnsOf(partsOf(path)).map(boxOf);
    expect(boxes.filter(({ width }) => width > 25.9).length).toBe(2);
    // Nothing bends from a bar into the stem: what is left is as wide as the stem.
    expect(boxes.filter(({ width }) => width <= 25.9).map(({ width }) => Math.round(width * 10) / 10)).toEqual([2.5, 2.5]);
  });

  test('strokes that meet at an acute corner keep their stitches across: one grows shorter to a point', () => {
    const v = new PathBuilder().moveTo(0, 0).lineTo(5, 0).lineTo(11.5, 18).lineTo(18, 0).lineTo(23, 0).lineTo(14, 25).lineTo(9, 25).close();
    const columns = columnsOf(partsOf(v.finish()));
    expect(columns.length).toBe(2);
    for (const { left, right } of columns) {
      for (let i = 0; i < left.length; i += 2) {
        const [dx, dy] = [(right[i] ?? 0) - (left[i] ?? 0), (right[i + 1] ?? 0) - (left[i + 1] ?? 0)];
        // The legs lean by 20 degrees; turned into the cut a stitch would stand at 70.
        expect(Math.abs(dy)).toBeLessThan(Math.tan(Math.PI / 4) * Math.abs(dx) + 0.3);
      }
    }
    const solid = unionPaths([v.finish()]);
    expect(areaOfPath(subtractPaths(solid, unionPaths(columns.map(coverOf))))).toBeLessThan(0.004 * areaOfPath(solid));
  });

  test('a stem that is the end of a bar and longer than it goes up to the far outline, and no stitch of it leaves the shape', () => {
    const word = unionPaths([joinPaths([rect(0, 0, 15, 3.3), rect(9.6, 0, 4.4, 30)])]);
    const path = offsetPath(word, 1.6, 'round');
    const grown = offsetPath(unionPaths([path]), 0.1);
    for (const { left, right } of columnsOf(partsOf(path))) {
      for (let i = 0; i < left.length; i += 2) {
        const way = new PathBuilder().moveTo(left[i] ?? 0, left[i + 1] ?? 0).lineTo(right[i] ?? 0, right[i + 1] ?? 0);
        const stitch = strokeOutline(way.finish(), { widthMm: 0.02, cap: 'butt', join: 'round', miterLimit: 4 });
        expect(areaOfPath(subtractPaths(stitch, grown))).toBeLessThan(0.002);
      }
    }
  });

  test('the stem of a K with serifs runs past its arm, near as the arm is to the foot', async () => {
    const [letter] = await lettersIn('K', 'Roboto Slab', 20);
    const boxes = letter ? columnsOf(partsOf(letter)).map(boxOf) : [];
    expect(boxes.some(({ width, height }) => height > 14 && width < 5)).toBe(true);
  });
});

describe('short limbs', () => {
  test('a stem goes on into its stub above an arm, and the arm butts', async () => {
    const [letter] = await lettersIn('r', 'Lobster', 25);
    const boxes = letter ? columnsOf(partsOf(letter)).map(boxOf) : [];
    expect(boxes.some(({ width, height }) => height > 14 && width < 9)).toBe(true);
  });
});

describe('any shape', () => {
  test('is covered by its parts, the same way every time', () => {
    const spot = fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true }));
    fc.assert(
      fc.property(fc.array(spot, { minLength: 3, maxLength: 10 }), (points) => {
        const out = new PathBuilder();
        for (const [i, [x, y]] of points.entries()) i === 0 ? out.moveTo(x, y) : out.lineTo(x, y);
        const path = out.close().finish();
        const parts = partsOf(path);
        expect(partsOf(path)).toEqual(parts);
        for (const part of parts) {
          const numbers = part.kind === 'satin' ? [...part.left, ...part.right] : part.kind === 'run' ? [...part.points] : [];
          expect(numbers.every(Number.isFinite)).toBe(true);
        }
        // Splinters and needle points are more than one part in a hundred of such shapes.
        const solid = unionPaths([path]);
        const firm = offsetPath(offsetPath(solid, -0.3), 0.3);
        const missed = areaOfPath(subtractPaths(firm, unionPaths(parts.map(coverOf))));
        expect(missed).toBeLessThan(0.02 * areaOfPath(solid) + 0.5);
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  test('of more points than any drawing has is left out with a remark', () => {
    const dust = new PathBuilder();
    for (let i = 0; i < 14_000; i += 1) {
      const [x, y] = [(i % 200) * 1.5, Math.floor(i / 200) * 1.5];
      dust
        .moveTo(x, y)
        .lineTo(x + 1, y)
        .lineTo(x, y + 1)
        .close();
    }
    const { parts, remarks } = splitRegion(regionOf(dust.finish()), 0, OPTIONS);
    expect(parts).toEqual([]);
    expect(remarks.map(({ code }) => code)).toEqual(['stitch.too-complex']);
  });

  test('that is too small is left out with a remark', () => {
    const { parts, remarks } = splitRegion(regionOf(rect(5, 5, 0.05, 0.05)), 3, OPTIONS);
    expect(parts).toEqual([]);
    expect(remarks.map(({ code, region }) => [code, region])).toEqual([['stitch.skipped', 3]]);
  });
});
