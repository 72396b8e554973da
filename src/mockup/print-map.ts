import { NO_POSITION, type PositionMap, type ProductView } from '../model/view.ts';
import type { PlaneSize } from './resize-plane.ts';

/** Pixels a side for which the warp picks one filter. */
export const TILE = 16;

/**
 * Surface positions for every pixel of a box of the picture that holds all of them. The box lies on whole tiles and has one row and one tile
 * column more than it shows, so that every pixel has neighbours to compare with.
 */
export type PrintMap = {
  /** Left and top of the box in picture pixels, multiples of TILE. */
  readonly x: number;
  readonly y: number;
  /** Multiples of TILE. */
  readonly width: number;
  readonly height: number;
  /** Row-major pairs u, v in mm; rows of `stride` pairs, `height` + 1 of them. NO_POSITION where nothing is printable. */
  readonly mm: Float32Array;
  readonly stride: number;
  /** Of each tile, three numbers: the largest mm per pixel along a row, down a column, and in any direction. 0 without positions. */
  readonly tiles: Float32Array;
};

/** Samples per output pixel and back: both count pixel centres. */
const samplePosition = (pixel: number, scale: number, offset: number, step: number): number =>
  ((pixel + 0.5) / scale - 0.5 - offset) / step;

/** Straight-line interpolation between four samples; across a fold, or where one is missing, the nearest known one. */
const positionAt = (map: PositionMap, x: number, y: number, seam: number, out: Float32Array, at: number): void => {
  const left = Math.min(map.widthPx - 2, Math.max(0, Math.floor(x)));
  const top = Math.min(map.heightPx - 2, Math.max(0, Math.floor(y)));
  const fx = Math.min(1, Math.max(0, x - left));
  const fy = Math.min(1, Math.max(0, y - top));
  const a = (top * map.widthPx + left) * 2;
  const c = a + map.widthPx * 2;
  const mm = map.mm;
  const [u0 = 0, v0 = 0, u1 = 0, v1 = 0] = [mm[a], mm[a + 1], mm[a + 2], mm[a + 3]];
  const [u2 = 0, v2 = 0, u3 = 0, v3 = 0] = [mm[c], mm[c + 1], mm[c + 2], mm[c + 3]];
  const spread = Math.max(Math.max(u0, u1, u2, u3) - Math.min(u0, u1, u2, u3), Math.max(v0, v1, v2, v3) - Math.min(v0, v1, v2, v3));
  if (spread <= seam) {
    out[at] = (u0 * (1 - fx) + u1 * fx) * (1 - fy) + (u2 * (1 - fx) + u3 * fx) * fy;
    out[at + 1] = (v0 * (1 - fx) + v1 * fx) * (1 - fy) + (v2 * (1 - fx) + v3 * fx) * fy;
    return;
  }
  const nearest = a + (fy > 0.5 ? map.widthPx * 2 : 0) + (fx > 0.5 ? 2 : 0);
  out[at] = mm[nearest] ?? NO_POSITION;
  out[at + 1] = mm[nearest + 1] ?? NO_POSITION;
};

type Box = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** The samples that know a position; null when none does. */
const knownBox = ({ widthPx, heightPx, mm }: PositionMap): Box | null => {
  let [x0, y0, x1, y1] = [widthPx, heightPx, -1, -1];
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      if (mm[(y * widthPx + x) * 2] === NO_POSITION) continue;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = y;
    }
  }
  return x1 < 0 ? null : { x0, y0, x1, y1 };
};

const floorToTile = (v: number): number => Math.floor(v / TILE) * TILE;

/** Largest stretch of a 2 x 2 matrix of columns (a, b) and (c, d): its first singular value. */
const largestStretch = (a: number, b: number, c: number, d: number): number => {
  const sum = a * a + b * b + c * c + d * d;
  const area = a * d - b * c;
  return Math.sqrt((sum + Math.sqrt(Math.max(0, sum * sum - 4 * area * area))) / 2);
};

const measureTile = (mm: Float32Array, stride: number, first: number, seam: number, out: Float32Array, at: number): void => {
  for (let y = 2; y < TILE; y += 4) {
    for (let x = 2; x < TILE; x += 4) {
      const i = (first + y * stride + x) * 2;
      const below = i + stride * 2;
      const [u = NO_POSITION, v = 0] = [mm[i], mm[i + 1]];
      const [a, b] = [(mm[i + 2] ?? 0) - u, (mm[i + 3] ?? 0) - v];
      const [c, d] = [(mm[below] ?? 0) - u, (mm[below + 1] ?? 0) - v];
      if (u === NO_POSITION || Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d)) > seam) continue;
      out[at] = Math.max(out[at] ?? 0, Math.hypot(a, b));
      out[at + 1] = Math.max(out[at + 1] ?? 0, Math.hypot(c, d));
      out[at + 2] = Math.max(out[at + 2] ?? 0, largestStretch(a, b, c, d));
    }
  }
};

/** The print map of a view for a picture of `size`; null when the view knows no position at all. */
export const printMapOf = ({ record, positions }: ProductView, size: PlaneSize): PrintMap | null => {
  const known = knownBox(positions);
  if (!known) return null;
  const { step, offset, seam } = record.maps.positions;
  const [sx, sy] = [size.widthPx / record.widthPx, size.heightPx / record.heightPx];
  const [ox, oy] = offset;
  const pixelOf = (sample: number, first: number, scale: number): number => (sample * step + first + 0.5) * scale;
  const x = Math.max(0, floorToTile(pixelOf(known.x0 - 1, ox, sx)));
  const y = Math.max(0, floorToTile(pixelOf(known.y0 - 1, oy, sy)));
  const width = floorToTile(Math.min(size.widthPx, pixelOf(known.x1 + 1, ox, sx)) + TILE - 1) - x;
  const height = floorToTile(Math.min(size.heightPx, pixelOf(known.y1 + 1, oy, sy)) + TILE - 1) - y;
  const stride = width + TILE;
  const mm = new Float32Array(stride * (height + 1) * 2);
  for (let row = 0, at = 0; row <= height; row += 1) {
    const sampleY = samplePosition(y + row, sy, oy, step);
    for (let column = 0; column < stride; column += 1, at += 2)
      positionAt(positions, samplePosition(x + column, sx, ox, step), sampleY, seam, mm, at);
  }
  const columns = width / TILE;
  const tiles = new Float32Array(columns * (height / TILE) * 3);
  for (let i = 0; i < tiles.length / 3; i += 1)
    measureTile(mm, stride, Math.floor(i / columns) * TILE * stride + (i % columns) * TILE, seam, tiles, i * 3);
  return { x, y, width, height, mm, stride, tiles };
};
