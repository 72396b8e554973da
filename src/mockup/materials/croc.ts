import { MATT, type Material, type Tile } from './material.ts';
import { cellsOf, grain, randomAt, type Seed } from './noise.ts';

const WIDTH_MM = 88;
const HEIGHT_MM = 72;
const PER_MM = 6;

/** Rows of almost square tiles like bricks: large along the middle of the belly, small and round towards the flanks. */
const belly = (): readonly Seed[] => {
  const heights: number[] = [];
  for (let v = 0; v < HEIGHT_MM; v += heights.at(-1) ?? 1) heights.push(3.1 + 4.6 * flank(v) ** 0.8);
  const fit = HEIGHT_MM / heights.reduce((sum, height) => sum + height, 0);
  const seeds: Seed[] = [];
  let v = 0;
  heights.forEach((rough, row) => {
    const height = rough * fit;
    const across = Math.round(WIDTH_MM / (3.7 + 7.4 * flank(v + height / 2) ** 0.9));
    const width = WIDTH_MM / across;
    const start = width * (0.5 * (row % 2) + 0.3 * randomAt(row, 71));
    for (let i = 0; i < across; i += 1) {
      const id = row * 100 + i;
      seeds.push({
        x: start + width * (i + 0.16 * (randomAt(id, 72) - 0.5)),
        y:
          v +
          height / 2 +
          height * 0.16 * (randomAt(id, 73) - 0.5) +
          0.7 * Math.sin((2 * Math.PI * 2 * (start + width * i)) / WIDTH_MM + 1),
      });
    }
    v += height;
  });
  return seeds;
};

/** 1 along the middle of the belly, 0 on the flanks; it repeats. */
const flank = (v: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * v) / HEIGHT_MM);

const scales = (): Tile => {
  const [widthPx, heightPx] = [WIDTH_MM * PER_MM, HEIGHT_MM * PER_MM];
  const [warpX, warpY] = [grain(widthPx, heightPx, 9, 9, 74).values, grain(widthPx, heightPx, 9, 9, 75).values];
  const fine = grain(widthPx, heightPx, 1, 1, 76).values;
  const soft = grain(widthPx, heightPx, 4, 4, 77).values;
  const wrinkle = grain(widthPx, heightPx, 2, 6, 78).values;
  const size = { widthPx, heightPx };
  const mm = { widthMm: WIDTH_MM, heightMm: HEIGHT_MM };
  const cells = cellsOf(belly(), mm, size, 4, (x, y, out) => {
    const i = y * widthPx + x;
    out[0] = (x + 0.5) / PER_MM + 0.26 * (warpX[i] ?? 0);
    out[1] = (y + 0.5) / PER_MM + 0.26 * (warpY[i] ?? 0);
  });
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let i = 0; i < shade.length; i += 1) {
    const edge = ((cells.second[i] ?? 0) - (cells.nearest[i] ?? 0)) / 2;
    const id = cells.owner[i] ?? 0;
    const groove = Math.exp(-((edge / 0.36) ** 2));
    const dome = 1 - Math.exp(-((edge / 1.15) ** 1.3));
    const crease = Math.max(0, 1 - Math.abs(wrinkle[i] ?? 0) * 5) * Math.max(0, 0.2 + 0.5 * (soft[i] ?? 0));
    height[i] =
      0.5 * dome -
      0.15 * groove +
      0.07 * (randomAt(id, 79) - 0.5) * (1 - groove) +
      0.006 * (fine[i] ?? 0) -
      0.03 * crease +
      0.014 * (soft[i] ?? 0);
    shade[i] =
      (1 - 0.4 * groove) * (1 + 0.12 * (randomAt(id, 80) - 0.5)) * (0.9 + 0.1 * Math.min(1, edge / 1.6)) * (1 - 0.08 * crease) +
      0.012 * (fine[i] ?? 0);
  }
  return { ...mm, ...size, shade, height };
};

/** Leather embossed like the belly of a crocodile, and polished. */
export const croc: Material = {
  id: 'croc',
  tiles: () => [scales()],
  tint: [0.95, 1, 1.06],
  contrast: 0,
  finish: { ...MATT, gloss: 0.35, mirror: 0.05, roughness: 0.24 },
};
