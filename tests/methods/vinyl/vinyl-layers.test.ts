import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../../../src/colour/colour.ts';
import { polylinesCross } from '../../../src/geometry/crossings.ts';
import { flattenPath } from '../../../src/geometry/flatten.ts';
import { EMPTY_PATH, joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { areaOfPath, intersectPaths, offsetPath, pathContainsPoint, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { reversePath } from '../../../src/geometry/reverse-path.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { islandsOf } from '../../../src/methods/vinyl/under-layers.ts';
import { vinylLayers } from '../../../src/methods/vinyl/vinyl-layers.ts';
import { solidRegions } from '../../../src/render/solid/solid-regions.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { composeLayers } from '../../support/compose-spec.ts';
import { sceneOf, settingsOf, VINYLS } from './vinyl-scene.ts';

const RED = '#c3232e';
const NAVY = '#1d2844';
const WHITE = '#fbfbfa';

const box = (x: number, y: number, width: number, height: number): Path => rectPath(rectOf(x, y, width, height));
const disc = (x: number, y: number, radius: number): Path => ellipsePath(rectOf(x - radius, y - radius, 2 * radius, 2 * radius));
const frame = (outer: Path, inner: Path): Path => new PathBuilder().append(outer).append(reversePath(inner)).finish();

const layersOf = (scene: Scene, settings: object = {}) => vinylLayers(scene, settingsOf(settings), VINYLS, 0.005).layers;

const pathOf = (layers: ReturnType<typeof layersOf>, id: string): Path => layers.find(({ swatch }) => swatch.id === id)?.path ?? EMPTY_PATH;

/** The part of the art, away from its outer edge, that no vinyl covers when the upper layers are laid half a millimetre off. */
const bare = (layers: ReturnType<typeof layersOf>, dx: number, dy: number): number => {
  const [lowest, ...upper] = layers.map(({ path }) => path);
  const moved = upper.map((path) => transformPath(path, [1, 0, 0, 1, dx, dy]));
  const art = offsetPath(unionPaths([lowest ?? EMPTY_PATH, ...upper]), -0.8);
  return areaOfPath(subtractPaths(art, unionPaths([lowest ?? EMPTY_PATH, ...moved])));
};

const OFFSETS = [
  [0.5, 0],
  [-0.5, 0],
  [0, 0.5],
  [0, -0.5],
  [0.35, 0.35],
] as const;

describe('layers of vinyl', () => {
  test('are the vinyls nearest to the colours, in the order they are painted', () => {
    const layers = layersOf(sceneOf(['#c01f2b', box(10, 10, 60, 60)], ['#000040', box(30, 30, 20, 20)], ['#c01f2b', box(100, 10, 20, 20)]));
    expect(layers.map(({ swatch, part, pointers }) => [swatch.id, part, pointers.length])).toEqual([
      ['red', 'art', 2],
      ['navy', 'art', 1],
    ]);
  });

  test('lie beneath what shows on them, whatever was painted first', () => {
    const name = [NAVY, box(10, 10, 60, 10)] as const;
    const rim = [RED, box(10, 30, 60, 60)] as const;
    const number = [NAVY, box(20, 40, 40, 40)] as const;
    const layers = layersOf(sceneOf(name, rim, number));
    expect(layers.map(({ swatch }) => swatch.id)).toEqual(['red', 'navy']);
    expect(areaOfPath(pathOf(layers, 'red'))).toBeCloseTo(3600, 1);
    expect(areaOfPath(pathOf(layers, 'navy'))).toBeCloseTo(600 + 1600, 1);
    const beside = layersOf(sceneOf(name, [RED, box(100, 30, 60, 60)]));
    expect(beside.map(({ swatch }) => swatch.id)).toEqual(['navy', 'red']);
  });

  test('run whole beneath what lies on them, windows that are closed again too', () => {
    const closed = layersOf(sceneOf([RED, frame(box(10, 10, 60, 60), box(20, 20, 40, 40))], [NAVY, box(20, 20, 40, 40)]));
    expect(areaOfPath(pathOf(closed, 'red'))).toBeCloseTo(3600, 1);
    expect(areaOfPath(pathOf(closed, 'navy'))).toBeCloseTo(1600, 1);
    const open = layersOf(sceneOf([RED, frame(box(10, 10, 60, 60), box(20, 20, 40, 40))], [NAVY, box(20, 20, 40, 10)]));
    expect(areaOfPath(pathOf(open, 'red'))).toBeLessThan(3600 - 40 * 25);
    expect(pathContainsPoint(pathOf(open, 'red'), { x: 40, y: 45 })).toBe(false);
  });

  test.each([
    ['a rim around a shape', sceneOf([RED, frame(disc(60, 60, 40), disc(60, 60, 30))], [NAVY, disc(60, 60, 30)])],
    ['two halves of a flag', sceneOf([RED, box(10, 10, 60, 60)], [NAVY, box(70, 10, 60, 60)])],
    ['a shape on a shape', sceneOf([RED, disc(60, 60, 40)], [NAVY, disc(90, 60, 20)])],
    ['a colour that comes back on top', sceneOf([RED, box(10, 10, 60, 60)], [NAVY, box(40, 20, 80, 40)], [RED, disc(95, 40, 12)])],
  ])('show no gap when hands lay them half a millimetre off: %s', (_, scene) => {
    for (const settings of [{}, { layering: 'knockout' }]) {
      const layers = layersOf(scene, settings);
      expect(layers).toHaveLength(2);
      for (const [dx, dy] of OFFSETS) expect(bare(layers, dx, dy)).toBeLessThan(0.6);
    }
    const butted = layersOf(scene, { layering: 'knockout', overlapMm: 0 });
    expect(Math.max(...OFFSETS.map(([dx, dy]) => bare(butted, dx, dy)))).toBeGreaterThan(5);
  });

  test('do not reach out at the edges of what lies on them', () => {
    const layers = layersOf(sceneOf([RED, disc(60, 60, 40)], [NAVY, disc(95, 60, 20)]));
    const extra = areaOfPath(subtractPaths(pathOf(layers, 'red'), disc(60, 60, 40)));
    expect(extra).toBeLessThan(0.2);
  });

  test('look as the art does from above', () => {
    const scene = sceneOf([RED, box(10, 10, 60, 60)], [NAVY, box(40, 20, 80, 40)], [RED, disc(95, 40, 12)]);
    const layers = layersOf(scene);
    const [red, navy] = [pathOf(layers, 'red'), pathOf(layers, 'navy')];
    const seenRed = subtractPaths(red, navy);
    expect(areaOfPath(seenRed)).toBeCloseTo(60 * 60 - 30 * 40 + Math.PI * 144, 0);
    expect(areaOfPath(navy)).toBeCloseTo(80 * 40 - Math.PI * 144, 0);
  });

  test('show the colours of the art from above, whatever lies on what', () => {
    const span = (least: number, most: number) => fc.integer({ min: least * 2, max: most * 2 }).map((half) => half / 2);
    const shape = fc.tuple(fc.constantFrom(RED, NAVY, WHITE), fc.boolean(), span(10, 150), span(10, 80), span(4, 40), span(4, 30));
    fc.assert(
      fc.property(fc.array(shape, { minLength: 2, maxLength: 7 }), fc.constantFrom('overlap', 'knockout'), (shapes, layering) => {
        const scene = sceneOf(
          ...shapes.map(([hex, round, x, y, w, h]) => [hex, round ? ellipsePath(rectOf(x, y, w, h)) : box(x, y, w, h)] as const),
        );
        const layers = layersOf(scene, { layering });
        const art = solidRegions(scene, { knockOut: true }).regions;
        for (const [i, { path, swatch }] of layers.entries()) {
          const above = layers.slice(i + 1).map((one) => one.path);
          const shown = above.length > 0 ? subtractPaths(path, unionPaths(above)) : path;
          const wanted = art.find(({ colour }) => colour.space === 'srgb' && hexOf(colour) === swatch.colour)?.path ?? EMPTY_PATH;
          expect(areaOfPath(subtractPaths(offsetPath(wanted, -0.1), shown))).toBeLessThan(0.05);
          expect(areaOfPath(subtractPaths(offsetPath(shown, -0.1), wanted))).toBeLessThan(0.05);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('leave only a rim below the upper one when knocked out', () => {
    const layers = layersOf(sceneOf([RED, box(10, 10, 60, 60)], [NAVY, box(20, 20, 40, 40)]), { layering: 'knockout', overlapMm: 2 });
    expect(areaOfPath(pathOf(layers, 'red'))).toBeCloseTo(3600 - 36 * 36, 0);
  });

  test('grow borders around all of the art, the inner ones smaller, each whole beneath the next', () => {
    const settings = {
      borders: [
        { colour: 'white', widthMm: 3, join: 'miter' },
        { colour: '#f2ab27', widthMm: 2, join: 'miter' },
      ],
    };
    const layers = layersOf(sceneOf([NAVY, box(50, 40, 40, 20)], [RED, box(90, 40, 20, 20)]), settings);
    expect(layers.map(({ swatch, part }) => [swatch.id, part])).toEqual([
      ['athletic-gold', 'border'],
      ['white', 'border'],
      ['navy', 'art'],
      ['red', 'art'],
    ]);
    expect(layers.slice(0, 2).map(({ path }) => Math.round(areaOfPath(path)))).toEqual([70 * 30, 66 * 26]);
    const holes = layers.slice(0, 2).map(({ path }) => flattenPath(path).length);
    expect(holes).toEqual([1, 1]);
  });

  test('close gaps in borders that nobody could weed', () => {
    const two = sceneOf([NAVY, box(20, 40, 30, 30)], [NAVY, box(56.5, 40, 30, 30)]);
    const border = (minGapMm: number): number =>
      islandsOf(layersOf(two, { minGapMm, borders: [{ colour: 'white', widthMm: 3 }] })[0]?.path ?? EMPTY_PATH).length;
    expect([border(0.2), border(1)]).toEqual([2, 1]);
  });

  test('never reach out of the print area', () => {
    const layers = layersOf(sceneOf([NAVY, box(-20, 100, 60, 60)]), { borders: [{ colour: 'white', widthMm: 10 }] });
    for (const { path } of layers) expect(areaOfPath(subtractPaths(path, box(0, 0, 200, 120)))).toBe(0);
  });

  test('weld the letters of a script into one outline that does not cross itself', async () => {
    const text = { type: 'text', text: 'Otters', font: { family: 'Pacifico' }, size: 28, box: { within: 'safe' }, fill: NAVY };
    const { scene } = await composeLayers({ layers: [text] });
    const [layer] = layersOf(scene);
    const whole = layer?.path ?? EMPTY_PATH;
    expect(islandsOf(whole).length).toBeLessThan(4);
    expect(polylinesCross(flattenPath(whole))).toBe(false);
    const rings = flattenPath(whole);
    expect(rings.every(({ closed }) => closed)).toBe(true);
  });

  test('are all of one swatch when the settings say so', () => {
    const layers = layersOf(sceneOf([RED, box(10, 10, 60, 60)], [WHITE, box(40, 20, 80, 40)]), { vinyl: 'gold-glitter' });
    expect(layers.map(({ swatch }) => swatch.id)).toEqual(['gold-glitter']);
    expect(areaOfPath(layers[0]?.path ?? EMPTY_PATH)).toBeCloseTo(3600 + 3200 - 30 * 40, 0);
    expect(() => layersOf(sceneOf([RED, box(10, 10, 6, 6)]), { vinyl: 'no-such' })).toThrow(/no-such/);
  });
});

describe('islandsOf', () => {
  test('keeps every hole with the piece around it, and islands in holes apart', () => {
    const nested = joinPaths([
      frame(box(0, 0, 50, 50), box(5, 5, 40, 40)),
      frame(box(10, 10, 30, 30), box(15, 15, 20, 20)),
      box(60, 0, 10, 10),
    ]);
    const islands = islandsOf(unionPaths([nested]));
    expect(islands.map((one) => Math.round(areaOfPath(one))).sort((a, b) => a - b)).toEqual([100, 500, 900]);
    expect(areaOfPath(intersectPaths(islands[0] ?? EMPTY_PATH, islands[1] ?? EMPTY_PATH))).toBe(0);
  });
});
