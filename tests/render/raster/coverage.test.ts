import { describe, expect, it } from 'vitest';
import { joinPaths, type Path } from '../../../src/geometry/path.ts';
import type { FillRule } from '../../../src/scene/scene.ts';
import { alphaAt, circle, draw, filled, polygon, rect, stroked } from './scenes.ts';

/** Inside or not by the winding number at many points of each pixel: slow, independent and without any edge lists. */
const sampled = (points: readonly (readonly [number, number])[], rule: FillRule, size: number, perSide: number): Float64Array => {
  const coverage = new Float64Array(size * size);
  for (let row = 0; row < size * perSide; row++) {
    const y = (row + 0.5) / perSide;
    for (let column = 0; column < size * perSide; column++) {
      const x = (column + 0.5) / perSide;
      let winding = 0;
      points.forEach(([x0, y0], i) => {
        const [x1, y1] = points[(i + 1) % points.length] ?? [0, 0];
        if (y0 <= y !== y1 <= y && x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) < x) winding += y1 > y0 ? 1 : -1;
      });
      const inside = rule === 'nonzero' ? winding !== 0 : winding % 2 !== 0;
      const at = Math.floor(row / perSide) * size + Math.floor(column / perSide);
      if (inside) coverage[at] = (coverage[at] ?? 0) + 1 / (perSide * perSide);
    }
  }
  return coverage;
};

/** A small fixed sequence of numbers in 0..1 that look random. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

describe('coverage of one pixel', () => {
  it.each([
    ['half covered from the left', rect(0, 0, 1.5, 3), 128],
    ['half covered from above', rect(0, 0, 3, 1.5), 128],
    ['a quarter covered at the corner', rect(0, 0, 1.5, 1.5), 64],
    ['covered by a slim upright bar', rect(1.4, 0, 0.2, 3), 51],
    ['covered by a slim level bar', rect(0, 1.4, 3, 0.2), 51],
    ['covered by a small square inside it', rect(1.25, 1.25, 0.5, 0.5), 64],
    ['cut by its diagonal', polygon([1, 1], [2, 2], [1, 2]), 128],
    ['covered by a flat triangle', polygon([0, 1], [3, 1], [3, 2], [0, 1]), 128],
    ['wholly covered', rect(1, 1, 1, 1), 255],
  ])('is the exact area when %s', async (_, path: Path, expected) => {
    const alpha = alphaAt(await draw(3, 3, [filled(path)]), 1, 1);
    expect(Math.abs(alpha - expected)).toBeLessThanOrEqual(1);
  });

  it('does not grow when the same outline lies twice in a path', async () => {
    const once = rect(0.3, 0.3, 2.2, 2.2);
    const single = await draw(3, 3, [filled(once)]);
    const twice = await draw(3, 3, [filled(joinPaths([once, once]))]);
    expect(twice.rgba).toEqual(single.rgba);
    const cancelled = await draw(3, 3, [filled(joinPaths([once, once]), undefined, 'evenodd')]);
    expect(Math.max(...cancelled.rgba)).toBe(0);
  });

  it('leaves a hole where an inner outline runs the other way, under both rules', async () => {
    const ring = joinPaths([rect(0, 0, 9, 9), polygon([3, 3], [3, 6], [6, 6], [6, 3])]);
    for (const rule of ['nonzero', 'evenodd'] as const) {
      const picture = await draw(9, 9, [filled(ring, undefined, rule)]);
      expect([alphaAt(picture, 1, 4), alphaAt(picture, 4, 4), alphaAt(picture, 7, 4)]).toEqual([255, 0, 255]);
    }
  });

  it('keeps abutting shapes of one path without a seam', async () => {
    const halves = joinPaths([rect(0, 0, 4.37, 8), rect(4.37, 0, 3.63, 8)]);
    const picture = await draw(8, 8, [filled(halves)]);
    expect(Math.min(...picture.rgba.filter((_, i) => i % 4 === 3))).toBe(255);
  });
});

describe('coverage of polygons that cross themselves', () => {
  const size = 12;
  it.each(['nonzero', 'evenodd'] as const)('is the sampled area under the %s rule', async (rule) => {
    let worst = 0;
    for (let seed = 1; seed <= 24; seed++) {
      const next = numbersFrom(seed);
      const points = Array.from({ length: 3 + (seed % 9) }, () => [next() * 16 - 2, next() * 16 - 2] as const);
      const picture = await draw(size, size, [filled(polygon(...points), undefined, rule)]);
      const expected = sampled(points, rule, size, 24);
      expected.forEach((share, i) => {
        worst = Math.max(worst, Math.abs(share * 255 - (picture.rgba[4 * i + 3] ?? 0)));
      });
    }
    // A 24 x 24 grid errs by about one sample row itself; crossings inside a row are resolved to a sixteenth of it.
    expect(worst).toBeLessThan(10);
  });

  it('follows very many edges in one pixel row', async () => {
    const combs = Array.from({ length: 600 }, (_, i) => rect(i * 0.04, 0.2 + (i % 7) * 0.05, 0.02, 0.4));
    const picture = await draw(24, 1, [filled(joinPaths(combs))]);
    const mean = picture.rgba.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha, 0) / 24;
    expect(mean).toBeGreaterThan(255 * 0.2 - 2);
    expect(mean).toBeLessThan(255 * 0.2 + 2);
  });
});

describe('coverage of round and thin shapes', () => {
  it('sums to the area of a circle wherever it lies', async () => {
    for (const shift of [0, 0.13, 0.5, 0.77]) {
      const picture = await draw(40, 40, [filled(circle(20 + shift, 20 - shift, 15.3))]);
      const area = picture.rgba.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha / 255, 0);
      expect(Math.abs(area / (Math.PI * 15.3 ** 2) - 1)).toBeLessThan(0.001);
    }
  });

  it('draws a hairline with the same weight at every angle', async () => {
    for (let degrees = 0; degrees < 180; degrees += 7) {
      const [dx, dy] = [25 * Math.cos((degrees * Math.PI) / 180), 25 * Math.sin((degrees * Math.PI) / 180)];
      const picture = await draw(60, 60, [stroked(polygon([30.3 - dx, 30.1 - dy], [30.3 + dx, 30.1 + dy]), 0.3)]);
      const ink = picture.rgba.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha / 255, 0);
      expect(Math.abs(ink / (50 * 0.3) - 1)).toBeLessThan(0.04);
    }
  });

  it('is the same for shapes that begin outside the canvas', async () => {
    const big = await draw(20, 200, [filled(polygon([-500, -300], [30, 100], [-500, 700]))]);
    const edge = await draw(20, 200, [filled(polygon([0, -300 + (400 * 500) / 530], [30, 100], [0, 700 - (600 * 500) / 530]))]);
    expect(big.rgba).toEqual(edge.rgba);
    const beyond = await draw(10, 10, [filled(polygon([-5, -5], [50, -5], [50, 50], [-5, 50]))]);
    expect(Math.min(...beyond.rgba.filter((_, i) => i % 4 === 3))).toBe(255);
  });
});
