import { describe, expect, test } from 'vitest';
import { checkSpots, spotNames } from '../../src/methods/checks/spots.ts';
import { composeLayers } from '../support/compose-spec.ts';

const rect = (fill: unknown, x = 10) => ({ type: 'shape', shape: { kind: 'rect' }, fill, box: { x, y: 10, width: 20, height: 20 } });
const spot = (name: string, alternate = '#d4af37', tint = 100) => ({ spot: name, alternate, tint });

const findings = async (layers: readonly unknown[], known: readonly string[] = []) => {
  const { scene } = await composeLayers({ layers });
  return checkSpots(scene.nodes, known);
};

const fade = (...colours: readonly unknown[]) => ({
  linear: { stops: colours.map((colour, i) => ({ offset: i / (colours.length - 1), colour })) },
});

describe('spot colours', () => {
  test('with names of their own and one look each raise nothing', async () => {
    expect(await findings([rect(spot('Foil Gold')), rect(spot('Foil Gold', '#d4af37', 40)), rect(spot('Varnish', '#eeeeee'))])).toEqual([]);
  });

  test('that the floor does not know are told, with the name that was probably meant', async () => {
    const known = ['CutContour', 'RDG_WHITE'];
    expect(await findings([rect(spot('Cut Contour')), rect(spot('RDG_WHITE'))], known)).toMatchObject([
      { severity: 'warning', code: 'spot.unknown', measured: 'Cut Contour', hint: 'did you mean "CutContour"?' },
    ]);
    expect((await findings([rect(spot('Sparkle'))], known))[0]?.hint).toBe('It knows CutContour, RDG_WHITE.');
  });

  test.each([
    ['CutContour', 'cutcontour'],
    ['Foil Gold', 'FOIL_GOLD'],
    ['Reflex Blue C', 'Reflex Blue U'],
    ['186 CVC', '186 C'],
  ])('%s and %s are one ink spelled in two ways', async (one, two) => {
    expect(await findings([rect(spot(one)), rect(spot(two))])).toMatchObject([
      { severity: 'warning', code: 'spot.twins', pointer: '/placements/0/layers/1', measured: two, required: one },
    ]);
  });

  test('that are really two inks are not taken for one', async () => {
    expect(await findings([rect(spot('Foil Gold')), rect(spot('Foil Gold 2', '#c9a227')), rect(spot('C', '#aa3311'))])).toEqual([]);
  });

  test('of two names and one look are told, unless the floor knows both', async () => {
    const both = [rect(spot('Gold')), rect(spot('Brand Metallic'))];
    expect(await findings(both)).toMatchObject([
      { severity: 'warning', code: 'spot.same-look', pointer: '/placements/0/layers/1', measured: 'Brand Metallic', required: 'Gold' },
    ]);
    expect(await findings(both, ['Gold', 'Brand Metallic'])).toEqual([]);
  });

  test('of one name with two looks are told where the second stands', async () => {
    expect(await findings([rect(spot('Gold', '#d4af37')), rect(spot('Gold', '#d4af37')), rect(spot('Gold', '#c0a030'))])).toMatchObject([
      { severity: 'warning', code: 'spot.alternates-differ', pointer: '/placements/0/layers/2' },
    ]);
  });

  test('fade on their own plate, and on no other', async () => {
    expect(await findings([rect(fade(spot('Gold'), spot('Gold', '#d4af37', 0)))])).toEqual([]);
    expect(await findings([rect(fade(spot('Gold'), spot('Silver', '#aaaaaa')))])).toMatchObject([
      { severity: 'error', code: 'spot.gradient', pointer: '/placements/0/layers/0' },
    ]);
    expect(
      (await findings([rect(fade(spot('Gold'), '#ff0000'))])).map(({ code, message }) => [code, message.includes('process colours')]),
    ).toEqual([['spot.gradient', true]]);
    expect(await findings([rect(fade('#00ff00', '#ff0000'))])).toEqual([]);
  });

  test('are listed once each by name', async () => {
    const { scene } = await composeLayers({ layers: [rect(spot('b')), rect(spot('a')), rect(spot('b'))] });
    expect(spotNames(scene.nodes)).toEqual(['a', 'b']);
  });
});
