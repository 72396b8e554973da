import { z } from 'zod';
import { isFinal, JOB_STATES, type Job } from '../../../jobs/job.ts';
import type { JobFilter } from '../../../jobs/ledger.ts';
import { requireForce } from '../auth/authenticate.ts';
import { etagOf, noneMatchHits } from '../http/etag.ts';
import { waitSeconds } from '../http/prefer.ts';
import { json, type Reply } from '../http/reply.ts';
import { until } from '../http/until.ts';
import { HttpProblem, notFound } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import {
  conditionalHeaders,
  id,
  idempotencyHeaders,
  listOf,
  moment,
  pageOf,
  pageQuery,
  plainText,
  preferHeader,
} from '../schemas/fields.ts';
import { jobBody, jobSchema, laneSchema, optionsSchema, submitSchema } from '../schemas/job-schema.ts';
import { checkedCallback, idempotencyUse, newJob, optionsOf, specToMake, submitJobs } from './submit-job.ts';

const TAG = 'Jobs';

export const baseOf = ({ parts }: Conversation): string => parts.config.publicUrl ?? '';

const jobHeaders = {
  ETag: 'Version of the answer',
  Location: 'Address of the job',
  'Preference-Applied': 'The wait that was honoured',
} as const;

type Waited = { readonly job: Job | undefined; readonly headers: Readonly<Record<string, string>> };

/** Waits as long as the caller prefers, when there is a place to wait at, and says so. */
const waitingFor = async (call: Conversation, prefer: string | undefined, look: () => Promise<Job | undefined>): Promise<Waited> => {
  const seconds = waitSeconds(prefer);
  const { state, parts, caller } = call;
  const leave = seconds === 0 ? undefined : state.waiting.enter(caller.tenant);
  if (!leave) return { job: undefined, headers: {} };
  try {
    const signal = AbortSignal.any([call.signal, parts.closing]);
    const job = await until(look, { timeoutMs: seconds * 1000, pollMs: parts.config.pollMs, signal });
    return { job, headers: { 'Preference-Applied': `wait=${seconds}` } };
  } finally {
    leave();
  }
};

const jobReply = (call: Conversation, status: number, job: Job, more: Readonly<Record<string, string>> = {}): Reply => {
  const base = baseOf(call);
  return json(status, jobBody(job, base), { Location: `${base}/v1/jobs/${job.id}`, ETag: etagOf(`r${job.revision}`), ...more });
};

export const submitJob = route({
  id: 'submitJob',
  method: 'post',
  path: '/v1/jobs',
  tag: TAG,
  summary: 'Submit a job',
  description:
    'Renders one design spec, or a design with answers: production files, previews and mockups. The answer comes as soon as the job is safely written down. With `Prefer: wait=N` it waits up to N seconds for the job to be over.',
  access: ['submit'],
  rate: 'submit',
  headers: idempotencyHeaders.extend(preferHeader),
  body: submitSchema,
  answers: {
    200: { description: 'Over within the wait, or submitted before', schema: jobSchema, headers: jobHeaders },
    202: { description: 'Accepted', schema: jobSchema, headers: jobHeaders },
  },
  problems: [
    'idempotency.in-progress',
    'idempotency.other-request',
    'order.line-taken',
    'quota.jobs',
    'input.invalid',
    'design.unknown',
    'answers.refused',
    'ledger.unavailable',
    'ledger.full',
  ],
  handle: async (call) => {
    const { body, rawBody, headers, caller, parts } = call;
    requireForce(caller, body.options);
    const spec = await specToMake(rawBody, body, parts);
    const callback = await checkedCallback(body.callbackUrl, call);
    const idempotency = idempotencyUse('submitJob', headers['idempotency-key'], rawBody, parts.config.idempotencyKeepMs);
    const submitted = await submitJobs(call, {
      jobs: [newJob(spec, body, body.lane, callback)],
      ...(idempotency ? { idempotency } : {}),
    });
    const [job] = submitted.jobs;
    if (!job) throw new TypeError('expected one job for one request, got none');
    const over = async (): Promise<Job | undefined> => {
      const now = await parts.ledger.jobs.get(caller.tenant, job.id);
      return now && isFinal(now.state) ? now : undefined;
    };
    const waited = isFinal(job.state) ? undefined : await waitingFor(call, headers.prefer, over);
    const isDone = waited?.job !== undefined || submitted.kind === 'repeated';
    const latest = waited && !waited.job ? await parts.ledger.jobs.get(caller.tenant, job.id) : waited?.job;
    return jobReply(call, isDone ? 200 : 202, latest ?? job, waited?.headers);
  },
});

