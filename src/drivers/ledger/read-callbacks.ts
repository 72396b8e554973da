import type { ExpressionBuilder } from 'kysely';
import type { Delivery, Endpoint, JobEvent } from '../../jobs/callbacks/event.ts';
import type { CallbackLedger, Page } from '../../jobs/ledger.ts';
import { deliveryOfRow, endpointOfRow, eventOfRow, isStorable } from './rows.ts';
import { CALLBACK, PENDING } from './states.ts';
import type { Db, Tables } from './tables.ts';

export const readEndpoint = async (db: Db, tenant: string, id: string): Promise<Endpoint | undefined> => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  const row = await db.selectFrom('endpoints').selectAll().where('id', '=', id).where('tenant', '=', tenant).executeTakeFirst();
  return row === undefined ? undefined : endpointOfRow(row);
};

export const readEndpoints = async (db: Db, tenant: string, kind?: Endpoint['kind']): Promise<readonly Endpoint[]> => {
  if (!isStorable(tenant)) return [];
  const rows = await db
    .selectFrom('endpoints')
    .selectAll()
    .where('tenant', '=', tenant)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'subscription'))
    .orderBy('id')
    .execute();
  return rows.map(endpointOfRow);
};

export const readSealed = async (db: Db, { limit, after }: Page): Promise<readonly Pick<Endpoint, 'id' | 'tenant' | 'sealedSecrets'>[]> => {
  const rows = await db
    .selectFrom('endpoints')
    .selectAll()
    .where('sealed_secrets', '<>', '[]')
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(endpointOfRow).map(({ id, tenant, sealedSecrets }) => ({ id, tenant, sealedSecrets }));
};

export const readEvent = async (db: Db, tenant: string, id: string): Promise<JobEvent | undefined> => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  const row = await db.selectFrom('events').selectAll().where('id', '=', id).where('tenant', '=', tenant).executeTakeFirst();
  return row === undefined ? undefined : eventOfRow(row);
};

/** Newest first. */
export const listDeliveries = async (
  db: Db,
  tenant: string,
  { endpointId, jobId, state }: Parameters<CallbackLedger['deliveries']>[1],
  { limit, after }: Page,
): Promise<readonly Delivery[]> => {
  const texts = [tenant, endpointId, jobId, after].filter((text) => text !== undefined);
  if (!texts.every(isStorable) || state?.length === 0) return [];
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('tenant', '=', tenant)
    .$if(endpointId !== undefined, (query) => query.where('endpoint_id', '=', endpointId ?? ''))
    .$if(jobId !== undefined, (query) => query.where('job_id', '=', jobId ?? ''))
    .$if(state !== undefined, (query) => query.where('state', 'in', state ?? []))
    .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(deliveryOfRow);
};

export const readNextDue = async (db: Db): Promise<number | undefined> => {
  const row = await db
    .selectFrom('endpoints')
    .select('due_at_ms')
    .where('due_at_ms', 'is not', null)
    .orderBy('due_at_ms')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at_ms ?? undefined;
};

/** `oldestPendingMs` is the age of the oldest one, 0 when none is pending. */
export const countPending = async (db: Db, nowMs: number): ReturnType<CallbackLedger['counts']> => {
  const { pending, oldest } = await db
    .selectFrom('deliveries')
    .select((is) => [is.fn.countAll<number>().as('pending'), is.fn.min('created_at_ms').as('oldest')])
    .where('state', '=', PENDING)
    .executeTakeFirstOrThrow();
  return { pending, oldestPendingMs: pending === 0 ? 0 : Math.max(0, nowMs - oldest) };
};

/** Settled deliveries, then events and addresses of jobs that have none left. */
export const sweepDeliveries = async (db: Db, beforeMs: number, limit: number): Promise<number> => {
  const old = db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '<>', PENDING)
    .where('created_at_ms', '<', beforeMs)
    .orderBy('created_at_ms')
    .limit(limit);
  const deliveries = await db.deleteFrom('deliveries').where('id', 'in', old).returning('id').execute();
  const silent = db
    .selectFrom('events')
    .select('events.id')
    .where('events.created_at_ms', '<', beforeMs)
    .where((is) => is.not(is.exists(is.selectFrom('deliveries').select('deliveries.id').whereRef('deliveries.event_id', '=', 'events.id'))))
    .orderBy('events.created_at_ms')
    .limit(limit);
  const events = await db.deleteFrom('events').where('id', 'in', silent).returning('id').execute();
  const unused = db
    .selectFrom('endpoints')
    .select('endpoints.id')
    .where('endpoints.kind', '=', CALLBACK)
    .where('endpoints.created_at_ms', '<', beforeMs)
    .where((is) =>
      is.not(is.exists(is.selectFrom('deliveries').select('deliveries.id').whereRef('deliveries.endpoint_id', '=', 'endpoints.id'))),
    )
    .where((is) => is.not(is.exists(openJobOf(is))))
    .orderBy('endpoints.created_at_ms')
    .limit(limit);
  const endpoints = await db.deleteFrom('endpoints').where('id', 'in', unused).returning('id').execute();
  return deliveries.length + events.length + endpoints.length;
};

/** A job that is not over and will call back to the endpoint. */
const openJobOf = (is: ExpressionBuilder<Tables, 'endpoints'>) =>
  is
    .selectFrom('jobs')
    .select('jobs.id')
    .whereRef('jobs.tenant', '=', 'endpoints.tenant')
    .whereRef('jobs.callback_digest', '=', 'endpoints.url_digest')
    .where('jobs.callback_digest', 'is not', null)
    .where('jobs.finished_at_ms', 'is', null);
