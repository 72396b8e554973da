import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PackItem, type Packing, type PackOptions, packRectangles } from '../../src/geometry/pack-rectangles.ts';

/** The least gap between two items of one sheet; negative when they overlap. */
const closest = ({ sheets }: Packing): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const { items } of sheets) {
    items.forEach((a, i) => {
      for (const b of items.slice(i + 1)) {
        const across = Math.max(b.x - a.x - a.widthMm, a.x - b.x - b.widthMm);
        const down = Math.max(b.y - a.y - a.heightMm, a.y - b.y - b.heightMm);
        least = Math.min(least, Math.max(across, down));
      }
    });
  }
  return least;
};

const side = fc.double({ min: 1, max: 120, noNaN: true });
const items = fc
  .array(fc.record({ widthMm: side, heightMm: side }), { minLength: 1, maxLength: 40 })
  .map((list) => list.map((one, i): PackItem => ({ id: `i${i}`, ...one })));
const options: fc.Arbitrary<PackOptions> = fc.record(
  {
    widthMm: fc.double({ min: 40, max: 300, noNaN: true }),
    gapMm: fc.double({ min: 0, max: 10, noNaN: true }),
    maxHeightMm: fc.double({ min: 50, max: 400, noNaN: true }),
    rotate: fc.boolean(),
  },
  { requiredKeys: ['widthMm', 'gapMm', 'rotate'] },
);

/** Forty sizes of chest prints, sleeve prints, names and labels. */
const MIXED: readonly PackItem[] = Array.from({ length: 40 }, (_, i) => ({
  id: `art-${i}`,
  widthMm: 30 + ((i * 67) % 270),
  heightMm: 25 + ((i * 41) % 190),
}));

describe('packRectangles', () => {
  test('places every item once, apart, and on its sheet', () => {
    fc.assert(
      fc.property(items, options, (list, how) => {
        const packing = packRectangles(list, how);
        const placed = packing.sheets.flatMap((sheet) => sheet.items);
        expect([...placed.map(({ id }) => id), ...packing.tooLarge].sort()).toEqual(list.map(({ id }) => id).sort());
        expect(closest(packing)).toBeGreaterThan(how.gapMm - 1e-4);
        for (const { items: onSheet, heightMm } of packing.sheets) {
          expect(heightMm).toBeLessThanOrEqual((how.maxHeightMm ?? Number.POSITIVE_INFINITY) + 1e-4);
          for (const one of onSheet) {
            expect(Math.min(one.x, one.y)).toBeGreaterThanOrEqual(0);
            expect(one.x + one.widthMm).toBeLessThanOrEqual(how.widthMm + 1e-4);
            expect(one.y + one.heightMm).toBeLessThanOrEqual(heightMm + 1e-4);
            const asked = list.find(({ id }) => id === one.id);
            const size = one.rotated ? [asked?.heightMm, asked?.widthMm] : [asked?.widthMm, asked?.heightMm];
            expect([one.widthMm, one.heightMm]).toEqual(size);
            expect(one.rotated && !how.rotate).toBe(false);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('calls too large only what fits no empty sheet', () => {
    fc.assert(
      fc.property(items, options, (list, how) => {
        for (const id of packRectangles(list, how).tooLarge) {
          const { widthMm = 0, heightMm = 0 } = list.find((one) => one.id === id) ?? {};
          const fits = (w: number, h: number) => w <= how.widthMm && h <= (how.maxHeightMm ?? Number.POSITIVE_INFINITY);
          expect(fits(widthMm, heightMm) || (how.rotate && fits(heightMm, widthMm))).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['on a roll', { widthMm: 560, gapMm: 6, rotate: true }],
    ['on a roll, none turned', { widthMm: 560, gapMm: 6, rotate: false }],
    ['on sheets', { widthMm: 560, gapMm: 6, rotate: true, maxHeightMm: 1000 }],
  ])('covers four fifths of the film with forty mixed prints %s', (_, how) => {
    const packing = packRectangles(MIXED, how);
    expect(packing.tooLarge).toEqual([]);
    const covered = MIXED.reduce((sum, { widthMm, heightMm }) => sum + widthMm * heightMm, 0);
    const used = packing.sheets.reduce((sum, { heightMm }) => sum + heightMm * how.widthMm, 0);
    expect(packing.utilisation).toBeCloseTo(covered / used, 9);
    expect(covered / used).toBeGreaterThan(0.8);
  });

  test('gives the same places again, and fills a sheet to its very edges', () => {
    const how = { widthMm: 560, gapMm: 6, rotate: true };
    expect(packRectangles([...MIXED], how)).toEqual(packRectangles(MIXED, how));
    const tiles = Array.from({ length: 6 }, (_, i) => ({ id: `${i}`, widthMm: 29.9, heightMm: 44.85 }));
    const packing = packRectangles(tiles, { widthMm: 29.9 * 3 + 2 * 0.1, gapMm: 0.1, maxHeightMm: 44.85 * 2 + 0.1, rotate: false });
    expect(packing.sheets).toHaveLength(1);
    expect(packing.sheets[0]?.items).toHaveLength(6);
  });

  test('packs nothing without items, and refuses sizes that are none', () => {
    expect(packRectangles([], { widthMm: 10, gapMm: 0, rotate: false })).toEqual({ sheets: [], tooLarge: [], utilisation: 0 });
    const one = [{ id: 'a', widthMm: 1, heightMm: 1 }];
    expect(() => packRectangles(one, { widthMm: 0, gapMm: 0, rotate: false })).toThrow(RangeError);
    expect(() => packRectangles(one, { widthMm: 5, gapMm: -1, rotate: false })).toThrow(RangeError);
    expect(() => packRectangles([{ id: 'a', widthMm: Number.NaN, heightMm: 1 }], { widthMm: 5, gapMm: 0, rotate: false })).toThrow(
      RangeError,
    );
  });
});
