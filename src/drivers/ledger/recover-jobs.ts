import type { JobLedger, Recovery, Waiting } from '../../jobs/ledger.ts';
import { chunks } from './chunks.ts';
import type { LedgerStore } from './ledger-store.ts';
import { waitingOfRow } from './read-jobs.ts';
import { json } from './rows.ts';
import { cancelled, change, queuedAgain, RELEASED } from './run-job.ts';
import { RUNNING } from './states.ts';
import type { Db, JobRow } from './tables.ts';
import { writeJobEvent } from './write-event.ts';

/** Transactions that are asked for together: a store may commit them with one flush. */
const AT_ONCE = 32;

type Rule = Parameters<JobLedger['recover']>[0];

/** Each job in a transaction of its own: one that cannot be recovered now holds up no other. */
export const recoverJobs = async (store: LedgerStore, rule: Rule): Promise<Recovery> => {
  const nowMs = await store.now();
  const running = await store.read((db) =>
    db.selectFrom('jobs').select(['id', 'fence', 'worker', 'lease_until_ms']).where('state', '=', RUNNING).execute(),
  );
  const requeued: Waiting[] = [];
  const failed: string[] = [];
  const abandoned = running.filter((held) => isAbandoned(held, nowMs, rule.isDead));
  for (const some of chunks(abandoned, AT_ONCE)) {
    const recovered = await Promise.all(some.map((row) => store.write((db, now) => recoverOne(store, db, now, row, rule))));
    for (const row of recovered) {
      if (row?.state === 'queued') requeued.push(waitingOfRow(row));
      if (row?.state === 'failed') failed.push(row.id);
    }
  }
  return { requeued, failed };
};

type Held = Pick<JobRow, 'worker' | 'lease_until_ms'>;

const isAbandoned = (held: Held, nowMs: number, isDead: Rule['isDead']): boolean =>
  (held.lease_until_ms ?? 0) <= nowMs || (held.worker !== null && isDead(held.worker));

/** The row as it became; undefined when somebody else was faster or its worker renewed the lease after all. */
const recoverOne = async (
  store: LedgerStore,
  db: Db,
  nowMs: number,
  { id, fence }: Pick<JobRow, 'id' | 'fence'>,
  { maxCrashes, isDead }: Rule,
): Promise<JobRow | undefined> => {
  const row = await store.flavour.skipLocked(db.selectFrom('jobs').selectAll().where('id', '=', id)).executeTakeFirst();
  if (row?.state !== 'running' || row.fence !== fence || !isAbandoned(row, nowMs, isDead)) return undefined;
  const crashes = row.crashes + 1;
  const columns = { ...RELEASED, crashes, ...outcomeOf(row, crashes > maxCrashes, nowMs) };
  const job = await change(db, nowMs, row, columns);
  await writeJobEvent(db, nowMs, job);
  return { ...row, ...columns };
};

const outcomeOf = (row: JobRow, isOneTooMany: boolean, nowMs: number): Partial<JobRow> => {
  if (row.cancel_requested === 1) return cancelled(nowMs);
  const problem = json({
    code: 'job.crashed',
    message: `expected its worker to finish or give up the job, got ${row.crashes + 1} that died or fell silent`,
  });
  return isOneTooMany ? { state: 'failed', finished_at_ms: nowMs, problem } : { ...queuedAgain(nowMs, nowMs), problem };
};
