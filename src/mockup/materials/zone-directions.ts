import { boxBlur } from '../box-blur.ts';

/** How far the fine relief of the pictured material reaches, mm: leather grain, yarns. */
const GRAIN_MM = 0.9;
const MOST_PX = 8;

/** Surface directions over a picture, no larger than the view itself: RGB, as views store them. */
export type NormalPlane = {
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  /** Its pixels for each picture pixel. */
  readonly scale: number;
  readonly pxPerMm: number;
};

/** Directions of one zone over a box of a normal plane, x y z for each pixel, of any length. */
export type ZoneDirections = {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  readonly xyz: Float32Array;
};

/** The smallest box around what a zone covers, with a pixel to spare at the far sides; null when it covers nothing. */
const boxOf = (cover: Uint8Array, widthPx: number) => {
  const rows = cover.length / widthPx;
  let [left, right, top, bottom] = [widthPx, -1, rows, -1];
  for (let y = 0, i = 0; y < rows; y += 1) {
    for (let x = 0; x < widthPx; x += 1, i += 1) {
      if (cover[i] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return null;
  return { x: left, y: top, widthPx: Math.min(widthPx, right + 2) - left, heightPx: Math.min(rows, bottom + 2) - top };
};

/**
 * Directions of a zone without the fine relief of the material it is pictured in. Only its own pixels count, so that edges of panels stay
 * edges.
 * @param cover - the zone's coverage over the whole plane
 */
export const zoneDirections = ({ rgb, widthPx, scale, pxPerMm }: NormalPlane, cover: Uint8Array): ZoneDirections | null => {
  const box = boxOf(cover, widthPx);
  if (!box) return null;
  const radius = Math.min(MOST_PX, Math.max(1, Math.round(GRAIN_MM * pxPerMm)));
  const count = box.widthPx * box.heightPx;
  const xyz = new Float32Array(count * 3);
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = new Float32Array(count);
    for (let y = 0, i = 0; y < box.heightPx; y += 1) {
      for (let x = 0; x < box.widthPx; x += 1, i += 1) {
        const pixel = (box.y + y) * widthPx + box.x + x;
        // Not divided by the weights afterwards: whoever reads a direction makes its length 1.
        plane[i] = ((rgb[pixel * 3 + channel] ?? 0) / 127.5 - 1) * (cover[pixel] ?? 0);
      }
    }
    const calm = boxBlur(boxBlur(plane, box.widthPx, radius), box.widthPx, radius);
    for (let i = 0; i < count; i += 1) xyz[i * 3 + channel] = calm[i] ?? 0;
  }
  return { ...box, scale, xyz };
};

/** Which way a picture pixel faces, x right, y up, z to the viewer, as a direction of length 1 into `out`. */
export const facing = (directions: ZoneDirections | null, px: number, py: number, out: Float64Array): void => {
  if (!directions) {
    out.fill(0, 0, 2)[2] = 1;
    return;
  }
  const { x, y, widthPx, heightPx, scale, xyz } = directions;
  const across = Math.min(widthPx - 1, Math.max(0, (px + 0.5) * scale - 0.5 - x));
  const down = Math.min(heightPx - 1, Math.max(0, (py + 0.5) * scale - 0.5 - y));
  const [left, top] = [Math.min(widthPx - 2, Math.floor(across)), Math.min(heightPx - 2, Math.floor(down))];
  const [fx, fy] = [across - left, down - top];
  const a = Math.max(0, top * widthPx + left) * 3;
  const c = a + widthPx * 3;
  for (let k = 0; k < 3; k += 1) {
    const upper = (xyz[a + k] ?? 0) * (1 - fx) + (xyz[a + 3 + k] ?? 0) * fx;
    const lower = (xyz[c + k] ?? 0) * (1 - fx) + (xyz[c + 3 + k] ?? 0) * fx;
    out[k] = upper * (1 - fy) + lower * fy;
  }
  const [nx = 0, ny = 0, nz = 1] = out;
  const length = Math.max(1e-6, Math.sqrt(nx * nx + ny * ny + nz * nz));
  out[0] = nx / length;
  out[1] = ny / length;
  out[2] = Math.max(0.05, nz / length);
};
