import { createServer, type ServerResponse } from 'node:http';
import type { HealthProbe } from '../server/server-parts.ts';
import type { ServiceParts } from './open-parts.ts';
import { closeServer, listen } from './run-server.ts';
import type { Running } from './run-worker.ts';

/** `/livez`, `/readyz` and `/metrics` without a key, for probes and scrapers inside: null when no port is configured for them. */
export const runMetricsServer = async (parts: ServiceParts, health: HealthProbe): Promise<Running | null> => {
  const { PLATEN_METRICS_PORT: port, PLATEN_HOST: host } = parts.config.values;
  if (port === 0) return null;
  const server = createServer((request, response) => {
    const answering = answer(request.method === 'GET' ? (request.url ?? '') : '', response, parts, health);
    answering.catch((error: unknown) => {
      parts.log.error({ error }, 'the metrics port could not answer');
      response.writeHead(503).end();
    });
  });
  await listen(server, host, port);
  return { stop: () => closeServer(server, 1000) };
};

const answer = async (url: string, response: ServerResponse, { metrics }: ServiceParts, health: HealthProbe): Promise<void> => {
  switch (url) {
    case '/livez':
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}\n');
      return;
    case '/readyz': {
      const readiness = await health.ready();
      response.writeHead(readiness.ready ? 200 : 503, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(readiness)}\n`);
      return;
    }
    case '/metrics': {
      const { body, contentType } = await metrics.text();
      response.writeHead(200, { 'Content-Type': contentType }).end(body);
      return;
    }
    default:
      response.writeHead(404).end();
  }
};
