import type { JobEvent } from './event.ts';

/** Receivers often refuse more; a thin body with links never needs it. */
export const MAX_BODY_BYTES = 20_000;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const written = (event: JobEvent, data: unknown): string =>
  JSON.stringify({ type: event.type, timestamp: new Date(event.createdAtMs).toISOString(), data });

const withinLimit = (text: string): boolean => Buffer.byteLength(text) < MAX_BODY_BYTES;

/** The most items of the list for which `make` stays within the limit. */
const fitting = <T>(list: readonly T[], make: (part: readonly T[]) => string): string | null => {
  let low = 0;
  let high = list.length;
  if (!withinLimit(make([]))) return null;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (withinLimit(make(list.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  return make(list.slice(0, low));
};

/**
 * What is posted: type, time of the event and thin data with the event's `sequence`, always the same text for the same event. A list of
 * artifacts that would take it to 20 kB is cut short and `truncated` says so: the job itself has them all.
 */
export const callbackBody = (event: JobEvent): string => {
  const data = isRecord(event.data) ? { ...event.data, sequence: event.sequence } : { value: event.data, sequence: event.sequence };
  const whole = written(event, data);
  if (withinLimit(whole)) return whole;
  const artifacts: readonly unknown[] = 'artifacts' in data && Array.isArray(data.artifacts) ? data.artifacts : [];
  const cut = fitting(artifacts, (part) => written(event, { ...data, artifacts: part, truncated: true }));
  return cut ?? written(event, { jobId: event.jobId, sequence: event.sequence, truncated: true });
};
