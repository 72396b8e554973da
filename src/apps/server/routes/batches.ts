import { z } from 'zod';
import { isFinal, JOB_STATES, type Job, type JobState } from '../../../jobs/job.ts';
import type { Submission } from '../../../jobs/ledger.ts';
import { digestOf } from '../../../model/digest.ts';
import { json, type Reply } from '../http/reply.ts';
import { HttpProblem, notFound, type RequestMistake } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import { id, idempotencyHeaders, timestamp, timestampOf, yesOrNo } from '../schemas/fields.ts';
import { laneSchema, metadataSchema } from '../schemas/job-schema.ts';
import { digestsOf, isRowError, type RawRow, type ReadRow, type RowError, rawRowsOf, readRows, rowSchema } from './batch-rows.ts';
import { baseOf } from './jobs.ts';
import { idempotencyUse, LINE_TAKEN_HINT, lineTakenMessage, submitUntaken } from './submit-job.ts';

const TAG = 'Batches';

const mistake = z.strictObject({ pointer: z.string().optional(), message: z.string(), hint: z.string().optional() });

const submittedSchema = z
  .strictObject({
    id: z.string(),
    accepted: z.int(),
    rejected: z.int(),
    jobs: z.array(
      z.strictObject({ row: z.int().describe('Line, or place in the list, from 1'), id: z.string(), state: z.enum(JOB_STATES) }),
    ),
    errors: z
      .array(
        z.strictObject({
          row: z.int(),
          code: z.string(),
          message: z.string(),
          errors: z.array(mistake).describe('Pointers are into the row'),
        }),
      )
      .describe('Rows that were not accepted; the first thousand'),
    links: z.strictObject({ self: z.string(), jobs: z.string() }),
  })
  .meta({ id: 'BatchAccepted' });

const batchSchema = z
  .strictObject({
    id: z.string(),
    createdAt: timestamp,
    metadata: z.record(z.string(), z.string()),
    total: z.int(),
    byState: z.strictObject({
      queued: z.int(),
      running: z.int(),
      succeeded: z.int(),
      needs_attention: z.int(),
      failed: z.int(),
      cancelled: z.int(),
    } satisfies Record<JobState, unknown>),
    isOver: z.boolean().describe('No job waits or runs'),
    links: z.strictObject({ self: z.string(), jobs: z.string() }),
  })
  .meta({ id: 'Batch' });

const linksOf = (call: Conversation, batch: string) => {
  const base = baseOf(call);
  return { self: `${base}/v1/batches/${batch}`, jobs: `${base}/v1/jobs?batch=${batch}` };
};

const MAX_ERRORS = 1000;

/** A list is parsed in one go, and nobody else is answered meanwhile; lines are parsed one by one. */
const MAX_LIST_BYTES = 8_000_000;

/** The rows are checked one by one when the list has been read: what is wrong with one must not refuse the others. */
const anyRow = z.unknown().meta({ $ref: '#/components/schemas/BatchRow' });

const query = z.strictObject({
  allOrNone: yesOrNo.default(false).describe('true: accept nothing when a row cannot be accepted'),
  lane: laneSchema.default('batch'),
});

type Options = z.output<typeof query>;

export const submitBatch = route({
  id: 'submitBatch',
  method: 'post',
  path: '/v1/batches',
  tag: TAG,
  summary: 'Submit many jobs',
  description:
    'As newline-delimited JSON with a row on each line, or as a JSON list of up to 8 MB. Rows that cannot be accepted are told with their mistakes; the others become jobs, all in one go.',
  access: ['submit'],
  rate: 'submit',
  query,
  headers: idempotencyHeaders,
  maxBytes: ({ maxBatchBytes }) => Math.min(maxBatchBytes, MAX_LIST_BYTES),
  body: z.strictObject({ items: z.array(anyRow).min(1), metadata: metadataSchema.default({}) }).meta({ id: 'BatchRequest' }),
  streams: {
    'application/x-ndjson': { description: 'A row on each line', maxBytes: ({ maxBatchBytes }) => maxBatchBytes, schema: rowSchema },
  },
  answers: {
    200: { description: 'Submitted before', schema: submittedSchema, headers: { Location: 'Address of the batch' } },
    202: { description: 'Accepted, but for the rows in errors', schema: submittedSchema, headers: { Location: 'Address of the batch' } },
  },
  problems: ['input.invalid', 'idempotency.in-progress', 'idempotency.other-request', 'quota.jobs', 'request.too-large', 'ledger.full'],
  handle: (call) => {
    const { items, metadata } = call.body;
    if (items.length > call.parts.config.maxBatchRows)
      throw new HttpProblem('request.too-large', `expected at most ${call.parts.config.maxBatchRows} rows, got ${items.length}`);
    const rows = items.map((value, at): RawRow => ({ number: at + 1, value }));
    return submitRows(call, rows, metadata, call.query, call.headers['idempotency-key']);
  },
  receive: async (call) => {
    const { maxBodyBytes, maxBatchRows } = call.parts.config;
    const rows = await rawRowsOf(call.body.chunks, { maxLineBytes: maxBodyBytes, maxLines: maxBatchRows });
    if (rows.length === 0) throw new HttpProblem('input.invalid', 'expected at least one row, got none');
    return submitRows(call, rows, {}, call.query, call.headers['idempotency-key']);
  },
});

