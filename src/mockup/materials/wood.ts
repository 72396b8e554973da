import { MATT, type Material, type Tile } from './material.ts';
import { grain, planeOf } from './noise.ts';

/** Growth rings over the height of the board's repeat. */
const RINGS = 22;

/** Rings as a flat-sawn board cuts them: long flames along u, each ring light at first and dark where the year ends. */
const rings = (): Tile => {
  const [widthPx, heightPx] = [720, 440];
  const bend = grain(widthPx, heightPx, 120, 26, 91).values;
  const wobble = grain(widthPx, heightPx, 26, 4, 92).values;
  const year = grain(widthPx, heightPx, 200, 14, 93).values;
  const figure = grain(widthPx, heightPx, 10, 30, 94).values;
  const shade = planeOf(widthPx, heightPx, (x, y) => {
    const i = y * widthPx + x;
    const phase = (y * RINGS) / heightPx + 1.5 * (bend[i] ?? 0) + 0.12 * (wobble[i] ?? 0);
    const ring = phase - Math.floor(phase);
    // Darkens over the year, ends at once; the step is softened over a tenth of the ring.
    const late = ring < 0.9 ? (ring / 0.9) ** 2.6 : 1 - (ring - 0.9) / 0.1;
    const strength = 0.3 + 0.07 * (year[i] ?? 0);
    return (1 - strength * late) * (1 + 0.03 * (figure[i] ?? 0) + 0.04 * (year[i] ?? 0));
  });
  return { widthMm: 240, heightMm: 146, widthPx, heightPx, shade: shade.values };
};

/** Fibres and open pores, short dashes along u. */
const fibres = (): Tile => {
  const [widthPx, heightPx] = [480, 300];
  const long = grain(widthPx, heightPx, 40, 0.7, 95).values;
  const short = grain(widthPx, heightPx, 14, 0.5, 96).values;
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let i = 0; i < shade.length; i += 1) {
    const pore = Math.min(1.2, Math.max(0, (short[i] ?? 0) - 1.5));
    shade[i] = (1 + 0.045 * (long[i] ?? 0)) * (1 - 0.34 * pore);
    height[i] = 0.006 * (long[i] ?? 0) - 0.03 * pore;
  }
  return { widthMm: 60, heightMm: 30, widthPx, heightPx, shade, height };
};

/** Oiled wood, its grain along u: oak, walnut or cherry by its colour. */
export const wood: Material = {
  id: 'wood',
  tiles: () => [rings(), fibres()],
  tint: [0.82, 1.05, 1.3],
  contrast: 0,
  finish: { ...MATT, gloss: 0.5, mirror: 0.035, roughness: 0.45 },
};
