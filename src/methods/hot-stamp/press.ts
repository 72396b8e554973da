import type { Rect } from '../../geometry/point.ts';
import type { AppearanceRequest } from '../../render/appearance.ts';

/** Part of a picture, in whole pixels. */
type Window = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * How far a die has sunk at each pixel, 0 to 1 of its depth, from a picture of it: its walls are `wallMm` wide with a rounded top and foot. Only
 * the part around `box` (mm) is looked at.
 */
export const pressedIn = (rgba: Uint8Array, { region, widthPx, heightPx }: AppearanceRequest, box: Rect, wallMm: number): Float32Array => {
  const perMm = widthPx / region.width;
  const radius = Math.max(1, Math.round((wallMm * perMm) / 2));
  const margin = 2 * radius + 2;
  const left = Math.max(0, Math.floor((box.x - region.x) * perMm) - margin);
  const top = Math.max(0, Math.floor((box.y - region.y) * perMm) - margin);
  const right = Math.min(widthPx, Math.ceil((box.x + box.width - region.x) * perMm) + margin);
  const bottom = Math.min(heightPx, Math.ceil((box.y + box.height - region.y) * perMm) + margin);
  const out = new Float32Array(widthPx * heightPx);
  if (right <= left || bottom <= top) return out;
  const window = { x: left, y: top, width: right - left, height: bottom - top };
  // Two passes of a running mean make a wall that is round at both ends.
  const soft = blur(blur(coverageIn(rgba, widthPx, window), window.width, radius), window.width, radius);
  for (let y = 0; y < window.height; y += 1) {
    out.set(soft.subarray(y * window.width, (y + 1) * window.width), (window.y + y) * widthPx + window.x);
  }
  return out;
};

const coverageIn = (rgba: Uint8Array, widthPx: number, { x, y, width, height }: Window): Float32Array => {
  const out = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    let from = ((y + row) * widthPx + x) * 4 + 3;
    for (let column = 0; column < width; column += 1, at += 1, from += 4) out[at] = (rgba[from] ?? 0) / 255;
  }
  return out;
};

const blur = (plane: Float32Array, width: number, radius: number): Float32Array => {
  const height = plane.length / width;
  const across = new Float32Array(plane.length);
  for (let y = 0; y < height; y += 1) slide(plane, across, y * width, 1, width, radius);
  const out = new Float32Array(plane.length);
  for (let x = 0; x < width; x += 1) slide(across, out, x, width, height, radius);
  return out;
};

/** Running means of `count` values from `first` on, `step` apart; beyond the ends there is nothing. */
const slide = (plane: Float32Array, out: Float32Array, first: number, step: number, count: number, radius: number): void => {
  const share = 1 / (2 * radius + 1);
  let sum = 0;
  for (let i = -radius; i < count; i += 1) {
    if (i + radius < count) sum += plane[first + (i + radius) * step] ?? 0;
    if (i - radius - 1 >= 0) sum -= plane[first + (i - radius - 1) * step] ?? 0;
    // Sums that were added up and taken off again leave dust.
    if (i >= 0) out[first + i * step] = sum < 1e-4 ? 0 : sum * share;
  }
};
