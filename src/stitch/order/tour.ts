import type { Point } from '../../geometry/point.ts';

/** Beyond this many places the tour is not improved further: the gain is small, the time square. */
const MOST_IMPROVED = 600;
const MOST_PASSES = 6;

/** A short open walk through all places, as their indices: nearest neighbour from `start`, then pieces turned round while that shortens it. */
export const shortTour = (places: readonly Point[], start: Point): readonly number[] => {
  const tour = nearestTour(places, start);
  if (tour.length > MOST_IMPROVED) return tour;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) if (!turnPieces(places, start, tour)) break;
  return tour;
};

const far = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const nearestTour = (places: readonly Point[], start: Point): number[] => {
  const left = new Set(places.keys());
  const tour: number[] = [];
  let at = start;
  while (left.size > 0) {
    let [best, bestMm] = [-1, Infinity];
    for (const i of left) {
      const mm = far(at, places[i] ?? at);
      if (mm < bestMm - 1e-9) [best, bestMm] = [i, mm];
    }
    if (best < 0) break;
    left.delete(best);
    tour.push(best);
    at = places[best] ?? at;
  }
  return tour;
};

const turnPieces = (places: readonly Point[], start: Point, tour: number[]): boolean => {
  const place = (k: number): Point => (k < 0 ? start : (places[tour[k] ?? 0] ?? start));
  let turned = false;
  for (let i = 0; i < tour.length - 1; i += 1) {
    for (let j = i + 1; j < tour.length; j += 1) {
      const last = j === tour.length - 1;
      const before = far(place(i - 1), place(i)) + (last ? 0 : far(place(j), place(j + 1)));
      const after = far(place(i - 1), place(j)) + (last ? 0 : far(place(i), place(j + 1)));
      if (after >= before - 1e-9) continue;
      for (let [a, b] = [i, j]; a < b; a += 1, b -= 1) [tour[a], tour[b]] = [tour[b] ?? 0, tour[a] ?? 0];
      turned = true;
    }
  }
  return turned;
};
