import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rotation } from '../../src/geometry/affine.ts';
import { type Narrow, narrowBetween, narrowGaps, narrowParts } from '../../src/geometry/narrow-parts.ts';
import { EMPTY_PATH, joinPaths, type Path, rectPath, transformPath } from '../../src/geometry/path.ts';
import { pathFromSvg } from '../../src/geometry/path-text.ts';
import { pathContainsPoint, subtractPaths, unionPaths } from '../../src/geometry/polygons.ts';
import { ellipsePath, polygonPath, starPath } from '../../src/geometry/shapes.ts';
import { strokeOutline } from '../../src/geometry/stroke.ts';
import { solidRegions } from '../../src/render/solid/solid-regions.ts';
import { composeLayers } from '../support/compose-spec.ts';

const rect = (x: number, y: number, width: number, height: number): Path => rectPath({ x, y, width, height });
const disc = (radius: number): Path => ellipsePath({ x: -radius, y: -radius, width: 2 * radius, height: 2 * radius });
const ring = (outer: number, inner: number): Path => subtractPaths(disc(outer), disc(inner));

const expectOne = (found: readonly Narrow[], widthMm: number): void => {
  expect(found).toHaveLength(1);
  expect(Math.abs((found[0]?.widthMm ?? Number.NaN) - widthMm)).toBeLessThan(0.02);
};

/** The narrowest place, and that it lies where it should: in the shape, or out of it. */
const expectInside = (path: Path, [first]: readonly Narrow[], inside: boolean): void => {
  if (!first) throw new Error('expected a narrow place');
  expect(pathContainsPoint(path, first.at)).toBe(inside);
};

