import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '../../model/problem.ts';
import { signatureOf } from './sign.ts';

/** A receiver may be this far behind or ahead of the sender, as the specification suggests. */
const TOLERANCE_S = 300;
const MAX_HEADER = 8192;

const refused = (got: string): Problem => new Problem('callback.unsigned', `expected a signed message, got ${got}`);

/** Compares digests, so that neither the place of a difference nor a length shows in the time it takes. */
const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const headerOf = (headers: Readonly<Record<string, string | readonly string[] | undefined>>, name: string): string => {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') throw refused(`no single ${name}`);
  if (value.length > MAX_HEADER) throw refused(`a ${name} of ${value.length} characters`);
  return value;
};

/**
 * Checks that a message was signed under one of the secrets within five minutes of now. The body must be the bytes as they came: one
 * that was parsed and written again has another signature.
 * @param message.headers - with names in small letters, as Node's http has them
 * @throws Problem `callback.unsigned` for a missing, damaged, old or wrong signature
 */
export const verifyMessage = (message: {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string | Uint8Array;
  readonly secrets: readonly string[];
  readonly nowMs: number;
}): void => {
  const { headers, body, secrets, nowMs } = message;
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const given = headerOf(headers, 'webhook-signature').split(' ');
  if (!/^\d{1,12}$/.test(timestamp)) throw refused('a webhook-timestamp that is not whole seconds');
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > TOLERANCE_S) throw refused('one of another time');
  const expected = secrets.map((secret) => signatureOf(id, timestamp, body, secret));
  const matches = given.filter((one) => expected.some((other) => same(one, other)));
  if (matches.length === 0) throw refused('one without a matching signature');
};
