import { describe, expect, it } from 'vitest';
import { boundsOfPath, EMPTY_PATH, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { stayBack } from '../../../src/stitch/order/stay-back.ts';
import type { FillArea, SewPart } from '../../../src/stitch/region.ts';
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

  it('takes no more than half of a thin column away', () => {
    const [thin] = stayBack([column(31, 5, 45, 5, 0.8)], rectPath(rectOf(20, -5, 40, 30)), fabric);
    if (thin?.kind !== 'satin') throw new Error('expected a column');
    for (let i = 0; i < thin.left.length; i += 2) {
      const width = Math.hypot((thin.left[i] ?? 0) - (thin.right[i] ?? 0), (thin.left[i + 1] ?? 0) - (thin.right[i + 1] ?? 0));
      expect(width).toBeGreaterThan(0.4);
      expect(width).toBeLessThan(0.8);
    }
  });
});
