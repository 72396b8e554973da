const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses before each attempt; ten attempts over 75 hours and 35 minutes, so that an endpoint may be away for a long weekend. */
export const PAUSES_MS = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;

/** A pause differs by up to a tenth, so that endpoints that failed together are not asked together. */
const JITTER = 0.1;
/** Longest pause an endpoint may ask for. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;
/** Shortest pause for an endpoint that says it is overloaded. */
const OVERLOADED_MS = MINUTE;
const OVERLOADED = new Set([429, 502, 503, 504]);

export const DISABLE_AFTER_MS = 120 * HOUR;
export const DISABLE_AFTER_MESSAGES = 10;

export type Failure = {
  /** How many attempts have been made, this one included. */
  readonly attempts: number;
  readonly nowMs: number;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** Evenly spread from 0 up to 1. */
  readonly random: () => number;
};

/** When to try again after a failure; null when that was the last attempt. */
export const nextAttemptMs = ({ attempts, nowMs, status, retryAfterMs, random }: Failure): number | null => {
  const pause = PAUSES_MS[attempts];
  if (pause === undefined) return null;
  const spread = pause * (1 + JITTER * (2 * random() - 1));
  const asked = Math.min(Math.max(retryAfterMs ?? 0, 0), MAX_RETRY_AFTER_MS);
  const floor = status !== null && OVERLOADED.has(status) ? Math.max(asked, OVERLOADED_MS) : asked;
  return nowMs + Math.round(Math.max(spread, floor));
};

/** What a Retry-After header asks for: seconds or a date (RFC 9110, 10.2.3); null when it is neither. */
export const parseRetryAfter = (header: string | null, nowMs: number): number | null => {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
};

/** Whether an endpoint has failed for so long and so often that nobody seems to be there. */
export const isGivenUp = (failingSinceMs: number | null, failedMessages: number, nowMs: number): boolean =>
  failingSinceMs !== null && nowMs - failingSinceMs >= DISABLE_AFTER_MS && failedMessages >= DISABLE_AFTER_MESSAGES;
