import { describe, expect, it } from 'vitest';
import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { subtractPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { digitize } from '../../../src/stitch/digitize.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { options, region } from '../order/hand-work.ts';

const disc = (x: number, y: number, mm: number): Path => ellipsePath(rectOf(x - mm, y - mm, 2 * mm, 2 * mm));
const minus = (path: Path, ...holes: readonly Path[]): Path => holes.reduce((left, hole) => subtractPaths(left, hole), path);
const spokes = [0, 1, 2, 3, 4, 5].map((k) => disc(30 + 18 * Math.cos((k * Math.PI) / 3), 30 + 18 * Math.sin((k * Math.PI) / 3), 5));

describe('contour rings about holes', () => {
  it.each([
    ['a ring', minus(disc(25, 25, 25), disc(25, 25, 9))],
    ['a wheel with seven holes', minus(disc(30, 30, 30), ...spokes, disc(30, 30, 7))],
    ['an L', minus(rectPath(rectOf(0, 0, 40, 40)), rectPath(rectOf(14, -1, 40, 27)))],
    ['a cheese', minus(rectPath(rectOf(0, 0, 50, 40)), disc(12, 12, 5), disc(30, 12, 4), disc(40, 28, 6), disc(18, 30, 5))],
  ] as const)('hide their ways and close their seams: %s', (_, path) => {
    const regions = [{ ...region(path, '#c3232e'), stitch: 'contour' as const }];
    const figures = measureQuality(digitize(regions, options()).plan, regions, options());
    expect(figures.gaps).toBe(0);
    expect(figures.travelHidden).toBeGreaterThan(0.985);
    expect(figures.sameHoleMax).toBeLessThanOrEqual(3);
    expect(figures.longestMm).toBeLessThan(4.5);
    expect(figures.coverage).toBeGreaterThan(0.996);
    expect(figures.travelShare).toBeLessThan(0.05);
    expect(figures.overshootShare).toBe(0);
    expect(figures.trims).toBe(0);
  });
});
