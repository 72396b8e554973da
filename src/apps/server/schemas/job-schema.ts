import { z } from 'zod';
import { isFinal, JOB_STATES, type Job, type JobProblem, LANES } from '../../../jobs/job.ts';
import { findingSchema } from '../../../model/finding.ts';
import { artifactSchema } from '../../../model/manifest.ts';
import { maybeTimestampOf, plainText, sha256, timestamp, timestampOf } from './fields.ts';
import { isOneSubject, ONE_SUBJECT, subjectFields } from './subject-schema.ts';

const label = plainText(200);
const MAX_METADATA = 50;

export const metadataSchema = z
  .record(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, { error: () => 'expected a name of letters, digits, _ . -' }), plainText(500, 0))
  .refine((all) => Object.keys(all).length <= MAX_METADATA, { error: `expected at most ${MAX_METADATA} entries` })
  .describe('Your own names and values, carried untouched');

export const optionsSchema = z.strictObject({
  only: z.enum(['production', 'preview', 'mockup']).optional().describe('Make these files alone'),
  force: z
    .boolean()
    .optional()
    .describe(
      'Make files although findings of severity error stand and without asking for an approval of the texts; the key needs the scope `force` or `admin`, else 403 `auth.scope`',
    ),
});

export const originSchema = z.strictObject({ source: label, reference: label, line: label }).meta({
  id: 'OrderOrigin',
  description: 'The order line it is for: the same line with the same spec again gives the job that is there, with another spec 409',
});

export const callbackUrl = z.string().min(1).max(2000).describe('Told when the job is over, besides the webhooks of the tenant');

export const laneSchema = z.enum(LANES).describe('Interactive jobs go before batch jobs');

/** One job as it is asked for: alone, or as a row of a batch. */
export const jobRequestFields = {
  ...subjectFields,
  options: optionsSchema.prefault({}),
  origin: originSchema.optional(),
  metadata: metadataSchema.default({}),
  callbackUrl: callbackUrl.optional(),
} as const;

export const submitSchema = z
  .strictObject({ ...jobRequestFields, lane: laneSchema.default('interactive') })
  .refine(isOneSubject, ONE_SUBJECT)
  .meta({ id: 'JobRequest' });

const progressSchema = z.strictObject({
  step: z.enum(['resolved', 'checked', 'made', 'committed']),
  name: z.string().optional().describe('The file that was made last'),
  done: z.int(),
  total: z.int(),
});

export const jobProblemSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  pointer: z.string().optional(),
  hint: z.string().optional(),
  errors: z.array(z.strictObject({ pointer: z.string(), message: z.string(), hint: z.string().optional() })).optional(),
});

export const jobSchema = z
  .strictObject({
    id: z.string(),
    state: z.enum(JOB_STATES),
    lane: laneSchema,
    product: z.string().nullable(),
    specDigest: sha256,
    options: optionsSchema,
    origin: originSchema.nullable(),
    metadata: z.record(z.string(), z.string()),
    callbackUrl: z.string().nullable(),
    batchId: z.string().nullable(),
    rerenderOf: z.string().nullable(),
    attempt: z.int().describe('How often a worker has started it'),
    cancelRequested: z.boolean(),
    progress: progressSchema.nullable(),
    revision: z.int().describe('Grows with every change'),
    createdAt: timestamp,
    updatedAt: timestamp,
    startedAt: timestamp.nullable(),
    finishedAt: timestamp.nullable(),
    problem: jobProblemSchema.nullable().describe('Why it failed or needs attention; while queued again, why the last attempt failed'),
    artifacts: z.array(artifactSchema.extend({ href: z.string().describe('Where to download it') }).meta({ id: 'JobArtifact' })),
    findings: z.array(findingSchema.meta({ id: 'Finding' })),
    links: z.strictObject({ self: z.string(), events: z.string(), manifest: z.string().nullable() }),
    spec: z.unknown().optional().describe('As it was accepted; only with include=spec'),
  })
  .meta({ id: 'Job' });

/** The file name under which a job's manifest is served. */
export const MANIFEST_NAME = 'manifest.json';

/** A job as callers see it. `base`: what addresses begin with. */
export const jobBody = (job: Job, base: string, withSpec = false): z.input<typeof jobSchema> => {
  const self = `${base}/v1/jobs/${job.id}`;
  const manifest = job.result?.manifest;
  return {
    id: job.id,
    state: job.state,
    lane: job.lane,
    product: productOf(job.spec),
    specDigest: job.specDigest,
    options: job.options,
    origin: job.origin,
    metadata: { ...job.metadata },
    callbackUrl: job.callbackUrl,
    batchId: job.batchId,
    rerenderOf: job.rerenderOf,
    attempt: job.attempt,
    cancelRequested: job.cancelRequested,
    progress: isFinal(job.state) ? null : job.progress,
    revision: job.revision,
    createdAt: timestampOf(job.createdAtMs),
    updatedAt: timestampOf(job.updatedAtMs),
    startedAt: maybeTimestampOf(job.startedAtMs),
    finishedAt: maybeTimestampOf(job.finishedAtMs),
    problem: job.problem && problemBody(job.problem),
    artifacts: (manifest?.artifacts ?? []).map((artifact) => ({
      ...artifact,
      href: `${self}/artifacts/${encodeURIComponent(artifact.name)}`,
    })),
    findings: [...(manifest?.findings ?? [])],
    links: { self, events: `${self}/events`, manifest: manifest ? `${self}/artifacts/${MANIFEST_NAME}` : null },
    ...(withSpec ? { spec: job.spec } : {}),
  };
};

const problemBody = ({ errors, ...problem }: JobProblem): z.input<typeof jobProblemSchema> => ({
  ...problem,
  ...(errors ? { errors: [...errors] } : {}),
});

const productOf = (spec: unknown): string | null => {
  const product: unknown = Reflect.get(Object(spec), 'product');
  return typeof product === 'string' ? product : null;
};
