import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCurves } from '../../src/geometry/fit-curves.ts';
import { flattenPath } from '../../src/geometry/flatten.ts';
import { signedAreas } from '../../src/geometry/measure.ts';
import { CUBIC, EMPTY_PATH, LINE, MOVE, type Path, rectPath } from '../../src/geometry/path.ts';
import { pathFromSvg } from '../../src/geometry/path-text.ts';
import { areaOfPath, unionPaths } from '../../src/geometry/polygons.ts';
import { ellipsePath, heartPath, roundedRectPath, starPath } from '../../src/geometry/shapes.ts';
import { strokeOutline } from '../../src/geometry/stroke.ts';
import { solidRegions } from '../../src/render/solid/solid-regions.ts';
import { composeLayers } from '../support/compose-spec.ts';
import { anyPolygon } from './arbitrary-path.ts';

const TOLERANCE_MM = 0.01;

const box = (width: number, height = width) => ({ x: 0, y: 0, width, height });
const count = (path: Path, verb: number): number => path.verbs.filter((one) => one === verb).length;
const kinds = (path: Path): readonly number[] => [count(path, MOVE), count(path, LINE), count(path, CUBIC)];

type Segment = readonly [number, number, number, number];
const segmentsOf = (path: Path): readonly Segment[] =>
  flattenPath(path, 0.001).flatMap(({ points }) => {
    const size = points.length / 2;
    return Array.from({ length: size }, (_, i): Segment => {
      const next = (i + 1) % size;
      return [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, points[2 * next] ?? 0, points[2 * next + 1] ?? 0];
    });
  });

const distanceTo = (x: number, y: number, [ax, ay, bx, by]: Segment): number => {
  const [ex, ey] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey || 1)));
  return Math.hypot(x - ax - ex * t, y - ay - ey * t);
};

/** The farthest any point and any middle of a side of one outline lies from the other. */
const strayOf = (one: Path, other: Path): number => {
  const targets = segmentsOf(other);
  let worst = 0;
  for (const [ax, ay, bx, by] of segmentsOf(one)) {
    for (const [x, y] of [
      [ax, ay],
      [(ax + bx) / 2, (ay + by) / 2],
    ] as const) {
      worst = Math.max(
        worst,
        targets.reduce((least, segment) => Math.min(least, distanceTo(x, y, segment)), Infinity),
      );
    }
  }
  return worst;
};

const wave = strokeOutline(pathFromSvg('M0 0 C 3 5 6 -5 9 0'), { widthMm: 0.5, cap: 'round', join: 'round', miterLimit: 4 });
const BLOB = 'M10 0 C 20 -5 25 10 15 12 C 5 14 12 20 3 18 C -5 16 0 5 10 0 Z';

describe('curves from polygons', () => {
  test.each([
    ['a small circle', ellipsePath(box(2)), [1, 0, 4]],
    ['a large circle', ellipsePath(box(80)), [1, 0, 4]],
    ['an ellipse', ellipsePath(box(30, 7)), [1, 0, 4]],
    ['a rounded rectangle', roundedRectPath(box(20, 10), 2), [1, 4, 4]],
    ['a star', starPath(box(20), 5, 0.4), [1, 9, 0]],
    ['a rectangle', rectPath(box(20, 10)), [1, 3, 0]],
  ])('%s has the nodes a draughtsman would set', (_name, path, expected) => {
    expect(kinds(fitCurves(unionPaths([path]), TOLERANCE_MM))).toEqual(expected);
  });

  test.each([
    ['a circle', ellipsePath(box(2))],
    ['a heart', heartPath(box(12))],
    ['a blob', pathFromSvg(BLOB)],
    ['a pen stroke', wave],
    ['a ring', unionPaths([ellipsePath(box(10)), ellipsePath({ x: 2, y: 2, width: 6, height: 6 })], 'evenodd')],
  ])('%s strays no farther than it may, in far fewer nodes', (_name, path) => {
    const dense = unionPaths([path]);
    const fitted = fitCurves(dense, TOLERANCE_MM);
    expect(strayOf(fitted, dense)).toBeLessThan(TOLERANCE_MM * 1.3);
    expect(strayOf(dense, fitted)).toBeLessThan(TOLERANCE_MM * 1.3);
    expect(count(fitted, CUBIC) + count(fitted, LINE)).toBeLessThan(count(dense, LINE) / 4);
  });

  test('any polygon keeps its corners and its area', () => {
    fc.assert(
      fc.property(anyPolygon, (polygon) => {
        const dense = unionPaths([polygon]);
        const fitted = fitCurves(dense, TOLERANCE_MM);
        expect(Math.abs(areaOfPath(fitted) - areaOfPath(dense))).toBeLessThanOrEqual(0.02 * (1 + areaOfPath(dense)));
      }),
      { numRuns: 60 },
    );
  });

  test('holes stay wound against their outlines', () => {
    const dense = unionPaths([pathFromSvg('M0 0 H10 V10 H0 Z'), ellipsePath({ x: 3, y: 3, width: 4, height: 4 })], 'evenodd');
    const holed = unionPaths([rectPath(box(10)), ellipsePath({ x: 20, y: 3, width: 4, height: 4 })]);
    expect(signedAreas(fitCurves(dense, TOLERANCE_MM)).map(Math.sign)).toEqual(signedAreas(dense).map(Math.sign));
    expect(signedAreas(fitCurves(holed, TOLERANCE_MM)).map(Math.sign)).toEqual([1, 1]);
  });

  test('letters come back near the number of nodes their font has', async () => {
    const { scene } = await composeLayers({
      layers: [
        { type: 'text', text: 'Rosa & Ben', font: { family: 'Lora', weight: 700 }, size: 14, box: { within: 'trim' }, fill: '#000000' },
      ],
    });
    const [node] = scene.nodes;
    const drawn =
      node?.kind === 'glyphs' ? node.glyphs.reduce((sum, { outline }) => sum + count(outline, CUBIC) + count(outline, LINE), 0) : 0;
    const fitted = fitCurves(solidRegions(scene, { knockOut: true }).regions[0]?.path ?? EMPTY_PATH, TOLERANCE_MM);
    expect(drawn).toBeGreaterThan(100);
    expect(count(fitted, CUBIC) + count(fitted, LINE)).toBeLessThan(drawn * 1.2);
  });

  test('a tolerance of nothing is refused', () => {
    expect(() => fitCurves(rectPath(box(1)), 0)).toThrow('expected a tolerance above 0 mm for curves, got 0');
    expect(fitCurves(EMPTY_PATH, 0.01)).toEqual(EMPTY_PATH);
  });
});
