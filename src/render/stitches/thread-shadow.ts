import { SHADOW_FALLS } from './light-thread.ts';

/** Within this far, mm, higher thread takes light away from a point on all sides. */
const AROUND_MM = 0.4;
/** How much higher, mm, the thread around must be on average to take all of it. */
const ENCLOSED_MM = 0.3;
const LONGEST_MM = 1.4;
const STEPS = 4;
/** A lamp has a size: shadows grow full over this much height, mm. */
const SOFT_MM = 0.22;
/** Rays are drawn flatter than the lamp stands: cloth is soft and gives way around stitches, which deepens their shadow. */
const LOW = 0.38;
const THROWN = 0.5;
/** A large lamp's half shadow: from the height around a place this far towards it, mm, within this much. */
const HALF_AWAY_MM = 0.55;
const HALF_AROUND_MM = 0.75;
const HALF_FULL_MM = 0.55;

/** Averages over a square of 2 * radius + 1 pixels; what lies outside counts as the edge. */
const blurRows = (
  from: Float32Array,
  to: Float32Array,
  width: number,
  rows: number,
  radius: number,
  along: number,
  across: number,
): void => {
  const share = 1 / (2 * radius + 1);
  for (let line = 0; line < rows; line += 1) {
    const start = line * across;
    const end = start + (width - 1) * along;
    let sum = (from[start] ?? 0) * radius;
    for (let i = 0; i <= radius; i += 1) sum += from[Math.min(end, start + i * along)] ?? 0;
    for (let i = 0, at = start; i < width; i += 1, at += along) {
      to[at] = sum * share;
      sum += (from[Math.min(end, at + (radius + 1) * along)] ?? 0) - (from[Math.max(start, at - radius * along)] ?? 0);
    }
  }
};

/** How much of the light each pixel loses, 0 to 1, to thread that is higher around it and towards the lamp. Heights in mm, row-major. */
export const threadShadow = (height: Float32Array, width: number, pixelsPerMm: number): Float32Array => {
  const rows = height.length / width;
  const radius = Math.max(1, Math.round(AROUND_MM * pixelsPerMm));
  const [half, around] = [new Float32Array(height.length), new Float32Array(height.length)];
  blurRows(height, half, width, rows, radius, 1, width);
  blurRows(half, around, rows, width, radius, width, 1);
  const steps = Array.from({ length: STEPS }, (_, i) => {
    const mm = ((i + 1) / STEPS) * LONGEST_MM;
    return {
      dx: Math.round(-SHADOW_FALLS.x * mm * pixelsPerMm),
      dy: Math.round(-SHADOW_FALLS.y * mm * pixelsPerMm),
      rise: mm * SHADOW_FALLS.steep * LOW,
    };
  });
  const wider = Math.max(1, Math.round(HALF_AROUND_MM * pixelsPerMm));
  const wide = new Float32Array(height.length);
  blurRows(around, half, width, rows, wider, 1, width);
  blurRows(half, wide, rows, width, wider, width, 1);
  const towards = [-SHADOW_FALLS.x, -SHADOW_FALLS.y].map((part) => Math.round(part * HALF_AWAY_MM * pixelsPerMm));
  const [halfX = 0, halfY = 0] = towards;
  const out = half;
  for (let y = 0, at = 0; y < rows; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const here = height[at] ?? 0;
      const ground = around[at] ?? 0;
      const lampX = Math.max(0, Math.min(width - 1, x + halfX));
      const lampY = Math.max(0, Math.min(rows - 1, y + halfY));
      const halfway = wide[lampY * width + lampX] ?? 0;
      if (here === 0 && ground === 0 && halfway === 0) {
        out[at] = 0;
        continue;
      }
      const deep = Math.max(0, Math.min(1, (ground - here) / ENCLOSED_MM));
      const enclosed = deep * (0.4 + 0.6 * deep);
      let over = 0;
      for (const { dx, dy, rise } of steps) {
        const [sx, sy] = [x + dx, y + dy];
        if (sx < 0 || sy < 0 || sx >= width || sy >= rows) continue;
        const above = (height[sy * width + sx] ?? 0) - rise - here;
        if (above > over) over = above;
      }
      const dim = Math.max(0, Math.min(1, (halfway - here) / HALF_FULL_MM));
      out[at] = 1 - (1 - enclosed) * (1 - THROWN * Math.min(1, over / SOFT_MM)) * (1 - dim);
    }
  }
  return out;
};
