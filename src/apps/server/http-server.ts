import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { newId } from '../../jobs/new-id.ts';
import { HttpProblem } from './problems/http-problem.ts';
import { problemAnswer } from './problems/problem-document.ts';
import type { ServerConfig } from './server-parts.ts';

const MAX_HEADER_BYTES = 16_384;
const MAX_HEADERS = 100;
/** Longer than the idle time of usual load balancers (60 s), so that they never use a connection we just closed. */
const KEEP_ALIVE_MS = 65_000;

/** A connection on which nothing at all moves: longer than any wait, heartbeat or preview. */
const IDLE_MS = 120_000;

/** A server that does not wait for slow callers; not yet listening. Requests that are no HTTP are answered as problems, too. */
export const createHttpServer = (app: RequestListener, config: ServerConfig, now: () => number): Server => {
  const { headersTimeoutMs, uploadTimeoutMs } = config;
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersTimeoutMs,
      requestTimeout: Math.max(headersTimeoutMs, uploadTimeoutMs) + 5_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.max(50, Math.min(5_000, headersTimeoutMs / 2)),
    },
    app,
  );
  server.timeout = IDLE_MS;
  server.maxHeadersCount = MAX_HEADERS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => answerBroken(error, socket, now));
  return server;
};

const answerBroken = (error: NodeJS.ErrnoException, socket: Socket, now: () => number): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { document } = problemAnswer(problemOf(error.code), newId('req', now()));
  const body = `${JSON.stringify(document)}\n`;
  const lines = [
    `HTTP/1.1 ${document.status} ${STATUS_TEXT[document.status] ?? 'Bad Request'}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${document.requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
};

const STATUS_TEXT: Readonly<Record<number, string>> = { 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

const problemOf = (code: string | undefined): HttpProblem => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpProblem('request.timeout', 'expected a whole request in time, got a part of one');
    case 'HPE_HEADER_OVERFLOW':
      return new HttpProblem('request.headers-too-large', `expected headers of at most ${MAX_HEADER_BYTES} bytes, got more`);
    default:
      return new HttpProblem('request.malformed', 'expected an HTTP request, got something else');
  }
};