describe('thin parts', () => {
  test.each([0, 7, 33, 45, 90, 171])('a bar measures its width, turned by %d degrees', (degrees) => {
    const bar = transformPath(rect(0, 0, 10, 0.3), rotation(degrees));
    const found = narrowParts(bar, 0.5);
    expectOne(found, 0.3);
    expectInside(bar, found, true);
  });

  test('any bar at any angle measures its width within 0.02 mm, at a place inside it', () => {
    const hundredths = fc.integer({ min: 5, max: 70 });
    fc.assert(
      fc.property(hundredths, fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 359 }), (width, length, degrees) => {
        const bar = transformPath(rect(3, 5, length, width / 100), rotation(degrees));
        const found = narrowParts(bar, 0.75);
        expectOne(found, width / 100);
        expectInside(bar, found, true);
      }),
      { numRuns: 100 },
    );
  });

  test('a bar as wide as it must be is not thin', () => {
    expect(narrowParts(rect(0, 0, 10, 0.6), 0.5)).toEqual([]);
    expect(narrowParts(rect(0, 0, 10, 0.5), 0.5)).toEqual([]);
  });

  test.each([
    [5, 0.3],
    [1, 0.3],
    [0.5, 0.2],
  ])('a ring of radius %d measures its band of %d', (radius, band) => {
    const path = ring(radius, radius - band);
    const found = narrowParts(path, 0.5);
    expectOne(found, band);
    expectInside(path, found, true);
  });

  test('a wedge measures its narrow end, and what it is farther in', () => {
    const [end, run, ...more] = narrowParts(pathFromSvg('M0 0 L10 0.4 L10 0.6 L0 1 Z'), 0.5);
    expect(end?.widthMm).toBeCloseTo(0.21, 1);
    expect([end?.isEnd, run?.isEnd, more.length]).toEqual([true, false, 0]);
    expect(Math.abs((run?.widthMm ?? 0) - (0.2 + 3 * 0.08))).toBeLessThan(0.03);
  });

  test('the point of a needle is an end, and so is a serif', () => {
    const [point, run] = narrowParts(pathFromSvg('M0 0 L10 0.5 L0 1 Z'), 0.5);
    expect([point?.isEnd, run?.isEnd]).toEqual([true, false]);
    expect(Math.abs((run?.widthMm ?? 0) - 3 * 0.1)).toBeLessThan(0.03);
    const serifed = unionPaths([rect(0, 0, 1, 6), rect(-0.4, 5.8, 1.8, 0.2)]);
    expect(narrowParts(serifed, 0.35).map(({ isEnd, widthMm }) => [isEnd, Math.round(widthMm * 100) / 100])).toEqual([
      [true, 0.2],
      [true, 0.2],
    ]);
  });

  test('a short dash is no end: it is all there is', () => {
    expect(narrowParts(rect(0, 0, 0.8, 0.2), 0.35)).toMatchObject([{ isEnd: false }]);
  });

  test('a waist between two wide halves is found where it is narrowest', () => {
    const waist = pathFromSvg('M0 0 L4 0 L2.1 2 L4 4 L0 4 L1.9 2 Z');
    const found = narrowParts(waist, 0.5);
    expectOne(found, 0.2);
    expect(found[0]?.at.x).toBeCloseTo(2, 2);
    expect(found[0]?.at.y).toBeCloseTo(2, 2);
  });

  test.each(['butt', 'round', 'square'] as const)('a bent pen stroke with %s ends measures its width', (cap) => {
    const line = pathFromSvg('M0 0 C 3 5 6 -5 9 0');
    expectOne(narrowParts(strokeOutline(line, { widthMm: 0.25, cap, join: 'round', miterLimit: 4 }), 0.5), 0.25);
  });

  test('a hair on a wide body is thin, a bump is not', () => {
    expectOne(narrowParts(unionPaths([rect(0, 0, 10, 2), rect(4, -1, 0.2, 1.2)]), 0.5), 0.2);
    expect(narrowParts(unionPaths([rect(0, 0, 10, 2), rect(4, -0.05, 0.2, 0.2)]), 0.5)).toEqual([]);
  });

  test.each([
    ['square', rect(0, 0, 10, 10)],
    ['star', starPath({ x: 0, y: 0, width: 10, height: 10 }, 5, 0.4)],
    ['hexagon', polygonPath({ x: 0, y: 0, width: 10, height: 10 }, 6)],
    ['sharp triangle', pathFromSvg('M0 0 L10 0 L0 3 Z')],
    ['letter L', unionPaths([rect(0, 0, 10, 2), rect(0, 0, 2, 10)])],
    ['disc', disc(4)],
  ])('the corners of a wide %s are not thin', (_name, path) => {
    expect(narrowParts(path, 0.8)).toEqual([]);
  });

  test('small islands measure the largest ball inside them', () => {
    expectOne(narrowParts(disc(0.15), 0.5), 0.3);
    const side = 0.6;
    expectOne(narrowParts(pathFromSvg(`M0 0 L${side} 0 L${side / 2} ${(side * Math.sqrt(3)) / 2} Z`), 0.5), side / Math.sqrt(3));
  });

  test('each thin part is told once, the thinnest first', () => {
    const found = narrowParts(joinPaths([rect(0, 0, 10, 0.3), rect(0, 5, 10, 0.2), rect(0, 10, 10, 3)]), 0.5);
    expect(found.map(({ widthMm }) => Math.round(widthMm * 100) / 100)).toEqual([0.2, 0.3]);
    expect(found.map(({ at }) => Math.floor(at.y))).toEqual([5, 0]);
  });

  test('nothing has no thin parts, and a limit of nothing is refused', () => {
    expect(narrowParts(EMPTY_PATH, 0.5)).toEqual([]);
    expect(() => narrowParts(rect(0, 0, 1, 1), 0)).toThrow('expected a least width above 0 mm, got 0');
  });
});

