import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiply, translation } from '../../../src/geometry/affine.ts';
import { boundsOfPath, isEmptyPath, type Path, transformPath } from '../../../src/geometry/path.ts';
import { inflate, intersectionOf, rectOf } from '../../../src/geometry/point.ts';
import { intersectPaths, offsetPath } from '../../../src/geometry/polygons.ts';
import { ellipsePath, heartPath, starPath } from '../../../src/geometry/shapes.ts';
import { type ScatterOptions, type Strewn, scatter } from '../../../src/scene/scatter/scatter.ts';

const MOTIFS = [ellipsePath(rectOf(0, 0, 30, 40)), heartPath(rectOf(5, 5, 12, 11)), starPath(rectOf(-4, -4, 9, 9), 5, 0.5)];
const options = (more: Partial<ScatterOptions> = {}): ScatterOptions => ({
  widthMm: 120,
  heightMm: 100,
  gapMm: 2,
  seed: 1,
  size: [0.8, 1.15],
  turnDeg: 25,
  most: [undefined, undefined, undefined],
  ...more,
});

/** Every copy in the tile and in the eight around it, so that seams count. */
const copiesOf = (
  strewn: readonly Strewn[],
  motifs: readonly Path[],
  { widthMm, heightMm }: ScatterOptions,
): readonly (readonly [number, Path])[] =>
  strewn.flatMap(({ motif, map }, i) =>
    [-1, 0, 1].flatMap((column) =>
      [-1, 0, 1].map(
        (row) =>
          [
            i,
            transformPath(motifs[motif] ?? heartPath(rectOf(0, 0, 1, 1)), multiply(translation(column * widthMm, row * heightMm), map)),
          ] as const,
      ),
    ),
  );

/** Pairs that come nearer than `gap`: of each copy in the tile with every other, its own repeats too. */
const meetings = (strewn: readonly Strewn[], motifs: readonly Path[], settings: ScatterOptions, gap: number): number => {
  const copies = copiesOf(strewn, motifs, settings);
  let met = 0;
  strewn.forEach(({ motif, map }, i) => {
    const own = transformPath(motifs[motif] ?? heartPath(rectOf(0, 0, 1, 1)), map);
    const grown = offsetPath(own, gap, 'round', 'nonzero', 0.05);
    const reach = boundsOfPath(grown);
    copies.forEach(([j, other], k) => {
      const isItself = i === j && k % 9 === 4;
      const box = boundsOfPath(other);
      if (isItself || !reach || !box || !intersectionOf(inflate(reach, 0.1), box)) return;
      if (!isEmptyPath(intersectPaths(grown, other, 'nonzero', 0.05))) met += 1;
    });
  });
  return met;
};

describe('scatter', () => {
  it('keeps the gap between all copies, across the seams too, whatever the seed and the sizes', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 0, max: 1_000_000 }),
          widthMm: fc.integer({ min: 70, max: 160 }),
          heightMm: fc.integer({ min: 70, max: 160 }),
          gapMm: fc.integer({ min: 0, max: 6 }),
          turnDeg: fc.integer({ min: 0, max: 180 }),
        }),
        (more) => {
          const settings = options(more);
          const strewn = scatter(MOTIFS, settings);
          expect(strewn.length).toBeGreaterThan(2);
          expect(meetings(strewn, MOTIFS, settings, Math.max(0, more.gapMm - 0.05))).toBe(0);
        },
      ),
      { numRuns: 6, seed: 7 },
    );
  });

  it('gives the same places for the same seed and others for another', () => {
    const places = (seed: number): string => JSON.stringify(scatter(MOTIFS, options({ seed })));
    expect(places(5)).toBe(places(5));
    expect(places(5)).not.toBe(places(6));
  });

  it('mixes all motifs, the small ones more often, over about half of the tile', () => {
    const strewn = scatter(MOTIFS, options({ widthMm: 160, heightMm: 160 }));
    const counts = MOTIFS.map((_, i) => strewn.filter(({ motif }) => motif === i).length);
    expect(counts[0]).toBeGreaterThanOrEqual(6);
    expect(counts[1]).toBeGreaterThan(counts[0] ?? 0);
    expect(counts[2]).toBeGreaterThan(counts[0] ?? 0);
  });

  it('spreads the copies of a motif evenly', () => {
    const settings = options({ widthMm: 160, heightMm: 160, most: [6, 0, 0], turnDeg: 0, size: [1, 1] });
    const strewn = scatter(MOTIFS, settings);
    expect(strewn).toHaveLength(6);
    const quarters = strewn.map(
      ({ map }) => `${Math.floor(((((map[4] + 15) % 160) + 160) % 160) / 80)}${Math.floor(((((map[5] + 20) % 160) + 160) % 160) / 80)}`,
    );
    expect(new Set(quarters).size).toBeGreaterThanOrEqual(3);
  });

  it('takes no more copies than it is told, and none of what does not fit', () => {
    const counts = scatter(MOTIFS, options({ most: [2, 3, 1] })).reduce(
      (sum, { motif }) => sum.map((n, i) => n + (i === motif ? 1 : 0)),
      [0, 0, 0],
    );
    expect(counts).toEqual([2, 3, 1]);
    expect(scatter([ellipsePath(rectOf(0, 0, 190, 160))], options())).toEqual([]);
    expect(scatter([{ verbs: new Uint8Array(), coords: new Float64Array() }], options())).toEqual([]);
  });
});
