import { createHmac, randomBytes } from 'node:crypto';
import { Problem } from '../../model/problem.ts';

const PREFIX = 'whsec_';

/** The names of the three headers, as the Standard Webhooks specification 1.0.0 has them. */
export type SignatureHeaders = {
  readonly 'webhook-id': string;
  /** Seconds since 1970 of the attempt, not of the event. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

/** A new secret to sign with: 256 random bits, as `whsec_` and base64. */
export const createSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/**
 * The bytes of a secret.
 * @throws Problem `callback.secret` unless it is `whsec_` and the base64 of 24 to 64 bytes
 */
export const secretBytes = (secret: string): Uint8Array => {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const bytes = Buffer.from(text, 'base64');
  // Not naming what came: it may be a real secret with a typing mistake.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || bytes.length < 24 || bytes.length > 64)
    throw new Problem('callback.secret', `expected ${PREFIX} and the base64 of 24 to 64 bytes for a signing secret, got something else`);
  return bytes;
};

/** The signature of one message under one secret: `v1,` and base64 of HMAC-SHA256 over id, timestamp and body joined by full stops. */
export const signatureOf = (id: string, timestampS: string, body: string | Uint8Array, secret: string): string =>
  `v1,${createHmac('sha256', secretBytes(secret)).update(`${id}.${timestampS}.`).update(body).digest('base64')}`;

/**
 * The headers of a message, signed under every secret given so that receivers may change theirs at leisure.
 * @param message.atMs - when the attempt is made
 * @throws Problem `callback.secret` for a damaged secret or none, `callback.id` for an id with a full stop
 */
export const signMessage = (message: {
  readonly id: string;
  readonly atMs: number;
  readonly body: string | Uint8Array;
  readonly secrets: readonly string[];
}): SignatureHeaders => {
  const { id, atMs, body, secrets } = message;
  if (!/^[\w-]+$/.test(id))
    throw new Problem('callback.id', `expected an id of letters, digits, _ and - for a message, got "${id.slice(0, 60)}"`);
  if (secrets.length === 0) throw new Problem('callback.secret', 'expected at least one secret to sign with, got none');
  const timestamp = String(Math.floor(atMs / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(id, timestamp, body, secret)).join(' '),
  };
};
