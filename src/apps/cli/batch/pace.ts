import { setTimeout as sleep } from 'node:timers/promises';

const MINUTE_MS = 60_000;

export type PaceClock = { readonly nowMs: number; readonly waitMs: (ms: number, signal: AbortSignal) => Promise<void> };

const CLOCK: PaceClock = {
  get nowMs() {
    return performance.now();
  },
  // A worker that is to stop looks at the signal itself.
  waitMs: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** Resolves when the next thing may begin, as many in a minute, evenly: at once without a limit. Ends early, without an error, with the signal. */
export const paced = (perMinute: number | undefined, signal: AbortSignal, clock = CLOCK): (() => Promise<void>) => {
  if (perMinute === undefined) return () => Promise.resolve();
  let free = clock.nowMs;
  return () => {
    const at = Math.max(free, clock.nowMs);
    free = at + MINUTE_MS / perMinute;
    return clock.waitMs(at - clock.nowMs, signal);
  };
};
