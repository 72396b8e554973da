import { z } from 'zod';
import { isFinal, JOB_STATES, type Job, type JobState } from '../../../jobs/job.ts';
import type { Submission } from '../../../jobs/ledger.ts';
import { digestOf } from '../../../model/digest.ts';
import { json, type Reply } from '../http/reply.ts';
import { HttpProblem, notFound, type RequestMistake } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import { id, idempotencyHeaders, timestamp, timestampOf, yesOrNo } from '../schemas/fields.ts';
import { laneSchema } from '../schemas/job-schema.ts';
import { type BatchRead, batchBody, batchStreams, maxListBytes, readBody, receiveBody, tableQuery } from './batch-bodies.ts';
import { isRowError, type ReadRow, type RowError } from './batch-rows.ts';
import { baseOf } from './jobs.ts';
import { idempotencyUse, LINE_TAKEN_HINT, lineTakenMessage, submitUntaken } from './submit-job.ts';

const TAG = 'Batches';

const mistake = z.strictObject({ pointer: z.string().optional(), message: z.string(), hint: z.string().optional() });

const notedFields = {
  warnings: z
    .array(
      z.strictObject({ row: z.int(), code: z.string(), pointer: z.string().optional(), message: z.string(), hint: z.string().optional() }),
    )
    .describe('Of tables: what is accepted and should be looked at; the first thousand'),
  notes: z.array(z.string()).describe('Of tables: columns that were not used'),
} as const;

const rowErrors = z
  .array(
    z.strictObject({
      row: z.int(),
      code: z.string(),
      message: z.string(),
      errors: z.array(mistake).describe('Pointers are into the row'),
    }),
  )
  .describe('Rows that cannot be accepted; the first thousand');

const checkedSchema = z
  .strictObject({ rows: z.int(), acceptable: z.int(), errors: rowErrors, ...notedFields })
  .meta({ id: 'BatchChecked' });

const submittedSchema = z
  .strictObject({
    id: z.string(),
    accepted: z.int(),
    rejected: z.int(),
    jobs: z.array(
      z.strictObject({ row: z.int().describe('Line, or place in the list, from 1'), id: z.string(), state: z.enum(JOB_STATES) }),
    ),
    errors: rowErrors,
    ...notedFields,
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

const query = tableQuery.extend({
  allOrNone: yesOrNo.default(false).describe('true: accept nothing when a row cannot be accepted'),
  lane: laneSchema.default('batch'),
});

const PROBLEMS = ['input.invalid', 'design.unknown', 'request.too-large'] as const;

export const submitBatch = route({
  id: 'submitBatch',
  method: 'post',
  path: '/v1/batches',
  tag: TAG,
  summary: 'Submit many jobs',
  description:
    'As newline-delimited JSON with a row on each line, as a JSON list of up to 8 MB, or as a table for a design: CSV, or rows by heading. Rows that cannot be accepted are told with their mistakes; the others become jobs, all in one go.',
  access: ['submit'],
  rate: 'submit',
  query,
  headers: idempotencyHeaders,
  maxBytes: maxListBytes,
  body: batchBody,
  streams: batchStreams,
  answers: {
    200: { description: 'Submitted before', schema: submittedSchema, headers: { Location: 'Address of the batch' } },
    202: { description: 'Accepted, but for the rows in errors', schema: submittedSchema, headers: { Location: 'Address of the batch' } },
  },
  problems: [...PROBLEMS, 'idempotency.in-progress', 'idempotency.other-request', 'quota.jobs', 'ledger.full'],
  handle: async (call) => submitRows(call, await readBody(call, call.body, call.query.lane), call.body.metadata),
  receive: async (call) => submitRows(call, await receiveBody(call, call.query, call.query.lane), {}),
});

type Asking = Conversation & { readonly query: z.output<typeof query>; readonly headers: z.output<typeof idempotencyHeaders> };

const submitRows = async (
  call: Asking,
  { rows: read, warnings, notes, digests }: BatchRead,
  metadata: Readonly<Record<string, string>>,
): Promise<Reply> => {
  const { allOrNone, lane } = call.query;
  const key = call.headers['idempotency-key'];
  const errors = read.filter(isRowError);
  const good = read.flatMap((row) => (isRowError(row) ? [] : [row]));
  if (good.length === 0 || (allOrNone && errors.length > 0)) throw refusal(errors, read.length);
  const fingerprint = key === undefined ? null : [await digests(), metadata, allOrNone, lane];
  const idempotency = idempotencyUse('submitBatch', key, fingerprint, call.parts.config.idempotencyKeepMs);
  const submission = { batch: { metadata }, refuseOtherSpec: true, ...(idempotency ? { idempotency } : {}) };
  const { submitted, taken } = await submitFree(call, good, submission, (found) => {
    if (allOrNone || found.length === good.length) throw refusal([...errors, ...found], read.length);
  });
  const rejected = [...errors, ...taken].sort((a, b) => a.row - b.row);
  const links = linksOf(call, submitted.batchId ?? '');
  const jobs = submitted.jobs.map(({ job, row }) => ({ row, id: job.id, state: job.state }));
  return json(
    submitted.kind === 'repeated' ? 200 : 202,
    {
      id: submitted.batchId ?? '',
      accepted: jobs.length,
      rejected: rejected.length,
      jobs,
      errors: rejected.slice(0, MAX_ERRORS),
      warnings: warnings.slice(0, MAX_ERRORS),
      notes,
      links,
    },
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

/** What `submitBatch` would say of the rows; nothing is made. */
export const checkBatch = route({
  id: 'checkBatch',
  method: 'post',
  path: '/v1/batches/check',
  tag: TAG,
  summary: 'Check many jobs',
  description:
    'Takes what `POST /v1/batches` takes, and tells all that is wrong with each row: fields, numbers that two players have, names that are not printed. Nothing becomes a job; pictures and fonts are not looked for.',
  access: ['submit'],
  rate: 'submit',
  query: tableQuery,
  maxBytes: maxListBytes,
  body: batchBody,
  streams: batchStreams,
  answers: { 200: { description: 'What stands in the way of each row', schema: checkedSchema } },
  problems: PROBLEMS,
  handle: async (call) => checkedReply(await readBody(call, call.body, 'batch')),
  receive: async (call) => checkedReply(await receiveBody(call, call.query, 'batch')),
});

const checkedReply = ({ rows, warnings, notes }: BatchRead): Reply => {
  const errors = rows.filter(isRowError);
  return json(200, {
    rows: rows.length,
    acceptable: rows.length - errors.length,
    errors: errors.slice(0, MAX_ERRORS),
    warnings: warnings.slice(0, MAX_ERRORS),
    notes,
  });
};

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
