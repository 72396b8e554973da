import { PENDING } from './states.ts';
import type { Db } from './tables.ts';

/** The next time at which a claim can get something from the endpoint; when it is full, that is the end of a lease. */
export const setDue = async (db: Db, endpointId: string, isFull: boolean): Promise<void> => {
  const leased = await db
    .selectFrom('deliveries')
    .select('lease_until_ms')
    .where('endpoint_id', '=', endpointId)
    .where('lease_until_ms', 'is not', null)
    .orderBy('lease_until_ms')
    .limit(1)
    .executeTakeFirst();
  const waiting = isFull
    ? undefined
    : await db
        .selectFrom('deliveries')
        .select('next_at_ms')
        .where('endpoint_id', '=', endpointId)
        .where('state', '=', PENDING)
        .where('lease_until_ms', 'is', null)
        .orderBy('next_at_ms')
        .limit(1)
        .executeTakeFirst();
  const times = [leased?.lease_until_ms, waiting?.next_at_ms].filter((time) => typeof time === 'number');
  await db
    .updateTable('endpoints')
    .set({ due_at_ms: times.length === 0 ? null : Math.min(...times) })
    .where('id', '=', endpointId)
    .execute();
};

/** What waits for an endpoint that is switched off has failed for good; it can be replayed when the endpoint is on again. */
export const stopEndpoint = async (db: Db, endpointId: string): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ state: 'failed', next_at_ms: null })
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', PENDING)
    .where('lease_until_ms', 'is', null)
    .execute();
  await setDue(db, endpointId, false);
};
