import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import type { MadeFile } from '../../../src/methods/method.ts';
import { expectGolden } from '../../golden/golden.ts';
import { type Plotted, plotHpgl } from '../../support/plot-hpgl.ts';
import { areaOfPoints, type DxfLine, linesOfDxf, readDxf } from '../../support/read-dxf.ts';
import { make, makeAll, sceneOf, textOf } from './vinyl-scene.ts';

const RED = '#c3232e';
const NAVY = '#1d2844';

const box = (x: number, y: number, width: number, height: number): Path => rectPath(rectOf(x, y, width, height));
const disc = (x: number, y: number, radius: number): Path => ellipsePath(rectOf(x - radius, y - radius, 2 * radius, 2 * radius));

/** A red plate with a navy disc at its left end: mirrored, it is at the right. */
const SCENE = sceneOf([RED, box(20, 20, 90, 40)], [NAVY, disc(40, 40, 12)]);

const dxfOf = (files: ReadonlyMap<string, MadeFile>, name: string): readonly DxfLine[] =>
  linesOfDxf(readDxf(files.get(name)?.data ?? new Uint8Array()));

const boxOf = (lines: readonly { readonly points: DxfLine['points'] }[]) => {
  const points = lines.flatMap((line) => line.points);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((mm) => Math.round(mm * 100) / 100);
};

const on = (layer: string) => (line: DxfLine) => line.layer === layer;

const mmOf = ({ points }: Plotted): DxfLine => ({ layer: '', closed: true, points: points.map(([x, y]) => [x / 40, y / 40] as const) });

