import { isFinal, type Job, LANES } from '../../jobs/job.ts';
import type { Cancellation, JobLedger, Outcome } from '../../jobs/ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { checkMessage, isOutdated } from './order-messages.ts';
import { isStorable, jobOfRow, json } from './rows.ts';
import { DELAYED, NOT_DELAYED, QUEUED } from './states.ts';
import type { Db, JobRow } from './tables.ts';
import { writeJobEvent } from './write-event.ts';

/** Jobs whose pause is over that one claim puts back in line. */
const WOKEN_AT_ONCE = 500;

export const claimJob = async (store: LedgerStore, { worker, leaseMs }: Parameters<JobLedger['claim']>[0]): Promise<Job | undefined> => {
  // Idle workers ask often: they must not take the lock for writing to hear "nothing".
  if (!(await store.read(async (db) => mayHaveWork(db, await store.now())))) return undefined;
  return store.note(async (db, nowMs) => {
    await wakeDelayed(store, db, nowMs);
    const next = await nextInTurn(store, db);
    if (next === undefined) return undefined;
    await db
      .insertInto('turns')
      .values({ lane: next.lane, tenant: next.tenant, started_turn: next.turn })
      .onConflict((on) =>
        on.columns(['lane', 'tenant']).doUpdateSet({ started_turn: next.turn }).where('turns.started_turn', '<', next.turn),
      )
      .execute();
    return change(db, nowMs, next, {
      state: 'running',
      attempt: next.attempt + 1,
      fence: next.fence + 1,
      worker,
      lease_until_ms: nowMs + leaseMs,
      progress: null,
      started_at_ms: nowMs,
    });
  });
};

const mayHaveWork = async (db: Db, nowMs: number): Promise<boolean> => {
  const queued = db.selectFrom('jobs').select('id').where('state', '=', QUEUED).limit(1);
  const ready = await queued.where('delayed', '=', NOT_DELAYED).executeTakeFirst();
  return (ready ?? (await queued.where('delayed', '=', DELAYED).where('not_before_ms', '<=', nowMs).executeTakeFirst())) !== undefined;
};

const wakeDelayed = async (store: LedgerStore, db: Db, nowMs: number): Promise<void> => {
  const due = await store.flavour
    .skipLocked(
      db
        .selectFrom('jobs')
        .select('id')
        .where('state', '=', QUEUED)
        .where('delayed', '=', DELAYED)
        .where('not_before_ms', '<=', nowMs)
        .orderBy('not_before_ms')
        .limit(WOKEN_AT_ONCE),
    )
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('jobs').set({ delayed: 0 }).where('id', 'in', ids).execute();
};

const nextInTurn = async (store: LedgerStore, db: Db): Promise<JobRow | undefined> => {
  for (const lane of LANES) {
    const inTurn = db
      .selectFrom('jobs')
      .selectAll()
      .where('state', '=', QUEUED)
      .where('delayed', '=', NOT_DELAYED)
      .where('lane', '=', lane)
      .orderBy('turn')
      .orderBy('id')
      .limit(1);
    const row = await store.flavour.skipLocked(inTurn).executeTakeFirst();
    if (row !== undefined) return row;
  }
  return undefined;
};

export const renewJob = (
  store: LedgerStore,
  id: string,
  fence: number,
  { leaseMs, progress }: Parameters<JobLedger['renew']>[2],
): Promise<'kept' | 'cancel' | 'lost'> =>
  store.note(async (db, nowMs) => {
    const row = await heldRow(store, db, id, fence);
    if (row === undefined) return 'lost';
    await change(db, nowMs, row, { lease_until_ms: nowMs + leaseMs, ...(progress === undefined ? {} : { progress: json(progress) }) });
    return row.cancel_requested === 1 ? 'cancel' : 'kept';
  });

export const finishJob = (store: LedgerStore, id: string, fence: number, outcome: Outcome): Promise<Job | undefined> =>
  store.write(async (db, nowMs) => {
    const row = await heldRow(store, db, id, fence);
    if (row === undefined) return undefined;
    const job = await change(db, nowMs, row, { ...RELEASED, ...columnsOf(row, outcome, nowMs) });
    await writeFiles(db, job);
    await writeJobEvent(db, nowMs, job);
    return job;
  });

