import type { IncomingMessage } from 'node:http';
import { type ApiKey, OPERATOR, SCOPES, type Scope } from '../../../jobs/api-key.ts';
import { secretMatches, splitToken } from '../../../jobs/api-key-secret.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Caller, ServerParts } from '../server-parts.ts';

/** Whoever calls without a key where none is asked. */
export const NOBODY: Caller = { keyId: '', tenant: '', scopes: [] };

const DEVELOPER: Caller = { keyId: 'dev', tenant: 'dev', scopes: SCOPES };

/** A secret of the right length for keys that are none, so that these cost the same. */
const NO_TOKEN = { keyId: '0'.repeat(16), secret: '0'.repeat(52) } as const;

/**
 * Who calls, by the credential alone.
 * @throws HttpProblem `auth.missing`, `auth.invalid`, `auth.origin`
 */
export const authenticate = async (
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  { ledger, config, now }: ServerParts,
): Promise<Caller> => {
  const { authorization, origin } = request.headers;
  if (authorization === undefined) {
    if (config.dev) return developer(request);
    throw unauthenticated('auth.missing', 'expected an Authorization header with a key, got none');
  }
  const [, token = ''] = /^Bearer +(\S{1,200})$/i.exec(authorization) ?? [];
  const { keyId, secret } = splitToken(token) ?? NO_TOKEN;
  const key = await ledger.keys.find(keyId);
  const proven = secretMatches(secret, key?.secretDigest);
  if (!key || !proven || !isAlive(key, now())) throw unauthenticated('auth.invalid', 'expected a valid key, got another one');
  requireOrigin(key, origin);
  return key;
};

const isAlive = ({ expiresAtMs, revokedAtMs }: ApiKey, nowMs: number): boolean =>
  revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs);

const unauthenticated = (code: 'auth.missing' | 'auth.invalid', message: string): HttpProblem =>
  new HttpProblem(code, message, {
    headers: { 'WWW-Authenticate': code === 'auth.missing' ? 'Bearer realm="platen"' : 'Bearer realm="platen", error="invalid_token"' },
  });

/** Browsers name the page they act for. A key for previews is made for them and works from its pages alone. */
const requireOrigin = (key: ApiKey, origin: string | undefined): void => {
  const forBrowsers = key.scopes.length === 1 && key.scopes[0] === 'preview';
  if (origin === undefined ? !forBrowsers : key.origins.includes(origin)) return;
  throw new HttpProblem('auth.origin', `expected one of the origins of the key, got ${origin === undefined ? 'none' : 'another one'}`);
};

const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;
const LOOPBACK_ADDRESS = /^(?:127\.|::1$|::ffff:127\.)/;

export const isLoopbackOrigin = (origin: string): boolean => LOOPBACK_HOST.test(origin.replace(/^https?:\/\//, ''));

/** Only from this machine, and under a name of it: a web page elsewhere could reach us through its visitor's browser. */
const developer = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): Caller => {
  const local = LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '') && LOOPBACK_HOST.test(headers.host ?? '');
  if (local && (headers.origin === undefined || isLoopbackOrigin(headers.origin))) return DEVELOPER;
  throw unauthenticated('auth.missing', 'expected an Authorization header with a key, or a call from this machine, got neither');
};

/** @throws HttpProblem `auth.scope` unless the caller has one of them; admin may do everything */
export const requireScope = ({ scopes }: Caller, wanted: readonly Scope[]): void => {
  if (scopes.includes('admin') || scopes.some((scope) => wanted.includes(scope))) return;
  throw new HttpProblem(
    'auth.scope',
    `expected a key with the scope ${[...new Set([...wanted, 'admin'])].join(' or ')}, got ${scopes.join(', ')}`,
    {
      headers: { 'WWW-Authenticate': `Bearer realm="platen", error="insufficient_scope", scope="${wanted.join(' ')}"` },
    },
  );
};

const FORCE_HINT = 'Send it without force, or let a person of the shop decide, whose program has a key with the scope force too.';

/**
 * Making what findings hold overrules the text policy of the shop: a program that takes orders must not do so on its own.
 * @throws HttpProblem `auth.scope` unless the caller may
 */
export const requireForce = ({ scopes }: Caller, { force }: { readonly force?: boolean | undefined }, pointer = '/options/force'): void => {
  if (force !== true || scopes.includes('force') || scopes.includes('admin')) return;
  const message = `expected a key with the scope force or admin for "force": true, got ${scopes.join(', ')}`;
  throw new HttpProblem('auth.scope', message, {
    hint: FORCE_HINT,
    errors: [{ pointer, message, hint: FORCE_HINT }],
    headers: { 'WWW-Authenticate': 'Bearer realm="platen", error="insufficient_scope", scope="submit force"' },
  });
};

/** What is of all tenants at once, only the operator's own tenant may see. */
export const isOperator = ({ keyId, tenant, scopes }: Caller): boolean =>
  (tenant === OPERATOR || keyId === DEVELOPER.keyId) && scopes.includes('admin');