describe('cut files', () => {
  test('are one set for each layer from the bottom up, and a drawing for people', async () => {
    const files = await make([SCENE]);
    expect([...files.keys()]).toEqual([
      'back-vinyl-assembly.svg',
      'back-vinyl-1-red.svg',
      'back-vinyl-1-red.dxf',
      'back-vinyl-1-red.plt',
      'back-vinyl-2-navy.svg',
      'back-vinyl-2-navy.dxf',
      'back-vinyl-2-navy.plt',
    ]);
    const [assembly, ...cuts] = [...files.values()];
    expect(assembly).toMatchObject({ role: 'report', mirrored: false, widthMm: 200, heightMm: 120 });
    // 90 x 40 of art, 5 to the weed box, 13 for marks, 2 of edge, 12 for the label.
    for (const file of cuts)
      expect(file).toMatchObject({ role: 'production', mirrored: true, widthMm: 130, heightMm: 66, placement: 'back' });
    expect([...(await make([SCENE], { formats: ['dxf'] })).keys()]).toHaveLength(3);
  });

  test('mirror film that is cut from behind, and nothing else', async () => {
    const left = async (settings: object): Promise<number> => {
      const [disc] = dxfOf(await make([SCENE], settings), 'back-vinyl-2-navy.dxf').filter(({ layer }) => /CUT|THRU/.test(layer));
      return boxOf(disc ? [disc] : [])[0] ?? 0;
    };
    const fromLeft = 15 + 5 + 8;
    expect(await left({ kind: 'sign' })).toBeCloseTo(fromLeft, 1);
    expect(await left({ kind: 'twill', weedMarginMm: 5 })).toBeCloseTo(fromLeft, 1);
    expect(await left({})).toBeCloseTo(130 - fromLeft - 24, 1);
    expect(await left({ mirror: false })).toBeCloseTo(fromLeft, 1);
    const files = await make([SCENE], { kind: 'sign' });
    expect([...files.values()].every(({ mirrored }) => mirrored === false)).toBe(true);
  });

  test('say the same in all three formats, at true size', async () => {
    const files = await make([SCENE], { kind: 'sign', registration: false, labels: false, weedMarginMm: 0 });
    const dxf = dxfOf(files, 'back-vinyl-2-navy.dxf');
    const plot = plotHpgl(files.get('back-vinyl-2-navy.plt')?.data ?? new Uint8Array()).map(mmOf);
    const svg = new Resvg(textOf(files.get('back-vinyl-2-navy.svg'))).getBBox();
    // The sheet is that of all layers: the plate of 90 x 40 with an edge of 2.
    expect(boxOf(dxf)).toEqual([10, 10, 34, 34]);
    for (const [i, mm] of boxOf(plot).entries()) expect(Math.abs(mm - (boxOf(dxf)[i] ?? 0))).toBeLessThan(0.03);
    const line = 0.05;
    expect([svg?.x, svg?.y, svg?.width, svg?.height].map((mm) => Math.round(((mm ?? 0) + 1e-6) * 100) / 100)).toEqual([
      10 - line,
      10 - line,
      24.1,
      24.1,
    ]);
    for (const lines of [dxf, plot]) expect(Math.abs(areaOfPoints(lines[0]?.points ?? []))).toBeCloseTo(Math.PI * 144, 0);
  });

  test('lie upon each other by their marks, which fit one way only', async () => {
    const files = await make([SCENE]);
    const marks = ['back-vinyl-1-red.dxf', 'back-vinyl-2-navy.dxf'].map((name) => dxfOf(files, name).filter(on('REGMARK')));
    expect(marks[0]).toHaveLength(6);
    expect(marks[1]).toEqual(marks[0]);
    const centres = (marks[0] ?? [])
      .map((line) => boxOf([line]))
      .map(([x = 0, y = 0, X = 0, Y = 0]) => [(x + X) / 2, (y + Y) / 2] as const);
    const turned = centres.map(([x, y]) => [130 - x, 66 - y] as const);
    const flipped = centres.map(([x, y]) => [130 - x, y] as const);
    const isThere = ([x, y]: readonly [number, number]): boolean => centres.some(([a, b]) => Math.hypot(a - x, b - y) < 4);
    expect(turned.every(isThere)).toBe(false);
    expect(flipped.every(isThere)).toBe(false);
    const single = dxfOf(await make([sceneOf([RED, box(20, 20, 40, 40)])]), 'back-vinyl-1-red.dxf');
    expect(single.filter(on('REGMARK'))).toEqual([]);
  });

  test('have a weed box around the cuts and the label outside of it', async () => {
    const lines = dxfOf(await make([SCENE]), 'back-vinyl-1-red.dxf');
    const [left = 0, bottom = 0, right = 0, top = 0] = boxOf(lines.filter(on('WEED')));
    expect([right - left, top - bottom]).toEqual([100, 50]);
    const cuts = boxOf(lines.filter(on('CUT')));
    expect([cuts[0], cuts[1], cuts[2], cuts[3]]).toEqual([left + 5, bottom + 5, right - 5, top - 5]);
    const label = boxOf(lines.filter(on('LABEL')));
    expect(label[3]).toBeLessThan(bottom);
    expect(label[1]).toBeGreaterThan(0);
    expect(dxfOf(await make([SCENE], { labels: false }), 'back-vinyl-1-red.dxf').filter(on('LABEL'))).toEqual([]);
  });

  test('cut the waste into strips without touching the art', async () => {
    const scene = sceneOf([RED, disc(60, 60, 30)]);
    const lines = dxfOf(await make([scene], { weedLineMm: 12, kind: 'sign' }), 'back-vinyl-1-red.dxf');
    const strips = lines.filter(on('WEED')).filter(({ closed }) => !closed);
    expect(strips.length).toBeGreaterThan(5);
    const [cut] = lines.filter(on('CUT'));
    const [x = 0, y = 0, X = 0, Y = 0] = boxOf(cut ? [cut] : []);
    for (const { points } of strips) {
      for (const [px, py] of points) expect(Math.hypot(px - (x + X) / 2, py - (y + Y) / 2)).toBeGreaterThan(30 + 1.45);
    }
    const levels = [...new Set(strips.map(({ points }) => points[0]?.[1] ?? 0))].sort((a, b) => a - b);
    for (const [i, level] of levels.slice(1).entries()) expect(level - (levels[i] ?? 0)).toBeLessThanOrEqual(12.001);
  });

  test('name their layers as the cutter does, and cut twill through with a line to sew', async () => {
    const names = async (settings: object): Promise<readonly string[]> =>
      [...textOf((await make([SCENE], settings)).get('back-vinyl-1-red.svg')).matchAll(/<g id="([^"]+)"/g)].map((one) => one[1] ?? '');
    expect(await names({})).toEqual(['CUT', 'WEED', 'REGMARK', 'LABEL']);
    expect(await names({ cutter: 'cutcontour' })).toContain('CutContour');
    expect(await names({ cutter: 'thru-kiss', kind: 'twill' })).toEqual(['Thru-cut', 'SEW', 'REGMARK', 'LABEL']);
    expect(await names({ cutter: 'lowercase-reserved' })).toEqual(['cutcontour', 'cutoutline', 'regmark', 'cutannotation']);
    const lines = dxfOf(await make([SCENE], { kind: 'twill' }), 'back-vinyl-1-red.dxf');
    const [cut, sew] = [boxOf(lines.filter(on('THRU'))), boxOf(lines.filter(on('SEW')))];
    expect(sew.map((mm, i) => Math.round((mm - (cut[i] ?? 0)) * 100) / 100)).toEqual([1, 1, -1, -1]);
  });

  test('give the knife what is cut and nothing else, and a pen the label', async () => {
    const pens = async (settings: object): Promise<readonly number[]> => {
      const file = (await make([SCENE], settings)).get('back-vinyl-1-red.plt');
      return plotHpgl(file?.data ?? new Uint8Array()).map(({ pen }) => pen);
    };
    // Cut and six arms of marks; the sewing line is not for knives.
    expect(await pens({ kind: 'twill' })).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(await pens({})).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(await pens({ labelPen: 2, registration: false })).toEqual([1, 1, 2]);
  });

  test('show people how the layers lie, right-reading and in their colours', async () => {
    const text = textOf((await make([SCENE])).get('back-vinyl-assembly.svg'));
    const { pixels, width } = new Resvg(text, { fitTo: { mode: 'width', value: 400 }, background: '#ffffff' }).render();
    const at = (x: number, y: number): string =>
      [...pixels.subarray((2 * y * width + 2 * x) * 4, (2 * y * width + 2 * x) * 4 + 3)].join(' ');
    expect([at(40, 40), at(90, 40), at(150, 100)]).toEqual(['29 40 68', '195 35 46', '255 255 255']);
  });

  test('number the pages of work that has several', async () => {
    const names = [...(await make([SCENE, SCENE], { formats: ['plt'] })).keys()];
    expect(names.filter((name) => name.includes('vinyl-2-1-red') || name.includes('vinyl-1-2-navy'))).toHaveLength(2);
    expect(new Set(names).size).toBe(6);
  });

  test('look as they did', async () => {
    const scene = sceneOf([RED, box(20, 20, 30, 20)], [NAVY, disc(35, 30, 6)]);
    const files = await make([scene], { weedLineMm: 15, borders: [{ colour: 'white', widthMm: 2 }] });
    for (const name of ['back-vinyl-1-white.svg', 'back-vinyl-3-navy.plt', 'back-vinyl-3-navy.dxf']) {
      expectGolden(`vinyl/${name.replace(/\.(plt|dxf)$/, '-$1.txt')}`, textOf(files.get(name)));
    }
  });
});

