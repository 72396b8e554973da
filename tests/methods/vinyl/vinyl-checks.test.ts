import { describe, expect, test } from 'vitest';
import { type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { offsetPath, subtractPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath, roundedRectPath, starPath } from '../../../src/geometry/shapes.ts';
import { composeLayers } from '../../support/compose-spec.ts';
import { codesOf, findingsOf, sceneOf } from './vinyl-scene.ts';

const RED = '#c3232e';
const NAVY = '#1d2844';
const WHITE = '#fbfbfa';

const box = (x: number, y: number, width: number, height: number): Path => rectPath(rectOf(x, y, width, height));

describe('preflight of vinyl', () => {
  test('says nothing of bold shapes in colours of the palette', () => {
    expect(findingsOf(sceneOf([RED, box(20, 20, 60, 40)], [NAVY, box(40, 30, 20, 20)]))).toEqual([]);
  });

  test('refuses pieces below 2 x 2 mm, with both figures', () => {
    const findings = findingsOf(sceneOf([RED, box(20, 20, 60, 40)], [RED, ellipsePath(rectOf(100, 20, 1.8, 1.8))]));
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'piece.small', measured: 1.8, required: 2, pointer: '/placements/0/layers/1' }),
    );
    expect(codesOf(sceneOf([RED, box(20, 20, 60, 40)], [RED, ellipsePath(rectOf(100, 20, 2.1, 2.1))]))).toEqual([]);
  });

  test('reports thin parts, and refuses those below half', () => {
    const bar = (mm: number) => codesOf(sceneOf([RED, box(20, 20, 60, mm)]));
    expect([bar(1.6), bar(1.4), bar(0.7)]).toEqual([[], ['warning stroke.thin'], ['error stroke.thin']]);
  });

  test('judges what is cut, not what is seen: a thin rim that runs whole beneath is no thin part', () => {
    const rim = sceneOf([RED, box(20, 20, 42, 42)], [NAVY, box(20.5, 20.5, 41, 41)]);
    expect(codesOf(rim)).toEqual([]);
    expect(codesOf(rim, { layering: 'knockout', overlapMm: 0 })).toContain('error stroke.thin');
  });

  test('makes no loose crescent where a round shape only touches its neighbour', () => {
    const touching = sceneOf([RED, ellipsePath(rectOf(20, 10, 40, 40))], [NAVY, box(60, 10, 40, 40)]);
    for (const layering of ['overlap', 'knockout']) expect(codesOf(touching, { layering }), layering).toEqual([]);
    const abutting = sceneOf([RED, box(20, 10, 40, 40)], [NAVY, box(60, 10, 40, 40)]);
    for (const layering of ['overlap', 'knockout']) expect(codesOf(abutting, { layering }), layering).toEqual([]);
  });

  test('reports narrow gaps', () => {
    expect(codesOf(sceneOf([RED, box(20, 20, 20, 20)], [RED, box(40.6, 20, 20, 20)]))).toEqual(['warning gap.narrow']);
  });

  test('reports letters that are too low', async () => {
    const lettering = async (mm: number): Promise<readonly string[]> => {
      const text = {
        type: 'text',
        text: 'HILL',
        font: { family: 'Anton' },
        size: mm,
        box: { x: 5, y: 5, width: 90, height: 45 },
        fill: NAVY,
      };
      return codesOf((await composeLayers({ layers: [text] })).scene, { minStrokeMm: 0, minGapMm: 0, mirror: false });
    };
    expect(await lettering(16)).toEqual([]);
    expect(await lettering(9)).toEqual(['warning text.small']);
    expect(await lettering(4)).toEqual(['error text.small']);
  });

  test('counts borders as layers', () => {
    const scene = sceneOf([RED, box(40, 20, 60, 40)], [NAVY, box(60, 30, 20, 20)]);
    const border = { colour: 'white', widthMm: 3 };
    expect(codesOf(scene, { borders: [border] })).toEqual([]);
    expect(codesOf(scene, { borders: [border, { colour: 'black', widthMm: 3 }] })).toEqual(['error colours.too-many']);
  });

  test('names the vinyl that stands for a colour nobody sells', () => {
    const [finding] = findingsOf(sceneOf(['#00ff00', box(40, 20, 60, 40)]));
    expect(finding).toMatchObject({
      severity: 'warning',
      code: 'colour.far',
      pointer: '/placements/0/layers/0',
      required: 10,
      unit: 'dE00',
    });
    expect(finding?.hint).toContain('"palette": "vinyls"');
    expect(codesOf(sceneOf(['#00ff00', box(40, 20, 60, 40)]), { vinyl: 'red' })).toEqual([]);
  });

  test('knows that letters on a rim stand out against the rim', () => {
    const navyShirt = { articleColour: '#1d2844' };
    expect(codesOf(sceneOf([NAVY, box(40, 20, 60, 40)]), {}, navyShirt)).toContain('error contrast.low');
    const bordered = { borders: [{ colour: 'white', widthMm: 3 }] };
    expect(codesOf(sceneOf([NAVY, box(40, 20, 60, 40)], [RED, box(60, 30, 10, 10)]), bordered, navyShirt)).toEqual([]);
    expect(codesOf(sceneOf(['#333a55', box(40, 20, 60, 40)], [WHITE, box(60, 30, 10, 10)]), {}, navyShirt)).toEqual([
      'warning contrast.low',
    ]);
  });

  test('tells of white beside other art on a white shirt, and not of white on other art', () => {
    const whiteShirt = { articleColour: '#f7f7f5' };
    const beside = findingsOf(sceneOf([NAVY, box(20, 20, 40, 40)], [WHITE, box(80, 20, 40, 40)]), {}, whiteShirt);
    expect(beside).toMatchObject([{ severity: 'warning', code: 'contrast.low', pointer: '/placements/0/layers/1' }]);
    expect(codesOf(sceneOf([NAVY, box(20, 20, 40, 40)], [WHITE, box(25, 25, 20, 20)]), {}, whiteShirt)).toEqual([]);
  });

  test('counts vinyls and asks for fewer of them', () => {
    const [finding] = findingsOf(sceneOf([NAVY, box(20, 20, 40, 40)], [RED, box(80, 20, 40, 40)]), { maxLayers: 1 });
    expect(finding).toMatchObject({ code: 'colours.too-many', hint: 'Give some layers the same vinyl.' });
  });

  test('finds sharp points of what is cut through, and none on square corners or round ones', () => {
    const corners = (path: Path, kind: string) => findingsOf(sceneOf([RED, path]), { kind }).filter(({ code }) => code === 'corner.tight');
    const star = starPath(rectOf(40, 20, 80, 80), 5, 0.5);
    expect(corners(star, 'twill')[0]).toMatchObject({ severity: 'warning', measured: 5, unit: 'corners' });
    expect(corners(box(40, 20, 60, 40), 'twill')).toEqual([]);
    expect(corners(star, 'sign')).toEqual([]);
    const wedge = new PathBuilder().moveTo(80, 20).lineTo(100, 60).lineTo(60, 60).close().finish();
    expect(corners(wedge, 'twill')[0]).toMatchObject({ measured: 1 });
    expect(corners(offsetPath(offsetPath(wedge, -1.2, 'round'), 1.2, 'round'), 'twill')).toEqual([]);
    expect(corners(subtractPaths(box(40, 10, 80, 90), wedge), 'twill')).toEqual([]);
  });

  test('reports borders that leave the print area, and art that does by its own finding', () => {
    const border = { borders: [{ colour: 'white', widthMm: 6 }] };
    const [finding] = findingsOf(sceneOf([RED, box(4, 20, 60, 40)]), border);
    expect(finding).toMatchObject({ code: 'border.clipped', measured: 2, pointer: '/placements/0' });
    expect(codesOf(sceneOf([RED, box(-4, 20, 60, 40)]), border)).toEqual(['warning art.clipped']);
  });

  test('warns of film on glitter, and lets glitter lie on film', () => {
    const scene = sceneOf(['#b8923f', box(40, 20, 60, 40)], [WHITE, box(60, 30, 20, 20)]);
    const [finding] = findingsOf(scene);
    expect(finding).toMatchObject({
      severity: 'warning',
      code: 'layer.on-glitter',
      pointer: '/placements/0/layers/1',
      measured: 'glitter',
    });
    expect(codesOf(sceneOf([WHITE, box(40, 20, 60, 40)], ['#b8923f', box(60, 30, 20, 20)]))).toEqual([]);
    expect(codesOf(scene, { kind: 'twill', minRadiusMm: 0 })).toEqual([]);
  });

  test('refuses what is wider than the roll, whichever way it lies', () => {
    const scene = sceneOf([RED, box(10, 10, 150, 80)]);
    const roll = (rollWidthMm: number, nest: string) => codesOf(scene, { rollWidthMm, nest });
    expect(roll(90, 'pieces')).toEqual([]);
    expect(roll(90, 'layers')).toEqual(['error roll.narrow']);
    expect(roll(70, 'pieces')).toEqual(['error roll.narrow']);
    expect(roll(70, 'none')).toEqual([]);
  });

  test('tells which layers of twill no hoop holds, when a machine sews them', () => {
    const scene = (mm: number) => {
      const art = sceneOf([RED, roundedRectPath(rectOf(0, 10, mm, 60), 2)]);
      return { ...art, area: { ...art.area, widthMm: 700, trim: rectPath(rectOf(0, 0, 700, 120)) } };
    };
    const told = (mm: number, settings: object) =>
      findingsOf(scene(mm), { kind: 'twill', ...settings }).filter(({ code }) => code === 'hoop.too-small');
    expect(told(499, { sewing: {} })).toEqual([]);
    expect(told(500, { sewing: {} })).toMatchObject([{ severity: 'warning', measured: '501 x 61', required: '500 x 400' }]);
    expect(told(500, {})).toEqual([]);
  });
});
