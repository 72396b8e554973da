import type { Sewn } from '../region.ts';
import { shortTour } from './tour.ts';

/** The same threads in an order that leads from one start to the next by a short way, beginning with the first. */
export const nearestFirst = (threads: readonly Sewn[]): readonly Sewn[] => {
  const starts = threads.map(({ points }) => ({ x: points[0] ?? 0, y: points[1] ?? 0 }));
  return shortTour(starts, starts[0] ?? { x: 0, y: 0 }).flatMap((i) => threads[i] ?? []);
};
