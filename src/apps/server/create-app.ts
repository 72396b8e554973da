import express from 'express';
import type { Route } from './route.ts';
import { ROUTES } from './routes/index.ts';
import { serveRoute } from './serve-route.ts';
import { refuse, serveUnknown } from './serve-unknown.ts';
import type { ServerParts } from './server-parts.ts';
import { openServerState } from './server-state.ts';

/** The API as an express application: every route of the list, and one way to say no. */
export const createApp = (parts: ServerParts): express.Express => {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').enable('strict routing').set('query parser', false);
  const state = openServerState(parts);
  for (const [path, routes] of byPath(ROUTES)) {
    app.all(expressPath(path), (request, response) => serveRoute(request, response, routes, parts, state));
  }
  app.use((request, response) => serveUnknown(request, response, parts, state));
  app.use(refuse(parts));
  return app;
};

const byPath = (routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> => {
  const paths = new Map<string, readonly Route[]>();
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return paths;
};

/** `/files/{+key}` is `/files/*key`, `/v1/jobs/{id}` is `/v1/jobs/:id`. */
const expressPath = (path: string): string => path.replaceAll(/\{\+(\w+)\}/g, '*$1').replaceAll(/\{(\w+)\}/g, ':$1');
