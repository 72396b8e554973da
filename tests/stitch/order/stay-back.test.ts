import { describe, expect, it } from 'vitest';
import { boundsOfPath, EMPTY_PATH, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { subtractPaths } from '../../../src/geometry/polygons.ts';
import { stayBack } from '../../../src/stitch/order/stay-back.ts';
import type { FillArea, SewPart } from '../../../src/stitch/region.ts';
import { pairsOf } from '../../../src/stitch/satin/column-ruler.ts';
import { withPull } from '../../../src/stitch/satin/compensate.ts';
import { column, options } from './hand-work.ts';

const { fabric } = options();
const area = (angleDeg: number, style: FillArea['style'] = 'tatami'): FillArea => ({
  kind: 'fill',
  region: 0,
  path: rectPath(rectOf(0, 0, 30, 20)),
  angleDeg,
  style,
});
const toTheRight = rectPath(rectOf(30, -5, 20, 30));
const rightOf = (part: SewPart | undefined): number => {
  const box = part?.kind === 'fill' ? boundsOfPath(part.path) : null;
  return box ? box.x + box.width : Number.NaN;
};
const span = (rail: Float64Array, axis: 0 | 1): readonly [number, number] => {
  const own = rail.filter((_, i) => i % 2 === axis);
  return [Math.min(...own), Math.max(...own)];
};

describe('stayBack', () => {
  it('leaves parts alone where no thread lies', () => {
    const parts = [area(0), column(0, 0, 0, 20, 3)];
    expect(stayBack(parts, EMPTY_PATH, fabric)).toBe(parts);
  });

  it('draws rows back by half a thread, and at their ends by their compensation as well', () => {
    const [ends] = stayBack([area(0)], toTheRight, fabric);
    const [beside] = stayBack([area(90)], toTheRight, fabric);
    expect(rightOf(ends)).toBeLessThan(30 - fabric.pullMm - 0.05);
    expect(rightOf(ends)).toBeGreaterThan(30 - fabric.pullMm - 0.25);
    expect(rightOf(beside)).toBeLessThan(30);
    expect(rightOf(beside)).toBeGreaterThan(29.8);
  });

  it('draws rings back alike on all sides', () => {
    const [turned, level] = [stayBack([area(90, 'contour')], toTheRight, fabric)[0], stayBack([area(0, 'contour')], toTheRight, fabric)[0]];
    expect(rightOf(turned)).toBeCloseTo(rightOf(level), 2);
  });

  it('leads the run beneath an edge along the border, and within the outline elsewhere', () => {
    const [part] = stayBack([area(0)], toTheRight, fabric);
    const box = part?.kind === 'fill' && part.edge ? boundsOfPath(part.edge) : null;
    const whole = boundsOfPath(area(0).path);
    if (!box || !whole) throw new Error('expected an edge');
    expect(whole.x + whole.width - box.x - box.width).toBeCloseTo(0.2, 2);
    expect(box.x - whole.x).toBeCloseTo(0.4, 2);
    const [moved] = stayBack([column(28.5, 0, 28.5, 20, 3)], toTheRight, fabric);
    const around = moved?.kind === 'satin' && moved.edge ? boundsOfPath(moved.edge) : null;
    if (!around) throw new Error('expected a column with an edge');
    expect(around.x).toBeCloseTo(27.4, 1);
    expect(around.x + around.width).toBeCloseTo(29.8, 2);
  });

  it('moves the one rail of a column that lies on earlier thread', () => {
    const across = column(28.5, 0, 28.5, 20, 3);
    const [moved] = stayBack([across], toTheRight, fabric);
    if (moved?.kind !== 'satin') throw new Error('expected a column');
    const [[before], [after]] = [span(across.left, 0), span(moved.left, 0)];
    const [[, outer], [, inner]] = [span(across.right, 0), span(moved.right, 0)];
    const moves = [Math.abs(after - before), Math.abs(inner - outer)].sort();
    expect(moves[0]).toBe(0);
    expect(moves[1]).toBeGreaterThan(fabric.pullMm);
    expect(moves[1]).toBeLessThan(0.5);
  });

  it.each([1, 1.4, 2, 4])('lets the thread of a column %d mm wide end at the border once it is compensated', (widthMm) => {
    const [moved] = stayBack([column(31, 5, 45, 5, widthMm)], rectPath(rectOf(20, -5, 40, 30)), fabric);
    if (moved?.kind !== 'satin') throw new Error('expected a column');
    const rails = withPull(pairsOf(moved), fabric, true).slice(2, -2);
    for (const { left, right } of rails) expect(Math.abs(left.y - right.y)).toBeCloseTo(widthMm - 0.39, 2);
  });

  it('gives back to the cloth its side alone', () => {
    const [moved] = stayBack([column(29, 0, 29, 20, 2)], toTheRight, fabric);
    if (moved?.kind !== 'satin') throw new Error('expected a column');
    const xs = withPull(pairsOf(moved), fabric, true)
      .slice(2, -2)
      .flatMap(({ left, right }) => [left.x, right.x]);
    expect(Math.max(...xs)).toBeCloseTo(29.805, 2);
    expect(Math.min(...xs)).toBeCloseTo(28 - fabric.pullMm, 2);
  });

  it('leaves of a thin column what has needle and thread within it', () => {
    const [thin] = stayBack([column(31, 5, 45, 5, 0.6)], rectPath(rectOf(20, -5, 40, 30)), fabric);
    if (thin?.kind !== 'satin') throw new Error('expected a column');
    for (const { left, right } of pairsOf(thin)) expect(Math.hypot(left.x - right.x, left.y - right.y)).toBeGreaterThan(0.3);
  });

  it('stays back at the corner of a stroke that goes on from a rail', () => {
    const stem = column(30, 0, 30, 20, 2);
    const sides = subtractPaths(rectPath(rectOf(31, -5, 9, 30)), rectPath(rectOf(31, 8.72, 9, 3.86)));
    const [moved] = stayBack([stem], sides, fabric);
    if (moved?.kind !== 'satin') throw new Error('expected a column');
    const { left, right } = column(30, 0, 30, 20, 2);
    const by = pairsOf(moved).map((pair, i) => Math.abs(pair.left.x - (left[2 * i] ?? 0)) + Math.abs(pair.right.x - (right[2 * i] ?? 0)));
    const near = pairsOf(moved).findIndex((pair) => pair.left.y > 8.72);
    expect(pairsOf(moved)[near]?.left.y).toBeLessThan(8.82);
    expect(by[near]).toBeGreaterThan(0.3);
    expect(by[near + 2]).toBe(0);
  });
});
