import type { OrderMessage } from '../../jobs/ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { storable } from './rows.ts';
import type { Db } from './tables.ts';

/** Under the lock that submissions of the tenant take too: what an older message began is there or refused when this one is noted. */
export const noteMessage = async (store: LedgerStore, tenant: string, message: OrderMessage): Promise<'newest' | 'outdated'> => {
  checkMessage(tenant, message);
  return store.write(async (db, nowMs) => {
    await store.flavour.oneAtATime(db, `tenant ${tenant}`);
    if (await isOutdated(db, tenant, message)) return 'outdated';
    const { source, reference } = message;
    const seen = { updated_at_ms: Math.floor(message.updatedAtMs), cancelled: message.cancelled ? 1 : 0, noted_at_ms: nowMs };
    await db
      .insertInto('order_messages')
      .values({ tenant, source, reference, ...seen })
      .onConflict((on) => on.columns(['tenant', 'source', 'reference']).doUpdateSet(seen))
      .execute();
    return 'newest';
  });
};

/** Whether a newer message about its order was seen, or a cancel of the same time. */
export const isOutdated = async (db: Db, tenant: string, message: OrderMessage): Promise<boolean> => {
  const seen = await db
    .selectFrom('order_messages')
    .select(['updated_at_ms', 'cancelled'])
    .where('tenant', '=', tenant)
    .where('source', '=', message.source)
    .where('reference', '=', message.reference)
    .executeTakeFirst();
  if (seen === undefined) return false;
  const at = Math.floor(message.updatedAtMs);
  return seen.updated_at_ms > at || (seen.updated_at_ms === at && seen.cancelled === 1 && !message.cancelled);
};

export const checkMessage = (tenant: string, { source, reference }: OrderMessage): void => {
  storable('a tenant', tenant);
  storable('the source of an order', source);
  storable('the reference of an order', reference);
};

export const sweepMessages = (store: LedgerStore, beforeMs: number, limit: number): Promise<number> =>
  store.write(async (db) => {
    const old = await db
      .selectFrom('order_messages')
      .select(['tenant', 'source', 'reference'])
      .where('noted_at_ms', '<', beforeMs)
      .orderBy('noted_at_ms')
      .limit(limit)
      .execute();
    for (const { tenant, source, reference } of old)
      await db
        .deleteFrom('order_messages')
        .where('tenant', '=', tenant)
        .where('source', '=', source)
        .where('reference', '=', reference)
        .where('noted_at_ms', '<', beforeMs)
        .execute();
    return old.length;
  });
