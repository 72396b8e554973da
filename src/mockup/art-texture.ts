import type { Affine } from '../geometry/affine.ts';
import { Problem } from '../model/problem.ts';
import type { ShownPlacement } from '../model/view.ts';
import type { Appearance } from '../render/appearance.ts';
import type { MockupKernel } from './kernel/mockup-kernel.ts';

/** One placement's art for a mockup. */
export type MockupLayer = {
  /** A placement id of the view. */
  readonly placement: string;
  readonly appearance: Appearance;
  /** Trim size of the variant that was ordered, mm; without it that of the pictured one. It is laid in at the pictured width. */
  readonly trim?: { readonly widthMm: number; readonly heightMm: number } | undefined;
};

/** Art in the kernel's memory, each level half the size of the one before. */
export type ArtTexture = {
  readonly levels: readonly TextureLevel[];
  /** Texels of level 0 per mm on the surface, in the denser direction. */
  readonly texelsPerMm: number;
};

export type TextureLevel = {
  readonly at: number;
  readonly stride: number;
  /** Positions are held between 0 and these; beyond lie only clear texels. */
  readonly uMax: number;
  readonly vMax: number;
  /** Surface mm to texels, where 0 is the centre of the first border texel. */
  readonly fromMm: Affine;
};

const BORDER = 2;
const TEXEL_BYTES = 8;
/** 48 Mpx of art take 400 MB while they are warped. */
const MAX_ART_PX = 48_000_000;

type Window = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The pixels of the art within the trim: bleed is never seen on the finished article. */
const trimmed = ({ region, widthPx, heightPx }: Appearance, width: number, height: number): Window => {
  const [across, down] = [widthPx / region.width, heightPx / region.height];
  const slack = 0.01;
  const x = Math.max(0, Math.ceil(-region.x * across - slack));
  const y = Math.max(0, Math.ceil(-region.y * down - slack));
  const right = Math.min(widthPx, Math.floor((width - region.x) * across + slack));
  const bottom = Math.min(heightPx, Math.floor((height - region.y) * down + slack));
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
};

const reserveLevel = (kernel: MockupKernel, width: number, height: number): number => {
  const bytes = (width + 2 * BORDER) * (height + 2 * BORDER) * TEXEL_BYTES;
  const at = kernel.reserve(bytes);
  kernel.bytes.fill(0, at, at + bytes);
  return at;
};

const linearise = (kernel: MockupKernel, { rgba, widthPx }: Appearance, window: Window, at: number): void => {
  const source = kernel.reserve(window.width * 4);
  const bytes = kernel.bytes;
  const stride = (window.width + 2 * BORDER) * TEXEL_BYTES;
  for (let y = 0; y < window.height; y += 1) {
    const from = ((window.y + y) * widthPx + window.x) * 4;
    bytes.set(rgba.subarray(from, from + window.width * 4), source);
    kernel.calls.lineariseRow(at + (y + BORDER) * stride + BORDER * TEXEL_BYTES, source, window.width);
  }
};

/** Maps surface mm to texels of a level: texel centres lie half a texel in, and each level halves them about its corner. */
const levelAffine = (shown: ShownPlacement, { appearance, trim }: MockupLayer, window: Window, level: number): Affine => {
  const { region, widthPx, heightPx } = appearance;
  const fit = (trim?.widthMm ?? shown.width) / shown.width;
  const share = 2 ** level;
  const [across, down] = [widthPx / region.width, heightPx / region.height];
  const offset = (origin: number, regionStart: number, density: number, windowStart: number): number =>
    ((-origin * fit - regionStart) * density - windowStart) / share - 0.5 + BORDER;
  return [
    (fit * across) / share,
    0,
    0,
    (fit * down) / share,
    offset(shown.x, region.x, across, window.x),
    offset(shown.y, region.y, down, window.y),
  ];
};

/**
 * Puts a layer's art into the kernel, with smaller copies down to the last one that `coarsestMm` (the most mm per picture pixel) asks for.
 * Null when nothing of it lies within the trim.
 * @throws Problem `mockup.art-size` for art of more than 48 Mpx, or whose pixels do not fit its size
 */
export const loadArt = (kernel: MockupKernel, shown: ShownPlacement, layer: MockupLayer, coarsestMm: number): ArtTexture | null => {
  const { appearance, trim } = layer;
  const { widthPx, heightPx, rgba } = appearance;
  if (widthPx * heightPx > MAX_ART_PX || rgba.length !== widthPx * heightPx * 4)
    throw new Problem(
      'mockup.art-size',
      `expected at most ${MAX_ART_PX} RGBA pixels of art for ${shown.placement}, got ${widthPx} x ${heightPx}`,
    );
  const window = trimmed(appearance, trim?.widthMm ?? shown.width, trim?.heightMm ?? shown.height);
  if (window.width === 0 || window.height === 0) return null;
  const [across, , , down] = levelAffine(shown, layer, window, 0);
  const texelsPerMm = Math.max(across, down);
  const wanted = levelFor(coarsestMm * texelsPerMm);
  const levels: TextureLevel[] = [];
  let [width, height] = [window.width, window.height];
  for (let level = 0; level <= wanted; level += 1) {
    const at = reserveLevel(kernel, width, height);
    const finer = levels.at(-1);
    if (!finer) linearise(kernel, appearance, window, at);
    else kernel.calls.halve(at, finer.at, finer.stride / TEXEL_BYTES - 2 * BORDER, heightOf(finer));
    levels.push({
      at,
      stride: (width + 2 * BORDER) * TEXEL_BYTES,
      uMax: width + BORDER + 0.99,
      vMax: height + BORDER + 0.99,
      fromMm: levelAffine(shown, layer, window, level),
    });
    if (width <= 2 && height <= 2) break;
    [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  }
  return { levels, texelsPerMm };
};

const heightOf = ({ vMax }: TextureLevel): number => Math.floor(vMax) - BORDER;

/** The level at which a pixel spans about one and a half to three texels: what four taps can average. */
export const levelFor = (texelsPerPixel: number): number => Math.max(0, Math.floor(Math.log2(Math.max(texelsPerPixel, 1e-6) / Math.SQRT2)));
