import type { NextFunction, Request, Response } from 'express';
import { authenticate } from './auth/authenticate.ts';
import { allowOrigin } from './auth/cors.ts';
import { Exchange } from './exchange.ts';
import { HttpProblem } from './problems/http-problem.ts';
import type { ServerParts } from './server-parts.ts';
import type { ServerState } from './server-state.ts';

/** No such address; without a key not even that is said. */
export const serveUnknown = async (request: Request, response: Response, parts: ServerParts, state: ServerState): Promise<void> => {
  const exchange = new Exchange(request, response, parts);
  try {
    await allowOrigin(exchange, parts, state);
    exchange.caller = await authenticate(request, parts);
    throw new HttpProblem('route.unknown', 'expected a known address, got another one', { hint: 'See /docs for all of them.' });
  } catch (error) {
    await exchange.fail(error);
  }
};

/** Errors from before any route: an address that cannot be decoded. */
export const refuse =
  (parts: ServerParts) =>
  // Express knows handlers of errors by their four parameters.
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const exchange = new Exchange(request, response, parts);
    const isTheirs = Reflect.get(Object(error), 'status') === 400;
    void exchange.fail(isTheirs ? new HttpProblem('request.malformed', 'expected an address that can be decoded, got another one') : error);
  };
