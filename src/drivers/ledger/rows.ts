import { createHash } from 'node:crypto';
import type { ApiKey } from '../../jobs/api-key.ts';
import type { Delivery, Endpoint, JobEvent } from '../../jobs/callbacks/event.ts';
import type { Job, OrderOrigin } from '../../jobs/job.ts';
import type { Asset } from '../../jobs/ledger.ts';
import { Problem } from '../../model/problem.ts';
import type { AssetRow, DeliveryRow, EndpointRow, EventRow, JobRow, KeyRow } from './tables.ts';

/** Half of the longest text that fits into an index of Postgres next to its other columns, whatever its letters. */
const MAX_INDEXED = 500;
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Whether both databases keep the text as it is and in an index. */
export const isStorable = (text: string): boolean => text.length <= MAX_INDEXED && !UNSTORABLE.test(text);

/**
 * The text, if both databases can keep it.
 * @throws Problem `ledger.text`
 */
export const storable = (what: string, text: string): string => {
  if (UNSTORABLE.test(text)) throw new Problem('ledger.text', `expected text for ${what}, got a NUL or half a character in it`);
  if (text.length > MAX_INDEXED)
    throw new Problem('ledger.text', `expected at most ${MAX_INDEXED} characters for ${what}, got ${text.length}`);
  return text;
};

export const json = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** What the ledger wrote itself it reads back as that. */
const parsed = <T>(text: string): T => JSON.parse(text) as T;
const parsedOrNull = <T>(text: string | null): T | null => (text === null ? null : parsed<T>(text));

export const digestOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

export const originKey = ({ source, reference, line }: OrderOrigin): string => digestOfText(json([source, reference, line]));

export const jobOfRow = (row: JobRow): Job => ({
  id: row.id,
  tenant: row.tenant,
  lane: row.lane,
  state: row.state,
  spec: parsed<unknown>(row.spec),
  specDigest: row.spec_digest,
  options: parsed<Job['options']>(row.options),
  origin: originOf(row),
  metadata: parsed<Job['metadata']>(row.metadata),
  callbackUrl: row.callback_url,
  batchId: row.batch_id,
  rerenderOf: row.rerender_of,
  attempt: row.attempt,
  crashes: row.crashes,
  fence: row.fence,
  worker: row.worker,
  leaseUntilMs: row.lease_until_ms,
  notBeforeMs: row.not_before_ms,
  cancelRequested: row.cancel_requested === 1,
  progress: parsedOrNull<Job['progress']>(row.progress),
  revision: row.revision,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
  startedAtMs: row.started_at_ms,
  finishedAtMs: row.finished_at_ms,
  result: parsedOrNull<Job['result']>(row.result),
  problem: parsedOrNull<Job['problem']>(row.problem),
  ...(row.trace === null ? {} : { trace: row.trace }),
});

const originOf = ({ source, reference, line }: JobRow): OrderOrigin | null =>
  source === null || reference === null || line === null ? null : { source, reference, line };

export const endpointOfRow = (row: EndpointRow): Endpoint => ({
  id: row.id,
  tenant: row.tenant,
  kind: row.kind,
  url: row.url,
  description: row.description,
  events: parsed<Endpoint['events']>(row.events),
  enabled: row.enabled === 1,
  sealedSecrets: parsed<Endpoint['sealedSecrets']>(row.sealed_secrets),
  failingSinceMs: row.failing_since_ms,
  failedMessages: row.failed_messages,
  disabledReason: row.disabled_reason,
  createdAtMs: row.created_at_ms,
});

export const eventOfRow = (row: EventRow): JobEvent => ({
  id: row.id,
  tenant: row.tenant,
  type: row.type,
  jobId: row.job_id,
  sequence: row.sequence,
  createdAtMs: row.created_at_ms,
  data: parsed<unknown>(row.data),
  ...(row.trace === null ? {} : { trace: row.trace }),
});

export const deliveryOfRow = (row: DeliveryRow): Delivery => ({
  id: row.id,
  tenant: row.tenant,
  eventId: row.event_id,
  eventType: row.event_type,
  jobId: row.job_id,
  endpointId: row.endpoint_id,
  state: row.state,
  attempt: row.attempt,
  nextAtMs: row.next_at_ms,
  createdAtMs: row.created_at_ms,
  attempts: parsed<Delivery['attempts']>(row.attempts),
});

export const keyOfRow = (row: KeyRow): ApiKey => ({
  keyId: row.key_id,
  tenant: row.tenant,
  name: row.name,
  scopes: parsed<ApiKey['scopes']>(row.scopes),
  secretDigest: row.secret_digest,
  origins: parsed<ApiKey['origins']>(row.origins),
  createdAtMs: row.created_at_ms,
  expiresAtMs: row.expires_at_ms,
  revokedAtMs: row.revoked_at_ms,
  lastUsedAtMs: row.last_used_at_ms,
});

export const assetOfRow = (row: AssetRow): Asset => ({
  id: row.id,
  tenant: row.tenant,
  state: row.state,
  key: row.store_key,
  name: row.name,
  mediaType: row.media_type,
  sha256: row.sha256,
  bytes: row.bytes,
  createdAtMs: row.created_at_ms,
});
