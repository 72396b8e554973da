export type Backoff = { readonly baseMs: number; readonly maxMs: number };

/** A pause of two seconds at first and five minutes at most: ten attempts span a quarter of an hour, so an outage of minutes fails no job. */
export const DEFAULT_BACKOFF: Backoff = { baseMs: 2000, maxMs: 300_000 };

/**
 * How long to wait after a failed attempt: doubled each time, and a quarter more or less, so that jobs that failed together do not come
 * back together.
 * @param attempt - the one that failed, from 1
 * @param random - 0 up to 1
 */
export const retryAfterMs = (attempt: number, { baseMs, maxMs }: Backoff, random: number): number =>
  Math.round(Math.min(maxMs, baseMs * 2 ** Math.min(30, Math.max(0, attempt - 1))) * (0.75 + random / 2));
