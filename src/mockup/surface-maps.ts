import { NO_POSITION, type ProductView } from '../model/view.ts';
import { boxBlur } from './box-blur.ts';
import { type LightTables, lightTablesOf } from './light-tables.ts';
import type { PrintMap } from './print-map.ts';
import type { PlaneSize } from './resize-plane.ts';

/** How far the fine relief of an article reaches, mm: the pitch of leather grain and of knitting. */
const GRAIN_MM = 1.3;
const LEAST_PX = 2;
const MOST_PX = 12;

/** What surfaces need of a view beyond what flat print does, over the box of its print map. */
export type SurfaceMaps = {
  /** Directions without and with fine relief, i16 pairs x, y of each (32767 = 1), rows of the box's width; null: it faces the viewer. */
  readonly normals: Int16Array | null;
  /** The view's shade without fine relief, u16 as `CompiledView.shade`. */
  readonly low: Uint16Array;
  readonly light: LightTables;
};

/** The part of a view that its compiled form holds on to. */
type Relit = Pick<ProductView, 'record' | 'normal' | 'reflections'>;

/** Weighted means around every pixel: pixels without a position do not count. */
const smoothed = (plane: Float32Array, weight: Float32Array, weights: Float32Array, wide: number, radius: number): Float32Array => {
  const counting = new Float32Array(plane.length);
  for (let i = 0; i < plane.length; i += 1) counting[i] = (plane[i] ?? 0) * (weight[i] ?? 0);
  const out = boxBlur(counting, wide, radius);
  for (let i = 0; i < plane.length; i += 1) {
    const counted = weights[i] ?? 0;
    out[i] = counted > 1e-4 ? (out[i] ?? 0) / counted : (plane[i] ?? 0);
  }
  return out;
};

const grainRadius = ({ tiles }: PrintMap): number => {
  const steps = [];
  for (let i = 2; i < tiles.length; i += 3) if ((tiles[i] ?? 0) > 0) steps.push(tiles[i] ?? 0);
  steps.sort((a, b) => a - b);
  return Math.max(LEAST_PX, Math.min(MOST_PX, Math.round(GRAIN_MM / (steps[steps.length >> 1] ?? 1))));
};

/** The direction planes of a box, x and y, between the pixels of the view's own size. */
const directionsIn = (
  { record, normal }: Relit,
  size: PlaneSize,
  { x, y, width, height }: PrintMap,
): readonly [Float32Array, Float32Array] => {
  const [sx, sy] = [record.widthPx / size.widthPx, record.heightPx / size.heightPx];
  const plane = normal ?? new Uint8Array();
  const across = new Float32Array(width * height);
  const up = new Float32Array(width * height);
  for (let row = 0, i = 0; row < height; row += 1) {
    const py = Math.max(0, Math.min(record.heightPx - 1.001, (y + row + 0.5) * sy - 0.5));
    const fy = py - Math.floor(py);
    for (let column = 0; column < width; column += 1, i += 1) {
      const px = Math.max(0, Math.min(record.widthPx - 1.001, (x + column + 0.5) * sx - 0.5));
      const fx = px - Math.floor(px);
      const upper = (Math.floor(py) * record.widthPx + Math.floor(px)) * 3;
      const lower = upper + record.widthPx * 3;
      let [a, b, c] = [0, 0, 0];
      for (let corner = 0; corner < 4; corner += 1) {
        const at = (corner < 2 ? upper : lower) + (corner & 1) * 3;
        const share = (corner & 1 ? fx : 1 - fx) * (corner < 2 ? 1 - fy : fy) * (2 / 255);
        a += (plane[at] ?? 0) * share;
        b += (plane[at + 1] ?? 0) * share;
        c += (plane[at + 2] ?? 0) * share;
      }
      const length = Math.max(0.1, Math.sqrt((a - 1) * (a - 1) + (b - 1) * (b - 1) + (c - 1) * (c - 1)));
      across[i] = (a - 1) / length;
      up[i] = (b - 1) / length;
    }
  }
  return [across, up];
};

/** Works out what surfaces need of a view at a picture size. Costs some tenths of a second a megapixel, so it is kept with the compiled view. */
export const surfaceMapsOf = (view: Relit, size: PlaneSize, shade: Uint16Array, print: PrintMap): SurfaceMaps => {
  const { x, y, width, height, stride, mm } = print;
  const known = new Float32Array(width * height);
  const lit = new Float32Array(width * height);
  for (let row = 0, i = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, i += 1) {
      known[i] = mm[(row * stride + column) * 2] === NO_POSITION ? 0 : 1;
      lit[i] = shade[Math.min(size.heightPx - 1, y + row) * size.widthPx + Math.min(size.widthPx - 1, x + column)] ?? 0;
    }
  }
  const radius = grainRadius(print);
  const weights = boxBlur(known, width, radius);
  const smooth = (plane: Float32Array): Float32Array => smoothed(plane, known, weights, width, radius);
  return {
    normals: view.normal ? normalsOf(directionsIn(view, size, print), smooth) : null,
    low: new Uint16Array(smooth(lit)),
    light: lightTablesOf(view.reflections),
  };
};

const normalsOf = ([across, up]: readonly [Float32Array, Float32Array], smooth: (plane: Float32Array) => Float32Array): Int16Array => {
  const planes = [smooth(across), smooth(up), across, up];
  const out = new Int16Array(across.length * 4);
  planes.forEach((plane, c) => {
    for (let i = 0; i < plane.length; i += 1) out[i * 4 + c] = Math.round((plane[i] ?? 0) * 32767);
  });
  return out;
};
