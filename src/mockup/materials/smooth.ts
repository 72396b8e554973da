import { MATT, type Material, NEUTRAL_TINT, type Tile } from './material.ts';
import { grain, planeOf } from './noise.ts';

/** Glaze pools a little: long waves, and hardly any cloud in its colour. */
const glaze = (): Tile => {
  const [widthPx, heightPx] = [200, 180];
  const waves = grain(widthPx, heightPx, 12, 12, 101).values;
  const cloud = grain(widthPx, heightPx, 9, 9, 102).values;
  const height = planeOf(widthPx, heightPx, (x, y) => 0.035 * (waves[y * widthPx + x] ?? 0));
  const shade = planeOf(widthPx, heightPx, (x, y) => 1 + 0.006 * (cloud[y * widthPx + x] ?? 0));
  return { widthMm: 100, heightMm: 90, widthPx, heightPx, shade: shade.values, height: height.values };
};

/** Glazed ceramic. */
export const ceramic: Material = {
  id: 'ceramic',
  tiles: () => [glaze()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...MATT, gloss: 0.6, mirror: 0.05, roughness: 0.07 },
};

/** The skin of moulded rubber: fine and even. */
const skin = (): Tile => {
  const [widthPx, heightPx] = [300, 300];
  const stipple = grain(widthPx, heightPx, 1.4, 1.4, 103).values;
  const cloud = grain(widthPx, heightPx, 14, 14, 104).values;
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let i = 0; i < shade.length; i += 1) {
    shade[i] = 1 + 0.022 * (stipple[i] ?? 0) + 0.012 * (cloud[i] ?? 0);
    height[i] = 0.012 * (stipple[i] ?? 0);
  }
  return { widthMm: 30, heightMm: 30, widthPx, heightPx, shade, height };
};

export const rubber: Material = {
  id: 'rubber',
  tiles: () => [skin()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...MATT, gloss: 0.7, mirror: 0.03, roughness: 0.6 },
};
