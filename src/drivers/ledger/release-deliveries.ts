import { chunks } from './chunks.ts';
import { setDue } from './endpoint-due.ts';
import type { LedgerStore } from './ledger-store.ts';
import { PENDING } from './states.ts';
import type { Db } from './tables.ts';

type Claimed = readonly { readonly id: string; readonly fence: number }[];

const AT_ONCE = 500;

/** One transaction for each endpoint, whose row is locked first as claims and records do. */
export const releaseDeliveries = async (store: LedgerStore, claimed: Claimed): Promise<void> => {
  const fences = new Map(claimed.map(({ id, fence }) => [id, fence]));
  const byEndpoint = new Map<string, string[]>();
  for (const some of chunks([...fences.keys()], AT_ONCE)) {
    const rows = await store.read((db) => db.selectFrom('deliveries').select(['id', 'endpoint_id']).where('id', 'in', some).execute());
    for (const { id, endpoint_id: endpoint } of rows) byEndpoint.set(endpoint, [...(byEndpoint.get(endpoint) ?? []), id]);
  }
  for (const [endpoint, ids] of byEndpoint)
    await store.write(async (db) => {
      await store.flavour.forUpdate(db.selectFrom('endpoints').selectAll().where('id', '=', endpoint)).execute();
      for (const some of chunks(ids, AT_ONCE)) await releaseSome(db, some, fences);
      await setDue(db, endpoint, false);
    });
};

const releaseSome = async (db: Db, ids: readonly string[], fences: ReadonlyMap<string, number>): Promise<void> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'fence'])
    .where('id', 'in', ids)
    .where('state', '=', PENDING)
    .where('lease_until_ms', 'is not', null)
    .execute();
  const held = rows.filter(({ id, fence }) => fences.get(id) === fence).map(({ id }) => id);
  if (held.length === 0) return;
  // Whoever was told to stop may still hear an answer: it must not be recorded over a later attempt.
  await db
    .updateTable('deliveries')
    .set((is) => ({ lease_until_ms: null, worker: null, fence: is('fence', '+', 1) }))
    .where('id', 'in', held)
    .execute();
};
