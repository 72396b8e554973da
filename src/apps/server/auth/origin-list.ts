import type { KeyLedger } from '../../../jobs/ledger.ts';

const FRESH_MS = 30_000;

/** The web pages that some key may be used from: browsers ask for them before they show the key. */
export class OriginList {
  readonly #keys: Pick<KeyLedger, 'list'>;
  readonly #now: () => number;
  #origins: ReadonlySet<string> = new Set();
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(keys: Pick<KeyLedger, 'list'>, now: () => number) {
    this.#keys = keys;
    this.#now = now;
  }

  async has(origin: string): Promise<boolean> {
    const nowMs = this.#now();
    if (Math.abs(nowMs - this.#readAtMs) > FRESH_MS) {
      const keys = await this.#keys.list();
      this.#origins = new Set(keys.filter(({ revokedAtMs }) => revokedAtMs === null).flatMap(({ origins }) => origins));
      this.#readAtMs = nowMs;
    }
    return this.#origins.has(origin);
  }

  /** After a key came or went. */
  forget(): void {
    this.#readAtMs = Number.NEGATIVE_INFINITY;
  }
}
