import type { DeliveryWork } from '../../jobs/callbacks/event.ts';
import type { CallbackLedger } from '../../jobs/ledger.ts';
import { setDue, stopEndpoint } from './endpoint-due.ts';
import type { LedgerStore } from './ledger-store.ts';
import { deliveryOfRow, endpointOfRow, eventOfRow } from './rows.ts';
import { PENDING } from './states.ts';
import type { Db, DeliveryRow, EndpointRow } from './tables.ts';

type Claim = Parameters<CallbackLedger['claim']>[0];

/**
 * Walks endpoints in the order in which they are due, never their backlogs: an endpoint with a hundred thousand waiting messages
 * costs as much as one with a single message. The lock on the endpoint's row makes the bound on what is in flight exact.
 */
export const claimDeliveries = async (store: LedgerStore, claim: Claim): Promise<readonly DeliveryWork[]> => {
  const nowMs = await store.now();
  const due = await store.read((db) => dueEndpoints(db, nowMs, 1).execute());
  if (due.length === 0) return [];
  return store.write(async (db, now) => {
    const endpoints = await store.flavour.skipLocked(dueEndpoints(db, now, claim.limit)).execute();
    const work: DeliveryWork[] = [];
    for (const endpoint of endpoints) {
      if (work.length >= claim.limit) break;
      work.push(...(await claimFrom(db, now, endpoint, { ...claim, limit: claim.limit - work.length })));
    }
    return work;
  });
};

const dueEndpoints = (db: Db, nowMs: number, limit: number) =>
  db
    .selectFrom('endpoints')
    .selectAll()
    .where('due_at_ms', 'is not', null)
    .where('due_at_ms', '<=', nowMs)
    .orderBy('due_at_ms')
    .limit(limit);

const claimFrom = async (db: Db, nowMs: number, endpoint: EndpointRow, claim: Claim): Promise<readonly DeliveryWork[]> => {
  await freeLapsed(db, nowMs, endpoint.id);
  if (endpoint.enabled === 0) {
    await stopEndpoint(db, endpoint.id);
    return [];
  }
  const inFlight = await countInFlight(db, endpoint.id);
  const room = Math.max(0, Math.min(claim.perEndpoint - inFlight, claim.limit));
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('endpoint_id', '=', endpoint.id)
    .where('state', '=', PENDING)
    .where('lease_until_ms', 'is', null)
    .where('next_at_ms', '<=', nowMs)
    .orderBy('next_at_ms')
    .orderBy('id')
    .limit(room)
    .execute();
  const work = await leaseAll(db, nowMs, { rows, endpoint, claim });
  await setDue(db, endpoint.id, inFlight + rows.length >= claim.perEndpoint);
  return work;
};

/** Their worker died: the attempt was not recorded and is made again. */
const freeLapsed = async (db: Db, nowMs: number, endpointId: string): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ lease_until_ms: null, worker: null })
    .where('endpoint_id', '=', endpointId)
    .where('lease_until_ms', 'is not', null)
    .where('lease_until_ms', '<=', nowMs)
    .execute();
};

const countInFlight = async (db: Db, endpointId: string): Promise<number> => {
  const { count } = await db
    .selectFrom('deliveries')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('endpoint_id', '=', endpointId)
    .where('lease_until_ms', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
};

type ToLease = { readonly rows: readonly DeliveryRow[]; readonly endpoint: EndpointRow; readonly claim: Claim };

const leaseAll = async (db: Db, nowMs: number, { rows, endpoint, claim }: ToLease): Promise<readonly DeliveryWork[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await db
    .updateTable('deliveries')
    .set((is) => ({ worker: claim.worker, lease_until_ms: nowMs + claim.leaseMs, fence: is('fence', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
  const events = await db
    .selectFrom('events')
    .selectAll()
    .where(
      'id',
      'in',
      rows.map((row) => row.event_id),
    )
    .execute();
  const byId = new Map(events.map((event) => [event.id, event]));
  return rows.flatMap((row) => {
    const event = byId.get(row.event_id);
    if (event === undefined) return [];
    return [{ delivery: deliveryOfRow(row), event: eventOfRow(event), endpoint: endpointOfRow(endpoint), fence: row.fence + 1 }];
  });
};
