import { type Homography, invertHomography, project, squareToQuad } from './homography.ts';
import type { SmartObject, WarpMesh } from './psd-document.ts';

/** Where each picture pixel lies on the content, across and down as shares of its size; NaN where the surface is not. */
export type Surface = {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Row-major pairs. */
  readonly at: Float32Array;
};

/** How far the surface is continued past the content's edge, as a share of its size: filters and edge pixels need it. */
const MARGIN = 0.06;
/** Cells a side into which a warp is cut; inside one, straight lines are exact to a tenth of a pixel at these sizes. */
const CELLS = 112;

type Point = readonly [number, number];
type Size = { readonly widthPx: number; readonly heightPx: number };
/** Maps 0..1 of the content to the picture. */
type Forward = (u: number, v: number) => Point;

const bernstein = (t: number): readonly [number, number, number, number] => {
  const r = 1 - t;
  return [r * r * r, 3 * r * r * t, 3 * r * t * t, t * t * t];
};

/** The patch a value lies in, and where in it; beyond the ends the outer patches go on. */
const patchAt = (slices: readonly number[], value: number): { readonly patch: number; readonly at: number } => {
  let patch = 0;
  while (patch < slices.length - 2 && value >= (slices[patch + 1] ?? value)) patch += 1;
  const [from = 0, to = 1] = [slices[patch], slices[patch + 1]];
  return { patch, at: (value - from) / (to - from) };
};

/** Maps 0..1 of the content to its own pixels, bent. */
const bend = ({ points, bounds, xs, ys }: WarpMesh): Forward => {
  const stride = 3 * xs.length - 2;
  return (u, v) => {
    const column = patchAt(xs, bounds.left + u * (bounds.right - bounds.left));
    const row = patchAt(ys, bounds.top + v * (bounds.bottom - bounds.top));
    const [across, down] = [bernstein(column.at), bernstein(row.at)];
    let [x, y] = [0, 0];
    for (let i = 0; i < 16; i += 1) {
      const weight = (across[i % 4] ?? 0) * (down[i >> 2] ?? 0);
      const point = points[(row.patch * 3 + (i >> 2)) * stride + column.patch * 3 + (i % 4)];
      x += weight * (point?.x ?? 0);
      y += weight * (point?.y ?? 0);
    }
    return [x, y];
  };
};

