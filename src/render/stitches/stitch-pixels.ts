import type { StitchPlan } from '../../stitch/plan.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import { byteOf, linearOf } from './light-curve.ts';
import { lightThread, plyShare, type ThreadLight } from './light-thread.ts';
import { paintThreads } from './paint-threads.ts';
import { type StitchView, subGrid } from './sub-grid.ts';
import { threadList } from './thread-list.ts';
import { threadShadow } from './thread-shadow.ts';

export type StitchPicture = StitchView & {
  /** Colour of the cloth, "#rrggbb"; null leaves it clear, with the shadow on it. */
  readonly background: string | null;
};

const THREAD_MM = 0.4;
const CHANNELS = 5;
/** Light 1 as it is kept until shadows are known: half the memory of floats, and room for light up to 2. */
const STORED = 32767;
/** Of the light that shadow takes from thread and from cloth. */
const ON_THREAD = 0.62;
const ON_CLOTH = 0.78;
/** Light up to this share of white stays as it is; what is brighter is drawn together below white. */
const KNEE = 0.72;
/** White thread sends back less than everything. */
const WHITE = 0.97;

const kneed = (light: number): number => (light <= KNEE ? light : KNEE + (1 - KNEE) * (1 - Math.exp(-(light - KNEE) / (1 - KNEE))));

/**
 * The design as it looks sewn, from straight above in the light of one lamp at the upper left. Straight RGBA, sRGB. The same plan and view
 * give the same bytes.
 * @throws Problem `stitches.picture`; the signal's reason when it is aborted
 */
export const stitchPixels = async (plan: StitchPlan, picture: StitchPicture, signal: AbortSignal): Promise<PixelImage> => {
  const grid = subGrid(picture);
  const list = threadList(plan);
  const { widthPx, heightPx, pixelsPerMm } = grid;
  const plies = plyShare(THREAD_MM * pixelsPerMm);
  const light: ThreadLight = { tinted: 0, bare: 0 };
  const { colours, colour } = list;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const colourRows = new Uint16Array(widthPx * heightPx * 4);
  const height = new Float32Array(widthPx * heightPx);
  await paintThreads(
    list,
    grid,
    CHANNELS,
    (n, x, y, z, out, at) => {
      lightThread(list, n, x, y, plies, light);
      const of = (colour[n] ?? 0) * 3;
      const tinted = light.tinted * WHITE;
      out[at] = (colours[of] ?? 0) * tinted + light.bare;
      out[at + 1] = (colours[of + 1] ?? 0) * tinted + light.bare;
      out[at + 2] = (colours[of + 2] ?? 0) * tinted + light.bare;
      out[at + 3] = 1;
      out[at + 4] = z;
    },
    (y, pixels) => {
      for (let x = 0, from = 0, at = y * widthPx; x < widthPx; x += 1, from += CHANNELS, at += 1) {
        if ((pixels[from + 3] ?? 0) <= 0) continue;
        for (let c = 0; c < 4; c += 1) colourRows[at * 4 + c] = (pixels[from + c] ?? 0) * STORED + 0.5;
        height[at] = pixels[from + 4] ?? 0;
      }
    },
    signal,
  );
  const shadow = threadShadow(height, widthPx, pixelsPerMm);
  const cloth = picture.background === null ? null : linearOf(picture.background);
  for (let at = 0; at < shadow.length; at += 1) {
    const covered = Math.min(1, (colourRows[at * 4 + 3] ?? 0) / STORED);
    const dark = shadow[at] ?? 0;
    const thread = (1 - ON_THREAD * dark) / STORED;
    const bare = (1 - covered) * (cloth ? 1 - ON_CLOTH * dark : 0);
    const alpha = cloth ? 1 : covered + (1 - covered) * ON_CLOTH * dark;
    if (alpha <= 0) continue;
    for (let c = 0; c < 3; c += 1)
      rgba[at * 4 + c] = byteOf(kneed(((colourRows[at * 4 + c] ?? 0) * thread) / (cloth ? 1 : alpha)) + bare * (cloth?.[c] ?? 0));
    rgba[at * 4 + 3] = Math.round(alpha * 255);
  }
  return { widthPx, heightPx, rgba };
};
