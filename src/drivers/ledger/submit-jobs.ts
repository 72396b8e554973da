import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Job, Lane, NewJob } from '../../jobs/job.ts';
import type { IdempotencyUse, Submission, Submitted } from '../../jobs/ledger.ts';
import { newId } from '../../jobs/new-id.ts';
import { digestOf } from '../../model/digest.ts';
import { Problem } from '../../model/problem.ts';
import { chunks } from './chunks.ts';
import { recallSubmission, rememberSubmission } from './idempotency-ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { digestOfText, isStorable, jobOfRow, json, originKey, storable } from './rows.ts';
import { CANCELLED, QUEUED, RUNNING } from './states.ts';
import type { Db, JobRow } from './tables.ts';
import { callbackEndpoint, writeJobEvent } from './write-event.ts';

/** 34 columns each: far below the 32,766 parameters that SQLite takes. */
const ROWS_AT_ONCE = 100;

/** A job that has a row already (the same order line came before), or the row to write. */
type Line = { readonly row: JobRow; readonly isNew: boolean };

export const submitJobs = async (store: LedgerStore, tenant: string, submission: Submission): Promise<Submitted> => {
  checkTexts(tenant, submission);
  const digests: string[] = [];
  for (const some of chunks(submission.jobs, ROWS_AT_ONCE)) {
    if (digests.length > 0) await othersFirst();
    digests.push(...some.map((job) => digestOf(job.spec ?? null)));
  }
  return store.write(async (db, nowMs) => {
    // One submission of a tenant at a time: keys, order lines, quota and turns are all counted per tenant.
    await store.flavour.oneAtATime(db, `tenant ${tenant}`);
    const { idempotency } = submission;
    const recalled = idempotency === undefined ? undefined : await recallSubmission(db, nowMs, tenant, idempotency);
    if (recalled !== undefined) return recalled;
    const known = await rowsByOrigin(db, tenant, submission.jobs);
    const batchId = submission.batch === undefined ? null : newId('bat', nowMs);
    const lines = await linesOf(db, { tenant, nowMs, batchId, jobs: submission.jobs, digests, known });
    const fresh = [...new Set(lines.filter(({ isNew }) => isNew).map(({ row }) => row))];
    const over = await overQuota(db, tenant, fresh, submission.quota);
    if (over !== undefined) return over;
    const answer = await writeJobs(db, nowMs, { tenant, submission, batchId, lines, fresh });
    await remember(db, nowMs, { tenant, idempotency, answer, isWholeBatch: fresh.length === lines.length && batchId !== null });
    return answer;
  });
};

const checkTexts = (tenant: string, { jobs, idempotency }: Submission): void => {
  storable('a tenant', tenant);
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

/** Only first renders are unique per order line. */
const uniqueKey = ({ origin, rerenderOf }: NewJob): string | null => (origin === null || rerenderOf !== null ? null : originKey(origin));

const rowsByOrigin = async (db: Db, tenant: string, jobs: readonly NewJob[]): Promise<ReadonlyMap<string, JobRow>> => {
  const keys = [...new Set(jobs.map(uniqueKey))].filter((key) => key !== null);
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
  readonly jobs: readonly NewJob[];
  readonly digests: readonly string[];
  readonly known: ReadonlyMap<string, JobRow>;
};

/** Ids rise with the lines, so that lists show them in their order. */
const linesOf = async (db: Db, { tenant, nowMs, batchId, jobs, digests, known }: ToLine): Promise<readonly Line[]> => {
  const byOrigin = new Map([...known].map(([key, row]) => [key, { row, isNew: false }]));
  const ids = jobs.map(() => newId('job', nowMs)).sort();
  const turns = await turnsOf(db, tenant, jobs);
  return jobs.map((job, at) => {
    const key = uniqueKey(job);
    const same = key === null ? undefined : byOrigin.get(key);
    if (same !== undefined) return same;
    const turn = job.problem === null ? turns[job.lane]++ : 0;
    const line = { row: newRow(job, { id: ids[at] ?? '', specDigest: digests[at] ?? '', tenant, nowMs, batchId, turn, key }), isNew: true };
    if (key !== null) byOrigin.set(key, line);
    return line;
  });
};

/**
 * The next turn of a tenant in each lane that is asked for: one after its last one, waiting or started, but not before the one started
 * last of all.
 */
const turnsOf = async (db: Db, tenant: string, jobs: readonly NewJob[]): Promise<Record<Lane, number>> => {
  const next: Record<Lane, number> = { interactive: 0, batch: 0 };
  for (const lane of new Set(jobs.map((job) => job.lane))) {
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

type RowFacts = {
  readonly id: string;
  readonly tenant: string;
  readonly specDigest: string;
  readonly nowMs: number;
  readonly batchId: string | null;
  readonly turn: number;
  readonly key: string | null;
};

const newRow = (job: NewJob, { id, tenant, specDigest, nowMs, batchId, turn, key }: RowFacts): JobRow => ({
  id,
  tenant,
  lane: job.lane,
  state: job.problem === null ? 'queued' : 'needs_attention',
  spec: json(job.spec),
  spec_digest: specDigest,
  options: json(job.options),
  source: job.origin?.source ?? null,
  reference: job.origin?.reference ?? null,
  line: job.origin?.line ?? null,
  origin_key: key,
  product: productOf(job.spec),
  metadata: json(job.metadata),
  callback_url: job.callbackUrl,
  callback_digest: job.callbackUrl === null ? null : digestOfText(job.callbackUrl),
  batch_id: batchId,
  rerender_of: job.rerenderOf,
  attempt: 0,
  crashes: 0,
  fence: 0,
  worker: null,
  lease_until_ms: null,
  not_before_ms: nowMs,
  delayed: 0,
  turn,
  cancel_requested: 0,
  progress: null,
  revision: 1,
  created_at_ms: nowMs,
  updated_at_ms: nowMs,
  started_at_ms: null,
  finished_at_ms: job.problem === null ? null : nowMs,
  result: null,
  problem: job.problem === null ? null : json(job.problem),
});

/** So that jobs can be listed by it; a spec that has none is for its worker to refuse. */
const productOf = (spec: unknown): string | null => {
  if (typeof spec !== 'object' || spec === null || !('product' in spec)) return null;
  return typeof spec.product === 'string' && isStorable(spec.product) ? spec.product : null;
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

type WithJobs = Extract<Submitted, { readonly jobs: unknown }>;

type ToWrite = {
  readonly tenant: string;
  readonly submission: Submission;
  readonly batchId: string | null;
  readonly lines: readonly Line[];
  readonly fresh: readonly JobRow[];
};

const writeJobs = async (db: Db, nowMs: number, { tenant, submission, batchId, lines, fresh }: ToWrite): Promise<WithJobs> => {
  const jobs = lines.map(({ row }) => jobOfRow(row));
  if (fresh.length === 0 && lines.length > 0) return { kind: 'repeated', jobs, batchId: oneBatchOf(jobs) };
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
  return { kind: 'created', jobs, batchId };
};

const oneBatchOf = (jobs: readonly Job[]): string | null => {
  const [batchId = null, ...others] = new Set(jobs.map((job) => job.batchId));
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
  readonly answer: WithJobs;
  readonly isWholeBatch: boolean;
};

const remember = async (db: Db, nowMs: number, { tenant, idempotency, answer, isWholeBatch }: ToRemember): Promise<void> => {
  if (idempotency === undefined) return;
  const { batchId } = answer;
  await rememberSubmission(db, nowMs, tenant, idempotency, { batchId, jobIds: isWholeBatch ? null : answer.jobs.map(({ id }) => id) });
};
