import { describe, expect, test } from 'vitest';
import { cubicOfLine } from '../../../src/geometry/cubic.ts';
import { EMPTY_PATH, type Path, PathBuilder, transformPath } from '../../../src/geometry/path.ts';
import { areaOfPath } from '../../../src/geometry/polygons.ts';
import type { CutDrawing } from '../../../src/render/vector/cut-drawing.ts';
import { indexedColour } from '../../../src/render/vector/drawing-colour.ts';
import { writeDxf } from '../../../src/render/vector/write-dxf.ts';
import { areaOfPoints, type DxfLine, linesOfDxf, readDxf } from '../../support/read-dxf.ts';
import { layer, ring, SAMPLE } from './drawings.ts';

const textOf = (drawing: CutDrawing, toleranceMm?: number): string =>
  new TextDecoder().decode(writeDxf(drawing, toleranceMm === undefined ? {} : { toleranceMm }));

const read = (drawing: CutDrawing, toleranceMm?: number) => readDxf(writeDxf(drawing, toleranceMm === undefined ? {} : { toleranceMm }));

const polylines = (dxf: ReturnType<typeof read>): readonly DxfLine[] => linesOfDxf(dxf);

const areaOf = ({ points }: DxfLine): number => Math.abs(areaOfPoints(points));

describe('writeDxf', () => {
  test('is release 12 without variables that came later, for a second reader', () => {
    const { header, tables } = read(SAMPLE);
    expect(header.$ACADVER).toBe('AC1009');
    expect(header.$EXTMIN).toMatchObject({ x: 2, y: 3 });
    expect(header.$EXTMAX).toMatchObject({ x: 118, y: 77 });
    expect(header.$LIMMAX).toMatchObject({ x: 120, y: 80 });
    expect(header.$INSUNITS).toBeUndefined();
    expect(header.$MEASUREMENT).toBeUndefined();
    const layers = Object.values(tables.layer.layers).map(({ name, colorIndex }) => [name, colorIndex]);
    expect(layers).toEqual([
      ['0', 7],
      ['CUT', 1],
      ['THRU_CUT', 5],
      ['SCORE', 3],
    ]);
  });

  test('writes pairs of a code and a value, in sections that end', () => {
    const lines = textOf(SAMPLE).split('\r\n').slice(0, -1);
    expect(lines.length % 2).toBe(0);
    expect(lines.filter((_, i) => i % 2 === 0).every((code) => /^\d{1,3}$/.test(code))).toBe(true);
    expect(lines.slice(-2)).toEqual(['0', 'EOF']);
    const count = (value: string): number => lines.filter((one, i) => i % 2 === 1 && one === value).length;
    expect([count('SECTION'), count('TABLE'), count('POLYLINE')]).toEqual([count('ENDSEC'), count('ENDTAB'), count('SEQEND')]);
  });

  test('closes closed outlines, leaves open lines open, and turns the page y up', () => {
    const found = polylines(read(SAMPLE));
    expect(found.map(({ layer: name, closed }) => [name, closed])).toEqual([
      ['CUT', true],
      ['CUT', true],
      ['CUT', true],
      ['CUT', true],
      ['THRU_CUT', true],
      ['SCORE', false],
    ]);
    const score = found.at(-1)?.points;
    expect(score).toEqual([
      [5, 10],
      [100, 20],
    ]);
  });

  test('keeps areas and the tolerance, inner contours first', () => {
    const coarse = polylines(read(SAMPLE, 0.1));
    const fine = polylines(read(SAMPLE));
    const count = (list: readonly DxfLine[]): number => list.reduce((sum, { points }) => sum + points.length, 0);
    expect(count(fine)).toBeGreaterThan(count(coarse) * 1.5);
    const areas = fine.slice(0, 4).map(areaOf);
    const rings = [Math.PI * 16, Math.PI * 144, Math.PI * 400];
    const inOrder = areas.filter((area) => rings.some((exact) => Math.abs(area - exact) < exact * 0.002));
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
    expect(inOrder).toHaveLength(3);
    for (const { points } of fine.slice(0, 1)) expect(points.length).toBeGreaterThan(8);
    expect(areaOfPath(ring(30, 30, 20, 12))).toBeCloseTo(Math.PI * 256, -0.5);
  });

  test('does not make curves cross that lie nearer than the tolerance', () => {
    const arc = new PathBuilder().moveTo(0, 0).cubicTo(0, 30, 60, 30, 60, 0).finish();
    const beside = transformPath(new PathBuilder().moveTo(3, 0).cubicTo(3, 26, 57, 26, 57, 0).finish(), [1, 0, 0, 1, 0, 2.95]);
    const drawing = { ...SAMPLE, layers: [layer('CUT', [arc, beside])] };
    expect(crossings(polylines(read(drawing, 0.4)))).toBe(0);
    const crossing = { ...SAMPLE, layers: [layer('CUT', [arc, lineAcross()])] };
    expect(crossings(polylines(read(crossing)))).toBe(2);
  });

  test('keeps curves that cross in truth as coarse as they are alone', () => {
    const arc = new PathBuilder().moveTo(0, 0).cubicTo(0, 30, 60, 30, 60, 0).finish();
    const points = (paths: readonly Path[]): number =>
      polylines(read({ ...SAMPLE, layers: [layer('CUT', paths)] })).reduce((sum, line) => sum + line.points.length, 0);
    expect(points([arc, lineAcross()])).toBe(points([arc]) + 2);
  });

  test('drops what has no length and keeps layer names apart and legal', () => {
    const dot = new PathBuilder().moveTo(4, 4).lineTo(4, 4.00001).close().finish();
    const layers = [
      layer('Gold, metallic film (upper layer) 1', [dot, EMPTY_PATH]),
      layer('gold, METALLIC film (upper layer) 2', []),
      layer('0', []),
    ];
    const dxf = read({ ...SAMPLE, layers });
    expect(polylines(dxf)).toEqual([]);
    const names = Object.keys(dxf.tables.layer.layers);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[A-Z0-9$_-]{1,31}$/);
  });
});

const lineAcross = () => {
  const { x0, y0, x3, y3 } = cubicOfLine(-5, 10, 65, 10);
  return new PathBuilder().moveTo(x0, y0).lineTo(x3, y3).finish();
};

/** Pairs of pieces that pass through each other, counted the slow way. */
const crossings = (list: readonly DxfLine[]): number => {
  const pieces = list.flatMap(({ points, closed }) =>
    points.flatMap(([ax, ay], i) => {
      const [bx, by] = points[(i + 1) % points.length] ?? [ax, ay];
      return closed || i + 1 < points.length ? [[ax, ay, bx, by] as const] : [];
    }),
  );
  const side = ([ax, ay, bx, by]: readonly [number, number, number, number], x: number, y: number): number =>
    Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  let count = 0;
  pieces.forEach((a, i) => {
    for (const b of pieces.slice(i + 1)) {
      if (side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0 && side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0) count += 1;
    }
  });
  return count;
};

describe('indexedColour', () => {
  test.each([
    ['#ff0000', 1],
    ['#ffff00', 2],
    ['#00ff00', 3],
    ['#00ffff', 4],
    ['#0000ff', 5],
    ['#ff00ff', 6],
    ['#000000', 7],
    ['#ffffff', 255],
    ['#ff7f00', 30],
    ['#333333', 250],
    ['teal', 7],
  ])('gives %s the number %i', (hex, index) => expect(indexedColour(hex)).toBe(index));
});
