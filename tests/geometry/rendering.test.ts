import { describe, expect, test } from 'vitest';
import { dashPath } from '../../src/geometry/dash.ts';
import { flattenPath, pathOfPolylines } from '../../src/geometry/flatten.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import { unionPaths } from '../../src/geometry/polygons.ts';
import { type StrokeCap, type StrokeJoin, strokeOutline } from '../../src/geometry/stroke.ts';
import { differenceOf, inkOf, renderSvg } from './render-svg.ts';

/** The renderer of sharp reads SVG with its own parser, curves and stroker: an independent second opinion. */
const SHAPES: readonly (readonly [string, string])[] = [
  ['lines and a spike', 'M10 80L30 15L50 80L58 15L70 80L95 40'],
  ['a curve with tight ends', 'M15 70C15 -20 85 120 85 25'],
  ['a loop', 'M15 85C130 10 -30 10 85 85'],
  ['a cusp', 'M15 60C95 20 5 20 85 60'],
  ['arcs and quadratics', 'M20 50a30 20 30 1 1 40 25q20 -40 25 5t-10 -30'],
  ['closed figures with a hole', 'M10 10h80v80h-80zM30 30v40h40v-40z'],
  ['a closed curve', 'M50 30C60 5 95 10 90 40C88 60 60 75 50 90C40 75 12 60 10 40C5 10 40 5 50 30Z'],
  ['a way out and back', 'M20 50L80 50L40 50'],
  ['a nearly straight knee', 'M10 50L50 50.01L90 50L90 80'],
];

const same = async (truth: string, ours: string): Promise<void> => {
  const [a, b] = await Promise.all([renderSvg(truth, 100), renderSvg(ours, 100)]);
  expect(inkOf(a)).toBeGreaterThan(0.002);
  const { mean, strong } = differenceOf(a, b);
  expect(mean).toBeLessThan(0.35);
  expect(strong).toBeLessThanOrEqual(6);
};

describe('fills', () => {
  test.each(SHAPES.filter(([name]) => !name.startsWith('a way') && !name.startsWith('a nearly')))(
    '%s look the same read, flattened and united',
    async (_, d) => {
      const path = pathFromSvg(d);
      const truth = `<path d="${d}"/>`;
      await same(truth, `<path d="${pathToSvg(path)}"/>`);
      await same(truth, `<path d="${pathToSvg(pathOfPolylines(flattenPath(path, 0.02)))}"/>`);
      await same(truth, `<path d="${pathToSvg(unionPaths([path]))}"/>`);
      await same(`<path fill-rule="evenodd" d="${d}"/>`, `<path d="${pathToSvg(unionPaths([path], 'evenodd'))}"/>`);
    },
  );

  test('a different shape is told apart', async () => {
    await expect(same('<path d="M10 10h80v80h-80z"/>', '<path d="M10 10h80v80.7h-80z"/>')).rejects.toThrow();
  });
});

const CAPS: readonly StrokeCap[] = ['butt', 'round', 'square'];
const JOINS: readonly StrokeJoin[] = ['miter', 'round', 'bevel'];

describe('strokes', () => {
  for (const [name, d] of SHAPES) {
    test.each(JOINS.map((join, i) => [join, CAPS[i] ?? 'butt', CAPS[(i + 1) % 3] ?? 'butt'] as const))(
      `${name} look the same stroked with %s joins`,
      async (join, ...caps) => {
        for (const cap of caps) {
          for (const widthMm of [1, 8]) {
            const outline = strokeOutline(pathFromSvg(d), { widthMm, cap, join, miterLimit: 4 });
            const truth = `<path d="${d}" fill="none" stroke="#000" stroke-width="${widthMm}" stroke-linecap="${cap}" stroke-linejoin="${join}" stroke-miterlimit="4"/>`;
            await same(truth, `<path d="${pathToSvg(outline)}"/>`);
          }
        }
      },
    );
  }

  test.each(CAPS.filter((cap) => cap !== 'butt'))('sub-paths without length make %s dots', async (cap) => {
    const d = 'M20 20h0M60 20zM20 60L20 60L20 60M60 60C60 60 60 60 60 60';
    const outline = strokeOutline(pathFromSvg(d), { widthMm: 14, cap, join: 'miter', miterLimit: 4 });
    const dot = (x: number, y: number): string =>
      cap === 'round' ? `<circle cx="${x}" cy="${y}" r="7"/>` : `<rect x="${x - 7}" y="${y - 7}" width="14" height="14"/>`;
    await same(dot(20, 20) + dot(60, 20) + dot(20, 60) + dot(60, 60), `<path d="${pathToSvg(outline)}"/>`);
  });

  test('the miter limit cuts exactly the corners it should', async () => {
    const d = 'M10 90L25 20L40 90L65 30L95 90';
    for (const miterLimit of [1, 2.6, 4.5, 10]) {
      const outline = strokeOutline(pathFromSvg(d), { widthMm: 6, cap: 'butt', join: 'miter', miterLimit });
      const truth = `<path d="${d}" fill="none" stroke="#000" stroke-width="6" stroke-miterlimit="${miterLimit}"/>`;
      await same(truth, `<path d="${pathToSvg(outline)}"/>`);
    }
  });
});

describe('dashes', () => {
  const cases: readonly (readonly [string, readonly number[], number])[] = [
    ['even', [7, 3], 0],
    ['odd', [9, 4, 2], 0],
    ['shifted', [7, 3], 4],
    ['shifted backwards', [7, 3, 1, 3], -5.5],
    ['dots', [0, 6], 1],
  ];
  test.each(cases)('%s dashes fall where another renderer puts them', async (_, dashes, offset) => {
    for (const d of [
      'M15 70C15 -20 85 120 85 25',
      'M10 10L90 20L50 90',
      'M50 30C60 5 95 10 90 40C88 60 60 75 50 90C40 75 12 60 10 40C5 10 40 5 50 30',
    ]) {
      const dashed = pathToSvg(dashPath(pathFromSvg(d), dashes, offset));
      const attributes = 'fill="none" stroke="#000" stroke-width="2.5" stroke-linecap="round"';
      await same(
        `<path d="${d}" ${attributes} stroke-dasharray="${dashes.join(' ')}" stroke-dashoffset="${offset}"/>`,
        `<path d="${dashed}" ${attributes}/>`,
      );
    }
  });
});
