const TRACE_PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Where a trace goes on: the ids of W3C Trace Context. */
export type TraceParent = { readonly traceId: string; readonly spanId: string; readonly traceFlags: number };

/** Of a `traceparent` header in the form of version 00; undefined for anything else. Source: W3C Trace Context, section 3.2. */
export const parseTraceParent = (text: unknown): TraceParent | undefined => {
  const [, traceId, spanId, flags] = typeof text === 'string' ? (TRACE_PARENT.exec(text) ?? []) : [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
};
