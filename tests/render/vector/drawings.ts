import { type Path, PathBuilder, rectPath, transformPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { reversePath } from '../../../src/geometry/reverse-path.ts';
import { ellipsePath, linePath } from '../../../src/geometry/shapes.ts';
import type { CutDrawing, CutLayer } from '../../../src/render/vector/cut-drawing.ts';

export const layer = (name: string, paths: readonly Path[], more: Partial<CutLayer> = {}): CutLayer => ({
  name,
  colour: '#ff0000',
  work: 'line',
  lineWidthMm: 0.1,
  paths: paths.map((path) => ({ path, fillRule: 'nonzero' })),
  ...more,
});

/** A ring: an outer circle and a hole wound against it, in one path, the outer one first. */
export const ring = (x: number, y: number, outer: number, inner: number): Path =>
  new PathBuilder()
    .append(ellipsePath(rectOf(x - outer, y - outer, 2 * outer, 2 * outer)))
    .append(reversePath(ellipsePath(rectOf(x - inner, y - inner, 2 * inner, 2 * inner))))
    .finish();

/** 120 x 80 mm: rings with an island, boxes, an open line; a second layer with one box. */
export const SAMPLE: CutDrawing = {
  title: 'Order <1042> & "name"',
  widthMm: 120,
  heightMm: 80,
  layers: [
    layer('CUT', [ring(30, 30, 20, 12), rectPath(rectOf(80.5, 10.25, 30, 20)), ellipsePath(rectOf(26, 26, 8, 8))]),
    layer('Thru cut', [rectPath(rectOf(2, 3, 116, 74))], { colour: '#0000ff' }),
    layer('SCORE', [linePath({ x: 5, y: 70 }, { x: 100, y: 60 })], { colour: '#00ff00' }),
  ],
};

/** A grid of rings, big enough for a measure of time and travel. */
export const grid = (columns: number, rows: number): readonly Path[] =>
  Array.from({ length: columns * rows }, (_, i) =>
    transformPath(ring(0, 0, 4, 2), [1, 0, 0, 1, 10 * (((i * 7) % columns) + 0.5), 10 * (Math.floor(i / columns) + 0.5)]),
  );
