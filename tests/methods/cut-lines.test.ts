import { describe, expect, test } from 'vitest';
import { PathBuilder } from '../../src/geometry/path.ts';
import { findMethod } from '../../src/methods/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { disc } from '../render/pdf/sample-scenes.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers } from '../support/compose-spec.ts';

const method = findMethod('paper-print');
if (!method) throw new Error('expected the method paper-print');

const CUT = { spot: 'CutContour', alternate: '#e6007e' };
const KISS = { spot: 'Kiss', alternate: '#00a651' };
const FINISHING = [
  { spot: 'CutContour', step: 'cut' },
  { spot: 'Kiss', step: 'kiss-cut' },
];

const shape = (svg: string, paint: unknown) => ({
  type: 'shape',
  shape: { kind: 'path', d: svg, viewBox: [0, 0, 100, 60] },
  stroke: { paint, width: 0.1 },
  box: { x: 0, y: 0, width: 100, height: 60 },
});
const ellipse = (x: number, y: number, size: number, paint: unknown) => ({
  type: 'shape',
  shape: { kind: 'ellipse' },
  stroke: { paint, width: 0.1 },
  box: { x, y, width: size, height: size },
});
const art = { type: 'shape', shape: { kind: 'ellipse' }, fill: '#336699', box: { x: 15, y: 15, width: 8, height: 8 } };

const check = (scene: Scene, settings: object = {}): readonly Finding[] =>
  method
    .check(scene, method.settings.parse({ finishing: FINISHING, ...settings }), {
      articleColour: null,
      pointer: '/placements/0',
      picture: () => {
        throw new Error('expected no pictures');
      },
      palette: bundledPalette,
    })
    .filter(({ code }) => code.startsWith('cut.'));

const found = async (layers: readonly unknown[], settings: object = {}) =>
  check((await composeLayers({ layers: [art, ...layers] })).scene, settings);

describe('cut lines', () => {
  test('that are closed, round and apart raise nothing', async () => {
    expect(await found([ellipse(10, 10, 20, CUT), ellipse(40, 10, 20, CUT)])).toEqual([]);
    expect(await found([ellipse(10, 10, 40, CUT), ellipse(20, 20, 20, KISS)])).toEqual([]);
  });

  test('that are open are told with the place where they end', async () => {
    const [one] = await found([shape('M10 10 L40 10 L40 40 L10 40', CUT)]);
    expect(one).toMatchObject({ severity: 'error', code: 'cut.open', pointer: '/placements/0/layers/1', measured: 30 });
    expect(one?.message).toContain('(10, 40) mm');
  });

  test('that cross themselves or one another are told', async () => {
    expect(await found([shape('M10 10 L40 40 L40 10 L10 40 Z', CUT)])).toMatchObject([{ severity: 'error', code: 'cut.crosses' }]);
    expect(await found([ellipse(10, 10, 30, CUT), ellipse(30, 10, 30, CUT)])).toMatchObject([
      { severity: 'error', code: 'cut.crosses', pointer: '/placements/0/layers/2' },
    ]);
  });

  test('that are drawn twice are told', async () => {
    expect(await found([ellipse(10, 10, 30, CUT), ellipse(10.02, 10, 30, CUT)])).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'cut.duplicate', pointer: '/placements/0/layers/2' }),
    );
  });

  test('that turn sharply are told with the place and the radius that would do', async () => {
    const [sharp] = await found([shape('M10 10 L40 10 L40 40 L10 40 Z', CUT)]);
    expect(sharp).toMatchObject({ severity: 'warning', code: 'cut.radius', measured: 0, required: 1 });
    expect(await found([ellipse(10, 10, 3, CUT)])).toEqual([]);
    expect(await found([ellipse(10, 10, 1.2, CUT)])).toMatchObject([{ code: 'cut.radius', measured: 0.5 }]);
    expect(await found([shape('M10 10 L40 10 L40 40 L10 40 Z', CUT)], { cutRadius: 0 })).toEqual([]);
  });

  test('that lie near to one another are told with the distance', async () => {
    expect(await found([ellipse(10, 10, 20, KISS), ellipse(31.1, 10, 20, KISS)])).toMatchObject([
      { severity: 'error', code: 'cut.near', measured: 1.1, required: 2, pointer: '/placements/0/layers/2' },
    ]);
  });

  test('keep kiss cuts clear of the cut through', async () => {
    expect(await found([ellipse(10, 10, 30, CUT), ellipse(11.5, 15, 20, KISS)])).toMatchObject([
      { severity: 'error', code: 'cut.kiss-near-cut', required: 3, pointer: '/placements/0/layers/2' },
    ]);
  });
});

