import { z } from 'zod';
import { isFinal, type Job } from '../../../jobs/job.ts';
import { pause } from '../http/until.ts';
import { HttpProblem, notFound } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import { id } from '../schemas/fields.ts';
import { jobBody } from '../schemas/job-schema.ts';
import { baseOf } from './jobs.ts';

/** How long a browser waits before it comes back. */
const RETRY_MS = 2000;

export const jobEvents = route({
  id: 'jobEvents',
  method: 'get',
  path: '/v1/jobs/{id}/events',
  tag: 'Jobs',
  summary: 'Watch a job',
  description:
    'Server-sent events: one named `job`, with the job as data and its revision as id, now and after every change; the last one when the job is over, and then the stream ends. Comments in between keep the connection open. Come back with `Last-Event-ID` to hear only what is new: 204 when there can be no more news.',
  access: ['read'],
  rate: 'read',
  params: z.strictObject({ id }),
  headers: z.object({
    'last-event-id': z.string().max(200).optional().describe('The last revision you have; anything else is passed over'),
  }),
  answers: {
    200: { description: 'The stream', mediaTypes: ['text/event-stream'] },
    204: { description: 'The job is over and you have its last revision' },
  },
  problems: ['job.unknown', 'service.unavailable'],
  handle: async (call) => {
    const { params, headers, caller, parts, state } = call;
    const find = () => parts.ledger.jobs.get(caller.tenant, params.id);
    const job = await find();
    if (!job) throw notFound('job.unknown', 'job');
    const [, seen] = /^(\d{1,15})$/.exec(headers['last-event-id'] ?? '') ?? [];
    const seenRevision = seen === undefined ? -1 : Number(seen);
    if (isFinal(job.state) && seenRevision >= job.revision) return { status: 204 };
    if (!state.waiting.hasRoom(caller.tenant))
      throw new HttpProblem('service.unavailable', 'expected a free place to watch from, got none');
    return {
      status: 200,
      headers: { 'X-Accel-Buffering': 'no' },
      body: { kind: 'stream', mediaType: 'text/event-stream', chunks: inPlace(storyOf(job, seenRevision, find, call), call) },
    };
  },
});

/**
 * Takes the place when the story begins, since one that nobody listens to is never begun nor ended; gives it back whatever ends the
 * story: its last event, a caller who left, or a broken ledger.
 */
async function* inPlace(story: AsyncIterable<string>, { state, caller }: Conversation): AsyncGenerator<Uint8Array> {
  const leave = state.waiting.enter(caller.tenant);
  if (!leave) return;
  try {
    for await (const line of story) yield Buffer.from(line);
  } finally {
    leave();
  }
}

async function* storyOf(
  first: Job,
  seenRevision: number,
  find: () => Promise<Job | undefined>,
  call: Conversation,
): AsyncGenerator<string> {
  const { config, closing } = call.parts;
  const signal = AbortSignal.any([call.signal, closing]);
  yield `retry: ${RETRY_MS}\n\n`;
  let told = seenRevision;
  let saidAt = performance.now();
  for (let job: Job | undefined = first; job && !signal.aborted; job = await find()) {
    if (job.revision > told) {
      yield `id: ${job.revision}\nevent: job\ndata: ${JSON.stringify(jobBody(job, baseOf(call)))}\n\n`;
      told = job.revision;
      saidAt = performance.now();
      if (isFinal(job.state)) return;
    } else if (performance.now() - saidAt >= config.heartbeatMs) {
      yield ': still here\n\n';
      saidAt = performance.now();
    }
    await pause(config.pollMs, signal);
  }
}
