import type { Appearance } from '../../render/appearance.ts';

/** Foam of the trade stands this high under tight satin, mm, and is rounded over this much towards its edges. */
const FOAM_MM = 2.2;
const ROUNDED_MM = 1.6;

/** Lifts a sewn design by the foam beneath it. */
export const raisedOnFoam = (look: Appearance): Appearance => {
  const { widthPx, heightPx, region, rgba, surface } = look;
  if (!surface?.height) return look;
  const radius = Math.max(1, Math.round((ROUNDED_MM * widthPx) / region.width));
  const cover = new Float32Array(widthPx * heightPx);
  for (let i = 0; i < cover.length; i += 1) cover[i] = (rgba[4 * i + 3] ?? 0) / 255;
  const rows = averaged(cover, { length: widthPx, lines: heightPx, step: 1, stride: widthPx }, radius);
  const around = averaged(rows, { length: heightPx, lines: widthPx, step: widthPx, stride: 1 }, radius);
  const height = surface.height.map((mm, i) => {
    // Half of what is around an edge is covered, all of it well inside: a quarter circle between.
    const inside = Math.max(0, Math.min(1, 2 * (around[i] ?? 0) - 0.8));
    return mm + (cover[i] ?? 0) * FOAM_MM * Math.sqrt(1 - (1 - inside) ** 2);
  });
  return { ...look, surface: { ...surface, height } };
};

type Lines = { readonly length: number; readonly lines: number; readonly step: number; readonly stride: number };

/** Mean over 2 * radius + 1 values along each line; nothing lies beyond its ends. */
const averaged = (from: Float32Array, { length, lines, step, stride }: Lines, radius: number): Float32Array => {
  const out = new Float32Array(from.length);
  for (let line = 0; line < lines; line += 1) {
    const at = (i: number): number => (i >= 0 && i < length ? (from[line * stride + i * step] ?? 0) : 0);
    let sum = 0;
    for (let i = -radius; i < radius; i += 1) sum += at(i);
    for (let i = 0; i < length; i += 1) {
      sum += at(i + radius);
      out[line * stride + i * step] = sum / (2 * radius + 1);
      sum -= at(i - radius);
    }
  }
  return out;
};
