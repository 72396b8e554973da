import { JOB_STATES, type Job, type JobState, LANES, type Lane, type OrderOrigin } from '../../jobs/job.ts';
import type { BatchSummary, JobCounts, JobFilter, Page, Waiting } from '../../jobs/ledger.ts';
import { newId } from '../../jobs/new-id.ts';
import { chunks } from './chunks.ts';
import { isStorable, jobOfRow } from './rows.ts';
import { DELAYED, NOT_DELAYED, QUEUED, RUNNING } from './states.ts';
import type { Db } from './tables.ts';

const AT_ONCE = 500;
/** Prefix and time of an id. */
const TIMED_LETTERS = 'job_'.length + 10;

export const readJob = async (db: Db, tenant: string, id: string): Promise<Job | undefined> => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).where('tenant', '=', tenant).executeTakeFirst();
  return row === undefined ? undefined : jobOfRow(row);
};

/** In the order of the ids, or of the batch when `jobIds` is null; those that retention has removed are missing. */
export const readJobsOf = async (
  db: Db,
  tenant: string,
  { batchId, jobIds }: { readonly batchId: string | null; readonly jobIds: readonly string[] | null },
): Promise<readonly Job[]> => {
  const all = db.selectFrom('jobs').selectAll().where('tenant', '=', tenant);
  if (jobIds === null) return (await all.where('batch_id', '=', batchId).orderBy('id').execute()).map(jobOfRow);
  const found = new Map<string, Job>();
  for (const some of chunks(jobIds, AT_ONCE))
    for (const row of await all.where('id', 'in', some).execute()) found.set(row.id, jobOfRow(row));
  return jobIds.flatMap((id) => found.get(id) ?? []);
};

export const readJobsByOrigin = async (db: Db, tenant: string, { source, reference, line }: OrderOrigin): Promise<readonly Job[]> => {
  if (![tenant, source, reference, line].every(isStorable)) return [];
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('reference', '=', reference)
    .where('source', '=', source)
    .where('line', '=', line)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(jobOfRow);
};

