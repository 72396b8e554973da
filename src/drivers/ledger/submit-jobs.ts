import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Lane } from '../../jobs/job.ts';
import type { IdempotencyUse, Submission, Submitted } from '../../jobs/ledger.ts';
import { newId } from '../../jobs/new-id.ts';
import { Problem } from '../../model/problem.ts';
import { chunks } from './chunks.ts';
import { draftJobs, type JobDraft, newJobRow } from './draft-jobs.ts';
import { recallSubmission, rememberSubmission } from './idempotency-ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { mapInRuns } from './map-in-runs.ts';
import { checkMessage, isOutdated } from './order-messages.ts';
import { jobOfRow, json, storable } from './rows.ts';
import { CANCELLED, QUEUED, RUNNING } from './states.ts';
import type { Db, JobRow } from './tables.ts';
import { callbackEndpoint, writeJobEvent } from './write-event.ts';

/** 35 columns each: far below the 32,766 parameters that SQLite takes. */
const ROWS_AT_ONCE = 100;

/** A job that has a row already (the same order line came before), or the row to write. */
type Line = { readonly row: JobRow; readonly isNew: boolean };

export const submitJobs = async (store: LedgerStore, tenant: string, submission: Submission): Promise<Submitted> => {
  checkTexts(tenant, submission);
  const drafts = await draftJobs(submission.jobs);
  const answer = await store.write(async (db, nowMs): Promise<Submitted | Written> => {
    // One submission of a tenant at a time: keys, order lines, quota and turns are all counted per tenant.
    await store.flavour.oneAtATime(db, `tenant ${tenant}`);
    const { idempotency, message } = submission;
    if (message !== undefined && (await isOutdated(db, tenant, message))) return { kind: 'outdated' };
    const recalled = idempotency === undefined ? undefined : await recallSubmission(db, nowMs, tenant, idempotency);
    if (recalled !== undefined) return recalled;
    const known = await rowsByOrigin(db, tenant, drafts);
    const batchId = submission.batch === undefined ? null : newId('bat', nowMs);
    const lines = await linesOf(db, { tenant, nowMs, batchId, drafts, known, trace: submission.trace ?? null });
    const taken = submission.refuseOtherSpec === true ? takenLines(drafts, lines, known) : [];
    if (taken.length > 0) return { kind: 'line-taken', taken };
    const fresh = [...new Set(lines.filter(({ isNew }) => isNew).map(({ row }) => row))];
    const over = await overQuota(db, tenant, fresh, submission.quota);
    if (over !== undefined) return over;
    const written = await writeJobs(db, nowMs, { tenant, submission, batchId, lines, fresh });
    await remember(db, nowMs, { tenant, idempotency, written, isWholeBatch: fresh.length === lines.length && batchId !== null });
    return written;
  });
  if (!('rows' in answer)) return answer;
  const { kind, rows, batchId } = answer;
  return { kind, jobs: await mapInRuns(rows, jobOfRow), batchId };
};

const takenLines = (drafts: readonly JobDraft[], lines: readonly Line[], known: ReadonlyMap<string, JobRow>) =>
  drafts.flatMap(({ key, specDigest }, at) => {
    const row = lines[at]?.row;
    if (key === null || row === undefined || row.spec_digest === specDigest) return [];
    return [{ at, jobId: known.get(key)?.id ?? null }];
  });

/** Rows become jobs when the transaction is over. */
type Written = { readonly kind: 'created' | 'repeated'; readonly rows: readonly JobRow[]; readonly batchId: string | null };

const checkTexts = (tenant: string, { jobs, idempotency, message, trace }: Submission): void => {
  storable('a tenant', tenant);
  if (message !== undefined) checkMessage(tenant, message);
  if (trace !== undefined) storable('a trace', trace);
  if (idempotency !== undefined) {
    storable('a route', idempotency.route);
    storable('an idempotency key', idempotency.key);
    storable('a fingerprint', idempotency.fingerprint);
  }
  for (const { origin, callbackUrl, rerenderOf } of jobs) {
    if (origin !== null) for (const [name, text] of Object.entries(origin)) storable(`the ${name} of an order`, text);
    if (rerenderOf !== null) storable('the id of a job', rerenderOf);
    if (callbackUrl !== null && /\0|\p{Surrogate}/u.test(callbackUrl)) storable('a callback address', callbackUrl);
  }
};

const rowsByOrigin = async (db: Db, tenant: string, drafts: readonly JobDraft[]): Promise<ReadonlyMap<string, JobRow>> => {
  const keys = [...new Set(drafts.map(({ key }) => key))].filter((key) => key !== null);
  const found = new Map<string, JobRow>();
  for (const some of chunks(keys, 500)) {
    const rows = await db
      .selectFrom('jobs')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('origin_key', 'in', some)
      .where('origin_key', 'is not', null)
      .where('state', '<>', CANCELLED)
      .execute();
    for (const row of rows) if (row.origin_key !== null) found.set(row.origin_key, row);
  }
  return found;
};

type ToLine = {
  readonly tenant: string;
  readonly nowMs: number;
  readonly batchId: string | null;
  readonly drafts: readonly JobDraft[];
  readonly known: ReadonlyMap<string, JobRow>;
  readonly trace: string | null;
};

