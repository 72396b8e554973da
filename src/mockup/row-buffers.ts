import type { MockupKernel } from './kernel/mockup-kernel.ts';
import { TILE } from './print-map.ts';

/** Addresses of one row's buffers. Those of `rich` are 0 when no zone needs them. */
export type RowBuffers = {
  readonly colours: number;
  readonly tint: number;
  readonly texels: number;
  readonly cover: number;
  readonly grain: number;
  readonly shade: number;
  readonly gloss: number;
  readonly out: number;
  readonly mm: number;
  readonly below: number;
  /** Light that is added after shading. */
  readonly extra: number;
  readonly zone: { readonly base: number; readonly mirror: number; readonly extra: number };
  /** Of layers with a surface: relief and course of fibres as texels, directions, shade without fine relief. */
  readonly surface: { readonly relief: number; readonly direction: number; readonly normals: number; readonly low: number };
  readonly texture: { readonly pattern: number; readonly gain: number; readonly extra: number };
};

const PAD = 64;

/** Room for one row of a picture; `rich` when some zone is built apart. */
export const reserveRows = (kernel: MockupKernel, widthPx: number, stride: number, rich: boolean): RowBuffers => {
  const richly = (size: number): number => (rich ? kernel.reserve(size) : 0);
  return {
    colours: kernel.reserve(widthPx * 16),
    tint: kernel.reserve(widthPx * 16),
    texels: kernel.reserve((widthPx + TILE) * 8),
    cover: kernel.reserve(widthPx + PAD),
    grain: kernel.reserve(widthPx * 3 + PAD),
    shade: kernel.reserve(widthPx * 2),
    gloss: kernel.reserve(widthPx * 2),
    out: kernel.reserve(widthPx * 4),
    mm: kernel.reserve(stride * 8),
    below: kernel.reserve(stride * 8),
    extra: richly(widthPx * 16),
    zone: { base: richly(widthPx * 16), mirror: richly(widthPx * 16), extra: richly(widthPx * 16) },
    surface: {
      relief: richly((widthPx + TILE) * 8),
      direction: richly((widthPx + TILE) * 8),
      normals: richly((widthPx + TILE) * 8),
      low: richly((widthPx + TILE) * 2),
    },
    texture: { pattern: richly(widthPx * 3 + PAD), gain: richly(widthPx + PAD), extra: richly(widthPx * 3 + PAD) },
  };
};
