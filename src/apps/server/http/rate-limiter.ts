import type { RateClass, RateLimit } from '../server-parts.ts';

type Bucket = { tokens: number; atMs: number };

/** `resetSeconds`: until all of the quota is there again; `retrySeconds`: until one more request is. */
export type RateVerdict = {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly retrySeconds: number;
};

const MAX_BUCKETS = 20_000;

/** A bucket of tokens for each tenant and kind of request, refilled evenly. It counts for this process alone. */
export class RateLimiter {
  readonly #rates: Readonly<Record<RateClass, RateLimit>>;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rates: Readonly<Record<RateClass, RateLimit>>, now: () => number) {
    this.#rates = rates;
    this.#now = now;
  }

  take(tenant: string, kind: RateClass): RateVerdict {
    const { quota, windowSeconds } = this.#rates[kind];
    const perMs = quota / (windowSeconds * 1000);
    const nowMs = this.#now();
    const bucket = this.#bucket(`${kind} ${tenant}`, quota, nowMs);
    // A clock that steps back must not take tokens away.
    bucket.tokens = Math.min(quota, bucket.tokens + Math.max(0, nowMs - bucket.atMs) * perMs);
    bucket.atMs = nowMs;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    return {
      allowed,
      remaining: Math.floor(bucket.tokens),
      resetSeconds: Math.ceil((quota - bucket.tokens) / perMs / 1000),
      retrySeconds: Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000)),
    };
  }

  /** RateLimit-Policy and RateLimit as structured fields (draft-ietf-httpapi-ratelimit-headers-11). */
  headers(kind: RateClass, verdict: RateVerdict): Readonly<Record<string, string>> {
    const { quota, windowSeconds } = this.#rates[kind];
    return {
      'RateLimit-Policy': `"${kind}";q=${quota};w=${windowSeconds}`,
      RateLimit: `"${kind}";r=${verdict.remaining};t=${verdict.resetSeconds}`,
    };
  }

  #bucket(name: string, quota: number, nowMs: number): Bucket {
    const known = this.#buckets.get(name);
    if (known) return known;
    if (this.#buckets.size >= MAX_BUCKETS)
      for (const oldest of [...this.#buckets.keys()].slice(0, MAX_BUCKETS / 10)) this.#buckets.delete(oldest);
    const fresh = { tokens: quota, atMs: nowMs };
    this.#buckets.set(name, fresh);
    return fresh;
  }
}
