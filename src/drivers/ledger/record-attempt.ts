import type { AttemptResult, DeliveryAttempt } from '../../jobs/callbacks/event.ts';
import { setDue, stopEndpoint } from './endpoint-due.ts';
import type { LedgerStore } from './ledger-store.ts';
import { json } from './rows.ts';
import type { Db, DeliveryRow, EndpointRow } from './tables.ts';
import { writeEvent } from './write-event.ts';

const KEPT_ATTEMPTS = 20;

export const recordAttempt = async (store: LedgerStore, id: string, fence: number, result: AttemptResult): Promise<boolean> => {
  const known = await store.read((db) => db.selectFrom('deliveries').select('endpoint_id').where('id', '=', id).executeTakeFirst());
  if (known === undefined) return false;
  return store.write(async (db, nowMs) => {
    // The endpoint first, as claims do: two orders of locking would wait for each other.
    const endpoint = await store.flavour
      .forUpdate(db.selectFrom('endpoints').selectAll().where('id', '=', known.endpoint_id))
      .executeTakeFirst();
    const row = await store.flavour.forUpdate(db.selectFrom('deliveries').selectAll().where('id', '=', id)).executeTakeFirst();
    if (endpoint === undefined || row === undefined || row.fence !== fence || row.state !== 'pending') return false;
    await db
      .updateTable('deliveries')
      .set(columnsOf(row, endpoint, result, nowMs))
      .where('id', '=', id)
      .execute();
    await db
      .updateTable('endpoints')
      .set(healthOf(row, endpoint, result, nowMs))
      .where('id', '=', endpoint.id)
      .execute();
    if (result.outcome.kind === 'disable' && endpoint.enabled === 1) await disable(db, nowMs, endpoint, result.outcome.reason);
    else await setDue(db, endpoint.id, false);
    return true;
  });
};

const columnsOf = (row: DeliveryRow, endpoint: EndpointRow, result: AttemptResult, nowMs: number): Partial<DeliveryRow> => {
  const settled = {
    worker: null,
    lease_until_ms: null,
    attempt: row.attempt + 1,
    attempts: withAttempt(row, result),
    // An attempt is recorded once.
    fence: row.fence + 1,
    counted_since_ms: result.outcome.kind === 'delivered' ? null : (endpoint.failing_since_ms ?? nowMs),
  };
  switch (result.outcome.kind) {
    case 'delivered':
      return { ...settled, state: 'delivered', next_at_ms: null };
    case 'again':
      // An endpoint that was switched off in the meantime gets no further attempt.
      if (endpoint.enabled === 0) return { ...settled, state: 'failed', next_at_ms: null };
      return { ...settled, state: 'pending', next_at_ms: Math.floor(result.outcome.atMs) };
    case 'failed':
    case 'disable':
      return { ...settled, state: 'failed', next_at_ms: null };
  }
};

const attemptsOf = (row: DeliveryRow): readonly DeliveryAttempt[] => JSON.parse(row.attempts) as readonly DeliveryAttempt[];

const withAttempt = (row: DeliveryRow, { atMs, durationMs, status, error, excerpt }: AttemptResult): string =>
  json([...attemptsOf(row), { atMs, durationMs, status, error, excerpt }].slice(-KEPT_ATTEMPTS));

/** A message counts as failed once, with its first failed attempt since the last success of the endpoint. */
const healthOf = (row: DeliveryRow, endpoint: EndpointRow, { outcome }: AttemptResult, nowMs: number): Partial<EndpointRow> => {
  if (outcome.kind === 'delivered') return { failing_since_ms: null, failed_messages: 0 };
  const since = endpoint.failing_since_ms;
  const isCounted = since !== null && row.counted_since_ms === since;
  return { failing_since_ms: since ?? nowMs, failed_messages: endpoint.failed_messages + (isCounted ? 0 : 1) };
};

const disable = async (db: Db, nowMs: number, { id, tenant, url, description }: EndpointRow, reason: string): Promise<void> => {
  await db
    .updateTable('endpoints')
    .set({ enabled: 0, disabled_reason: reason.replaceAll('\0', '') })
    .where('id', '=', id)
    .execute();
  await stopEndpoint(db, id);
  await writeEvent(db, nowMs, {
    tenant,
    type: 'endpoint.disabled',
    jobId: null,
    sequence: 1,
    data: { endpoint: { id, url, description, reason } },
    callbackUrl: null,
    except: id,
  });
};
