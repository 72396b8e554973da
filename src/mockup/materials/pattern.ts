import type { Reflectance } from '../zone-colours.ts';
import type { Material, Tile } from './material.ts';
import { randomAt } from './noise.ts';

/** Ratios for red, green and blue, and the slope of the surface along u and v. */
export const CHANNELS = 5;

export type PatternLevel = { readonly widthPx: number; readonly heightPx: number; readonly texels: Float32Array };

/** A tile in one colour, ready to be looked up at any scale: each level about half the size of the one before, down to a single texel. */
export type Pattern = {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Texels of level 0 per mm, in the denser direction. */
  readonly perMm: number;
  readonly stagger: Tile['stagger'];
  readonly levels: readonly PatternLevel[];
  /** For each level the variance of the slopes that it no longer shows: what is seen as roughness instead. */
  readonly lostSlope: readonly number[];
};

/** What is left of the colour where the second shade takes most of it away. */
const LEAST_OF_COLOUR = 0.15;
/** What undyed fibres reflect. */
const UNDYED = 0.78;

const meanOf = (values: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum / values.length;
};

/**
 * Ratio of the second shade to the colour. It lies `contrast` of the way to undyed fibre, but no further than leaves the first shade a
 * part of the colour: the mean of both stays the colour.
 */
const secondRatio = (colour: number, share: number, contrast: number): number => {
  if (colour >= UNDYED) return 1;
  const held = Math.max(colour, 0.004);
  const most = ((1 - LEAST_OF_COLOUR) * (1 - share)) / Math.max(share, 1e-6);
  return 1 + Math.min(most, ((UNDYED - held) * contrast) / held);
};

const paintTile = (
  { widthPx, heightPx, widthMm, heightMm, shade, second, height }: Tile,
  material: Material,
  colour: Reflectance,
): PatternLevel => {
  const texels = new Float32Array(widthPx * heightPx * CHANNELS);
  const count = widthPx * heightPx;
  const share = second ? meanOf(second) : 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const light = secondRatio(colour[channel] ?? 0, share, material.contrast);
    const dark = (1 - light * share) / (1 - share);
    const exponent = material.tint[channel] ?? 1;
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      const tone = shade ? Math.max(0.02, shade[i] ?? 1) : 1;
      const mixed = second ? dark + (light - dark) * (second[i] ?? 0) : 1;
      const ratio = mixed * (exponent === 1 ? tone : tone ** exponent);
      texels[i * CHANNELS + channel] = ratio;
      sum += ratio;
    }
    const scale = count / sum;
    for (let i = channel; i < texels.length; i += CHANNELS) texels[i] = (texels[i] ?? 0) * scale;
  }
  if (height) addSlopes(texels, height, widthPx, heightPx, widthPx / widthMm / 2, heightPx / heightMm / 2);
  return { widthPx, heightPx, texels };
};

/** Central differences over the closed tile. */
const addSlopes = (texels: Float32Array, height: Float32Array, width: number, rows: number, across: number, down: number): void => {
  for (let y = 0, i = 0; y < rows; y += 1) {
    const [above, below] = [((y + rows - 1) % rows) * width, ((y + 1) % rows) * width];
    for (let x = 0; x < width; x += 1, i += 1) {
      const row = y * width;
      const [left, right] = [row + ((x + width - 1) % width), row + ((x + 1) % width)];
      texels[i * CHANNELS + 3] = ((height[right] ?? 0) - (height[left] ?? 0)) * across;
      texels[i * CHANNELS + 4] = ((height[below + x] ?? 0) - (height[above + x] ?? 0)) * down;
    }
  }
};

/** Which texels of a line of `from` a texel of a line of `to` averages, and how much of each. */
const shares = (from: number, to: number): readonly (readonly (readonly [number, number])[])[] =>
  Array.from({ length: to }, (_, i) => {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
    const parts: [number, number][] = [];
    for (let k = Math.floor(start); k < end - 1e-9; k += 1) parts.push([k, ((Math.min(end, k + 1) - Math.max(start, k)) * to) / from]);
    return parts;
  });

const halved = ({ widthPx, heightPx, texels }: PatternLevel): PatternLevel => {
  const [width, height] = [Math.max(1, Math.round(widthPx / 2)), Math.max(1, Math.round(heightPx / 2))];
  const [columns, rows] = [shares(widthPx, width), shares(heightPx, height)];
  const out = new Float32Array(width * height * CHANNELS);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += CHANNELS) {
      for (const [row, tall] of rows[y] ?? []) {
        for (const [column, wide] of columns[x] ?? []) {
          const from = (row * widthPx + column) * CHANNELS;
          const share = tall * wide;
          for (let c = 0; c < CHANNELS; c += 1) out[at + c] = (out[at + c] ?? 0) + (texels[from + c] ?? 0) * share;
        }
      }
    }
  }
  return { widthPx: width, heightPx: height, texels: out };
};

