import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Context, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { DeliveryWork } from '../../jobs/callbacks/event.ts';
import type { Render } from '../../jobs/render.ts';
import { parseTraceParent } from '../../jobs/trace-parent.ts';

/**
 * Spans through the OpenTelemetry API: nothing happens until the operator loads an SDK. Attribute names stand here alone; no text of a
 * customer and no address with a query is among them.
 */
const tracer = () => trace.getTracer('platen');

/** One span per request, continued from the caller's trace. */
export const traced = (listener: RequestListener): RequestListener => {
  return (request: IncomingMessage, response: ServerResponse) => {
    const from = propagation.extract(context.active(), request.headers);
    const attributes = { 'http.request.method': request.method ?? '', 'url.path': (request.url ?? '').split('?')[0] ?? '' };
    const span = tracer().startSpan(`HTTP ${request.method}`, { kind: SpanKind.SERVER, attributes }, from);
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(from, span), () => listener(request, response));
  };
};

/** Where the work of a request goes on: its span when an SDK records it, else the caller's own. */
export const traceOf = (headers: IncomingHttpHeaders): string | undefined => {
  const carrier: { traceparent?: unknown } = {};
  propagation.inject(context.active(), carrier);
  return [carrier.traceparent, headers.traceparent].find((one): one is string => parseTraceParent(one) !== undefined);
};

/** The trace that a job or event was begun in, as the one to go on with. */
const goingOn = (trace_: string | undefined): Context => {
  const parent = parseTraceParent(trace_);
  return parent === undefined ? context.active() : trace.setSpanContext(context.active(), { ...parent, isRemote: true });
};

/** One span per attempt at a job, in the trace of the request that submitted it. */
export const tracedRender =
  (render: Render): Render =>
  (job, work) => {
    const attributes = {
      'platen.job.id': job.id,
      'platen.job.lane': job.lane,
      'platen.job.attempt': job.attempt,
      'messaging.system': 'platen',
      'messaging.operation.name': 'process',
    };
    return tracer().startActiveSpan('render job', { kind: SpanKind.CONSUMER, attributes }, goingOn(job.trace), async (span) => {
      try {
        const outcome = await render(job, work);
        span.setAttribute('platen.job.outcome', outcome.kind);
        return outcome;
      } catch (error) {
        const code: unknown = Reflect.get(Object(error), 'code');
        span.setStatus({ code: SpanStatusCode.ERROR, ...(typeof code === 'string' ? { message: code } : {}) });
        throw error;
      } finally {
        span.end();
      }
    });
  };

/** One span per attempt at a callback, after the fact, in the trace of its job. */
export const noteCallback = ({ delivery, event }: DeliveryWork, outcome: string, durationMs: number, nowMs: number): void => {
  const attributes = { 'platen.delivery.id': delivery.id, 'platen.endpoint.id': delivery.endpointId, 'platen.delivery.outcome': outcome };
  tracer()
    .startSpan('send callback', { kind: SpanKind.PRODUCER, attributes, startTime: nowMs - durationMs }, goingOn(event.trace))
    .end(nowMs);
};
