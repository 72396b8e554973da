import { announceJobs } from '../../../jobs/announce-jobs.ts';
import { callbackEndpoint } from '../../../jobs/callbacks/endpoints.ts';
import { isFinal, type Job, type NewJob } from '../../../jobs/job.ts';
import type { IdempotencyUse, Submission, Submitted } from '../../../jobs/ledger.ts';
import { digestOf } from '../../../model/digest.ts';
import { isProblem, Problem } from '../../../model/problem.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Conversation } from '../route.ts';
import { type Subject, withSubject } from '../schemas/subject-schema.ts';

export type JobRequest = {
  readonly options: { readonly only?: 'production' | 'preview' | 'mockup' | undefined; readonly force?: boolean | undefined };
  readonly origin?: NonNullable<NewJob['origin']> | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly callbackUrl?: string | undefined;
};

/**
 * The spec of a job: as it came, so that whoever renders it parses and migrates it anew, or what a design and its answers make.
 * @throws Problem, with its place in the body, when the design is not filled or the library lacks what it names
 */
export const specToMake = async (
  raw: unknown,
  subject: Subject,
  { designs, specGate }: Pick<Conversation['parts'], 'designs' | 'specGate'>,
): Promise<unknown> =>
  withSubject(subject, designs, async (spec) => {
    await specGate?.(spec);
    return subject.spec ? Reflect.get(Object(raw), 'spec') : spec;
  });

/** A job to be made. */
export const newJob = (spec: unknown, request: JobRequest, lane: NewJob['lane'], callback: string | null): NewJob => ({
  lane,
  spec,
  options: optionsOf(request.options),
  origin: request.origin ?? null,
  metadata: request.metadata,
  callbackUrl: callback,
  rerenderOf: null,
  problem: null,
});

export const optionsOf = ({ only, force }: JobRequest['options']): NewJob['options'] => ({
  ...(only === undefined ? {} : { only }),
  ...(force === undefined ? {} : { force }),
});

/** The same key and body on the same route are the same request; which tenant it is, the ledger adds. */
export const idempotencyUse = (route: string, key: string | undefined, body: unknown, keepMs: number): IdempotencyUse | undefined =>
  key === undefined ? undefined : { route, key, fingerprint: digestOf(body ?? null), keepMs };

export type Accepted = Extract<Submitted, { readonly kind: 'created' | 'repeated' }>;

/**
 * Commits jobs to the ledger, then wakes the workers. What is committed is accepted, whether or not they could be woken.
 * @throws HttpProblem `idempotency.in-progress`, `idempotency.other-request`, `quota.jobs`, `order.line-taken`
 */
export const submitJobs = async (call: Conversation, submission: Submission): Promise<Accepted> => {
  const submitted = await submitUntaken(call, { ...submission, refuseOtherSpec: true });
  if (submitted.kind === 'line-taken') throw lineTaken(call, submitted.taken[0]?.jobId ?? null);
  return submitted;
};

/** The same, and the answer `line-taken` when order lines have jobs of other specs: then nothing is submitted. */
export const submitUntaken = async (
  { caller, parts, rawHeaders }: Conversation,
  submission: Submission,
): Promise<Accepted | Extract<Submitted, { readonly kind: 'line-taken' }>> => {
  const submitted = await parts.ledger.jobs.submit(caller.tenant, {
    ...submission,
    quota: parts.config.openJobs,
    trace: parts.traceOf?.(rawHeaders),
  });
  switch (submitted.kind) {
    case 'in-progress':
      throw inProgress();
    case 'other-request':
      throw otherRequest();
    case 'over-quota':
      throw new HttpProblem('quota.jobs', `expected at most ${submitted.quota} open jobs, got ${submitted.open}`, {
        headers: { 'Retry-After': '30' },
      });
    case 'outdated':
      throw new TypeError('expected an answer to a submission without a message, got one to a message');
    case 'line-taken':
      return submitted;
    default:
      await wakeWorkers(submitted.jobs, parts);
      return submitted;
  }
};

export const LINE_TAKEN_HINT = 'rerender that job, cancel it first, or send the changed line to POST /v1/orders';

export const lineTakenMessage = (jobId: string | null): string =>
  `expected the spec that the order line has a job of, got another one${jobId === null ? '' : ` than that of ${jobId}`}`;

const lineTaken = ({ parts }: Conversation, jobId: string | null): HttpProblem => {
  const message = lineTakenMessage(jobId);
  return new HttpProblem('order.line-taken', message, {
    hint: LINE_TAKEN_HINT,
    errors: [{ pointer: '/origin', message, hint: LINE_TAKEN_HINT }],
    headers: jobId === null ? {} : { Location: `${parts.config.publicUrl ?? ''}/v1/jobs/${jobId}` },
  });
};

export const inProgress = (): HttpProblem =>
  new HttpProblem('idempotency.in-progress', 'expected the first request with this Idempotency-Key to be over, got it still running', {
    headers: { 'Retry-After': '1' },
  });

export const otherRequest = (): HttpProblem =>
  new HttpProblem('idempotency.other-request', 'expected the request that this Idempotency-Key stood for, got another one');

/** A queue that is away must not hold up an answer: the reconciler tells it later. */
const WAKE_MS = 500;

export const wakeWorkers = async (
  jobs: readonly Job[],
  { ledger, queue, log, now }: Pick<Conversation['parts'], 'ledger' | 'queue' | 'log' | 'now'>,
): Promise<void> => {
  const open = jobs.filter(({ state }) => !isFinal(state));
  if (open.length === 0) return;
  const told = announceJobs(queue, ledger, open, now).catch((error: unknown) =>
    log.warn({ err: error, jobs: open.length }, 'could not wake the workers'),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, WAKE_MS);
  });
  await Promise.race([told, late]);
  clearTimeout(timer);
};

/**
 * Where callbacks of a job go: its endpoint is there before the job is. `known` keeps what was asked before, for batches.
 * @throws Problem `endpoint.…` with its pointer
 */
export const checkedCallback = async (
  url: string | undefined,
  { caller, parts }: Pick<Conversation, 'caller' | 'parts'>,
  known: Map<string, string> = new Map(),
): Promise<string | null> => {
  if (url === undefined) return null;
  const before = known.get(url);
  if (before !== undefined) return before;
  const checkSyntax = (text: string): string => parts.callbacks.checkSyntax(text);
  const { callbacks } = parts.ledger;
  const endpoint = await at('/callbackUrl', () => callbackEndpoint({ callbacks, checkSyntax }, caller.tenant, url));
  known.set(url, endpoint.url);
  return endpoint.url;
};

/** Says of a problem where in the body its cause stands. */
export const at = async <T>(pointer: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!isProblem(error) || error.retry === 'later' || error.pointer !== undefined) throw error;
    throw new Problem(error.code, error.message, { pointer, hint: error.hint, cause: error });
  }
};