/** Ids rise with the lines, so that lists show them in their order. */
const linesOf = async (db: Db, { tenant, nowMs, batchId, drafts, known, trace }: ToLine): Promise<readonly Line[]> => {
  const byOrigin = new Map([...known].map(([key, row]) => [key, { row, isNew: false }]));
  const ids = [...(await mapInRuns(drafts, () => newId('job', nowMs)))].sort();
  const turns = await turnsOf(db, tenant, drafts);
  return mapInRuns(drafts, (draft, at) => {
    const { job, key } = draft;
    const same = key === null ? undefined : byOrigin.get(key);
    if (same !== undefined) return same;
    const turn = job.problem === null ? turns[job.lane]++ : 0;
    const line = { row: newJobRow(draft, { id: ids[at] ?? '', tenant, nowMs, batchId, turn, trace }), isNew: true };
    if (key !== null) byOrigin.set(key, line);
    return line;
  });
};

/**
 * The next turn of a tenant in each lane that is asked for: one after its last one, waiting or started, but not before the one started
 * last of all.
 */
const turnsOf = async (db: Db, tenant: string, drafts: readonly JobDraft[]): Promise<Record<Lane, number>> => {
  const next: Record<Lane, number> = { interactive: 0, batch: 0 };
  for (const lane of new Set(drafts.map(({ job }) => job.lane))) {
    const { all, own, waiting } = await db
      .selectNoFrom((is) => [
        is
          .selectFrom('turns')
          .select((of) => of.fn.max('started_turn').as('turn'))
          .where('lane', '=', lane)
          .as('all'),
        is.selectFrom('turns').select('started_turn').where('lane', '=', lane).where('tenant', '=', tenant).as('own'),
        is
          .selectFrom('jobs')
          .select((of) => of.fn.max('turn').as('turn'))
          .where('tenant', '=', tenant)
          .where('lane', '=', lane)
          .where('state', '=', QUEUED)
          .as('waiting'),
      ])
      .executeTakeFirstOrThrow();
    next[lane] = Math.max(all ?? 0, (own ?? -1) + 1, (waiting ?? -1) + 1);
  }
  return next;
};

const overQuota = async (db: Db, tenant: string, fresh: readonly JobRow[], quota: number | undefined): Promise<Submitted | undefined> => {
  const waiting = fresh.filter(({ state }) => state === 'queued').length;
  if (quota === undefined || waiting === 0) return undefined;
  const counts = await db
    .selectNoFrom((is) =>
      [QUEUED, RUNNING].map((state, at) =>
        is
          .selectFrom('jobs')
          .select((of) => of.fn.countAll<number>().as('count'))
          .where('tenant', '=', tenant)
          .where('state', '=', state)
          .as(at === 0 ? 'queued' : 'running'),
      ),
    )
    .executeTakeFirstOrThrow();
  const open = waiting + (counts.queued ?? 0) + (counts.running ?? 0);
  return open > quota ? { kind: 'over-quota', open: open - waiting, quota } : undefined;
};

type ToWrite = {
  readonly tenant: string;
  readonly submission: Submission;
  readonly batchId: string | null;
  readonly lines: readonly Line[];
  readonly fresh: readonly JobRow[];
};

const writeJobs = async (db: Db, nowMs: number, { tenant, submission, batchId, lines, fresh }: ToWrite): Promise<Written> => {
  const rows = lines.map(({ row }) => row);
  if (fresh.length === 0 && lines.length > 0) return { kind: 'repeated', rows, batchId: oneBatchOf(rows) };
  await checkCallbacks(db, tenant, fresh);
  if (batchId !== null && submission.batch !== undefined)
    await db
      .insertInto('batches')
      .values({ id: batchId, tenant, metadata: json(submission.batch.metadata), created_at_ms: nowMs })
      .execute();
  for (const some of chunks(fresh, ROWS_AT_ONCE)) {
    await db.insertInto('jobs').values(some).execute();
    if (fresh.length > ROWS_AT_ONCE) await othersFirst();
  }
  for (const row of fresh) if (row.state === 'needs_attention') await writeJobEvent(db, nowMs, jobOfRow(row));
  return { kind: 'created', rows, batchId };
};

const oneBatchOf = (rows: readonly JobRow[]): string | null => {
  const [batchId = null, ...others] = new Set(rows.map((row) => row.batch_id));
  return others.length === 0 ? batchId : null;
};

/** A callback is signed with the secret of its endpoint: without one nobody could be told. */
const checkCallbacks = async (db: Db, tenant: string, rows: readonly JobRow[]): Promise<void> => {
  for (const url of new Set(rows.map((row) => row.callback_url))) {
    if (url === null || (await callbackEndpoint(db, tenant, url)) !== undefined) continue;
    throw new Problem('ledger.callback', 'expected an endpoint of kind "callback" for the callback address of a job, got none', {
      hint: 'create the endpoint before the job is submitted',
    });
  }
};

type ToRemember = {
  readonly tenant: string;
  readonly idempotency: IdempotencyUse | undefined;
  readonly written: Written;
  readonly isWholeBatch: boolean;
};

const remember = async (db: Db, nowMs: number, { tenant, idempotency, written, isWholeBatch }: ToRemember): Promise<void> => {
  if (idempotency === undefined) return;
  const { batchId, rows } = written;
  await rememberSubmission(db, nowMs, tenant, idempotency, { batchId, jobIds: isWholeBatch ? null : rows.map(({ id }) => id) });
};
