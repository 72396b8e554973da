import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId } from '../../jobs/new-id.ts';
import type { Reply } from './http/reply.ts';
import { hasBody } from './http/request-body.ts';
import { sendReply } from './http/send-reply.ts';
import { problemAnswer } from './problems/problem-document.ts';
import type { Caller, ServerParts } from './server-parts.ts';

/** What every answer carries unless it says otherwise. */
const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  Vary: 'Origin',
};

/** Ids of callers are kept when they can stand in headers and logs. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** One request and its answer: whose it is, whether anybody still listens, and the line it leaves in the log. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Aborted when the caller goes away before the answer is complete. */
  readonly signal: AbortSignal;
  /** For log and metrics: the template of the route, never the path. */
  route = 'unknown';
  caller: Caller | undefined;
  readonly #parts: ServerParts;

  constructor(request: IncomingMessage, response: ServerResponse, parts: ServerParts) {
    this.request = request;
    this.response = response;
    this.#parts = parts;
    const given = request.headers['x-request-id'];
    this.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req', parts.now());
    const gone = new AbortController();
    this.signal = gone.signal;
    const begin = performance.now();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
      this.#record((performance.now() - begin) / 1000);
    });
    this.setHeaders({ ...COMMON_HEADERS, 'X-Request-Id': this.requestId });
  }

  get isHead(): boolean {
    return this.request.method === 'HEAD';
  }

  setHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) this.response.setHeader(name, value);
  }

  async send(reply: Reply): Promise<void> {
    if (this.response.destroyed) return;
    // A body that nobody read is still on its way: the connection cannot be used for a next request.
    if (hasBody(this.request) && !this.request.readableEnded) this.response.setHeader('Connection', 'close');
    try {
      await sendReply(this.response, reply, this.isHead);
    } catch (error) {
      this.#complain(error, 'an answer broke half-way');
    }
  }

  /** Any error as problem+json; those that are our fault are logged with all that is known. */
  async fail(error: unknown): Promise<void> {
    if (this.signal.aborted || this.response.headersSent) {
      if (!this.response.writableEnded) this.response.destroy();
      return;
    }
    const { document, headers } = problemAnswer(error, this.requestId);
    if (document.status >= 500) this.#complain(error, 'a request failed');
    await this.send({
      status: document.status,
      headers: { 'Cache-Control': 'no-store', ...headers },
      body: { kind: 'json', value: document, mediaType: 'application/problem+json' },
    });
  }

  #complain(error: unknown, message: string): void {
    this.#parts.log.error({ requestId: this.requestId, route: this.route, err: error }, message);
  }

  #record(took: number): void {
    const { metrics, log } = this.#parts;
    const { statusCode: status, writableFinished } = this.response;
    const method = this.request.method ?? '';
    const { tenant, keyId } = this.caller ?? {};
    metrics.observe?.({ method, route: this.route, status, seconds: took });
    const fields = { requestId: this.requestId, method, route: this.route, status, ms: Math.round(took * 1000), tenant, keyId };
    log.info(writableFinished ? fields : { ...fields, aborted: true }, 'request');
  }
}