describe('contours around art', () => {
  const blob = (x: number, width: number) => ({
    type: 'shape',
    shape: { kind: 'ellipse' },
    fill: '#336699',
    box: { x, y: 20, width, height: 20 },
  });

  test('keep clear of the cut around the sheet', async () => {
    const { scene } = await composeLayers({ layers: [blob(40, 20)] });
    expect(check(scene, { kissContour: 'art', cutContour: 'trim' })).toEqual([]);
    const near = (await composeLayers({ layers: [blob(3.5, 20)] })).scene;
    expect(check(near, { kissContour: 'art', cutContour: 'trim' })).toMatchObject([
      { severity: 'error', code: 'cut.kiss-near-cut', measured: 1.5, required: 3 },
    ]);
  });
});

describe('the edge of a shape that is cut out', () => {
  /** The card as a disc of 50 mm. */
  const round = async (layers: readonly unknown[]): Promise<readonly Finding[]> => {
    const { scene } = await composeLayers({ layers });
    return check({ ...scene, area: { ...scene.area, trim: disc(50, 30, 25) } });
  };
  const ink = (x: number, y: number, size: number) => ({
    type: 'shape',
    shape: { kind: 'ellipse' },
    fill: '#336699',
    box: { x, y, width: size, height: size },
  });

  test('needs art that reaches over it', async () => {
    expect(await round([ink(22, 2, 56)])).toEqual([]);
    expect(await round([ink(35, 15, 30)])).toEqual([]);
    expect(await round([ink(25, 5, 50)])).toMatchObject([{ severity: 'error', code: 'cut.bleed-missing', required: 3 }]);
    expect(await round([ink(24, 4, 52)])).toMatchObject([{ code: 'cut.bleed-missing' }]);
  });

  test('lets a band cross it at a slant', async () => {
    const band = {
      type: 'shape',
      shape: { kind: 'path', d: 'M20 0 L30 0 L80 60 L70 60 Z' },
      fill: '#336699',
      box: { x: 0, y: 0, width: 100, height: 60 },
    };
    expect(await round([band])).toEqual([]);
  });

  test('keeps lettering away', async () => {
    const text = (x: number) => ({ type: 'text', text: 'I', font: { family: 'Lora' }, size: 8, box: { x, y: 24, width: 6, height: 12 } });
    expect(await round([text(47)])).toEqual([]);
    expect(await round([text(24.5)])).toMatchObject([{ severity: 'warning', code: 'cut.lettering-near', required: 4 }]);
  });

  test('is the trim of the product, unless that is a rectangle or contours are off', async () => {
    const { scene } = await composeLayers({ layers: [ink(25, 5, 50)] });
    expect(check(scene)).toEqual([]);
    expect(check({ ...scene, area: { ...scene.area, trim: disc(50, 30, 25) } }, { cutContour: 'none' })).toEqual([]);
    const bow = new PathBuilder().moveTo(10, 10).lineTo(50, 40).lineTo(50, 10).lineTo(10, 40).close().finish();
    expect(check({ ...scene, area: { ...scene.area, trim: bow } })).toContainEqual(
      expect.objectContaining({ code: 'cut.crosses', pointer: '/placements/0' }),
    );
  });
});
