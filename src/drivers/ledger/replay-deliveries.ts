import type { Delivery } from '../../jobs/callbacks/event.ts';
import { Problem } from '../../model/problem.ts';
import { chunks } from './chunks.ts';
import type { LedgerStore } from './ledger-store.ts';
import { deliveryOfRow, isStorable } from './rows.ts';
import type { Db, EndpointRow } from './tables.ts';
import { deliveryRow, makeDue } from './write-event.ts';

const ROWS_AT_ONCE = 100;

export const replayDelivery = async (store: LedgerStore, tenant: string, id: string): Promise<Delivery | undefined> => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  return store.write(async (db, nowMs) => {
    const old = await db.selectFrom('deliveries').selectAll().where('id', '=', id).where('tenant', '=', tenant).executeTakeFirst();
    const endpoint = old === undefined ? undefined : await lockedEndpoint(store, db, tenant, old.endpoint_id);
    if (old === undefined || endpoint === undefined) return undefined;
    const row = deliveryRow(nowMs, { eventId: old.event_id, type: old.event_type, jobId: old.job_id, endpoint });
    await db.insertInto('deliveries').values(row).execute();
    await makeDue(db, endpoint.id, nowMs);
    return deliveryOfRow(row);
  });
};

/** Leaves out events that reached the endpoint since or are on their way again: recovering twice sends nothing twice. */
export const recoverSince = async (store: LedgerStore, tenant: string, endpointId: string, sinceMs: number): Promise<number> => {
  if (!isStorable(tenant) || !isStorable(endpointId)) return 0;
  return store.write(async (db, nowMs) => {
    const endpoint = await lockedEndpoint(store, db, tenant, endpointId);
    if (endpoint === undefined) return 0;
    const failed = await db
      .selectFrom('deliveries as failed')
      .select(['failed.event_id', 'failed.event_type', 'failed.job_id'])
      .distinct()
      .where('failed.endpoint_id', '=', endpointId)
      .where('failed.state', '=', 'failed')
      .where('failed.created_at_ms', '>=', sinceMs)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('deliveries as other')
              .select('other.id')
              .whereRef('other.event_id', '=', 'failed.event_id')
              .where('other.endpoint_id', '=', endpointId)
              .where('other.state', '<>', 'failed'),
          ),
        ),
      )
      .orderBy('failed.event_id')
      .execute();
    const rows = failed.map(({ event_id, event_type, job_id }) =>
      deliveryRow(nowMs, { eventId: event_id, type: event_type, jobId: job_id, endpoint }),
    );
    for (const some of chunks(rows, ROWS_AT_ONCE)) await db.insertInto('deliveries').values(some).execute();
    if (rows.length > 0) await makeDue(db, endpointId, nowMs);
    return rows.length;
  });
};

const lockedEndpoint = async (store: LedgerStore, db: Db, tenant: string, id: string): Promise<EndpointRow | undefined> => {
  const found = db.selectFrom('endpoints').selectAll().where('id', '=', id).where('tenant', '=', tenant);
  const endpoint = await store.flavour.forUpdate(found).executeTakeFirst();
  if (endpoint?.enabled === 0)
    throw new Problem('ledger.endpoint-disabled', `expected an endpoint that is enabled for a replay, got ${id} that is switched off`, {
      hint: 'enable the endpoint first',
    });
  return endpoint;
};
