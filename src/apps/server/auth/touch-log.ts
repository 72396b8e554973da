import type { KeyLedger } from '../../../jobs/ledger.ts';
import type { ServerLog } from '../server-parts.ts';

const EVERY_MS = 60_000;
const MAX_KEYS = 10_000;

/** Notes when a key was last used, once a minute at most: a write for each request would cost more than the request. */
export class TouchLog {
  readonly #keys: Pick<KeyLedger, 'touch'>;
  readonly #now: () => number;
  readonly #log: ServerLog;
  readonly #last = new Map<string, number>();

  constructor(keys: Pick<KeyLedger, 'touch'>, now: () => number, log: ServerLog) {
    this.#keys = keys;
    this.#now = now;
    this.#log = log;
  }

  note(keyId: string): void {
    const nowMs = this.#now();
    if (nowMs - (this.#last.get(keyId) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
    if (this.#last.size >= MAX_KEYS) this.#last.clear();
    this.#last.set(keyId, nowMs);
    this.#keys.touch(keyId).catch((error: unknown) => this.#log.warn({ keyId, err: error }, 'could not note the use of a key'));
  }
}
