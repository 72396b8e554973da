import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Attributes, type Context, propagation, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { noteCallback, traced, tracedRender, traceOf } from '../../../src/apps/service/tracing.ts';
import type { DeliveryWork } from '../../../src/jobs/callbacks/event.ts';
import type { Job } from '../../../src/jobs/job.ts';
import { Problem } from '../../../src/model/problem.ts';

type Seen = { readonly name: string; readonly trace: string | undefined; attributes: Attributes; status?: number; ended: boolean };

/** A provider of the API's own form that keeps what it is told. */
const listen = (): Seen[] => {
  const seen: Seen[] = [];
  const startSpan: Tracer['startSpan'] = (name, options, parent) => {
    const kept: Seen = {
      name,
      trace: parent && trace.getSpanContext(parent)?.traceId,
      attributes: { ...options?.attributes },
      ended: false,
    };
    seen.push(kept);
    const span: Span = {
      spanContext: () => ({ traceId: '0'.repeat(31).concat('1'), spanId: '0'.repeat(15).concat('1'), traceFlags: 1 }),
      setAttribute: (key, value) => {
        if (value !== undefined) kept.attributes[key] = value;
        return span;
      },
      setAttributes: () => span,
      addEvent: () => span,
      addLink: () => span,
      addLinks: () => span,
      setStatus: ({ code }) => {
        kept.status = code;
        return span;
      },
      updateName: () => span,
      end: () => {
        kept.ended = true;
      },
      isRecording: () => true,
      recordException: () => undefined,
    };
    return span;
  };
  const startActiveSpan = (name: string, options: object, parent: Context, work: (span: Span) => unknown): unknown =>
    work(startSpan(name, options, parent));
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan }) as unknown as Tracer });
  return seen;
};

afterEach(() => trace.disable());

it('a request is one span, without what its query says', async () => {
  const seen = listen();
  const server = createServer(traced((_request, response) => response.writeHead(503).end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/files/a?signature=secret`);
  server.close();
  await once(server, 'close');
  expect(seen).toMatchObject([{ name: 'HTTP GET', ended: true, status: SpanStatusCode.ERROR }]);
  expect(seen[0]?.attributes).toEqual({ 'http.request.method': 'GET', 'url.path': '/files/a', 'http.response.status_code': 503 });
});

it('an attempt at a job is one span with its outcome, or the code of its failure', async () => {
  const seen = listen();
  const job = { id: 'job_1', lane: 'batch', attempt: 2, spec: { text: 'Mila' } } as unknown as Job;
  const work = { signal: new AbortController().signal, onProgress: () => undefined };
  const failing = tracedRender(() => Promise.reject(new Problem('store.unavailable', 'expected an answer, got none', { retry: 'later' })));
  await expect(failing(job, work)).rejects.toThrow(Problem);
  expect(seen).toMatchObject([{ name: 'render job', ended: true, status: SpanStatusCode.ERROR, attributes: { 'platen.job.attempt': 2 } }]);
  expect(JSON.stringify(seen)).not.toContain('Mila');
});

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('jobs and callbacks go on in the trace of the request that submitted them', async () => {
  const seen = listen();
  expect(traceOf({ traceparent: PARENT })).toBe(PARENT);
  expect(traceOf({ traceparent: 'of another form' })).toBeUndefined();
  expect(traceOf({})).toBeUndefined();
  const work = { signal: new AbortController().signal, onProgress: () => undefined };
  const render = tracedRender(async () => ({ kind: 'needs_attention', result: null, problem: { code: 'x', message: 'x' } }));
  await render({ id: 'job_1', lane: 'batch', attempt: 1, trace: PARENT } as unknown as Job, work);
  await render({ id: 'job_2', lane: 'batch', attempt: 1 } as unknown as Job, work);
  const delivery = { id: 'dlv_1', endpointId: 'whk_1' };
  noteCallback({ delivery, event: { id: 'evt_1', trace: PARENT } } as unknown as DeliveryWork, 'delivered', 5, Date.now());
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  expect(seen.map(({ name, trace: of }) => [name, of])).toEqual([
    ['render job', traceId],
    ['render job', undefined],
    ['send callback', traceId],
  ]);
});

it('an SDK that records the request is whom its work goes on with', () => {
  propagation.setGlobalPropagator({
    inject: (_context, carrier) => Object.assign(carrier as object, { traceparent: PARENT.replace('00f0', '11f0') }),
    extract: (from) => from,
    fields: () => ['traceparent'],
  });
  try {
    expect(traceOf({ traceparent: PARENT })).toBe(PARENT.replace('00f0', '11f0'));
  } finally {
    propagation.disable();
  }
});