const submitRows = async (
  call: Conversation,
  rows: readonly RawRow[],
  metadata: Readonly<Record<string, string>>,
  { allOrNone, lane }: Options,
  key: string | undefined,
): Promise<Reply> => {
  const read = await readRows(rows, lane, call);
  const errors = read.filter(isRowError);
  const good = read.flatMap((row) => (isRowError(row) ? [] : [row]));
  if (good.length === 0 || (allOrNone && errors.length > 0)) throw refusal(errors, rows.length);
  const fingerprint = key === undefined ? null : [await digestsOf(rows), metadata, allOrNone, lane];
  const idempotency = idempotencyUse('submitBatch', key, fingerprint, call.parts.config.idempotencyKeepMs);
  const submission = { batch: { metadata }, refuseOtherSpec: true, ...(idempotency ? { idempotency } : {}) };
  const { submitted, taken } = await submitFree(call, good, submission, (found) => {
    if (allOrNone || found.length === good.length) throw refusal([...errors, ...found], rows.length);
  });
  const rejected = [...errors, ...taken].sort((a, b) => a.row - b.row);
  const links = linksOf(call, submitted.batchId ?? '');
  const jobs = submitted.jobs.map(({ job, row }) => ({ row, id: job.id, state: job.state }));
  return json(
    submitted.kind === 'repeated' ? 200 : 202,
    { id: submitted.batchId ?? '', accepted: jobs.length, rejected: rejected.length, jobs, errors: rejected.slice(0, MAX_ERRORS), links },
    { Location: links.self },
  );
};

type GoodRow = Exclude<ReadRow, RowError>;
type Submitted = {
  readonly kind: 'created' | 'repeated';
  readonly batchId: string | null;
  readonly jobs: readonly { readonly row: number; readonly job: Job }[];
};

/** Submits the rows whose order lines have no job of another spec; the others are told apart, first to `onTaken`, which may refuse all. */
const submitFree = async (
  call: Conversation,
  rows: readonly GoodRow[],
  submission: Omit<Submission, 'jobs'>,
  onTaken: (taken: readonly RowError[]) => void,
): Promise<{ readonly submitted: Submitted; readonly taken: readonly RowError[] }> => {
  const taken: RowError[] = [];
  for (let free = rows; ; ) {
    const submitted = await submitUntaken(call, { ...submission, jobs: free.map(({ job }) => job) });
    if (submitted.kind !== 'line-taken') {
      const { kind, batchId, jobs } = submitted;
      const paired = pairedWith(free, jobs);
      const known = new Set(paired.map(({ row }) => row));
      const left = kind === 'repeated' ? free.filter(({ row }) => !known.has(row)) : [];
      return { submitted: { kind, batchId, jobs: paired }, taken: [...taken, ...left.map(({ row }) => takenRow(row, null))] };
    }
    taken.push(...submitted.taken.map(({ at, jobId }) => takenRow(free[at]?.row ?? 0, jobId)));
    onTaken(taken);
    const gone = new Set(submitted.taken.map(({ at }) => at));
    free = free.filter((_, at) => !gone.has(at));
  }
};

/** Jobs come in the order of their rows; of a batch that was submitted before, those of rows that were refused then are not among them. */
const pairedWith = (rows: readonly GoodRow[], jobs: readonly Job[]): Submitted['jobs'] => {
  if (rows.length === jobs.length) return jobs.map((job, at) => ({ row: rows[at]?.row ?? 0, job }));
  const left = [...jobs];
  return rows.flatMap(({ row, job: asked }) => {
    const [job] = left;
    if (!job || job.specDigest !== digestOf(asked.spec)) return [];
    left.shift();
    return [{ row, job }];
  });
};

const takenRow = (row: number, jobId: string | null): RowError => ({
  row,
  code: 'order.line-taken',
  message: lineTakenMessage(jobId),
  errors: [{ pointer: '/origin', message: lineTakenMessage(jobId), hint: LINE_TAKEN_HINT }],
});

const refusal = (errors: readonly { row: number; message: string; errors: readonly RequestMistake[] }[], rows: number): HttpProblem =>
  new HttpProblem('input.invalid', `expected rows that can be accepted, got ${errors.length} of ${rows} that cannot`, {
    errors: errors.flatMap(({ row, message, errors: mistakes }) =>
      mistakes.length === 0
        ? [{ pointer: `/items/${row - 1}`, message }]
        : mistakes.map((one) => ({ ...one, pointer: `/items/${row - 1}${one.pointer ?? ''}` })),
    ),
  });

export const getBatch = route({
  id: 'getBatch',
  method: 'get',
  path: '/v1/batches/{id}',
  tag: TAG,
  summary: 'Look at a batch',
  description: 'How many of its jobs are in which state; the jobs themselves are at `links.jobs`.',
  access: ['read'],
  rate: 'read',
  params: z.strictObject({ id }),
  answers: { 200: { description: 'The batch', schema: batchSchema } },
  problems: ['batch.unknown'],
  handle: async (call) => {
    const batch = await call.parts.ledger.jobs.batch(call.caller.tenant, call.params.id);
    if (!batch) throw notFound('batch.unknown', 'batch');
    const { metadata, total, byState } = batch;
    const isOver = JOB_STATES.every((state) => isFinal(state) || byState[state] === 0);
    return json(200, {
      id: batch.id,
      createdAt: timestampOf(batch.createdAtMs),
      metadata,
      total,
      byState,
      isOver,
      links: linksOf(call, batch.id),
    });
  },
});
