import type { Point } from '../../geometry/point.ts';

/** Something that leads from one place to another and may be gone either way. */
export type Leg = { readonly from: Point; readonly to: Point };
export type TourStep = { readonly leg: number; readonly isBack: boolean };

/** With more legs than this the tour is the nearest one each time: improving takes square time. */
const MOST_IMPROVED = 400;
const MOST_PASSES = 8;

/**
 * A short walk along all legs, each once: the nearest end each time, then stretches turned round and single legs moved while that shortens the
 * ways between. Begins near `start`, or with the first leg.
 */
export const tourOfLegs = (legs: readonly Leg[], start: Point | null): readonly TourStep[] => {
  const tour = nearestTour(legs, start);
  if (tour.length > MOST_IMPROVED) return tour;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) if (!improve(legs, start, tour)) break;
  return tour;
};

const entryOf = (legs: readonly Leg[], { leg, isBack }: TourStep): Point => (isBack ? legs[leg]?.to : legs[leg]?.from) ?? { x: 0, y: 0 };
const exitOf = (legs: readonly Leg[], { leg, isBack }: TourStep): Point => (isBack ? legs[leg]?.from : legs[leg]?.to) ?? { x: 0, y: 0 };

const nearestTour = (legs: readonly Leg[], start: Point | null): TourStep[] => {
  const open = new Set(legs.keys());
  const tour: TourStep[] = [];
  let at = start;
  while (open.size > 0) {
    let [best, nearest]: [TourStep | null, number] = [null, Infinity];
    for (const leg of open) {
      for (const isBack of [false, true]) {
        const mm = at ? far(at, entryOf(legs, { leg, isBack })) : 0;
        if (mm < nearest) [best, nearest] = [{ leg, isBack }, mm];
      }
    }
    if (!best) break;
    open.delete(best.leg);
    tour.push(best);
    at = exitOf(legs, best);
  }
  return tour;
};

const improve = (legs: readonly Leg[], start: Point | null, tour: TourStep[]): boolean => {
  let better = false;
  const before = (k: number): Point | null => (k < 0 ? start : tour[k] ? exitOf(legs, tour[k]) : null);
  const after = (k: number): Point | null => (tour[k] ? entryOf(legs, tour[k]) : null);
  for (let i = 0; i < tour.length; i += 1) {
    for (let j = i; j < tour.length; j += 1) {
      const [first, last] = [tour[i], tour[j]];
      if (!first || !last) continue;
      const [a, b] = [before(i - 1), after(j + 1)];
      const now = gap(a, entryOf(legs, first)) + gap(exitOf(legs, last), b);
      const turned = gap(a, exitOf(legs, last)) + gap(entryOf(legs, first), b);
      if (turned >= now - 1e-9) continue;
      const stretch = tour.slice(i, j + 1).reverse();
      stretch.forEach(({ leg, isBack }, k) => {
        tour[i + k] = { leg, isBack: !isBack };
      });
      better = true;
    }
  }
  return moveSingles(legs, start, tour) || better;
};

/** Takes legs out and puts them where they lie on the way. */
const moveSingles = (legs: readonly Leg[], start: Point | null, tour: TourStep[]): boolean => {
  let better = false;
  for (let i = 0; i < tour.length; i += 1) {
    const step = tour[i];
    if (!step) continue;
    const rest = tour.toSpliced(i, 1);
    const saved = costAt(legs, start, rest, i, step);
    let [best, least]: [{ readonly at: number; readonly step: TourStep } | null, number] = [null, saved - 1e-9];
    for (let at = 0; at <= rest.length; at += 1) {
      for (const isBack of [false, true]) {
        const cost = costAt(legs, start, rest, at, { leg: step.leg, isBack });
        if (cost < least) [best, least] = [{ at, step: { leg: step.leg, isBack } }, cost];
      }
    }
    if (!best) continue;
    tour.splice(i, 1);
    tour.splice(best.at, 0, best.step);
    better = true;
  }
  return better;
};

/** What a step adds to the ways when it stands at a place of the tour. */
const costAt = (legs: readonly Leg[], start: Point | null, tour: readonly TourStep[], at: number, step: TourStep): number => {
  const [a, b] = [tour[at - 1], tour[at]];
  const [from, to] = [a ? exitOf(legs, a) : start, b ? entryOf(legs, b) : null];
  return gap(from, entryOf(legs, step)) + gap(exitOf(legs, step), to) - gap(from, to);
};

const far = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const gap = (a: Point | null, b: Point | null): number => (a && b ? far(a, b) : 0);
