import { MATT, type Material, NEUTRAL_TINT, type Tile } from './material.ts';
import { grain, planeOf, randomAt } from './noise.ts';

/** Yarns over 36 mm: 16 to the centimetre, an even number for plain weave to close. */
const SIDE_MM = 36;
const YARNS = 58;
const SIDE_PX = 360;

const even = (n: number): number => (((n % YARNS) + YARNS) % YARNS) | 0;

/** Plain weave: each yarn over one, under one, with the thickness of a carded yarn. */
const weave = (): Tile => {
  const thickWarp = grain(SIDE_PX, SIDE_PX, 1, 36, 31).values;
  const thickWeft = grain(SIDE_PX, SIDE_PX, 36, 1, 32).values;
  const fuzz = grain(SIDE_PX, SIDE_PX, 0.8, 0.8, 33).values;
  const [shade, height] = [new Float32Array(SIDE_PX * SIDE_PX), new Float32Array(SIDE_PX * SIDE_PX)];
  for (let y = 0, i = 0; y < SIDE_PX; y += 1) {
    for (let x = 0; x < SIDE_PX; x += 1, i += 1) {
      const [u, v] = [((x + 0.5) * YARNS) / SIDE_PX, ((y + 0.5) * YARNS) / SIDE_PX];
      const [warp, weft] = [Math.floor(u), Math.floor(v)];
      const [across, down] = [(u - warp) * 2 - 1, (v - weft) * 2 - 1];
      const over = (warp + weft) % 2 === 0;
      const [wide, long] = over ? [across, down] : [down, across];
      const thick = 1 + 0.13 * ((over ? thickWarp[i] : thickWeft[i]) ?? 0);
      const tone = (randomAt(even(over ? warp : weft), over ? 34 : 35) - 0.5) * 0.12;
      const crown = Math.max(0, 1 - (wide / thick) ** 2) * Math.max(0, 1 - 0.55 * long * long);
      height[i] = 0.2 * crown * thick + 0.01 * (fuzz[i] ?? 0);
      shade[i] = (0.6 + 0.4 * Math.sqrt(crown)) * (1 + tone + 0.05 * (fuzz[i] ?? 0));
    }
  }
  return { widthMm: SIDE_MM, heightMm: SIDE_MM, widthPx: SIDE_PX, heightPx: SIDE_PX, shade, height };
};

/** Thick places of the yarn in both directions. */
const slubs = (): Tile => {
  const [widthPx, heightPx] = [520, 430];
  const warp = grain(widthPx, heightPx, 0.5, 14, 36).values;
  const weft = grain(widthPx, heightPx, 14, 0.5, 37).values;
  const mottle = grain(widthPx, heightPx, 5, 5, 38).values;
  const shade = planeOf(widthPx, heightPx, (x, y) => {
    const i = y * widthPx + x;
    return 1 + 0.033 * (warp[i] ?? 0) + 0.042 * (weft[i] ?? 0) + 0.014 * (mottle[i] ?? 0);
  });
  return { widthMm: 208, heightMm: 172, widthPx, heightPx, shade: shade.values };
};

/** Plain-woven cotton duck. */
export const canvas: Material = {
  id: 'canvas',
  tiles: () => [weave(), slubs()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...MATT, gloss: 0.7 },
};
