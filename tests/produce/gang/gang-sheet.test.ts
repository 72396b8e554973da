import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOfPath } from '../../../src/geometry/path.ts';
import { containsRect, inflate, intersectionOf, rectOf } from '../../../src/geometry/point.ts';
import { type GangOptions, gangSheet } from '../../../src/produce/gang/gang-sheet.ts';

const OPTIONS: GangOptions = { widthMm: 560, gapMm: 8, marginMm: 5, maxLengthMm: 3000, rotate: true, labelMm: 4.4, labelWidthMm: 25 };

const pieces = fc
  .array(fc.record({ widthMm: fc.integer({ min: 10, max: 400 }), heightMm: fc.integer({ min: 10, max: 500 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((sizes) => sizes.map((size, i) => ({ id: `p${i}`, ...size })));

describe('pieces on film', () => {
  test('never come nearer to each other than the gap, nor to the edges than the margin, and none is lost', () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (given, rotate) => {
        const plan = gangSheet(given, { ...OPTIONS, rotate, maxLengthMm: 1200 });
        for (const { widthMm, heightMm, places } of plan.sheets) {
          const film = inflate(rectOf(0, 0, widthMm, heightMm), -5 + 1e-6);
          places.forEach(({ block, art }, i) => {
            expect(block.x >= film.x && block.y >= film.y && block.x + block.width <= film.x + film.width).toBe(true);
            expect(block.y + block.height <= film.y + film.height).toBe(true);
            expect(containsRect(block, art, 1e-6)).toBe(true);
            for (const other of places.slice(i + 1)) expect(intersectionOf(inflate(block, 8 - 1e-6), other.block)).toBeNull();
          });
          expect(heightMm).toBeLessThanOrEqual(1200 + 1e-6);
        }
        const placed = plan.sheets.flatMap(({ places }) => places.map(({ id }) => id));
        expect([...placed, ...plan.tooLarge].sort()).toEqual(given.map(({ id }) => id).sort());
      }),
      { numRuns: 40 },
    );
  });

  test('have corners to cut along in the gap, each within its own half', () => {
    const plan = gangSheet([{ id: 'a', widthMm: 100, heightMm: 50 }], OPTIONS);
    const [sheet] = plan.sheets;
    const block = sheet?.places[0]?.block ?? rectOf(0, 0, 0, 0);
    expect(block.height).toBeCloseTo(54.4, 6);
    expect(boundsOfPath(sheet?.cutMarks ?? { verbs: new Uint8Array(0), coords: new Float64Array(0) })).toEqual(inflate(block, 4));
  });

  test('turn with their labels, art at the right', () => {
    const plan = gangSheet([{ id: 'long', widthMm: 900, heightMm: 100 }], OPTIONS);
    expect(plan.sheets[0]?.places).toEqual([{ id: 'long', rotated: true, block: rectOf(5, 5, 104.4, 900), art: rectOf(9.4, 5, 100, 900) }]);
    expect(gangSheet([{ id: 'long', widthMm: 900, heightMm: 100 }], { ...OPTIONS, rotate: false }).tooLarge).toEqual(['long']);
  });

  test('of a mixed day use at least four fifths of the film', () => {
    const day = [
      [260, 260, 3],
      [250, 356, 2],
      [80, 80, 6],
      [90, 60, 4],
      [176, 212, 2],
      [66, 63, 8],
      [250, 300, 1],
      [280, 90, 3],
      [24, 32, 12],
    ].flatMap(([widthMm = 0, heightMm = 0, count = 0], kind) =>
      Array.from({ length: count }, (_, i) => ({ id: `${kind}-${i}`, widthMm, heightMm })),
    );
    const plan = gangSheet(day, OPTIONS);
    expect(plan.tooLarge).toEqual([]);
    expect(plan.utilisation).toBeGreaterThan(0.8);
  });
});
