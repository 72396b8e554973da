import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Problem } from '../../model/problem.ts';
import type { KeyRing, RingKey } from './key-ring.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const unreadable = (why: string): Problem => new Problem('seal.unreadable', `expected a secret sealed under a known key, got ${why}`);

/**
 * A text that only holders of the ring can read, for the disk: `s1.<key id>.<base64url>`, AES-256-GCM with a random nonce.
 * @param bound - who it belongs to, such as a tenant: it opens for that one alone
 */
export const seal = (ring: KeyRing, text: string, bound: string): string => {
  const [{ id, sealing }] = ring;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, sealing, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
  const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `s1.${id}.${body.toString('base64url')}`;
};

/**
 * The text inside.
 * @throws Problem `seal.unreadable` for one that was changed, belongs to another or whose key is not in the ring
 */
export const unseal = (ring: KeyRing, sealed: string, bound: string): string => {
  const [version, keyId, text, ...rest] = sealed.split('.');
  const body = Buffer.from(text ?? '', 'base64url');
  if (version !== 's1' || rest.length > 0 || body.length < NONCE_BYTES + TAG_BYTES) throw unreadable('something else');
  const named = ring.filter(({ id }) => id === keyId);
  // Its key may have had another name then.
  for (const key of named.length > 0 ? named : ring) {
    const opened = openWith(key, body, bound);
    if (opened !== undefined) return opened;
  }
  throw unreadable(named.length > 0 ? 'one that was changed or belongs to another' : 'one under a key that is not in the ring');
};

const openWith = ({ sealing }: RingKey, body: Buffer, bound: string): string | undefined => {
  const decipher = createDecipheriv(CIPHER, sealing, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(body.subarray(-TAG_BYTES));
  try {
    return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
};

/** Whether it should be sealed again because a newer key is in use. */
export const isSealedByOldKey = (ring: KeyRing, sealed: string): boolean => sealed.split('.')[1] !== ring[0].id;
