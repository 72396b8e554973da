import { setTimeout as sleep } from 'node:timers/promises';
import { troubleOf } from './driver-error.ts';

const LONGEST_PAUSE_MS = 20;

/** Does the work again, after a short random pause, while it fails for another one's lock; then its error is thrown. */
export const retryWhileBusy = async <T>(patienceMs: number, work: () => T | Promise<T>): Promise<T> => {
  const until = performance.now() + patienceMs;
  for (let round = 1; ; round++) {
    try {
      return await work();
    } catch (error) {
      if (troubleOf(error) !== 'busy' || performance.now() >= until) throw error;
      await sleep(1 + Math.random() * Math.min(LONGEST_PAUSE_MS, round));
    }
  }
};
