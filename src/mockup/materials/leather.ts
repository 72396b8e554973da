import { MATT, type Material, NEUTRAL_TINT, type Tile } from './material.ts';
import { cellsOf, grain, planeOf, randomAt, type Seed } from './noise.ts';

/** Points on a torus, one in each cell of a grid, pushed about within it. */
const scattered = (columns: number, rows: number, widthMm: number, heightMm: number, seed: number): readonly Seed[] =>
  Array.from({ length: columns * rows }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return {
      x: ((column + 0.1 + 0.8 * randomAt(i, seed)) * widthMm) / columns,
      y: ((row + 0.1 + 0.8 * randomAt(i, seed + 1)) * heightMm) / rows,
    };
  });

/** Pebbles of a milled full-grain hide, creases between them, pores on top. */
const pebbles = (): Tile => {
  const size = { widthPx: 512, heightPx: 480 };
  const mm = { widthMm: 64, heightMm: 60 };
  const { widthPx, heightPx } = size;
  const [warpX, warpY] = [grain(widthPx, heightPx, 4, 4, 51).values, grain(widthPx, heightPx, 4, 4, 52).values];
  const depth = grain(widthPx, heightPx, 9, 9, 53).values;
  const pores = grain(widthPx, heightPx, 1, 1, 54).values;
  const cells = cellsOf(scattered(58, 54, mm.widthMm, mm.heightMm, 55), mm, size, 2, (x, y, out) => {
    const i = y * widthPx + x;
    out[0] = (x + 0.5) / 8 + 0.2 * (warpX[i] ?? 0);
    out[1] = (y + 0.5) / 8 + 0.2 * (warpY[i] ?? 0);
  });
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let i = 0; i < shade.length; i += 1) {
    const edge = ((cells.second[i] ?? 0) - (cells.nearest[i] ?? 0)) / 2;
    const pebble = 1 - Math.exp(-((edge / 0.17) ** 1.4));
    const deep = Math.min(1.2, Math.max(0.4, 0.8 + 0.14 * (depth[i] ?? 0)));
    const pore = Math.max(0, (pores[i] ?? 0) - 2.2);
    const lift = (randomAt(cells.owner[i] ?? 0, 57) - 0.5) * 0.03;
    height[i] = 0.11 * pebble * deep + lift * pebble + 0.006 * (pores[i] ?? 0) - 0.03 * pore;
    shade[i] = (1 - 0.16 * (1 - pebble) * deep) * (1 + 0.02 * (pores[i] ?? 0));
  }
  return { ...mm, ...size, shade, height };
};

/** Hides are nowhere of quite one colour or thickness. */
const hide = (sigmaPx: number, amount: number, seed: number): Tile => {
  const [widthPx, heightPx] = [250, 210];
  const cloud = grain(widthPx, heightPx, sigmaPx, sigmaPx, seed).values;
  const fine = grain(widthPx, heightPx, sigmaPx / 4, sigmaPx / 4, seed + 1).values;
  const shade = planeOf(
    widthPx,
    heightPx,
    (x, y) => 1 + amount * (0.8 * (cloud[y * widthPx + x] ?? 0) + 0.4 * (fine[y * widthPx + x] ?? 0)),
  );
  return { widthMm: 125, heightMm: 105, widthPx, heightPx, shade: shade.values };
};

/** Milled full-grain leather with a satin finish. */
export const leather: Material = {
  id: 'leather',
  tiles: () => [pebbles(), hide(16, 0.013, 58)],
  tint: [0.92, 1, 1.08],
  contrast: 0,
  finish: { ...MATT, gloss: 0.45, mirror: 0.045, roughness: 0.42 },
};

/** The nap: fibres that lie this way and that, and the hand that brushed over them. */
const nap = (): Tile => {
  const [widthPx, heightPx] = [360, 330];
  const fibres = grain(widthPx, heightPx, 0.9, 1.4, 61).values;
  const tufts = grain(widthPx, heightPx, 3.2, 3.8, 62).values;
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let i = 0; i < shade.length; i += 1) {
    shade[i] = 1 + 0.06 * (fibres[i] ?? 0) + 0.035 * (tufts[i] ?? 0);
    height[i] = 0.009 * (fibres[i] ?? 0) + 0.014 * (tufts[i] ?? 0);
  }
  return { widthMm: 36, heightMm: 33, widthPx, heightPx, shade, height };
};

/** Brushed leather, without any shine. */
export const suede: Material = {
  id: 'suede',
  tiles: () => [nap(), hide(12, 0.045, 64)],
  tint: [0.95, 1, 1.05],
  contrast: 0,
  finish: { ...MATT, gloss: 0.12 },
};

/** Lacquer that has flowed out, almost: long soft waves bend what it mirrors. */
const lacquer = (): Tile => {
  const [widthPx, heightPx] = [240, 200];
  const long = grain(widthPx, heightPx, 14, 14, 66).values;
  const short = grain(widthPx, heightPx, 3.5, 3.5, 67).values;
  const height = planeOf(widthPx, heightPx, (x, y) => 0.11 * (long[y * widthPx + x] ?? 0) + 0.006 * (short[y * widthPx + x] ?? 0));
  return { widthMm: 120, heightMm: 100, widthPx, heightPx, height: height.values };
};

/** Leather under a thick clear lacquer. */
export const patent: Material = {
  id: 'patent',
  tiles: () => [lacquer()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...MATT, diffuse: 0.92, gloss: 0.25, mirror: 0.06, roughness: 0.1 },
};
