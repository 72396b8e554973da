import type { IdempotencyLedger, IdempotencyUse, Submitted } from '../../jobs/ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { readJobsOf } from './read-jobs.ts';
import { json, storable } from './rows.ts';
import type { Db, IdempotencyRow } from './tables.ts';

export const openIdempotencyLedger = (store: LedgerStore): IdempotencyLedger => ({
  begin: async (tenant, use) => {
    checkUse(tenant, use);
    return store.write(async (db, nowMs) => {
      await store.flavour.oneAtATime(db, `key ${tenant} ${use.route} ${use.key}`);
      const row = await rowOf(db, nowMs, tenant, use);
      if (row !== undefined && row.fingerprint !== use.fingerprint) return { kind: 'other-request' };
      if (row?.state === 'done') return { kind: 'done', answer: row.answer ?? '' };
      if (row?.state === 'busy' && row.busy_until_ms > nowMs) return { kind: 'busy' };
      await put(db, { ...rowFor(nowMs, tenant, use), state: 'busy', busy_until_ms: nowMs + use.busyMs, answer: null });
      return { kind: 'new' };
    });
  },
  settle: async (tenant, use, answer) => {
    checkUse(tenant, use);
    await store.write((db, nowMs) => put(db, { ...rowFor(nowMs, tenant, use), answer: storedAnswer(answer) }));
  },
  drop: async (tenant, use) => {
    checkUse(tenant, use);
    await store.write((db) => mine(db, tenant, use).where('state', '=', 'busy').where('fingerprint', '=', use.fingerprint).execute());
  },
  sweep: (limit) =>
    store.write(async (db, nowMs) => {
      const old = await db
        .selectFrom('idempotency')
        .select(['tenant', 'route', 'idempotency_key'])
        .where('expires_at_ms', '<=', nowMs)
        .orderBy('expires_at_ms')
        .limit(limit)
        .execute();
      for (const { tenant, route, idempotency_key: key } of old)
        await mine(db, tenant, { route, key }).where('expires_at_ms', '<=', nowMs).execute();
      return old.length;
    }),
});

/** What a key that was used before says about a submission; undefined when it is free. */
export const recallSubmission = async (db: Db, nowMs: number, tenant: string, use: IdempotencyUse): Promise<Submitted | undefined> => {
  const row = await rowOf(db, nowMs, tenant, use);
  if (row === undefined) return undefined;
  if (row.fingerprint !== use.fingerprint) return { kind: 'other-request' };
  if (row.state === 'busy') return row.busy_until_ms > nowMs ? { kind: 'in-progress' } : undefined;
  const answer = submissionIn(row.answer);
  return { kind: 'repeated', jobs: await readJobsOf(db, tenant, answer), batchId: answer.batchId };
};

export type RememberedSubmission = {
  readonly batchId: string | null /** Null: all of the batch. */;
  readonly jobIds: readonly string[] | null;
};

export const rememberSubmission = (
  db: Db,
  nowMs: number,
  tenant: string,
  use: IdempotencyUse,
  submission: RememberedSubmission,
): Promise<void> => put(db, { ...rowFor(nowMs, tenant, use), answer: json(submission) });

const submissionIn = (answer: string | null): RememberedSubmission =>
  JSON.parse(answer ?? '{"batchId":null,"jobIds":[]}') as RememberedSubmission;

const checkUse = (tenant: string, { route, key, fingerprint }: IdempotencyUse): void => {
  storable('a tenant', tenant);
  storable('a route', route);
  storable('an idempotency key', key);
  storable('a fingerprint', fingerprint);
};

/** Postgres keeps no NUL in a text; an answer is JSON, which never has one unescaped. */
const storedAnswer = (answer: string): string => (answer.includes('\0') ? storable('an answer', answer) : answer);

const rowFor = (nowMs: number, tenant: string, { route, key, fingerprint, keepMs }: IdempotencyUse): IdempotencyRow => ({
  tenant,
  route,
  idempotency_key: key,
  fingerprint,
  state: 'done',
  busy_until_ms: 0,
  answer: null,
  expires_at_ms: nowMs + keepMs,
});

/** A row past its time is as good as none. */
const rowOf = (db: Db, nowMs: number, tenant: string, { route, key }: IdempotencyUse): Promise<IdempotencyRow | undefined> =>
  db
    .selectFrom('idempotency')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('route', '=', route)
    .where('idempotency_key', '=', key)
    .where('expires_at_ms', '>', nowMs)
    .executeTakeFirst();

const put = async (db: Db, row: IdempotencyRow): Promise<void> => {
  const { tenant, route, idempotency_key, ...rest } = row;
  await db
    .insertInto('idempotency')
    .values(row)
    .onConflict((on) => on.columns(['tenant', 'route', 'idempotency_key']).doUpdateSet(rest))
    .execute();
};

const mine = (db: Db, tenant: string, { route, key }: Pick<IdempotencyUse, 'route' | 'key'>) =>
  db.deleteFrom('idempotency').where('tenant', '=', tenant).where('route', '=', route).where('idempotency_key', '=', key);