export const getJob = route({
  id: 'getJob',
  method: 'get',
  path: '/v1/jobs/{id}',
  tag: TAG,
  summary: 'Look at a job',
  description:
    'With `Prefer: wait=N` the answer is held back until the job is over or, with `If-None-Match` too, until anything about it has changed.',
  access: ['read'],
  rate: 'read',
  params: z.strictObject({ id }),
  query: z.strictObject({ include: z.literal('spec').optional().describe('Also answer the spec as it was accepted') }),
  headers: conditionalHeaders.extend(preferHeader),
  answers: {
    200: { description: 'The job', schema: jobSchema, headers: jobHeaders },
    304: { description: 'Still the version you have' },
  },
  problems: ['job.unknown'],
  handle: async (call) => {
    const { params, query, headers, caller, parts } = call;
    const find = async (): Promise<Job> => {
      const job = await parts.ledger.jobs.get(caller.tenant, params.id);
      if (!job) throw notFound('job.unknown', 'job');
      return job;
    };
    const tagOf = (job: Job): string => etagOf(query.include ? `r${job.revision}-spec` : `r${job.revision}`);
    const has = headers['if-none-match'];
    const isNews = (job: Job): boolean => (has === undefined ? isFinal(job.state) : !noneMatchHits(has, tagOf(job)));
    const news = async (): Promise<Job | undefined> => {
      const job = await find();
      return isNews(job) ? job : undefined;
    };
    const first = await find();
    const waited = isNews(first) || isFinal(first.state) ? undefined : await waitingFor(call, headers.prefer, news);
    const job = waited?.job ?? (waited ? await find() : first);
    const facts = { ETag: tagOf(job), 'Cache-Control': 'private, no-cache', ...waited?.headers };
    if (noneMatchHits(has, tagOf(job))) return { status: 304, headers: facts };
    return json(200, jobBody(job, baseOf(call), query.include === 'spec'), facts);
  },
});

const word = plainText(200);

const filterQuery = {
  state: listOf(JOB_STATES).optional().describe('One or more of the states'),
  batch: id.optional().describe('Jobs of this batch'),
  reference: word.optional().describe('Jobs of this order'),
  source: word.optional().describe('Jobs of orders from this system'),
  product: word.optional(),
  since: moment.optional().describe('Created then or later'),
  until: moment.optional().describe('Created before'),
} as const;

