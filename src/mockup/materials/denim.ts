import { MATT, type Material, type Tile } from './material.ts';
import { grain, planeOf, randomAt } from './noise.ts';

/** Ends and picks of a 12 oz denim over 32 mm: 26 and 18 to the centimetre. Both divide by the four of the twill. */
const SIDE_MM = 32;
const ENDS = 84;
const PICKS = 56;
const SIDE_PX = 384;

/** Three over, one under, a step to the right with each pick: the dyed warp lies on top, the white weft shows between. */
const twill = (): Tile => {
  const along = grain(SIDE_PX, SIDE_PX, 0.4, 34, 21).values;
  const fuzz = grain(SIDE_PX, SIDE_PX, 0.9, 0.9, 22).values;
  const wander = grain(SIDE_PX, SIDE_PX, 6, 14, 23).values;
  const [second, shade, height] = [0, 1, 2].map(() => new Float32Array(SIDE_PX * SIDE_PX)) as [Float32Array, Float32Array, Float32Array];
  for (let y = 0, i = 0; y < SIDE_PX; y += 1) {
    for (let x = 0; x < SIDE_PX; x += 1, i += 1) {
      const end = ((x + 0.5 + (wander[i] ?? 0) * 0.5) * ENDS) / SIDE_PX;
      const pick = ((y + 0.5) * PICKS) / SIDE_PX;
      const [warp, weft] = [Math.floor(end), Math.floor(pick)];
      const [across, down] = [(end - warp) * 2 - 1, (pick - weft) * 2 - 1];
      // How far along its float of four picks the warp yarn is here: -1 and 1 where it dives under the weft.
      const place = (((weft + warp + (down + 1) / 2) % 4) + 4) % 4;
      const weftUp = place < 1 ? 1 - Math.abs(place * 2 - 1) ** 4 : 0;
      const float = Math.abs((place - 2.5) / 1.5);
      const round = 1 - across * across;
      const warpHeight = 0.16 * round * (1 - 0.55 * Math.min(1.3, float) ** 2.4);
      const weftHeight = 0.1 * weftUp * (1 - down * down * 0.7);
      const tone = randomAt(((warp % ENDS) + ENDS) % ENDS, 24) - 0.5;
      second[i] = Math.min(
        1,
        Math.max(0, 0.95 * weftUp ** 2 * (1 - 0.85 * across * across) * (1 - 0.6 * down * down) + 0.03 * (fuzz[i] ?? 0) + 0.05 * tone),
      );
      shade[i] = (0.62 + 0.38 * round) * (1 + 0.11 * (along[i] ?? 0) + 0.16 * tone + 0.07 * (fuzz[i] ?? 0)) * (weftUp > 0.3 ? 1.05 : 1);
      height[i] = Math.max(warpHeight, weftHeight) + 0.008 * (fuzz[i] ?? 0);
    }
  }
  const size = { widthMm: SIDE_MM, heightMm: SIDE_MM, widthPx: SIDE_PX, heightPx: SIDE_PX };
  return { ...size, second, shade, height, stagger: { along: 'v', stepMm: (4 * SIDE_MM) / PICKS } };
};

/** Yarn that is spun thick and thin: streaks down the cloth, fainter ones across. */
const slubs = (): Tile => {
  const [widthPx, heightPx] = [600, 420];
  const fine = grain(widthPx, heightPx, 0.5, 22, 25).values;
  const broad = grain(widthPx, heightPx, 2.2, 60, 26).values;
  const weft = grain(widthPx, heightPx, 20, 0.6, 27).values;
  const wear = grain(widthPx, heightPx, 26, 26, 28).values;
  const shade = planeOf(widthPx, heightPx, (x, y) => {
    const i = y * widthPx + x;
    return 1 + 0.13 * (fine[i] ?? 0) + 0.05 * (broad[i] ?? 0) + 0.05 * (weft[i] ?? 0) + 0.03 * (wear[i] ?? 0);
  });
  return { widthMm: 240, heightMm: 168, widthPx, heightPx, shade: shade.values };
};

/** Warp-faced twill of dyed warp and white weft. */
export const denim: Material = {
  id: 'denim',
  tiles: () => [twill(), slubs()],
  tint: [1.08, 1, 0.9],
  contrast: 0.7,
  finish: { ...MATT, gloss: 0.8 },
};
