import { digestOf } from '../../model/digest.ts';
import { isProblem, Problem } from '../../model/problem.ts';
import type { Job, JobProblem, JobState, NewJob, OrderOrigin } from '../job.ts';
import { failureOf } from '../job-problem.ts';
import type { Ledger, OrderMessage, Submission } from '../ledger.ts';
import type { Order, OrderLine, ShopLinesOrder } from './order.ts';

type Facts = Readonly<Record<string, unknown>>;

export type OrderParts = {
  readonly jobs: Pick<Ledger['jobs'], 'submit' | 'byOrigin' | 'cancel' | 'noteMessage' | 'list'>;
  /** Parses a whole design spec. @throws InvalidInput, or Problem when it names what is not there */
  readonly parseSpec: (spec: unknown) => unknown;
  /** Fills a design. @throws Problem, InvalidInput with pointers `/field` */
  readonly personalize: (design: string, fields: Facts, data: Facts) => Promise<unknown>;
  /** Jobs of the tenant that may wait or run at once. */
  readonly quota: number;
};

/**
 * `accepted`: a new job. `repeated`: the same line was seen before. `changed`: it came again with another content and has a new job.
 * `stopped`: called off in time. `too-late`: called off, or changed, after it was made: a person must decide. `outdated`: a newer message
 * about the order was seen.
 */
export type LineOutcome = {
  readonly line: string;
  readonly outcome: 'accepted' | 'repeated' | 'changed' | 'stopped' | 'too-late' | 'unknown' | 'outdated';
  readonly jobId: string | null;
  readonly state: JobState | null;
};

/**
 * Makes one job per line, however often and in whatever order a shop sends its order. A line that cannot be rendered as it came (a
 * missing answer, an unknown design) becomes a job that needs attention and says why: never a blank print, and never lost.
 * @throws Problem `quota.exceeded` (retry later), and what the ledger throws; lines accepted before stay accepted, a repeat goes on
 */
export const acceptOrder = async (tenant: string, order: ShopLinesOrder, parts: OrderParts): Promise<readonly LineOutcome[]> => {
  const message = messageOf(order);
  if (message !== undefined && (await parts.jobs.noteMessage(tenant, message)) === 'outdated')
    return Promise.all(order.lines.map(({ line }) => outdated(tenant, originOf(order, line), parts)));
  const outcomes: LineOutcome[] = [];
  for (const line of order.lines) {
    const origin = originOf(order, line.line);
    outcomes.push(order.cancelled ? await callOff(tenant, origin, message, parts) : await acceptLine(tenant, order, line, origin, parts));
  }
  for (const line of [...(order.removed ?? []), ...(await missingLines(tenant, order, parts))]) {
    const gone = await callOff(tenant, originOf(order, line), message, parts);
    // Most lines that are gone were never ours.
    if (gone.outcome !== 'unknown') outcomes.push(gone);
  }
  return outcomes;
};

const originOf = ({ source, reference }: Order, line: string): OrderOrigin => ({ source, reference, line });

const PAGE = 500;

/** Lines we have jobs of, and that are not left in the order. */
const missingLines = async (
  tenant: string,
  { source, reference, left }: ShopLinesOrder,
  { jobs }: OrderParts,
): Promise<readonly string[]> => {
  if (left === undefined) return [];
  const missing = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await jobs.list(tenant, { source, reference }, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { origin, state } of page) if (origin && state !== 'cancelled' && !left.includes(origin.line)) missing.add(origin.line);
    after = page.at(-1)?.id;
    if (page.length < PAGE || after === undefined) return [...missing].sort();
  }
};

const messageOf = ({ source, reference, cancelled, updatedAt }: Order): OrderMessage | undefined =>
  updatedAt === undefined ? undefined : { source, reference, cancelled, updatedAtMs: Date.parse(updatedAt) };

/** What stands because of the newer message. */
const outdated = async (tenant: string, origin: OrderOrigin, { jobs }: OrderParts): Promise<LineOutcome> => {
  const [newest] = await jobs.byOrigin(tenant, origin);
  return newest ? outcomeOf('outdated', newest) : { line: origin.line, outcome: 'outdated', jobId: null, state: null };
};

/** Nobody is asked any more to mend a line that is called off, or to make one that failed again. */
const callOff = async (
  tenant: string,
  origin: OrderOrigin,
  message: OrderMessage | undefined,
  { jobs }: OrderParts,
): Promise<LineOutcome> => {
  const known = await jobs.byOrigin(tenant, origin);
  const [newest] = known;
  if (!newest) return { line: origin.line, outcome: 'unknown', jobId: null, state: null };
  for (const { id, state } of known)
    if (state !== 'succeeded' && state !== 'cancelled') await jobs.cancel(tenant, id, { unmade: true, message });
  const made = known.find(({ state }) => state === 'succeeded');
  return made ? outcomeOf('too-late', made) : outcomeOf('stopped', (await jobs.byOrigin(tenant, origin))[0] ?? newest);
};

