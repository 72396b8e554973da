import { setTimeout as sleep } from 'node:timers/promises';

export type Wait = { readonly timeoutMs: number; readonly pollMs: number; readonly signal: AbortSignal };

/** The first look comes soon: small jobs are done in a moment. */
const FIRST_POLL_MS = 20;

/** Looks again and again until there is a value; undefined when the time or the caller's patience is over. */
export const until = async <T>(look: () => Promise<T | undefined>, { timeoutMs, pollMs, signal }: Wait): Promise<T | undefined> => {
  const end = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_POLL_MS; !signal.aborted; pauseMs = Math.min(pollMs, pauseMs * 2)) {
    const value = await look();
    const leftMs = end - performance.now();
    if (value !== undefined || leftMs <= 0) return value;
    await pause(Math.min(pauseMs, leftMs), signal);
  }
  return undefined;
};

/** Ends early when the signal is aborted; never throws. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
};
