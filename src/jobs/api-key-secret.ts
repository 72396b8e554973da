import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '../model/problem.ts';
import { type NewApiKey, SCOPES, type Scope } from './api-key.ts';

/** Lower-case Crockford base 32: no letters that look alike, safe in headers, URLs and shells. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const KEY_ID_LETTERS = 16;
/** 52 letters of 5 bits: 260 random bits. */
const SECRET_LETTERS = 52;

const TOKEN = new RegExp(`^platen_([${LETTERS}]{${KEY_ID_LETTERS}})_([${LETTERS}]{${SECRET_LETTERS}})$`);
const TENANT = /^[a-z0-9][a-z0-9-]{0,62}$/;
const MAX_NAME = 200;

export type KeyRequest = {
  readonly tenant: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly origins?: readonly string[];
  readonly expiresAtMs?: number | null;
};

/** `token` is what the caller sends and is shown once; `key` is what the ledger keeps. */
export type FreshKey = { readonly token: string; readonly key: NewApiKey };

/**
 * A new key with a random secret.
 * @throws Problem `key.invalid` for a tenant, name, scope or origin that cannot be
 */
export const createApiKey = ({ tenant, name, scopes, origins = [], expiresAtMs = null }: KeyRequest): FreshKey => {
  if (!isTenant(tenant)) throw invalid(`expected a tenant of small letters, digits and hyphens, got ${JSON.stringify(tenant)}`);
  if (name.length === 0 || name.length > MAX_NAME) throw invalid(`expected a name of 1 to ${MAX_NAME} characters for the key`);
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
  if (scopes.length === 0 || unknown !== undefined) throw invalid(`expected scopes out of ${SCOPES.join(', ')}, got ${unknown ?? 'none'}`);
  if (origins.length === 0 && scopes.every((scope) => scope === 'preview'))
    throw invalid('expected an origin for a key of the scope preview alone, which works from the pages it names, got none');
  const keyId = randomLetters(KEY_ID_LETTERS);
  const secret = randomLetters(SECRET_LETTERS);
  return {
    token: `platen_${keyId}_${secret}`,
    key: {
      keyId,
      tenant,
      name,
      scopes: SCOPES.filter((scope) => scopes.includes(scope)),
      secretDigest: secretDigestOf(secret),
      origins: [...new Set(origins.map(originOf))],
      expiresAtMs,
    },
  };
};

export const isTenant = (text: string): boolean => TENANT.test(text);

/** The two halves of a token; undefined for anything else. */
export const splitToken = (token: string): { readonly keyId: string; readonly secret: string } | undefined => {
  const [, keyId, secret] = TOKEN.exec(token) ?? [];
  return keyId === undefined || secret === undefined ? undefined : { keyId, secret };
};

const NOBODY = '0'.repeat(64);

/** Whether the secret belongs to the digest. Takes as long when there is no such key, and then says no. */
export const secretMatches = (secret: string, secretDigest: string | undefined): boolean => {
  const known = secretDigest !== undefined && /^[0-9a-f]{64}$/.test(secretDigest);
  const equal = timingSafeEqual(Buffer.from(secretDigestOf(secret), 'hex'), Buffer.from(known ? secretDigest : NOBODY, 'hex'));
  return equal && known;
};

/**
 * The origin of a web page as browsers send it: scheme, host and, unless usual, port.
 * @throws Problem `key.invalid`
 */
export const originOf = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/';
  if (url === undefined || !plain || url.search !== '' || url.hash !== '' || url.username !== '')
    throw invalid(`expected an origin such as https://shop.example, got ${JSON.stringify(text)}`);
  return url.origin;
};

/** What the ledger keeps of a secret. */
export const secretDigestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Each random byte gives one of 32 letters, every one as likely. */
const randomLetters = (count: number): string => Array.from(randomBytes(count), (byte) => LETTERS.charAt(byte % 32)).join('');

const invalid = (message: string): Problem => new Problem('key.invalid', message);