const acceptLine = async (tenant: string, order: Order, line: OrderLine, origin: OrderOrigin, parts: OrderParts): Promise<LineOutcome> => {
  const { spec, problem } = await specOfLine(line, order, parts);
  const job: NewJob = {
    lane: order.lane,
    spec,
    options: {},
    origin,
    metadata: { ...order.metadata, ...line.metadata },
    callbackUrl: order.callbackUrl ?? null,
    rerenderOf: null,
    problem,
  };
  // Another message about the same line may come between the question and the answer: then ask again.
  const message = messageOf(order);
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const outcome = await decide(tenant, job, await parts.jobs.byOrigin(tenant, origin), message, parts);
    if (outcome === 'outdated') return outdated(tenant, origin, parts);
    if (outcome !== 'overtaken') return outcome;
  }
  throw new Problem('order.busy', `expected fewer than ${MOST_ROUNDS} changes of one order line at once, got more`, { retry: 'later' });
};

const MOST_ROUNDS = 10;

/** `known` are all jobs of the line, the newest first: also the cancelled ones, and those a person had made again. */
const decide = async (
  tenant: string,
  job: NewJob,
  known: readonly Job[],
  message: OrderMessage | undefined,
  parts: OrderParts,
): Promise<LineOutcome | 'overtaken' | 'outdated'> => {
  const standing = known.filter(({ state }) => state !== 'cancelled');
  const [newest] = standing;
  if (!newest) return submitOne(tenant, { jobs: [job], message }, 'accepted', parts);
  if (newest.specDigest === digestOf(job.spec)) return outcomeOf('repeated', newest);
  const isMade = standing.some(({ state }) => state === 'succeeded' || state === 'running');
  if (!isMade && newest.state === 'queued') {
    const stopped = await parts.jobs.cancel(tenant, newest.id, { message });
    if (stopped?.state !== 'cancelled')
      return message && (await parts.jobs.noteMessage(tenant, message)) === 'outdated' ? 'outdated' : 'overtaken';
    if (standing.length === 1) return submitOne(tenant, { jobs: [job], message }, 'changed', parts);
  }
  const next = { ...job, rerenderOf: newest.id, ...(isMade ? { problem: CHANGED_TOO_LATE } : {}) };
  const idempotency = followingOn(known, next);
  return submitOne(tenant, { jobs: [next], message, idempotency }, isMade ? 'too-late' : 'changed', parts);
};

const CHANGED_TOO_LATE: JobProblem = {
  code: 'order.changed-too-late',
  message: 'expected no change after production began, got another content for the same order line',
  hint: 'rerender this job to make the changed line; stop the earlier one on the floor',
};

const submitOne = async (
  tenant: string,
  submission: Submission,
  outcome: LineOutcome['outcome'],
  { jobs, quota }: OrderParts,
): Promise<LineOutcome | 'overtaken' | 'outdated'> => {
  const submitted = await jobs.submit(tenant, { ...submission, quota });
  if (submitted.kind === 'outdated') return 'outdated';
  if (submitted.kind === 'over-quota')
    throw new Problem('quota.exceeded', `expected at most ${submitted.quota} open jobs, got ${submitted.open}`, { retry: 'later' });
  const [made] = submitted.kind === 'created' ? submitted.jobs : [];
  return made ? outcomeOf(outcome, made) : 'overtaken';
};

/** With the jobs it follows on, a job is made once however many messages bring it at the same time. */
const followingOn = (known: readonly Job[], { spec }: NewJob) => ({
  route: 'order line',
  key: digestOf(known.map(({ id }) => id)),
  fingerprint: digestOf(spec),
  keepMs: 60 * 60_000,
});

/** The spec, or what keeps the line from being rendered: then the spec is what came, so that a person can see it. */
const specOfLine = async (line: OrderLine, order: Order, parts: OrderParts): Promise<{ spec: unknown; problem: JobProblem | null }> => {
  const facts = { reference: order.reference, line: line.line, quantity: line.quantity };
  try {
    const raw = line.spec ?? (await parts.personalize(line.design ?? '', line.fields ?? {}, { ...order.data, ...line.data, order: facts }));
    return { spec: await parts.parseSpec({ ...Object(raw), order: facts }), problem: null };
  } catch (error) {
    if (!isProblem(error) || error.retry === 'later') throw error;
    const came = line.spec ? { spec: line.spec } : { design: line.design, fields: line.fields ?? {} };
    return { spec: { ...came, order: facts }, problem: failureOf(error).problem };
  }
};

const outcomeOf = (outcome: LineOutcome['outcome'], { id, state, origin }: Job): LineOutcome => ({
  line: origin?.line ?? '',
  outcome,
  jobId: id,
  state,
});
