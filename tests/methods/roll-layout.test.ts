import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layRoll } from '../../src/methods/sublimation/roll-layout.ts';

const PAGE = { widthMm: 1000, lengthMm: 800, marginMm: 10, gapMm: 5 };
const item = fc.record({ widthMm: fc.double({ min: 5, max: 980, noNaN: true }), heightMm: fc.double({ min: 5, max: 780, noNaN: true }) });

describe('the layout of a roll', () => {
  it('places every item once, inside its page and with a gap to every other', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (items) => {
        const { places, lengths } = layRoll(items, PAGE);
        expect(places.map((one) => one.item)).toEqual(items.map((_, i) => i));
        const boxes = places.map(({ item: i, page, x, y }) => ({
          page,
          x,
          y,
          width: items[i]?.widthMm ?? 0,
          height: items[i]?.heightMm ?? 0,
        }));
        for (const { page, x, y, width, height } of boxes) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(PAGE.marginMm - 1e-6);
          expect(x + width).toBeLessThanOrEqual(PAGE.widthMm - PAGE.marginMm + 1e-5);
          expect(y + height).toBeLessThanOrEqual((lengths[page] ?? 0) - PAGE.marginMm + 1e-5);
          expect(lengths[page]).toBeLessThanOrEqual(PAGE.lengthMm + 1e-5);
        }
        const near = (a: (typeof boxes)[number], b: (typeof boxes)[number]): boolean => {
          const gap = PAGE.gapMm - 1e-5;
          return (
            a.page === b.page &&
            a.x < b.x + b.width + gap &&
            b.x < a.x + a.width + gap &&
            a.y < b.y + b.height + gap &&
            b.y < a.y + a.height + gap
          );
        };
        expect(boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => near(a, b)))).toEqual([]);
      }),
    );
  });

  it('puts small items under one another beside a tall one', () => {
    const sleeve = { widthMm: 300, heightMm: 200 };
    const { places, lengths } = layRoll([{ widthMm: 600, heightMm: 420 }, sleeve, sleeve], PAGE);
    expect(places.map(({ x, y }) => [x, y])).toEqual([
      [10, 10],
      [615, 10],
      [615, 215],
    ]);
    expect(lengths).toEqual([440]);
  });

  it('gives an item that is longer than a page one of its own', () => {
    const { lengths, places } = layRoll(
      [
        { widthMm: 900, heightMm: 100 },
        { widthMm: 900, heightMm: 2000 },
      ],
      PAGE,
    );
    expect(lengths).toEqual([2020, 120]);
    expect(places.map(({ page }) => page)).toEqual([1, 0]);
  });
});
