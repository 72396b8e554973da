import type { StitchPlan } from '../../stitch/plan.ts';
import type { Appearance, AppearanceRequest } from '../appearance.ts';
import { THREAD } from '../finishes.ts';
import { byteOf } from './light-curve.ts';
import { paintThreads } from './paint-threads.ts';
import { subGrid } from './sub-grid.ts';
import { type ThreadList, threadList } from './thread-list.ts';

/** red, green, blue, cover, height, cosine and sine of twice the course. */
const CHANNELS = 7;
/** What the crease between two threads and a needle hole keep to themselves whatever the lamp: relief too fine for the picture to light. */
const CREASE = 0.3;
const HOLE = 0.32;
const HOLE_MM = 0.16;
/** Brings the mean of an even fill back to its thread's colour. */
const EVEN = 1.09;
/** How uneven threads look beside each other; a simulation gets most of this from its light. */
const UNEVEN = 1.6;

/** Share of its colour that thread `n` shows at (x, y). */
const shown = (list: ThreadList, n: number, x: number, y: number): number => {
  const cx = list.dx[n] ?? 1;
  const cy = list.dy[n] ?? 0;
  const ox = x - (list.x[n] ?? 0);
  const oy = y - (list.y[n] ?? 0);
  const t = ox * cx + oy * cy;
  const long = list.length[n] ?? 1;
  const u = Math.min(1, Math.abs(oy * cx - ox * cy) / (list.half[n] ?? 1));
  const rest = Math.max(0, t + t < long ? t : long - t) / HOLE_MM;
  const tone = 1 + ((list.tone[n] ?? 1) - 1) * UNEVEN;
  return EVEN * tone * (1 - CREASE * u * u * u * u) * (rest < 3 ? 1 - HOLE * Math.exp(-rest * rest) : 1);
};

/**
 * The sewn design as a layer for previews and mockups: thread colours with their creases, how high they stand (0.25 mm for a single layer, up
 * to about 1 mm where satin crosses fills), and which way they run. Filtered, so that rows of thread never come back as bands in a small picture.
 * @throws Problem `stitches.picture`; the signal's reason when it is aborted
 */
export const stitchRelief = async (plan: StitchPlan, request: AppearanceRequest, signal: AbortSignal): Promise<Appearance> => {
  const grid = subGrid(request);
  const list = threadList(plan);
  const { widthPx, heightPx } = grid;
  const size = widthPx * heightPx;
  const rgba = new Uint8Array(size * 4);
  const height = new Float32Array(size);
  const direction = new Uint8Array(size);
  const { colours, colour, dx, dy } = list;
  await paintThreads(
    list,
    grid,
    CHANNELS,
    (n, x, y, z, out, at) => {
      const share = shown(list, n, x, y);
      const of = (colour[n] ?? 0) * 3;
      out[at] = (colours[of] ?? 0) * share;
      out[at + 1] = (colours[of + 1] ?? 0) * share;
      out[at + 2] = (colours[of + 2] ?? 0) * share;
      out[at + 3] = 1;
      out[at + 4] = z;
      const [cx, cy] = [dx[n] ?? 1, dy[n] ?? 0];
      out[at + 5] = cx * cx - cy * cy;
      out[at + 6] = 2 * cx * cy;
    },
    (y, pixels) => {
      for (let x = 0, from = 0, at = y * widthPx; x < widthPx; x += 1, from += CHANNELS, at += 1) {
        const cover = pixels[from + 3] ?? 0;
        const alpha = Math.round(255 * Math.min(1, cover));
        if (alpha === 0) continue;
        for (let c = 0; c < 3; c += 1) rgba[at * 4 + c] = byteOf((pixels[from + c] ?? 0) / cover);
        rgba[at * 4 + 3] = alpha;
        height[at] = pixels[from + 4] ?? 0;
        const course = Math.atan2(pixels[from + 6] ?? 0, pixels[from + 5] ?? 0) / (2 * Math.PI);
        direction[at] = Math.round(255 * (course < 0 ? course + 1 : course));
      }
    },
    signal,
  );
  return { process: 'ink', widthPx, heightPx, region: request.region, rgba, surface: { finish: THREAD, height, direction } };
};
