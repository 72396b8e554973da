import { z } from 'zod';
import type { EventType } from '../../../jobs/callbacks/event.ts';
import { JOB_STATES } from '../../../jobs/job.ts';
import { artifactSchema } from '../../../model/manifest.ts';
import { jobProblemSchema, originSchema } from '../schemas/job-schema.ts';

const milliseconds = z.int().describe('Milliseconds since 1970');

/** Receivers must take members they do not know: these objects are open. */
const jobEvent = z
  .object({
    job: z.object({
      id: z.string(),
      state: z.enum(JOB_STATES),
      batchId: z.string().nullable(),
      rerenderOf: z.string().nullable(),
      origin: originSchema.nullable(),
      metadata: z.record(z.string(), z.string()),
      attempt: z.int(),
      createdAtMs: milliseconds,
      finishedAtMs: milliseconds.nullable(),
      problem: jobProblemSchema.nullable(),
      path: z.string().describe('Of the job, below the address of the API'),
    }),
    artifacts: z
      .array(
        artifactSchema
          .extend({ path: z.string().describe('Where to download it, below the address of the API') })
          .meta({ id: 'EventArtifact' }),
      )
      .describe('The files of the job, without links that expire'),
    sequence: z.int().describe('Grows for each job: a lower one is older news'),
    truncated: z.boolean().optional().describe('There are more files than fit: the job has them all'),
  })
  .meta({ id: 'JobEvent' });

const endpointEvent = z.object({ sequence: z.int() }).catchall(z.unknown()).meta({ id: 'EndpointEvent' });

const message = <T extends z.ZodType>(type: EventType, data: T) =>
  z.object({ type: z.literal(type), timestamp: z.iso.datetime().describe('Of the event, not of the attempt'), data });

/** What receivers of callbacks get, by event type. */
export const eventMessages: Readonly<Record<EventType, { readonly summary: string; readonly schema: z.ZodType }>> = {
  'job.succeeded': { summary: 'All files of a job are there', schema: message('job.succeeded', jobEvent) },
  'job.failed': { summary: 'A job was given up', schema: message('job.failed', jobEvent) },
  'job.needs_attention': {
    summary: 'A person must look at a job: no production file was made',
    schema: message('job.needs_attention', jobEvent),
  },
  'job.cancelled': { summary: 'A job was called off', schema: message('job.cancelled', jobEvent) },
  'endpoint.disabled': { summary: 'Another webhook of the tenant was disabled', schema: message('endpoint.disabled', endpointEvent) },
};
