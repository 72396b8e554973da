import { isPassing } from './s3-problem.ts';

export type Patience = {
  /** No attempt begins later than this after the first one. */
  readonly retryForMs: number;
  readonly random?: () => number;
};

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

type Attempt = { readonly count: number; readonly startedMs: number; readonly delayMs: number };
type Token = { getRetryCount(): number; getRetryDelay(): number };
type ErrorInfo = { readonly error?: unknown; readonly retryAfterHint?: Date };

/** A random wait below a limit that doubles: callers that failed together do not come back together. */
export const backoffMs = (attempt: number, random: () => number): number =>
  Math.floor(random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10)));

/**
 * How the SDK tries again: what may pass, for a bounded time. The SDK's own strategy counts attempts and shares a budget between all
 * requests, so that a short outage under load fails uploads at once.
 */
export const patientRetries = ({ retryForMs, random = Math.random }: Patience) => {
  const attempts = new WeakMap<Token, Attempt>();
  const tokenOf = (attempt: Attempt): Token => {
    const token = { getRetryCount: () => attempt.count, getRetryDelay: () => attempt.delayMs };
    attempts.set(token, attempt);
    return token;
  };
  return {
    acquireInitialRetryToken: async (): Promise<Token> => tokenOf({ count: 0, startedMs: performance.now(), delayMs: 0 }),
    /** Throwing ends the attempts: the SDK then throws the last error. */
    refreshRetryTokenForRetry: async (token: Token, { error, retryAfterHint }: ErrorInfo): Promise<Token> => {
      const last = attempts.get(token);
      if (!last || !isPassing(error)) throw new Error('expected an error that may pass');
      const asked = retryAfterHint ? Math.min(LONGEST_DELAY_MS, retryAfterHint.getTime() - Date.now()) : 0;
      const delayMs = Math.max(asked, backoffMs(last.count + 1, random));
      if (performance.now() - last.startedMs + delayMs > retryForMs) throw new Error('expected time left for another attempt');
      return tokenOf({ count: last.count + 1, startedMs: last.startedMs, delayMs });
    },
    recordSuccess: (): void => {},
  };
};
