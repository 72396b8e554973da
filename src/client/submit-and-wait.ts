import type { components } from './api-types.ts';
import { PlatenError } from './platen-error.ts';
import { pause, retrying } from './retrying.ts';
import { readJson, type Sending, type Transport } from './transport.ts';

export type DesignSpec = components['schemas']['DesignSpec'];
export type Job = components['schemas']['Job'];
export type JobRequest = components['schemas']['JobRequest'];

export type SubmitOptions = Omit<JobRequest, 'spec'> & {
  /** Ends the waiting. The job goes on: cancel it by POST /v1/jobs/{id}/cancel. */
  readonly signal?: AbortSignal;
  /** Told of the job as it was accepted and after every change that is seen. */
  readonly onProgress?: (job: Job) => void;
  /** The same key and request give the same job, also after a crash of the caller; a new random one without it. */
  readonly idempotencyKey?: string;
};

/** How long the API holds an answer back, and how much longer nothing may be heard. */
const WAIT_SECONDS = 25;
const SILENCE_MS = 60_000;
/** An API that answers "no news" at once is asked no more often than this. */
const SHORTEST_ROUND_MS = 1000;

/**
 * Submits a spec and waits until its job is over: succeeded, failed, cancelled or in need of attention. Whatever breaks on the way is
 * tried again with the same key, so that there is one job.
 * @throws PlatenError when the request is refused or the API stays away; the signal's reason
 */
export const submitAndWait = async (transport: Transport, spec: DesignSpec, options: SubmitOptions = {}): Promise<Job> => {
  const { signal, onProgress, idempotencyKey = crypto.randomUUID(), ...request } = options;
  const body = JSON.stringify({ ...request, spec });
  const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
  const ask = (method: string, path: string, sending: Sending): Promise<Sight> =>
    retrying(
      async () => {
        const answer = await transport.api(method, path, { ...sending, signal, timeoutMs: SILENCE_MS });
        const job = answer.status === 304 ? undefined : await readJson<Job>(answer, signal);
        return { job, etag: answer.headers.get('etag') };
      },
      { retryForMs: transport.retryForMs, signal },
    );
  let sight = await ask('POST', '/v1/jobs', { headers, body });
  for (let job = sight.job; ; job = sight.job ?? job) {
    if (!job) throw new PlatenError('answer.unreadable', 'expected a job, got an answer without one');
    if (sight.job) onProgress?.(sight.job);
    if (isOver(job)) return job;
    const askedAtMs = performance.now();
    const known: Readonly<Record<string, string>> = sight.etag === null ? {} : { 'if-none-match': sight.etag };
    sight = await ask('GET', `/v1/jobs/${encodeURIComponent(job.id)}`, { headers: { prefer: `wait=${WAIT_SECONDS}`, ...known } });
    const restMs = SHORTEST_ROUND_MS - (performance.now() - askedAtMs);
    if (!sight.job && restMs > 0) await pause(restMs, signal);
  }
};

/** What one answer showed; without a job when it is as it was. */
type Sight = { readonly job: Job | undefined; readonly etag: string | null };

/** Whether nothing about the job will change any more. */
export const isOver = ({ state }: Pick<Job, 'state'>): boolean => state !== 'queued' && state !== 'running';
