import { MATT, type Material, NEUTRAL_TINT, type Tile } from './material.ts';
import { grain, planeOf, randomAt } from './noise.ts';

/** Loops of a knitted shoe upper or a jumper, mm. */
const WALES = 24;
const COURSES = 32;

/** Two legs of each loop make a V; rows are counted down, wales across. */
const loops = (): Tile => {
  const [widthPx, heightPx] = [360, 340];
  const fuzz = grain(widthPx, heightPx, 1, 1.6, 41).values;
  const strand = grain(widthPx, heightPx, 2.2, 1.2, 42).values;
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let y = 0, i = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, i += 1) {
      const wale = ((x + 0.5) * WALES) / widthPx;
      const across = (wale - Math.floor(wale)) * 2 - 1;
      const side = Math.abs(across);
      const course = ((y + 0.5) * COURSES) / heightPx - side * 0.85;
      const row = Math.floor(course);
      const down = (course - row) * 2 - 1;
      const leg = 1 - ((side - 0.5) * 2) ** 2;
      const body = Math.max(0, 1 - down * down);
      const crown = Math.sqrt(body) * (0.35 + 0.65 * leg);
      const tone = (randomAt(((row % COURSES) + COURSES) % COURSES, 43) - 0.5) * 0.05;
      height[i] = 0.34 * crown + 0.012 * (fuzz[i] ?? 0);
      shade[i] = (0.45 + 0.55 * crown) * (1 + tone + 0.05 * (strand[i] ?? 0) + 0.04 * (fuzz[i] ?? 0));
    }
  }
  return { widthMm: 30, heightMm: 34, widthPx, heightPx, shade, height };
};

/** Loops that are drawn tighter or looser. */
const tension = (): Tile => {
  const [widthPx, heightPx] = [220, 260];
  const rows = grain(widthPx, heightPx, 12, 0.8, 44).values;
  const soft = grain(widthPx, heightPx, 7, 7, 45).values;
  const shade = planeOf(widthPx, heightPx, (x, y) => 1 + 0.03 * (rows[y * widthPx + x] ?? 0) + 0.02 * (soft[y * widthPx + x] ?? 0));
  return { widthMm: 110, heightMm: 130, widthPx, heightPx, shade: shade.values };
};

/** A knit whose loops are seen. */
export const knit: Material = {
  id: 'knit',
  tiles: () => [loops(), tension()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...MATT, gloss: 0.8 },
};

const HOLES = 12;

/** Rows of eyelets, each row half a step aside, between round threads. */
const eyelets = (): Tile => {
  const [widthPx, heightPx, widthMm] = [312, 270, 26];
  const heightMm = 22.5;
  const fuzz = grain(widthPx, heightPx, 0.8, 0.8, 46).values;
  const thread = grain(widthPx, heightPx, 1.4, 4, 47).values;
  const pitch = widthMm / HOLES;
  const rowPitch = heightMm / HOLES;
  const [shade, height] = [new Float32Array(widthPx * heightPx), new Float32Array(widthPx * heightPx)];
  for (let y = 0, i = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, i += 1) {
      const [u, v] = [((x + 0.5) * widthMm) / widthPx, ((y + 0.5) * heightMm) / heightPx];
      const row = Math.floor(v / rowPitch);
      const half = row % 2 === 0 ? 0 : 0.5;
      const column = u / pitch + half;
      const [dx, dy] = [(column - Math.floor(column) - 0.5) * pitch, (v / rowPitch - row - 0.5) * rowPitch];
      const away = Math.hypot(dx, dy * 0.86);
      const edge = Math.min(1, Math.max(0, (away - 0.46) / 0.2));
      const solid = edge * edge * (3 - 2 * edge);
      const rim = Math.exp(-(((away - 0.8) / 0.26) ** 2));
      const rib = Math.cos((2 * Math.PI * u * HOLES * 3) / widthMm);
      height[i] = solid * (0.16 + 0.1 * rim + 0.022 * rib);
      shade[i] = (0.16 + 0.84 * solid) * (1 + 0.05 * (thread[i] ?? 0) + 0.04 * (fuzz[i] ?? 0) + 0.06 * rib * solid);
    }
  }
  return { widthMm, heightMm, widthPx, heightPx, shade, height };
};

/** Sports mesh: smooth yarn with holes that the dark shows through. */
export const mesh: Material = {
  id: 'mesh',
  tiles: () => [eyelets()],
  tint: NEUTRAL_TINT,
  contrast: 0,
  finish: { ...MATT, gloss: 1.1, mirror: 0.02, roughness: 0.6 },
};