const slopeVariance = ({ texels }: PatternLevel): number => {
  let sum = 0;
  for (let i = 3; i < texels.length; i += CHANNELS) sum += (texels[i] ?? 0) ** 2 + (texels[i + 1] ?? 0) ** 2;
  return sum / (texels.length / CHANNELS) / 2;
};

/** A tile of a material in one colour, with its smaller copies. */
export const compilePattern = (tile: Tile, material: Material, colour: Reflectance): Pattern => {
  const levels = [paintTile(tile, material, colour)];
  for (let last = levels[0]; last && last.widthPx * last.heightPx > 1; last = levels.at(-1)) levels.push(halved(last));
  const variances = levels.map(slopeVariance);
  const first = variances[0] ?? 0;
  return {
    widthMm: tile.widthMm,
    heightMm: tile.heightMm,
    perMm: Math.max(tile.widthPx / tile.widthMm, tile.heightPx / tile.heightMm),
    stagger: tile.stagger,
    levels,
    lostSlope: variances.map((variance) => Math.max(0, first - variance)),
  };
};

/** Multiplies the ratios and adds the slopes of one level at u, v (mm) to `out`, `weight` of them. */
const addLevel = (level: PatternLevel, u: number, v: number, weight: number, out: Float64Array): void => {
  const { widthPx, heightPx, texels } = level;
  const x = (u - Math.floor(u)) * widthPx - 0.5;
  const y = (v - Math.floor(v)) * heightPx - 0.5;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const x0 = left < 0 ? widthPx - 1 : left;
  const x1 = left + 1 >= widthPx ? 0 : left + 1;
  const y0 = (top < 0 ? heightPx - 1 : top) * widthPx;
  const y1 = (top + 1 >= heightPx ? 0 : top + 1) * widthPx;
  const [a, b, c, d] = [(y0 + x0) * CHANNELS, (y0 + x1) * CHANNELS, (y1 + x0) * CHANNELS, (y1 + x1) * CHANNELS];
  const wd = fx * fy * weight;
  const wb = fx * weight - wd;
  const wc = fy * weight - wd;
  const wa = weight - wb - wc - wd;
  for (let k = 0; k < CHANNELS; k += 1)
    out[k] = (out[k] ?? 0) + (texels[a + k] ?? 0) * wa + (texels[b + k] ?? 0) * wb + (texels[c + k] ?? 0) * wc + (texels[d + k] ?? 0) * wd;
};

/** The level at which a pixel that spans `mm` on the surface is about one texel wide; in between two levels for the rest. */
export const levelAt = ({ perMm, levels }: Pattern, mm: number): number =>
  Math.min(levels.length - 1, Math.max(0, Math.log2(Math.max(mm * perMm * SPREAD, 1e-6))));

/** The product pictures were filtered a little wider than a pixel. */
const SPREAD = 1.15;

/** A share of a repeat, in whole steps, that is another one for each line of repeats. */
const shiftOf = (line: number, stepMm: number, repeatMm: number): number =>
  (Math.floor((randomAt(line, 7) * repeatMm) / stepMm) * stepMm) / repeatMm;

/** The pattern at u, v (mm), at a level, added to `out` (of CHANNELS numbers), `weight` of it. */
export const samplePattern = (pattern: Pattern, u: number, v: number, level: number, weight: number, out: Float64Array): void => {
  const lower = Math.floor(level);
  const share = level - lower;
  let [across, down] = [u / pattern.widthMm, v / pattern.heightMm];
  const { stagger } = pattern;
  if (stagger?.along === 'u') across += shiftOf(Math.floor(down), stagger.stepMm, pattern.widthMm);
  if (stagger?.along === 'v') down += shiftOf(Math.floor(across), stagger.stepMm, pattern.heightMm);
  const [fine, coarse] = [pattern.levels[lower], pattern.levels[lower + 1]];
  if (!fine) return;
  if (!coarse || share < 1e-3) {
    addLevel(fine, across, down, weight, out);
    return;
  }
  addLevel(fine, across, down, weight * (1 - share), out);
  addLevel(coarse, across, down, weight * share, out);
};

/** Slope variance that a level hides. */
export const lostSlopeAt = ({ lostSlope }: Pattern, level: number): number => {
  const lower = Math.floor(level);
  const [a = 0, b = a] = [lostSlope[lower], lostSlope[lower + 1]];
  return a + (b - a) * (level - lower);
};
