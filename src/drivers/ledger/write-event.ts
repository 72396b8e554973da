import type { EventType } from '../../jobs/callbacks/event.ts';
import { eventForJob } from '../../jobs/callbacks/job-event.ts';
import type { Job } from '../../jobs/job.ts';
import { newId } from '../../jobs/new-id.ts';
import { chunks } from './chunks.ts';
import { digestOfText, json } from './rows.ts';
import { CALLBACK } from './states.ts';
import type { Db, DeliveryRow, EndpointRow } from './tables.ts';

export type EventToWrite = {
  readonly tenant: string;
  readonly type: EventType;
  readonly jobId: string | null;
  readonly sequence: number;
  readonly data: unknown;
  readonly callbackUrl: string | null;
  readonly trace?: string | undefined;
  /** An endpoint that must not hear of it. */
  readonly except?: string;
};

const ROWS_AT_ONCE = 100;

/** The event of a job that has become final, with a delivery for everyone who is to hear of it. */
export const writeJobEvent = async (db: Db, nowMs: number, job: Job): Promise<void> => {
  const event = eventForJob(job);
  if (event === undefined) return;
  const last = await db
    .selectFrom('events')
    .select('sequence')
    .where('job_id', '=', job.id)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const sequence = (last?.sequence ?? 0) + 1;
  await writeEvent(db, nowMs, { tenant: job.tenant, ...event, jobId: job.id, sequence, callbackUrl: job.callbackUrl, trace: job.trace });
};

/** Writes the event even when nobody listens: it can be read and replayed. */
export const writeEvent = async (db: Db, nowMs: number, event: EventToWrite): Promise<void> => {
  const { tenant, type, jobId, sequence, data, trace = null } = event;
  const id = newId('evt', nowMs);
  await db
    .insertInto('events')
    .values({ id, tenant, type, job_id: jobId, sequence, created_at_ms: nowMs, data: json(data), trace })
    .execute();
  const endpoints = await listeners(db, event);
  const rows = endpoints.map((endpoint) => deliveryRow(nowMs, { eventId: id, type, jobId, endpoint }));
  for (const some of chunks(rows, ROWS_AT_ONCE)) await db.insertInto('deliveries').values(some).execute();
  for (const { id: endpointId } of endpoints.filter(({ enabled }) => enabled === 1)) await makeDue(db, endpointId, nowMs);
};

/** Subscriptions of the type, and the address the job named: its delivery fails at once while that endpoint is switched off. */
const listeners = async (db: Db, { tenant, type, callbackUrl, except }: EventToWrite): Promise<readonly EndpointRow[]> => {
  const subscriptions = await db
    .selectFrom('endpoints')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('kind', '=', 'subscription')
    .where('enabled', '=', 1)
    .orderBy('id')
    .execute();
  const hearing = subscriptions.filter(({ id, events }) => id !== except && (JSON.parse(events) as readonly string[]).includes(type));
  if (callbackUrl === null) return hearing;
  const named = await callbackEndpoint(db, tenant, callbackUrl);
  return named === undefined ? hearing : [...hearing, named].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** The endpoint of kind `callback` for an address that jobs name. */
export const callbackEndpoint = (db: Db, tenant: string, url: string): Promise<EndpointRow | undefined> =>
  db
    .selectFrom('endpoints')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('kind', '=', CALLBACK)
    .where('url_digest', '=', digestOfText(url))
    .executeTakeFirst();

type ToDeliver = { readonly eventId: string; readonly type: EventType; readonly jobId: string | null; readonly endpoint: EndpointRow };

export const deliveryRow = (nowMs: number, { eventId, type, jobId, endpoint }: ToDeliver): DeliveryRow => ({
  id: newId('dlv', nowMs),
  tenant: endpoint.tenant,
  event_id: eventId,
  event_type: type,
  job_id: jobId,
  endpoint_id: endpoint.id,
  state: endpoint.enabled === 1 ? 'pending' : 'failed',
  attempt: 0,
  next_at_ms: endpoint.enabled === 1 ? nowMs : null,
  created_at_ms: nowMs,
  attempts: '[]',
  worker: null,
  lease_until_ms: null,
  fence: 0,
  counted_since_ms: null,
});

/** Lets claims see that the endpoint has something to deliver by then. */
export const makeDue = async (db: Db, endpointId: string, dueMs: number): Promise<void> => {
  await db
    .updateTable('endpoints')
    .set({ due_at_ms: dueMs })
    .where('id', '=', endpointId)
    .where((is) => is.or([is('due_at_ms', 'is', null), is('due_at_ms', '>', dueMs)]))
    .execute();
};
