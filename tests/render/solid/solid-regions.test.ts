import { describe, expect, test } from 'vitest';
import type { Colour } from '../../../src/colour/colour.ts';
import { boundsOfPath, type Path } from '../../../src/geometry/path.ts';
import { areaOfPath, intersectPaths, pathContainsPoint } from '../../../src/geometry/polygons.ts';
import { solidRegions } from '../../../src/render/solid/solid-regions.ts';
import { composeLayers, testPicture } from '../../support/compose-spec.ts';

const square = (x: number, y: number, side: number, more: object) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  box: { x, y, width: side, height: side },
  ...more,
});
const GOLD = { spot: 'Foil Gold', alternate: '#c9a227' };
const SILVER = { spot: 'Foil Silver', alternate: '#c0c0c0' };

const artOf = async (layers: readonly unknown[], knockOut = true) =>
  solidRegions((await composeLayers({ layers, images: { p: testPicture(70, 42) } })).scene, { knockOut });

const nameOf = (colour: Colour | undefined): string => (colour?.space === 'spot' ? colour.name : (colour?.space ?? 'none'));
const areaOf = (path: Path | undefined): number => (path ? areaOfPath(path) : Number.NaN);

describe('art as even areas', () => {
  test('overlapping shapes of one colour weld into one outline', async () => {
    const { regions, pieces } = await artOf([square(10, 10, 10, { fill: GOLD }), square(15, 15, 10, { fill: GOLD })]);
    expect(regions).toHaveLength(1);
    expect(pieces).toHaveLength(2);
    expect(areaOf(regions[0]?.path)).toBeCloseTo(175, 3);
    expect(regions[0]?.path.verbs.filter((verb) => verb === 0)).toHaveLength(1);
    expect(regions[0]?.pointers).toEqual(['/placements/0/layers/0', '/placements/0/layers/1']);
  });

  test('a later colour is cut out of an earlier one, or left on it', async () => {
    const layers = [square(10, 10, 10, { fill: GOLD }), square(15, 15, 10, { fill: SILVER })];
    const cut = await artOf(layers);
    expect(cut.regions.map(({ colour, path }) => [nameOf(colour), Math.round(areaOf(path) * 1000) / 1000])).toEqual([
      ['Foil Gold', 75],
      ['Foil Silver', 100],
    ]);
    const whole = await artOf(layers, false);
    expect(whole.regions.map(({ path }) => Math.round(areaOf(path) * 1000) / 1000)).toEqual([100, 100]);
  });

  test('a colour that comes back covers what lay between', async () => {
    const { regions } = await artOf([
      square(10, 10, 10, { fill: GOLD }),
      square(10, 10, 8, { fill: SILVER }),
      square(10, 10, 4, { fill: GOLD }),
    ]);
    expect(regions.map(({ path }) => Math.round(areaOf(path) * 1000) / 1000)).toEqual([100 - 64 + 16, 64 - 16]);
  });

  test('strokes are areas of half their width on either side', async () => {
    const { regions } = await artOf([square(10, 10, 10, { stroke: { paint: GOLD, width: 1 } })]);
    expect(areaOf(regions[0]?.path)).toBeCloseTo(11 * 11 - 9 * 9, 3);
  });

  test('letters become areas that know what they stand for', async () => {
    const { pieces, regions } = await artOf([
      { type: 'text', text: 'Ae b', font: { family: 'Lora', weight: 700 }, size: 40, box: { within: 'safe' }, fill: GOLD },
    ]);
    expect(pieces.map(({ letter }) => letter)).toEqual(['A', 'e', 'b']);
    expect(regions).toHaveLength(1);
    expect(areaOf(regions[0]?.path)).toBeCloseTo(
      pieces.reduce((sum, { path }) => sum + areaOf(path), 0),
      3,
    );
  });

  test('what the clip of a group hides is gone', async () => {
    const group = {
      type: 'group',
      clip: { kind: 'ellipse' },
      box: { x: 20, y: 20, width: 10, height: 10 },
      layers: [square(-5, -5, 20, { fill: GOLD })],
    };
    const { regions } = await artOf([group]);
    expect(areaOf(regions[0]?.path)).toBeCloseTo(25 * Math.PI, 0);
    expect(boundsOfPath(regions[0]?.path ?? { verbs: new Uint8Array(), coords: new Float64Array() })?.x).toBeCloseTo(20, 2);
  });

  test('nothing reaches farther than the bleed', async () => {
    const { regions } = await artOf([square(-40, -40, 300, { fill: GOLD })]);
    expect(areaOf(regions[0]?.path)).toBeCloseTo(106 * 66, 3);
  });

  test.each([
    ['picture', { type: 'image', source: 'p', box: { x: 10, y: 10, width: 20, height: 12 } }],
    [
      'gradient',
      square(10, 10, 10, {
        fill: {
          linear: {
            stops: [
              { offset: 0, colour: '#000' },
              { offset: 1, colour: '#fff' },
            ],
          },
        },
      }),
    ],
    ['tint', square(10, 10, 10, { fill: { ...GOLD, tint: 40 } })],
    ['opacity', square(10, 10, 10, { fill: GOLD, opacity: 0.5 })],
    ['blend', square(10, 10, 10, { fill: GOLD, blend: 'multiply' })],
  ])('a %s is refused and named, and the rest is still made', async (reason, layer) => {
    const { regions, refused } = await artOf([layer, square(50, 10, 10, { fill: GOLD })]);
    expect(refused).toEqual([{ pointer: '/placements/0/layers/0', reason }]);
    expect(regions.map(({ pointers }) => pointers)).toEqual([['/placements/0/layers/1']]);
  });

  test('colours can be exchanged for swatches, and equal swatches weld', async () => {
    const { scene } = await composeLayers({ layers: [square(10, 10, 10, { fill: '#112233' }), square(15, 10, 10, { fill: '#445566' })] });
    const swatch: Colour = { space: 'spot', name: 'Navy', tint: 1, alternate: { space: 'srgb', r: 0, g: 0, b: 0.3 } };
    const { regions } = solidRegions(scene, { knockOut: true, colourOf: () => swatch });
    expect(regions.map(({ colour, path }) => [nameOf(colour), Math.round(areaOf(path))])).toEqual([['Navy', 150]]);
    expect(solidRegions(scene, { knockOut: true, colourOf: () => null }).regions).toEqual([]);
  });

  test('colours never overlap when they are cut out', async () => {
    const { regions } = await artOf([
      { type: 'text', text: 'MIRA', font: { family: 'Lora', weight: 700 }, size: 60, box: { within: 'safe' }, fill: GOLD },
      { type: 'shape', shape: { kind: 'star' }, box: { x: 30, y: 10, width: 40, height: 40 }, fill: SILVER },
    ]);
    const [gold, silver] = regions;
    expect(areaOfPath(intersectPaths(gold?.path ?? silver?.path ?? neverPath(), silver?.path ?? neverPath()))).toBeLessThan(0.001);
  });
});

const neverPath = (): Path => {
  throw new Error('expected two regions');
};

describe('busy drawings', () => {
  test('hundreds of shapes in turning colours give each colour what is seen of it', async () => {
    const colours = ['#ff0000', '#00ff00', '#0000ff'];
    const layers = Array.from({ length: 300 }, (_, i) =>
      square(2 + (i % 20) * 4.8, 2 + Math.floor(i / 20) * 3.7, 6, { fill: colours[i % 3] }),
    );
    const { regions } = await artOf(layers);
    const union = await artOf(layers.map((layer) => ({ ...layer, fill: '#ff0000' })));
    expect(regions).toHaveLength(3);
    expect(regions.reduce((sum, { path }) => sum + areaOf(path), 0)).toBeCloseTo(areaOf(union.regions[0]?.path), 2);
    // The last shape lies on top of all others: its middle is of its colour.
    const last = regions.find(({ colour }) => colour.space === 'srgb' && colour.b === 1);
    expect(pathContainsPoint(last?.path ?? neverPath(), { x: 2 + 19 * 4.8 + 3, y: 2 + 14 * 3.7 + 3 })).toBe(true);
  });
});
