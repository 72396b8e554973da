import type { Affine } from '../geometry/affine.ts';
import { Problem } from '../model/problem.ts';
import type { ShownPlacement } from '../model/view.ts';
import type { Appearance } from '../render/appearance.ts';
import type { MockupKernel } from './kernel/mockup-kernel.ts';

/** One placement's art for a mockup. */
export type MockupLayer = {
  /** A placement id of the view. */
  readonly placement: string;
  /** What `appearanceRequestFor` asked for: its region lies evenly about the trim, which is how the size of the variant is known. */
  readonly appearance: Appearance;
  /** The only rows of flat art that the rows to be painted read (see `artRows`); all unless given. */
  readonly rows?: { readonly from: number; readonly to: number } | undefined;
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

const reserveLevel = (kernel: MockupKernel, width: number, height: number, clear: bigint): number => {
  const texels = (width + 2 * BORDER) * (height + 2 * BORDER);
  const at = kernel.reserve(texels * TEXEL_BYTES);
  if (clear === 0n) kernel.bytes.fill(0, at, at + texels * TEXEL_BYTES);
  else new BigUint64Array(kernel.bytes.buffer, at, texels).fill(clear);
  return at;
};

const linearise = (kernel: MockupKernel, { appearance, rows }: MockupLayer, addressOf: (row: number) => number): void => {
  const { rgba, widthPx, heightPx } = appearance;
  const source = kernel.reserve(widthPx * 4);
  const bytes = kernel.bytes;
  for (let y = rows?.from ?? 0; y < (rows?.to ?? heightPx); y += 1) {
    bytes.set(rgba.subarray(y * widthPx * 4, (y + 1) * widthPx * 4), source);
    kernel.calls.lineariseRow(addressOf(y), source, widthPx);
  }
};

/** Maps surface mm to texels of a level: texel centres lie half a texel in, and each level halves them about its corner. */
const levelAffine = (shown: ShownPlacement, { region, widthPx, heightPx }: Appearance, level: number): Affine => {
  const fit = (region.width + 2 * region.x) / shown.width;
  const share = 2 ** level;
  const [across, down] = [widthPx / region.width, heightPx / region.height];
  const offset = (origin: number, start: number, density: number): number => ((-origin * fit - start) * density) / share - 0.5 + BORDER;
  return [(fit * across) / share, 0, 0, (fit * down) / share, offset(shown.x, region.x, across), offset(shown.y, region.y, down)];
};

const isWellFormed = ({ region, widthPx, heightPx, rgba }: Appearance): boolean =>
  widthPx * heightPx <= MAX_ART_PX &&
  rgba.length === widthPx * heightPx * 4 &&
  rgba.length > 0 &&
  region.height > 0 &&
  region.width > 0 &&
  region.width + 2 * region.x > 0;

/** @throws Problem `mockup.art-size` for art of more than 48 Mpx, or whose pixels do not fit its size */
const checkArt = (shown: ShownPlacement, appearance: Appearance): void => {
  if (isWellFormed(appearance)) return;
  const { widthPx, heightPx } = appearance;
  throw new Problem(
    'mockup.art-size',
    `expected at most ${MAX_ART_PX} RGBA pixels of art for ${shown.placement}, got ${widthPx} x ${heightPx}`,
  );
};

/**
 * Textures of the size of a layer's art down to its `last` level. `write` fills the rows of the finest one (texels of four u16 of at most
 * 32767); `clear` is the texel of the border.
 */
export const loadLevels = (
  kernel: MockupKernel,
  shown: ShownPlacement,
  appearance: Appearance,
  last: number,
  clear: bigint,
  write: (addressOf: (row: number) => number) => void,
): readonly TextureLevel[] => {
  const levels: TextureLevel[] = [];
  let [width, height] = [appearance.widthPx, appearance.heightPx];
  for (let level = 0; level <= last; level += 1) {
    const at = reserveLevel(kernel, width, height, clear);
    const stride = (width + 2 * BORDER) * TEXEL_BYTES;
    const finer = levels.at(-1);
    if (finer) kernel.calls.halve(at, finer.at, widthOf(finer), heightOf(finer));
    else write((row) => at + (row + BORDER) * stride + BORDER * TEXEL_BYTES);
    levels.push({
      at,
      stride,
      uMax: width + BORDER + 0.99,
      vMax: height + BORDER + 0.99,
      fromMm: levelAffine(shown, appearance, level),
    });
    if (width <= 2 && height <= 2) break;
    [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  }
  return levels;
};

/**
 * Puts a layer's art into the kernel, with smaller copies down to the last one that `coarsestMm` (the most mm per picture pixel) asks for.
 * @throws Problem `mockup.art-size` for art of more than 48 Mpx, or whose pixels do not fit its size
 */
export const loadArt = (kernel: MockupKernel, shown: ShownPlacement, layer: MockupLayer, coarsestMm: number): ArtTexture => {
  const { appearance } = layer;
  checkArt(shown, appearance);
  const [across, , , down] = levelAffine(shown, appearance, 0);
  const texelsPerMm = Math.max(across, down);
  const last = levelFor(coarsestMm * texelsPerMm);
  return {
    levels: loadLevels(kernel, shown, appearance, last, 0n, (addressOf) => linearise(kernel, layer, addressOf)),
    texelsPerMm,
  };
};

const widthOf = ({ uMax }: TextureLevel): number => Math.floor(uMax) - BORDER;

const heightOf = ({ vMax }: TextureLevel): number => Math.floor(vMax) - BORDER;

/** The level at which a pixel spans about one and a half to three texels: what four taps can average. */
export const levelFor = (texelsPerPixel: number): number => Math.max(0, Math.floor(Math.log2(Math.max(texelsPerPixel, 1e-6) / Math.SQRT2)));
