import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import express, { type Request, type RequestHandler, type Router } from 'express';
import { isProblem } from '../../model/problem.ts';
import { authenticate, isOperator } from '../server/auth/authenticate.ts';
import type { Caller, ServerParts } from '../server/server-parts.ts';

export const BOARD_PATH = '/admin/queue';

/**
 * The dashboard of BullMQ over our tickets, to look at only. Browsers ask for a name and a password: the password is an admin key
 * of the operator, the name is free.
 */
export const queueBoard = (queue: object, parts: ServerParts): Router => {
  const pages = new ExpressAdapter();
  pages.setBasePath(BOARD_PATH);
  createBullBoard({
    // What the queue driver hands out as its board is a BullMQ queue.
    queues: [new BullMQAdapter(queue as ConstructorParameters<typeof BullMQAdapter>[0], { readOnlyMode: true })],
    serverAdapter: pages,
    options: { uiConfig: { boardTitle: 'Platen tickets' } },
  });
  const router = express.Router();
  router.use(operatorOnly(parts), closedPages, pages.getRouter());
  return router;
};

const operatorOnly =
  (parts: ServerParts): RequestHandler =>
  (request, response, next) => {
    callerOf(request, parts).then((caller) => {
      if (caller && isOperator(caller)) next();
      else
        response
          .status(401)
          .set('WWW-Authenticate', 'Basic realm="Platen", charset="UTF-8"')
          .type('text')
          .send('An admin key of the tenant "default" is needed.\n');
    }, next);
  };

const callerOf = async (request: Request, parts: ServerParts): Promise<Caller | undefined> => {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const token =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(value, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : value;
  // The page comes from here: its origin says nothing about who asks.
  const asked = { headers: { authorization: `Bearer ${token}` }, socket: request.socket };
  return authenticate(asked, parts).catch((error: unknown) => {
    if (isProblem(error)) return undefined;
    throw error;
  });
};

/** Its scripts and styles are its own; nothing from elsewhere, nobody frames it. */
const closedPages: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  next();
};
