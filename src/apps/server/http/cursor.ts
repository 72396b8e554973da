import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../../../model/digest.ts';
import { HttpProblem } from '../problems/http-problem.ts';

/** Long enough to page through anything, short enough that secrets can turn over. */
const LIFE_MS = 24 * 3_600_000;
const MAC_BYTES = 18;

/** What a cursor belongs to: nobody can carry it to another tenant, list or filter. */
export type CursorPlace = { readonly tenant: string; readonly list: string; readonly filter: unknown };

/** Where the next page begins, sealed: opaque to callers. `secrets`: newest first. */
export class Cursors {
  readonly #secrets: readonly string[];
  readonly #now: () => number;

  constructor(secrets: readonly string[], now: () => number) {
    if (secrets.length === 0) throw new TypeError('expected at least one secret for cursors, got none');
    this.#secrets = secrets;
    this.#now = now;
  }

  write(place: CursorPlace, after: string): string {
    const body = Buffer.from(JSON.stringify([after, this.#now() + LIFE_MS])).toString('base64url');
    return `${body}.${this.#mac(place, body, this.#secrets[0] ?? '')}`;
  }

  /** @throws HttpProblem `request.cursor` for one that was changed, is over, or belongs elsewhere */
  read(place: CursorPlace, cursor: string): string {
    const [body = '', mac = ''] = cursor.split('.', 2);
    const genuine = this.#secrets.filter((secret) => isEqual(mac, this.#mac(place, body, secret))).length > 0;
    if (!genuine) throw refused('expected a cursor of this list and these filters, got another one');
    const [after, endsAtMs]: [string, number] = JSON.parse(Buffer.from(body, 'base64url').toString());
    if (endsAtMs < this.#now()) throw refused('expected a cursor of the last 24 hours, got an older one');
    return after;
  }

  #mac(place: CursorPlace, body: string, secret: string): string {
    const text = canonicalJson([place.tenant, place.list, place.filter, body]);
    return createHmac('sha256', secret).update(text).digest().subarray(0, MAC_BYTES).toString('base64url');
  }
}

const isEqual = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const refused = (message: string): HttpProblem => new HttpProblem('request.cursor', message);
