import { NO_POSITION, type PositionMap } from '../model/view.ts';

/** Steps to the eight neighbours, in the order in which their guesses are added up. */
const ACROSS = [0, 0, 1, -1, 1, 1, -1, -1] as const;
const DOWN = [1, -1, 0, 0, 1, -1, 1, -1] as const;

/** Puts the mean of what pairs of samples in a straight line predict for the sample before them, where that is not known. Without garbage: maps have millions. */
const growAt = ({ widthPx, heightPx, mm }: PositionMap, grown: Float32Array, x: number, y: number): void => {
  const at = (y * widthPx + x) * 2;
  let [count, sumU, sumV] = [0, 0, 0];
  for (let one = 0; one < 8; one += 1) {
    const [dx, dy] = [ACROSS[one] ?? 0, DOWN[one] ?? 0];
    const [fx, fy] = [x + 2 * dx, y + 2 * dy];
    if (fx < 0 || fy < 0 || fx >= widthPx || fy >= heightPx) continue;
    const step = (dy * widthPx + dx) * 2;
    const u = mm[at + step] ?? NO_POSITION;
    const farU = mm[at + 2 * step] ?? NO_POSITION;
    if (u === NO_POSITION || farU === NO_POSITION) continue;
    count += 1;
    sumU += 2 * u - farU;
    sumV += 2 * (mm[at + step + 1] ?? 0) - (mm[at + 2 * step + 1] ?? 0);
  }
  if (count === 0) return;
  grown[at] = sumU / count;
  grown[at + 1] = sumV / count;
};

const oneRing = (map: PositionMap): PositionMap => {
  const mm = map.mm.slice();
  for (let y = 0, at = 0; y < map.heightPx; y += 1) {
    for (let x = 0; x < map.widthPx; x += 1, at += 2) {
      if (map.mm[at] === NO_POSITION) growAt(map, mm, x, y);
    }
  }
  return { ...map, mm };
};

/** Continues the known positions by `rings` samples in straight lines, so that pixels on the edge of a surface can be filtered. */
export const growPositions = (map: PositionMap, rings: number): PositionMap => (rings <= 0 ? map : growPositions(oneRing(map), rings - 1));