describe('narrow gaps', () => {
  test('two blocks measure the gap between them', () => {
    const blocks = joinPaths([rect(0, 0, 5, 5), rect(5.25, 0, 5, 5)]);
    const found = narrowGaps(blocks, 0.5);
    expectOne(found, 0.25);
    expectInside(blocks, found, false);
  });

  test('blocks that only meet at their corners measure from corner to corner', () => {
    expectOne(narrowGaps(joinPaths([rect(0, 0, 5, 5), rect(5.2, 5.2, 5, 5)]), 0.5), 0.2 * Math.SQRT2);
  });

  test('holes measure the largest ball inside them', () => {
    expectOne(narrowGaps(ring(5, 0.15), 0.5), 0.3);
    expectOne(narrowGaps(subtractPaths(rect(-5, -5, 10, 10), pathFromSvg('M-0.5 0 A0.5 0.5 0 0 1 0.5 0 Z')), 0.6), 0.5);
  });

  test('the crotch of a wide V is no gap, that of a steep one an end', () => {
    expect(narrowGaps(pathFromSvg('M0 0 L2 0 L5 8 L8 0 L10 0 L6 10 L4 10 Z'), 0.5)).toEqual([]);
    const steep = narrowGaps(pathFromSvg('M0 0 L2 0 L2.5 4 L3 0 L5 0 L5 6 L0 6 Z'), 0.3);
    expect(steep.map(({ isEnd }) => isEnd)).toEqual([true]);
  });

  test.each([10, 20, 40])("the hole of an 'e' of %d mm closes where its height says", async (size) => {
    const { scene } = await composeLayers({
      layers: [{ type: 'text', text: 'e', font: { family: 'Montserrat' }, size, box: { within: 'trim' }, fill: '#000000' }],
    });
    const path = solidRegions(scene, { knockOut: true }).regions[0]?.path ?? EMPTY_PATH;
    const height = heightOfHole(path);
    const found = narrowGaps(path, height * 1.2).filter(({ at }) => !isOutside(path, at.x, at.y));
    expect(found.length).toBeGreaterThan(0);
    expect(Math.abs((found[0]?.widthMm ?? 0) - height)).toBeLessThan(Math.max(0.02, height * 0.04));
  });
});

describe('gaps between two regions', () => {
  test('are told apart from gaps within either', () => {
    const a = joinPaths([rect(0, 0, 5, 5), rect(0, 5.1, 5, 5)]);
    expectOne(narrowBetween(a, rect(5.25, 0, 5, 5), 0.5), 0.25);
    expect(narrowBetween(a, rect(6, 0, 5, 5), 0.5)).toEqual([]);
    // One curve followed twice never runs in quite the same place.
    expect(narrowBetween(rect(0, 0, 5, 5), rect(5.012, 0, 5, 5), 0.5)).toEqual([]);
  });
});

const ringsOf = (path: Path): readonly Path[] => {
  const starts = [...path.verbs].flatMap((verb, i) => (verb === 0 ? [i] : []));
  let at = 0;
  return starts.map((start, i) => {
    const verbs = path.verbs.slice(start, starts[i + 1] ?? path.verbs.length);
    const size = 2 * verbs.filter((verb) => verb !== 3).length;
    at += size;
    return { verbs, coords: path.coords.slice(at - size, at) };
  });
};

const holeOf = (path: Path): Path => {
  const rings = [...ringsOf(path)].sort((a, b) => spanOf(b).height - spanOf(a).height);
  return rings[1] ?? EMPTY_PATH;
};
const spanOf = ({ coords }: Path): { readonly height: number; readonly middle: number } => {
  const ys = [...coords].filter((_, i) => i % 2 === 1);
  const xs = [...coords].filter((_, i) => i % 2 === 0);
  return { height: Math.max(...ys) - Math.min(...ys), middle: (Math.max(...xs) + Math.min(...xs)) / 2 };
};
/** The straight floor and the round roof of the hole are farthest apart in its middle. */
const heightOfHole = (path: Path): number => spanOf(holeOf(path)).height;
const isOutside = (path: Path, x: number, y: number): boolean => !pathContainsPoint(holeOf(path), { x, y });
