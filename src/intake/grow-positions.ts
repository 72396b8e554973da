import { NO_POSITION, type PositionMap } from '../model/view.ts';

const NEIGHBOURS = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

/** What the two samples in one direction predict for the sample before them, by a straight line. */
const predicted = (
  { widthPx, heightPx, mm }: PositionMap,
  x: number,
  y: number,
  dx: number,
  dy: number,
): readonly [number, number] | null => {
  const [fx, fy] = [x + 2 * dx, y + 2 * dy];
  if (fx < 0 || fy < 0 || fx >= widthPx || fy >= heightPx) return null;
  const near = ((y + dy) * widthPx + x + dx) * 2;
  const far = (fy * widthPx + fx) * 2;
  const [u = NO_POSITION, v = 0, farU = NO_POSITION, farV = 0] = [mm[near], mm[near + 1], mm[far], mm[far + 1]];
  return u === NO_POSITION || farU === NO_POSITION ? null : [2 * u - farU, 2 * v - farV];
};

const oneRing = (map: PositionMap): PositionMap => {
  const mm = Float32Array.from(map.mm);
  for (let y = 0; y < map.heightPx; y += 1) {
    for (let x = 0; x < map.widthPx; x += 1) {
      const at = (y * map.widthPx + x) * 2;
      if (map.mm[at] !== NO_POSITION) continue;
      const guesses = NEIGHBOURS.flatMap(([dx, dy]) => {
        const guess = predicted(map, x, y, dx, dy);
        return guess ? [guess] : [];
      });
      if (guesses.length === 0) continue;
      mm[at] = guesses.reduce((sum, [u]) => sum + u, 0) / guesses.length;
      mm[at + 1] = guesses.reduce((sum, [, v]) => sum + v, 0) / guesses.length;
    }
  }
  return { ...map, mm };
};

/** Continues the known positions by `rings` samples in straight lines, so that pixels on the edge of a surface can be filtered. */
export const growPositions = (map: PositionMap, rings: number): PositionMap => (rings <= 0 ? map : growPositions(oneRing(map), rings - 1));
