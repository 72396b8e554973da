import { boxBlur } from '../box-blur.ts';
import type { CompiledZone } from '../compile-view.ts';
import type { PictureWindow } from '../zone-texture.ts';

/** How far the fine relief of the pictured material reaches, mm: leather grain, yarns. */
const GRAIN_MM = 0.9;
const MOST_PX = 8;

/**
 * Directions of a zone without the fine relief of the material it is pictured in, x y z for each pixel of its window. Only its own pixels
 * count, so that edges of panels stay edges.
 * @param normals - RGB over the whole picture, as a view stores them
 */
export const smoothNormals = (
  normals: Uint8Array,
  { cover }: CompiledZone,
  window: PictureWindow,
  widthPx: number,
  pxPerMm: number,
): Float32Array => {
  const radius = Math.min(MOST_PX, Math.max(1, Math.round(GRAIN_MM * pxPerMm)));
  const count = window.widthPx * window.heightPx;
  const [xs, ys, zs] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let row = 0, i = 0; row < window.heightPx; row += 1) {
    for (let column = 0; column < window.widthPx; column += 1, i += 1) {
      const pixel = (window.y + row) * widthPx + window.x + column;
      const weight = cover[pixel] ?? 0;
      if (weight === 0) continue;
      xs[i] = ((normals[pixel * 3] ?? 0) / 127.5 - 1) * weight;
      ys[i] = ((normals[pixel * 3 + 1] ?? 0) / 127.5 - 1) * weight;
      zs[i] = ((normals[pixel * 3 + 2] ?? 0) / 127.5 - 1) * weight;
    }
  }
  // Length does not matter: whoever reads a direction makes it 1, so the sum of the weights is not needed.
  const [x, y, z] = [xs, ys, zs].map((plane) => boxBlur(boxBlur(plane, window.widthPx, radius), window.widthPx, radius));
  const out = new Float32Array(count * 3);
  for (let i = 0; i < count; i += 1) {
    out[i * 3] = x?.[i] ?? 0;
    out[i * 3 + 1] = y?.[i] ?? 0;
    out[i * 3 + 2] = z?.[i] ?? 0;
  }
  return out;
};