export const listJobs = async (db: Db, tenant: string, filter: JobFilter, { limit, after }: Page): Promise<readonly Job[]> => {
  const { state, batchId, reference, source, product, sinceMs, untilMs } = filter;
  const texts = [tenant, batchId, reference, source, product, after].filter((text) => text !== undefined);
  if (!texts.every(isStorable) || state?.length === 0) return [];
  const [below] = [after, untilMs === undefined ? undefined : firstIdAt(untilMs)].filter((id) => id !== undefined).sort();
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where('tenant', '=', tenant)
    .$if(state !== undefined, (query) => query.where('state', 'in', state ?? []))
    .$if(batchId !== undefined, (query) => query.where('batch_id', '=', batchId ?? ''))
    .$if(reference !== undefined, (query) => query.where('reference', '=', reference ?? ''))
    .$if(source !== undefined, (query) => query.where('source', '=', source ?? ''))
    .$if(product !== undefined, (query) => query.where('product', '=', product ?? ''))
    .$if(sinceMs !== undefined, (query) => query.where('id', '>=', firstIdAt(sinceMs ?? 0)))
    .$if(below !== undefined, (query) => query.where('id', '<', below ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(jobOfRow);
};

/** Ids begin with the time of their job: a range of time is a range of ids, which an index knows. */
const firstIdAt = (ms: number): string => newId('job', ms).slice(0, TIMED_LETTERS);

export const readBatch = async (db: Db, tenant: string, id: string): Promise<BatchSummary | undefined> => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  const batch = await db.selectFrom('batches').selectAll().where('id', '=', id).where('tenant', '=', tenant).executeTakeFirst();
  if (batch === undefined) return undefined;
  const counted = await db
    .selectFrom('jobs')
    .select((is) => ['state', is.fn.countAll<number>().as('count')])
    .where('batch_id', '=', id)
    .groupBy('state')
    .execute();
  const byState = perState(counted);
  return {
    id,
    tenant,
    createdAtMs: batch.created_at_ms,
    metadata: JSON.parse(batch.metadata) as BatchSummary['metadata'],
    total: Object.values(byState).reduce((sum, count) => sum + count, 0),
    byState,
  };
};

const perState = (counted: readonly { readonly state: JobState; readonly count: number }[]): Record<JobState, number> => {
  const byState: Record<JobState, number> = { queued: 0, running: 0, succeeded: 0, needs_attention: 0, failed: 0, cancelled: 0 };
  for (const state of JOB_STATES) for (const row of counted) if (row.state === state) byState[state] += row.count;
  return byState;
};

export const cancelRequestedOf = async (db: Db, ids: readonly string[]): Promise<readonly string[]> => {
  const asked: string[] = [];
  for (const some of chunks(ids, AT_ONCE)) {
    const found = db.selectFrom('jobs').select('id').where('id', 'in', some).where('state', '=', RUNNING).where('cancel_requested', '=', 1);
    asked.push(...(await found.execute()).map(({ id }) => id));
  }
  return asked;
};

export const readWaiting = async (db: Db, { limit, after }: Page): Promise<readonly Waiting[]> => {
  const rows = await db
    .selectFrom('jobs')
    .select(['id', 'tenant', 'lane', 'attempt', 'not_before_ms'])
    .where('state', '=', QUEUED)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(waitingOfRow);
};

export const waitingOfRow = (row: {
  readonly id: string;
  readonly tenant: string;
  readonly lane: Lane;
  readonly attempt: number;
  readonly not_before_ms: number;
}): Waiting => ({ id: row.id, tenant: row.tenant, lane: row.lane, attempt: row.attempt, notBeforeMs: row.not_before_ms });

export const countJobs = async (db: Db, nowMs: number): Promise<JobCounts> => {
  const counted = await db
    .selectFrom('jobs')
    .select((is) => ['state', 'lane', is.fn.countAll<number>().as('count')])
    .groupBy(['lane', 'state'])
    .execute();
  const queuedByLane: Record<Lane, number> = { interactive: 0, batch: 0 };
  for (const lane of LANES) for (const row of counted) if (row.state === 'queued' && row.lane === lane) queuedByLane[lane] += row.count;
  const oldest = [];
  for (const delayed of [NOT_DELAYED, DELAYED]) {
    const first = await db
      .selectFrom('jobs')
      .select('not_before_ms')
      .where('state', '=', QUEUED)
      .where('delayed', '=', delayed)
      .orderBy('not_before_ms')
      .limit(1)
      .executeTakeFirst();
    oldest.push(first?.not_before_ms ?? nowMs);
  }
  return { byState: perState(counted), queuedByLane, oldestWaitMs: Math.max(0, nowMs - Math.min(...oldest)) };
};

export const readExpired = async (db: Db, beforeMs: number, limit: number): Promise<readonly Job[]> => {
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where('finished_at_ms', 'is not', null)
    .where('finished_at_ms', '<', beforeMs)
    .orderBy('finished_at_ms')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(jobOfRow);
};

export const keysUsedByOthers = async (db: Db, keys: readonly string[], ids: readonly string[]): Promise<readonly string[]> => {
  const used = new Set<string>();
  for (const some of chunks(keys, AT_ONCE)) {
    const rows = await db
      .selectFrom('job_files')
      .select('store_key')
      .distinct()
      .where('store_key', 'in', some)
      .$if(ids.length > 0, (query) => query.where('job_id', 'not in', ids))
      .execute();
    for (const row of rows) used.add(row.store_key);
  }
  return keys.filter((key) => used.has(key));
};

export const removeJobs = async (db: Db, ids: readonly string[]): Promise<void> => {
  for (const some of chunks(ids, AT_ONCE)) {
    const removed = await db
      .deleteFrom('jobs')
      .where('id', 'in', some)
      .where('finished_at_ms', 'is not', null)
      .returning(['id', 'batch_id'])
      .execute();
    if (removed.length === 0) continue;
    await db
      .deleteFrom('job_files')
      .where(
        'job_id',
        'in',
        removed.map(({ id }) => id),
      )
      .execute();
    const batches = [...new Set(removed.map((row) => row.batch_id))].filter((id) => id !== null);
    if (batches.length === 0) continue;
    await db
      .deleteFrom('batches')
      .where('id', 'in', batches)
      .where((is) => is.not(is.exists(is.selectFrom('jobs').select('jobs.id').whereRef('jobs.batch_id', '=', 'batches.id'))))
      .execute();
  }
};
