import type { SubGrid } from './sub-grid.ts';
import { DIP_MM, isTie, THICKNESS, type ThreadList } from './thread-list.ts';

/** Some rows of fine pixels: which thread is seen in each (-1: none), and how high it stands, mm. */
export type ThreadRows = { readonly top: number; readonly rows: number; readonly seen: Int32Array; readonly height: Float32Array };

/** Thread goes on this far past the middle of its needle hole, mm, and is rounded off from a little before it. */
const END_MM = 0.1;
const NARROWS_MM = 0.12;
/** Its fibres spread a little further, flat on the cloth, where nothing else lies: this much of its half width. */
const SPREAD = 1.12;
const LEAST_ROUND = 1 - SPREAD * SPREAD;
const PER_END = 1 / (NARROWS_MM + END_MM);
/** Threads that run within 25 degrees of each other lie side by side: the higher part of each is seen. */
const ALIKE = 0.906;

/** Lays all threads that touch the rows from `top` on, in sewing order. */
export const layThreads = (list: ThreadList, grid: SubGrid, { top, rows, seen, height }: ThreadRows): void => {
  seen.fill(-1);
  height.fill(0);
  const { columns, left, stepX, stepY } = grid;
  const y0 = grid.top + top * stepY;
  const y1 = y0 + (rows - 1) * stepY;
  const { x, y, dx, dy, length, half, base, rise, arch, dip, kind } = list;
  const perDip = 1 / DIP_MM;
  for (let n = 0; n < list.count; n += 1) {
    const ys = y[n] ?? 0;
    const cy = dy[n] ?? 0;
    const long = length[n] ?? 0;
    const wide = half[n] ?? 0;
    const spread = wide * SPREAD;
    const reach = spread + END_MM;
    const ye = ys + cy * long;
    const low = Math.min(ys, ye) - reach;
    const high = Math.max(ys, ye) + reach;
    if (high < y0 || low > y1) continue;
    const xs = x[n] ?? 0;
    const cx = dx[n] ?? 0;
    const from = Math.max(0, Math.ceil((low - y0) / stepY));
    const to = Math.min(rows - 1, Math.floor((high - y0) / stepY));
    const lift = base[n] ?? 0;
    const slope = rise[n] ?? 0;
    const bow = arch[n] ?? 0;
    const sink = dip[n] ?? 0;
    const mine = kind[n] ?? 0;
    const tie = isTie(mine);
    const thick = 2 * wide * THICKNESS;
    const stepU = (-cy * stepX) / wide;
    const stepT = cx * stepX;
    const perLength = 2 / long;
    for (let row = from; row <= to; row += 1) {
      // Where this row is inside the thread: up to its spread across it and -END..long + END along it.
      const away = y0 + row * stepY - ys;
      let begin = left;
      let end = left + (columns - 1) * stepX;
      if (cy > 1e-6 || cy < -1e-6) {
        const middle = xs + (away * cx) / cy;
        const reachX = Math.abs(spread / cy);
        begin = Math.max(begin, middle - reachX);
        end = Math.min(end, middle + reachX);
      } else if (away > spread || away < -spread) continue;
      if (cx > 1e-6 || cx < -1e-6) {
        const a = xs + (-END_MM - away * cy) / cx;
        const b = xs + (long + END_MM - away * cy) / cx;
        begin = Math.max(begin, Math.min(a, b));
        end = Math.min(end, Math.max(a, b));
      } else {
        const t = away * cy;
        if (t < -END_MM || t > long + END_MM) continue;
      }
      const first = Math.ceil((begin - left) / stepX - 1e-9);
      const last = Math.floor((end - left) / stepX + 1e-9);
      const px = left + first * stepX - xs;
      let u = (away * cx - px * cy) / wide;
      let t = px * cx + away * cy;
      let at = row * columns + first;
      for (let column = first; column <= last; column += 1, at += 1, u += stepU, t += stepT) {
        const rest = t + t < long ? t : long - t;
        let round = 1 - u * u;
        if (rest < NARROWS_MM) {
          const over = (NARROWS_MM - rest) * PER_END;
          round -= over * over;
        }
        if (round <= 0) {
          if (round <= LEAST_ROUND || (seen[at] ?? -1) >= 0) continue;
          round = 0;
        }
        const m = t * perLength - 1;
        let z = lift + slope * t + bow * (1 - m * m) + thick * round;
        if (rest < DIP_MM) {
          const d = 1 - rest * perDip;
          z -= sink * d * d;
        }
        const before = seen[at] ?? -1;
        if (tie) {
          if (before >= 0 && (height[at] ?? 0) >= z) continue;
        } else if (before >= 0 && kind[before] === mine) {
          const turn = cx * (dx[before] ?? 0) + cy * (dy[before] ?? 0);
          if ((turn > ALIKE || turn < -ALIKE) && (height[at] ?? 0) >= z) continue;
        }
        seen[at] = n;
        height[at] = z;
      }
    }
  }
};
