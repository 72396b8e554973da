import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import express from 'express';
import { Problem } from '../../model/problem.ts';
import { createApp } from '../server/create-app.ts';
import { createHttpServer } from '../server/http-server.ts';
import { DEFAULT_SERVER_CONFIG, type ServerConfig, type ServerParts } from '../server/server-parts.ts';
import { openSpecGate } from '../server/spec-gate.ts';
import type { RenderPool } from '../worker/render-pool.ts';
import { type OpenCatalogue, openCatalogue } from './catalogue.ts';
import type { OpenConnection } from './connections.ts';
import { healthProbe } from './health.ts';
import type { ServiceParts } from './open-parts.ts';
import { childConfig, openServicePool } from './render-pools.ts';
import type { Running } from './run-worker.ts';
import { traced, traceOf } from './tracing.ts';

const PREVIEW_SLOTS = 2;
/** Beyond this many a shopper would rather hear "busy" than wait. */
const PREVIEW_QUEUE = 64;

export type RunningServer = Running & { readonly url: string };

/** The API, listening. `wake` is called when callbacks may be due. */
export const runServer = async (parts: ServiceParts, connections: readonly OpenConnection[], wake: () => void): Promise<RunningServer> => {
  const closing = new AbortController();
  const previews = openServicePool(parts, { slots: PREVIEW_SLOTS, cores: availableParallelism(), nice: 0 });
  const library = await openCatalogue(childConfig(parts));
  const app = await appOf(parts, serverParts(parts, { previews, library, connections, wake, closing: closing.signal }));
  const server = createHttpServer(traced(app), serverConfig(parts), Date.now);
  const { PLATEN_HOST: host, PLATEN_PORT: port } = parts.config.values;
  try {
    await previews.ready();
    await listen(server, host, port);
    parts.ownPorts.add(portOf(server));
  } catch (error) {
    await previews.close();
    await library.close();
    throw error;
  }
  return {
    url: urlOf(server, host),
    stop: async () => {
      closing.abort();
      await closeServer(server, parts.config.values.PLATEN_SHUTDOWN_GRACE_SECONDS);
      await previews.close();
      await library.close();
    },
  };
};

/** The API; in Redis mode the dashboard of the queue before it. */
const appOf = async ({ board }: ServiceParts, parts: ServerParts): Promise<RequestListener> => {
  const api = createApp(parts);
  if (board === null) return api;
  const { BOARD_PATH, queueBoard } = await import('./queue-board.ts');
  return express().disable('x-powered-by').use(BOARD_PATH, queueBoard(board, parts)).use(api);
};

type Beside = Pick<ServerParts, 'closing'> & {
  readonly library: OpenCatalogue;
  readonly previews: RenderPool;
  readonly connections: readonly OpenConnection[];
  readonly wake: () => void;
};

const serverParts = (parts: ServiceParts, { previews, library, connections, wake, closing }: Beside): ServerParts => {
  const { ledger, queue, store, sender, ring, metrics, log } = parts;
  return {
    ledger,
    queue,
    store,
    library,
    designs: library.designs,
    traceOf,
    specGate: openSpecGate(library.resources, Date.now),
    connections,
    previews: (spec, request, { tenant }, signal) => {
      if (previews.waiting() >= PREVIEW_QUEUE)
        throw new Problem('preview.busy', `expected fewer than ${PREVIEW_QUEUE} pictures to wait for, got that many`, { retry: 'later' });
      return previews.run(tenant, spec, (uploads) => ({ kind: 'preview', tenant, spec, request, uploads }), { signal });
    },
    checks: (spec, { tenant }, signal) => previews.run(tenant, spec, (uploads) => ({ kind: 'check', tenant, spec, uploads }), { signal }),
    callbacks: { ring, checkUrl: (url) => sender.checkUrl(url), checkSyntax: (url) => sender.checkSyntax(url), wake },
    health: healthProbe(parts, closing),
    metrics: {
      page: async () => {
        const { body, contentType } = await metrics.text();
        return { mediaType: contentType, text: body };
      },
      observe: ({ method, route, status, seconds }) => metrics.httpAnswered(method, route, status, seconds * 1000),
    },
    config: serverConfig(parts),
    now: Date.now,
    log,
    closing,
  };
};

const serverConfig = ({ config, version, deriveSecrets }: ServiceParts): ServerConfig => {
  const { values, dev, store } = config;
  const rate = { quota: values.PLATEN_RATE_PER_MINUTE, windowSeconds: 60 };
  return {
    ...DEFAULT_SERVER_CONFIG,
    version,
    dev,
    publicUrl: values.PLATEN_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    cursorSecrets: deriveSecrets('cursors'),
    linkSecrets: store.kind === 'folder' ? deriveSecrets('links') : [],
    maxBodyBytes: values.PLATEN_MAX_BODY_MB,
    maxUploadBytes: values.PLATEN_MAX_SOURCE_MB,
    uploadQuotaBytes: values.PLATEN_QUOTA_UPLOAD_MB,
    openJobs: values.PLATEN_QUOTA_JOBS,
    rates: { ...DEFAULT_SERVER_CONFIG.rates, submit: rate, preview: rate },
  };
};

/** @throws Problem `server.address` when the address cannot be had */
export const listen = async (server: Server, host: string, port: number): Promise<void> => {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('server.address', `expected to listen on ${host} port ${port}, got: ${reason}`, {
      cause: error,
      hint: 'PLATEN_PORT=0 takes a free port.',
    });
  }
};

/** A server that listens on a port has an address. */
const addressOf = (server: Server): AddressInfo => server.address() as AddressInfo;

const portOf = (server: Server): number => addressOf(server).port;

export const urlOf = (server: Server, host: string): string => {
  const { port, family } = addressOf(server);
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${family === 'IPv6' && shown.includes(':') ? `[${shown}]` : shown}:${port}`;
};

/** Takes no new connections, ends idle ones, and gives the others their time. */
export const closeServer = async (server: Server, graceMs: number): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
};
