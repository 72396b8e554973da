import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets timers, sockets and abort requests have their turn, then throws the signal's reason when it was aborted. */
export const pause = async (signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  await nextTurn();
  signal.throwIfAborted();
};
