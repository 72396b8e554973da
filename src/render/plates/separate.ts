import type { Rect } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import { pause } from '../raster/pause.ts';
import { requireRasterRequest } from '../raster/raster-request.ts';
import { StripPainter } from '../raster/strip-painter.ts';
import { type ArtInks, CHANNELS_PER_SCENE, type Channel, codedScene } from './coded-scene.ts';

/** A window of a scene in pixels. */
export type PlateRequest = { readonly region: Rect; readonly widthPx: number; readonly heightPx: number };

/** Art in the terms of its inks: see coded-scene.ts. */
export type CodedArt = {
  readonly scene: Scene;
  readonly inks: ArtInks;
  readonly tones: ReadonlySet<SceneNode>;
  readonly channels: readonly Channel[];
  /** Pictures by their coded digests. */
  readonly pixelsOf: (digest: string) => DecodedImage;
};

/**
 * A band of rows of all channels: premultiplied pixels, one list for every three channels in their order (the first in the lowest byte), rows
 * of `widthPx`. Valid until the next band.
 */
export type ShareBand = { readonly top: number; readonly rows: number; readonly pixels: readonly Uint32Array[] };

/**
 * Paints the shares of all channels band by band from the top; the whole never exists in memory. Rejects as `renderPixels` does.
 */
export const paintShares = async (
  art: CodedArt,
  request: PlateRequest,
  signal: AbortSignal,
  take: (band: ShareBand) => void,
): Promise<void> => {
  const asked = { ...request, background: null, mirror: false };
  requireRasterRequest(asked);
  signal.throwIfAborted();
  const triples = Array.from({ length: Math.ceil(art.channels.length / CHANNELS_PER_SCENE) }, (_, i) =>
    art.channels.slice(i * CHANNELS_PER_SCENE, (i + 1) * CHANNELS_PER_SCENE),
  );
  const opened: { readonly kernel: Kernel; readonly painter: StripPainter }[] = [];
  const paintAll = async (): Promise<void> => {
    const strips = opened[0]?.painter.stripCount ?? 0;
    for (let strip = 0; strip < strips; strip++) {
      await pause(signal);
      const painted = opened.map(({ kernel, painter }) => ({ kernel, ...painter.paint(strip) }));
      const { top, rows } = painted[0] ?? { top: 0, rows: 0 };
      const pixels = painted.map(({ kernel, address }) => new Uint32Array(kernel.bytes.buffer, address, rows * request.widthPx));
      take({ top, rows, pixels });
    }
  };
  // A kernel serves one render at a time: each triple has its own.
  const open = async (at: number): Promise<void> => {
    const channels = triples[at];
    if (!channels) return paintAll();
    await withKernel(async (kernel) => {
      const scene = codedScene(art.scene, channels, art.inks, art.tones);
      opened.push({ kernel, painter: await StripPainter.prepare(kernel, scene, asked, art.pixelsOf, signal) });
      await open(at + 1);
    });
  };
  await open(0);
};

/** Where a channel lies in the pixels of a band. */
export const placeOf = (channel: number): { readonly list: number; readonly shift: number } => ({
  list: Math.floor(channel / CHANNELS_PER_SCENE),
  shift: (channel % CHANNELS_PER_SCENE) * 8,
});

/** The painted columns of a row of a band, `from` up to but not including `to`; equal for none. */
export const paintedColumns = (
  pixels: readonly Uint32Array[],
  row: number,
  widthPx: number,
): { readonly from: number; readonly to: number } => {
  let [from, to] = [widthPx, 0];
  for (const list of pixels) {
    const start = row * widthPx;
    let left = 0;
    while (left < from && list[start + left] === 0) left++;
    from = left;
    let right = widthPx;
    while (right > to && right > left && list[start + right - 1] === 0) right--;
    if (right > left) to = Math.max(to, right);
  }
  return from < to ? { from, to } : { from: 0, to: 0 };
};
