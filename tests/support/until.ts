import { setTimeout as pause } from 'node:timers/promises';

/** Waits until a condition holds, looking every few milliseconds; rejects with the name of what was awaited. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> => {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`expected ${what} within ${withinMs} ms`);
    await pause(5);
  }
};