/** The corners of a bent layer are those of the box around the bent content, not of the content (seen in files of picture editors). */
const throughMesh = (mesh: WarpMesh, matrix: Homography): Forward => {
  const bent = bend(mesh);
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i <= CELLS; i += 1) {
    for (let j = 0; j <= CELLS; j += 1) {
      const [x, y] = bent(i / CELLS, j / CELLS);
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return (u, v) => {
    const [x, y] = bent(u, v);
    const [px, py] = project(matrix, (x - left) / (right - left), (y - top) / (bottom - top));
    return [px, py];
  };
};

const boxAround = (forward: Forward, { widthPx, heightPx }: Size): Surface => {
  let [x0, y0, x1, y1] = [widthPx, heightPx, 0, 0];
  for (let i = 0; i <= CELLS; i += 4) {
    for (let j = 0; j <= CELLS; j += 4) {
      const [x, y] = forward(spread(i), spread(j));
      x0 = Math.min(x0, x);
      y0 = Math.min(y0, y);
      x1 = Math.max(x1, x);
      y1 = Math.max(y1, y);
    }
  }
  const slack = 2;
  const [left, top] = [Math.max(0, Math.floor(x0) - slack), Math.max(0, Math.floor(y0) - slack)];
  const [right, bottom] = [Math.min(widthPx, Math.ceil(x1) + slack), Math.min(heightPx, Math.ceil(y1) + slack)];
  const [width, height] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  return { x: left, y: top, widthPx: width, heightPx: height, at: new Float32Array(width * height * 2).fill(Number.NaN) };
};

const spread = (cell: number): number => (cell / CELLS) * (1 + 2 * MARGIN) - MARGIN;

const near = (v: number): boolean => v >= -MARGIN && v <= 1 + MARGIN;

const fillFlat = (surface: Surface, matrix: Homography): void => {
  const back = invertHomography(matrix);
  const [cx, cy] = project(matrix, 0.5, 0.5);
  const [, , side] = project(back, cx, cy);
  for (let i = 0; i < surface.at.length / 2; i += 1) {
    const [x, y] = [surface.x + (i % surface.widthPx) + 0.5, surface.y + Math.floor(i / surface.widthPx) + 0.5];
    const [u, v, w] = project(back, x, y);
    if (w * side <= 0 || !near(u) || !near(v)) continue;
    surface.at[i * 2] = u;
    surface.at[i * 2 + 1] = v;
  }
};

type Corner = { readonly x: number; readonly y: number; readonly u: number; readonly v: number };

const fillTriangle = ({ x: left, y: top, widthPx, heightPx, at }: Surface, a: Corner, b: Corner, c: Corner): void => {
  const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (area === 0) return;
  const edge = -1e-9;
  const [xs, ys] = [
    [a.x, b.x, c.x],
    [a.y, b.y, c.y],
  ];
  const fromX = Math.max(left, Math.ceil(Math.min(...xs) - 0.5));
  const toX = Math.min(left + widthPx - 1, Math.floor(Math.max(...xs) - 0.5));
  const fromY = Math.max(top, Math.ceil(Math.min(...ys) - 0.5));
  const toY = Math.min(top + heightPx - 1, Math.floor(Math.max(...ys) - 0.5));
  for (let y = fromY; y <= toY; y += 1) {
    for (let x = fromX; x <= toX; x += 1) {
      const [px, py] = [x + 0.5 - a.x, y + 0.5 - a.y];
      const p = (px * (c.y - a.y) - (c.x - a.x) * py) / area;
      const q = ((b.x - a.x) * py - px * (b.y - a.y)) / area;
      if (p < edge || q < edge || p + q > 1 - edge) continue;
      const i = ((y - top) * widthPx + x - left) * 2;
      at[i] = a.u + p * (b.u - a.u) + q * (c.u - a.u);
      at[i + 1] = a.v + p * (b.v - a.v) + q * (c.v - a.v);
    }
  }
};

const fillCells = (surface: Surface, forward: Forward): void => {
  const corner = (i: number, j: number): Corner => {
    const [u, v] = [spread(i), spread(j)];
    const [x, y] = forward(u, v);
    return { x, y, u, v };
  };
  for (let j = 0; j < CELLS; j += 1) {
    for (let i = 0; i < CELLS; i += 1) {
      const [a, b, c, d] = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
      fillTriangle(surface, a, b, c);
      fillTriangle(surface, a, c, d);
    }
  }
};

/**
 * The surface that a smart object spans, seen at the centres of picture pixels.
 * @param size - picture the surface is wanted for
 * @param reduction - pixels of the layered picture for one of that picture, along a side
 */
export const surfaceOf = ({ quad, mesh }: SmartObject, size: Size, reduction: number): Surface => {
  const matrix = squareToQuad(quad.map((v) => v / reduction));
  if (mesh) {
    const forward = throughMesh(mesh, matrix);
    const surface = boxAround(forward, size);
    fillCells(surface, forward);
    return surface;
  }
  const surface = boxAround((u, v) => {
    const [x, y, w] = project(matrix, u, v);
    return w > 0 ? [x, y] : [0, 0];
  }, size);
  fillFlat(surface, matrix);
  return surface;
};

/** Position on the content at a pixel; null where the surface is not. */
export const positionAt = ({ x: left, y: top, widthPx, heightPx, at }: Surface, x: number, y: number): Point | null => {
  const [column, row] = [x - left, y - top];
  if (column < 0 || row < 0 || column >= widthPx || row >= heightPx) return null;
  const i = (row * widthPx + column) * 2;
  const [u = Number.NaN, v = Number.NaN] = [at[i], at[i + 1]];
  return Number.isNaN(u) ? null : [u, v];
};

/** Whether a pixel lies on the content, or within `reach` pixels of its edge. */
export const isOnContent = (surface: Surface, x: number, y: number, reach: number): boolean => {
  const here = positionAt(surface, x, y);
  if (!here) return false;
  const [right, below] = [
    positionAt(surface, x + 1, y) ?? positionAt(surface, x - 1, y),
    positionAt(surface, x, y + 1) ?? positionAt(surface, x, y - 1),
  ];
  const step = (axis: 0 | 1): number =>
    reach * Math.hypot((right?.[axis] ?? here[axis]) - here[axis], (below?.[axis] ?? here[axis]) - here[axis]);
  const [du, dv] = [step(0), step(1)];
  return here[0] >= -du && here[0] <= 1 + du && here[1] >= -dv && here[1] <= 1 + dv;
};
