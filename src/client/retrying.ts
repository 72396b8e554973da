import { PlatenError } from './platen-error.ts';

/** Answers after which the same request may be sent again. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const PASSING_CODES: ReadonlySet<string> = new Set(['network', 'idempotency.in-progress']);

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export type Patience = { readonly retryForMs: number; readonly signal?: AbortSignal | undefined };

/**
 * Does work that may be done twice until it succeeds. Pauses grow and differ by chance, and are never shorter than the Retry-After
 * of the answer.
 * @throws what the work throws, once it is no passing trouble or would last longer than `retryForMs` since it began; the signal's reason
 */
export const retrying = async <T>(work: () => Promise<T>, { retryForMs, signal }: Patience): Promise<T> => {
  let sinceMs: number | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PlatenError) || !isPassing(error)) throw error;
      const nowMs = performance.now();
      sinceMs ??= nowMs;
      const waitMs = Math.max(error.retryAfterMs ?? 0, pauseMs / 2) + (Math.random() * pauseMs) / 2;
      if (nowMs + waitMs - sinceMs > retryForMs) throw error;
      await pause(waitMs, signal);
    }
  }
};

const isPassing = ({ status, code }: PlatenError): boolean => PASSING_STATUSES.has(status) || PASSING_CODES.has(code);

/** @throws the signal's reason when it is aborted */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done, fail) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) fail(signal.reason);
      else done();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
