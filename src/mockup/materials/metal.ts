import type { Finish } from '../../render/appearance.ts';
import { MATT, type Material, NEUTRAL_TINT, type Tile } from './material.ts';
import { grain, planeOf } from './noise.ts';

const METAL: Finish = { ...MATT, diffuse: 0, gloss: 0, mirror: 1, tinted: true };

/** Hairlines of a few centimetres along u. */
const hairlines = (): Tile => {
  const [widthPx, heightPx] = [480, 320];
  const fine = grain(widthPx, heightPx, 40, 0.4, 81).values;
  const broad = grain(widthPx, heightPx, 60, 1.6, 82).values;
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let i = 0; i < shade.length; i += 1) {
    shade[i] = Math.max(0.4, 1 + 0.1 * (fine[i] ?? 0) + 0.05 * (broad[i] ?? 0));
    height[i] = 0.004 * (fine[i] ?? 0) + 0.006 * (broad[i] ?? 0);
  }
  return { widthMm: 96, heightMm: 32, widthPx, heightPx, shade, height };
};

/** Metal brushed along u. */
export const brushedMetal: Material = {
  id: 'brushed-metal',
  tiles: () => [hairlines()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...METAL, roughness: 0.38 },
};

/** Rolled and polished sheet is nearly, never quite, flat. */
const sheet = (): Tile => {
  const [widthPx, heightPx] = [160, 160];
  const waves = grain(widthPx, heightPx, 12, 12, 83).values;
  const height = planeOf(widthPx, heightPx, (x, y) => 0.05 * (waves[y * widthPx + x] ?? 0));
  return { widthMm: 160, heightMm: 160, widthPx, heightPx, height: height.values };
};

export const polishedMetal: Material = {
  id: 'polished-metal',
  tiles: () => [sheet()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...METAL, roughness: 0.06 },
};
