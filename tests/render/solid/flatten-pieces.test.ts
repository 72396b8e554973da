import { describe, expect, test } from 'vitest';
import { BLACK, type Colour, hexOf, WHITE } from '../../../src/colour/colour.ts';
import { areaOfPath } from '../../../src/geometry/polygons.ts';
import { screenColour } from '../../../src/render/raster/screen-colour.ts';
import { solidRegions } from '../../../src/render/solid/solid-regions.ts';
import { composeLayers } from '../../support/compose-spec.ts';

const square = (x: number, y: number, side: number, fill: string, opacity = 1) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  box: { x, y, width: side, height: side },
  fill,
  opacity,
});

/** Area in mm² by colour, as it is seen on white. */
const seen = async (layers: readonly unknown[]) => {
  const { regions, refused, flattened } = solidRegions((await composeLayers({ layers })).scene, { knockOut: true, ground: WHITE });
  expect(refused).toEqual([]);
  const areas = Object.fromEntries(
    regions.map(({ colour, path }) => [hexOf(screenColour(colour)), Math.round(areaOfPath(path) * 100) / 100]),
  );
  return { areas, flattened: flattened.length };
};

describe('see-through art as plain colours', () => {
  test('takes the colour it shows on the ground, and on each colour beneath', async () => {
    const { areas, flattened } = await seen([square(10, 10, 10, '#ff0000'), square(15, 15, 10, '#0000ff', 0.5)]);
    expect(areas).toEqual({ '#ff0000': 75, '#800080': 25, '#8080ff': 75 });
    expect(flattened).toBe(1);
  });

  test('lies on other see-through art', async () => {
    const { areas } = await seen([square(10, 10, 10, '#ff0000', 0.5), square(15, 15, 10, '#0000ff', 0.5)]);
    expect(areas).toEqual({ '#ff8080': 75, '#8040c0': 25, '#8080ff': 75 });
  });

  test('is not seen beneath opaque art that comes later', async () => {
    const { areas } = await seen([square(10, 10, 10, '#0000ff', 0.5), square(10, 10, 5, '#00ff00')]);
    expect(areas).toEqual({ '#8080ff': 75, '#00ff00': 25 });
  });

  test('fades the members of a group together, for they cover one another first', async () => {
    const layers = [square(10, 10, 10, '#ff0000'), square(15, 15, 10, '#0000ff')];
    const { areas } = await seen([{ type: 'group', layers, opacity: 0.5 }]);
    expect(areas).toEqual({ '#ff8080': 75, '#8080ff': 100 });
  });

  test('is left out where nobody can tell it from what lies beneath', async () => {
    const { areas } = await seen([square(10, 10, 10, '#ff0000'), square(15, 15, 10, '#fefefe', 0.01)]);
    expect(areas).toEqual({ '#ff0000': 100 });
  });

  test('is one piece where it becomes one material on several colours', async () => {
    const layers = [square(10, 10, 10, '#ff0000'), square(20, 10, 10, '#00ff00'), square(12, 12, 16, '#0000ff', 0.9)];
    const colourOf = (colour: Colour): Colour => (screenColour(colour).b > 0.5 ? BLACK : colour);
    const { scene } = await composeLayers({ layers });
    const { pieces } = solidRegions(scene, { knockOut: false, ground: WHITE, colourOf });
    expect(pieces.map(({ path }) => Math.round(areaOfPath(path) * 100) / 100)).toEqual([100, 100, 256]);
  });

  test('is the mean colour where it fades, by the area each colour has', async () => {
    const stops = [
      { offset: 0, colour: '#ff0000' },
      { offset: 1, colour: '#0000ff' },
    ];
    const half = [
      { offset: 0.5, colour: '#ffff00' },
      { offset: 0.5, colour: '#00ffff' },
    ];
    const { areas, flattened } = await seen([
      { ...square(10, 10, 10, ''), fill: { linear: { stops } } },
      { ...square(30, 10, 10, ''), fill: { radial: { stops } } },
      { ...square(50, 10, 10, ''), fill: { linear: { stops: half } } },
    ]);
    expect(areas).toEqual({ '#800080': 100, '#5500aa': 100, '#80ff80': 100 });
    expect(flattened).toBe(3);
  });

  test('is refused as before where no ground is named', async () => {
    const { scene } = await composeLayers({ layers: [square(10, 10, 10, '#ff0000', 0.5)] });
    expect(solidRegions(scene, { knockOut: true })).toMatchObject({ regions: [], refused: [{ reason: 'opacity' }], flattened: [] });
  });
});
