import type { Request, Response } from 'express';
import { authenticate, NOBODY, requireScope } from './auth/authenticate.ts';
import { allowOrigin, isPreflight, preflightReply } from './auth/cors.ts';
import { Exchange } from './exchange.ts';
import { readRequestBody } from './http/choose-body.ts';
import { HttpProblem } from './problems/http-problem.ts';
import type { Conversation, Route } from './route.ts';
import type { Caller, ServerParts } from './server-parts.ts';
import type { ServerState } from './server-state.ts';

/** Answers one request to one address: cheap refusals first, the body only for those who may send it. */
export const serveRoute = async (
  request: Request,
  response: Response,
  routes: readonly Route[],
  parts: ServerParts,
  state: ServerState,
): Promise<void> => {
  const exchange = new Exchange(request, response, parts);
  exchange.route = routes[0]?.path ?? exchange.route;
  try {
    const allowed = await allowOrigin(exchange, parts, state);
    if (isPreflight(exchange)) return await exchange.send(preflightReply(allowed, methodsOf(routes)));
    const found = routes.find(({ method }) => method === (exchange.isHead ? 'get' : request.method.toLowerCase()));
    const caller = await admit(exchange, found ?? routes[0], parts, state);
    if (!found) throw notAllowed(request.method, routes);
    const accepted = negotiate(request, found);
    const conversation: Conversation = {
      caller,
      parts,
      state,
      accepted,
      requestId: exchange.requestId,
      signal: exchange.signal,
      rawHeaders: request.headers,
    };
    const body = await readRequestBody(request, found, parts.config);
    await exchange.send(
      await found.run({ params: plainParams(request), query: queryOf(request), headers: request.headers, body }, conversation),
    );
  } catch (error) {
    await exchange.fail(error);
  }
};

/** Key, scope and rate, in this order; without a key where none is asked. */
const admit = async (exchange: Exchange, route: Route | undefined, parts: ServerParts, state: ServerState): Promise<Caller> => {
  if (!route || route.access === 'public' || route.access === 'signed') return NOBODY;
  const caller = await authenticate(exchange.request, parts);
  exchange.caller = caller;
  if (caller.keyId !== 'dev') state.touches.note(caller.keyId);
  const verdict = state.rates.take(caller.tenant, route.rate);
  exchange.setHeaders(state.rates.headers(route.rate, verdict));
  if (!verdict.allowed)
    throw new HttpProblem('rate.exceeded', `expected at most the allowed number of ${route.rate} requests, got more`, {
      headers: { 'Retry-After': String(verdict.retrySeconds) },
    });
  requireScope(caller, route.access);
  return caller;
};

const methodsOf = (routes: readonly Route[]): string =>
  [...new Set(routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])))].join(', ');

const notAllowed = (method: string, routes: readonly Route[]): HttpProblem =>
  new HttpProblem('method.not-allowed', `expected ${methodsOf(routes)} for this address, got ${method}`, {
    headers: { Allow: methodsOf(routes) },
  });

/** The media types of its good answers. */
const answerTypes = ({ answers }: Route): readonly string[] => [
  ...new Set(
    Object.entries(answers)
      .filter(([status]) => status.startsWith('2'))
      .flatMap(([, { schema, mediaTypes = [] }]) => [...mediaTypes, ...(schema ? ['application/json'] : [])]),
  ),
];

/** @throws HttpProblem `accept.none` */
const negotiate = (request: Request, route: Route): string => {
  const types = answerTypes(route);
  if (types.length === 0) return '*/*';
  const accepted = types.includes('*/*') ? '*/*' : request.accepts([...types]);
  if (accepted) return accepted;
  throw new HttpProblem('accept.none', `expected to be asked for ${types.join(', ')}, got an Accept header without them`);
};

/** Parts of `{+name}` come as a list and are joined again: their slashes are part of the value. */
const plainParams = ({ params }: Request): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]));

const queryOf = ({ url }: Request): URLSearchParams => {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
};