export const RELEASED = { worker: null, lease_until_ms: null } as const;

type Change = Partial<JobRow>;

/** A job that was to be cancelled is not started again. */
const columnsOf = (row: JobRow, outcome: Outcome, nowMs: number): Change => {
  switch (outcome.kind) {
    case 'succeeded':
      return { state: 'succeeded', finished_at_ms: nowMs, result: json(outcome.result), problem: null };
    case 'needs_attention': {
      const result = outcome.result === null ? null : json(outcome.result);
      return { state: unlessCancelled(row, 'needs_attention'), finished_at_ms: nowMs, result, problem: json(outcome.problem) };
    }
    case 'failed':
      return { state: unlessCancelled(row, 'failed'), finished_at_ms: nowMs, problem: json(outcome.problem) };
    case 'cancelled':
      return cancelled(nowMs);
    case 'retry':
      if (row.cancel_requested === 1) return cancelled(nowMs);
      return {
        ...queuedAgain(nowMs + Math.max(0, outcome.afterMs), nowMs),
        problem: json(outcome.problem),
        crashes: row.crashes + (outcome.crashed === true ? 1 : 0),
      };
    case 'handed-back':
      if (row.cancel_requested === 1) return cancelled(nowMs);
      return { ...queuedAgain(nowMs, nowMs), attempt: Math.max(0, row.attempt - 1) };
  }
};

/** Called off while it ran: nobody is to mend it. */
const unlessCancelled = (row: JobRow, state: JobRow['state']): JobRow['state'] => (row.cancel_requested === 1 ? 'cancelled' : state);

export const cancelled = (nowMs: number): Change => ({ state: 'cancelled', finished_at_ms: nowMs, cancel_requested: 1 });

export const queuedAgain = (notBeforeMs: number, nowMs: number): Change => ({
  state: 'queued',
  not_before_ms: notBeforeMs,
  delayed: notBeforeMs > nowMs ? 1 : 0,
  progress: null,
});

/** The row, if it is running under this fence. */
const heldRow = async (store: LedgerStore, db: Db, id: string, fence: number): Promise<JobRow | undefined> => {
  const row = await store.flavour.forUpdate(db.selectFrom('jobs').selectAll().where('id', '=', id)).executeTakeFirst();
  return row?.state === 'running' && row.fence === fence ? row : undefined;
};

export const change = async (db: Db, nowMs: number, row: JobRow, columns: Change): Promise<Job> => {
  const changed = { ...columns, revision: row.revision + 1, updated_at_ms: nowMs };
  await db.updateTable('jobs').set(changed).where('id', '=', row.id).execute();
  return jobOfRow({ ...row, ...changed });
};

/** Which store keys the job keeps, so that retention can ask by key. */
const writeFiles = async (db: Db, { id, result }: Job): Promise<void> => {
  if (result === null) return;
  const keys = [...new Set([result.manifestKey, ...Object.values(result.keys)])];
  const rows = keys.map((key) => ({ job_id: id, store_key: key }));
  await db
    .insertInto('job_files')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute();
};

export const cancelJob = async (
  store: LedgerStore,
  tenant: string,
  id: string,
  { unmade = false, message }: Cancellation = {},
): Promise<Job | undefined> => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  if (message !== undefined) checkMessage(tenant, message);
  return store.write(async (db, nowMs) => {
    if (message !== undefined) await store.flavour.oneAtATime(db, `tenant ${tenant}`);
    const isLate = message !== undefined && (await isOutdated(db, tenant, message));
    const found = db.selectFrom('jobs').selectAll().where('id', '=', id).where('tenant', '=', tenant);
    const row = await store.flavour.forUpdate(found).executeTakeFirst();
    if (row === undefined) return undefined;
    const isOver = isFinal(row.state) && !(unmade && isUnmade(row));
    if (isLate || isOver || (row.state === 'running' && row.cancel_requested === 1)) return jobOfRow(row);
    if (row.state === 'running') return change(db, nowMs, row, { cancel_requested: 1 });
    const job = await change(db, nowMs, row, { ...cancelled(nowMs), delayed: 0 });
    await writeJobEvent(db, nowMs, job);
    return job;
  });
};

const isUnmade = ({ state }: JobRow): boolean => state === 'needs_attention' || state === 'failed';