export const listJobs = route({
  id: 'listJobs',
  method: 'get',
  path: '/v1/jobs',
  tag: TAG,
  summary: 'List jobs',
  description: 'Newest first. There are no totals: follow `next`.',
  access: ['read'],
  rate: 'read',
  query: z.strictObject({ ...filterQuery, ...pageQuery }),
  lists: ['state'],
  answers: {
    200: { description: 'One page', schema: pageOf(jobSchema).meta({ id: 'JobPage' }), headers: { Link: 'The next page, rel="next"' } },
  },
  problems: ['request.cursor'],
  handle: async (call) => {
    const { query, caller, parts, state } = call;
    const { limit, cursor, ...wanted } = query;
    const place = { tenant: caller.tenant, list: 'jobs', filter: wanted };
    const after = cursor === undefined ? undefined : state.cursors.read(place, cursor);
    const jobs = await parts.ledger.jobs.list(caller.tenant, filterOf(wanted), {
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    const shown = jobs.slice(0, limit);
    const last = jobs.length > limit ? shown.at(-1) : undefined;
    const next = last ? nextLink(call, query, state.cursors.write(place, last.id)) : null;
    const items = shown.map((job) => jobBody(job, baseOf(call)));
    return json(200, { items, next }, next === null ? {} : { Link: `<${next}>; rel="next"` });
  },
});

type Wanted = z.output<z.ZodObject<typeof filterQuery>>;

const filterOf = ({ state, batch, reference, source, product, since, until }: Wanted): JobFilter => ({
  ...(state === undefined ? {} : { state }),
  ...(batch === undefined ? {} : { batchId: batch }),
  ...(reference === undefined ? {} : { reference }),
  ...(source === undefined ? {} : { source }),
  ...(product === undefined ? {} : { product }),
  ...(since === undefined ? {} : { sinceMs: since }),
  ...(until === undefined ? {} : { untilMs: until }),
});

/** The same filters with another cursor. */
const nextLink = (call: Conversation, { limit, state, since, until, ...rest }: Wanted & { limit: number }, cursor: string): string => {
  const values = {
    ...rest,
    state: state?.join(','),
    since: since === undefined ? undefined : new Date(since).toISOString(),
    until: until === undefined ? undefined : new Date(until).toISOString(),
    limit: String(limit),
    cursor,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return `${baseOf(call)}/v1/jobs?${query}`;
};

export const cancelJob = route({
  id: 'cancelJob',
  method: 'post',
  path: '/v1/jobs/{id}/cancel',
  tag: TAG,
  summary: 'Cancel a job',
  description: 'A waiting job is cancelled at once; one that runs is told to stop, and its state says when it has.',
  access: ['submit'],
  rate: 'submit',
  params: z.strictObject({ id }),
  answers: {
    200: { description: 'Cancelled', schema: jobSchema, headers: jobHeaders },
    202: { description: 'Told to stop', schema: jobSchema, headers: jobHeaders },
  },
  problems: ['job.unknown', 'job.final'],
  handle: async (call) => {
    const job = await call.parts.ledger.jobs.cancel(call.caller.tenant, call.params.id);
    if (!job) throw notFound('job.unknown', 'job');
    if (isFinal(job.state) && job.state !== 'cancelled')
      throw new HttpProblem('job.final', `expected a job that is not over, got one that has ${job.state}`);
    return jobReply(call, job.state === 'cancelled' ? 200 : 202, job);
  },
});

export const rerenderJob = route({
  id: 'rerenderJob',
  method: 'post',
  path: '/v1/jobs/{id}/rerender',
  tag: TAG,
  summary: 'Render a job again',
  description:
    'A new job from the same spec, for the same order line, with the same metadata and callback. Without options of its own it has those of that job: what somebody forced stays forced.',
  access: ['submit'],
  rate: 'submit',
  params: z.strictObject({ id }),
  headers: idempotencyHeaders,
  bodyOptional: true,
  body: z
    .strictObject({ options: optionsSchema.optional(), lane: laneSchema.default('batch') })
    .prefault({})
    .meta({ id: 'RerenderRequest' }),
  answers: {
    200: { description: 'Submitted before', schema: jobSchema, headers: jobHeaders },
    202: { description: 'Accepted', schema: jobSchema, headers: jobHeaders },
  },
  problems: ['job.unknown', 'idempotency.in-progress', 'idempotency.other-request', 'quota.jobs'],
  handle: async (call) => {
    const { params, body, headers, rawBody, caller, parts } = call;
    requireForce(caller, body.options ?? {});
    const before = await parts.ledger.jobs.get(caller.tenant, params.id);
    if (!before) throw notFound('job.unknown', 'job');
    // The endpoint of a callback is cleared away when nobody has named it for long.
    const callback = await checkedCallback(before.callbackUrl ?? undefined, call);
    const idempotency = idempotencyUse(
      'rerenderJob',
      headers['idempotency-key'],
      [params.id, rawBody ?? null],
      parts.config.idempotencyKeepMs,
    );
    const submitted = await submitJobs(call, {
      jobs: [
        {
          lane: body.lane,
          spec: before.spec,
          options: body.options ? optionsOf(body.options) : before.options,
          origin: before.origin,
          metadata: before.metadata,
          callbackUrl: callback,
          rerenderOf: before.id,
          problem: null,
        },
      ],
      ...(idempotency ? { idempotency } : {}),
    });
    const [job] = submitted.jobs;
    if (!job) throw new TypeError('expected one job for one request, got none');
    return jobReply(call, submitted.kind === 'repeated' ? 200 : 202, job);
  },
});