describe('rolls', () => {
  const SMALL = sceneOf([RED, box(20, 20, 60, 30)], [NAVY, disc(40, 35, 8)]);

  test('take the sheets and copies of one vinyl, apart from each other', async () => {
    const files = await make([SMALL], { nest: 'layers', copies: 6, rollWidthMm: 300, nestGapMm: 4 });
    expect([...files.keys()].filter((name) => name.endsWith('.dxf'))).toEqual(['back-vinyl-roll-red.dxf', 'back-vinyl-roll-navy.dxf']);
    const lines = dxfOf(files, 'back-vinyl-roll-red.dxf');
    const boxes = lines.filter(on('WEED')).map((line) => boxOf([line]));
    expect(boxes).toHaveLength(6);
    boxes.forEach(([ax = 0, ay = 0, aX = 0, aY = 0], i) => {
      for (const [bx = 0, by = 0, bX = 0, bY = 0] of boxes.slice(i + 1)) {
        expect(Math.max(bx - aX, ax - bX, by - aY, ay - bY)).toBeGreaterThan(4);
      }
      expect(Math.min(ax, ay)).toBeGreaterThan(0);
      expect(aX).toBeLessThan(300);
    });
    const file = files.get('back-vinyl-roll-red.dxf');
    expect(file).toMatchObject({ widthMm: 300, mirrored: true });
    expect(Math.max(...boxes.map(([, , , top]) => top ?? 0))).toBeLessThan(file?.heightMm ?? 0);
  });

  test('take loose pieces close together, with the line to sew in each', async () => {
    const letters = sceneOf(...[0, 1, 2, 3].map((i) => [RED, box(10 + 45 * i, 10, 30, 60)] as const));
    const files = await make([letters], { kind: 'twill', nest: 'pieces', copies: 3, rollWidthMm: 200, nestGapMm: 3 });
    const lines = dxfOf(files, 'back-vinyl-roll-red.dxf');
    const pieces = lines.filter(on('THRU'));
    expect(pieces).toHaveLength(12);
    expect(lines.filter(on('SEW'))).toHaveLength(12);
    const label = boxOf(lines.filter(on('LABEL')));
    expect(label[3]).toBeLessThan(Math.min(...pieces.map((piece) => boxOf([piece])[1] ?? 0)));
    const used = 12 * 30 * 60;
    // Ten at the end are the label's.
    expect(used / (200 * ((files.get('back-vinyl-roll-red.dxf')?.heightMm ?? 0) - 10))).toBeGreaterThan(0.8);
    for (const sew of lines.filter(on('SEW'))) {
      const [x = 0, y = 0, X = 0, Y = 0] = boxOf([sew]);
      const owner = pieces.map((piece) => boxOf([piece])).filter(([a = 0, b = 0, c = 0, d = 0]) => a < x && b < y && c > X && d > Y);
      expect(owner).toHaveLength(1);
    }
  });

  test('say what did not fit, when they are made by force', async () => {
    const scene = sceneOf([RED, box(10, 10, 150, 80)], [RED, box(170, 10, 20, 80)]);
    const { files, findings } = await makeAll([scene], { nest: 'pieces', rollWidthMm: 60, formats: ['dxf'] });
    expect(findings).toMatchObject([{ severity: 'warning', code: 'roll.left-out', measured: 1 }]);
    const roll = files.find(({ name }) => name === 'back-vinyl-roll-red.dxf');
    expect(linesOfDxf(readDxf(roll?.data ?? new Uint8Array())).filter(on('CUT'))).toHaveLength(1);
  });
});
