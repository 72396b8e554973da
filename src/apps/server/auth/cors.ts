import type { Exchange } from '../exchange.ts';
import type { Reply } from '../http/reply.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import type { ServerParts } from '../server-parts.ts';
import type { ServerState } from '../server-state.ts';
import { isLoopbackOrigin } from './authenticate.ts';

/** Headers that scripts of allowed pages may send and read. */
const MAY_SEND = 'Authorization, Content-Type, Accept, Idempotency-Key, If-None-Match, Prefer, X-Request-Id, Last-Event-ID';
const MAY_READ =
  'ETag, Location, Link, Retry-After, RateLimit, RateLimit-Policy, Preference-Applied, X-Request-Id, Platen-Findings, Content-Disposition';

/**
 * Lets scripts of a page read the answer when some key may be used there. Never for all pages, never with cookies: there are none.
 * Which key it is, and whether it may be used from this page, is asked later; an answer that says no can be read, too.
 */
export const allowOrigin = async (exchange: Exchange, parts: ServerParts, state: ServerState): Promise<boolean> => {
  const { origin } = exchange.request.headers;
  if (origin === undefined) return false;
  const allowed = (parts.config.dev && isLoopbackOrigin(origin)) || (await state.origins.has(origin));
  if (allowed)
    exchange.setHeaders({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': MAY_READ,
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  return allowed;
};

export const isPreflight = ({ request }: Exchange): boolean =>
  request.method === 'OPTIONS' && request.headers.origin !== undefined && request.headers['access-control-request-method'] !== undefined;

/** @throws HttpProblem `auth.origin` */
export const preflightReply = (allowed: boolean, methods: string): Reply => {
  if (!allowed) throw new HttpProblem('auth.origin', 'expected an origin that some key allows, got another one');
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': MAY_SEND,
      'Access-Control-Max-Age': '600',
      Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    },
  };
};
