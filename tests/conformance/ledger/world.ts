import { afterEach } from 'vitest';
import { type LedgerOptions, type LedgerPlace, openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import type { NewEndpoint } from '../../../src/jobs/callbacks/event.ts';
import type { Job, JobResult, NewJob } from '../../../src/jobs/job.ts';
import type { Ledger, Submission, Submitted } from '../../../src/jobs/ledger.ts';

/** Makes an empty place for a ledger. */
export type FreshPlace = () => Promise<LedgerPlace>;

export type World = {
  readonly place: LedgerPlace;
  readonly ledger: Ledger;
  /** What the ledger's clock shows; set it to let time pass. */
  readonly clock: { ms: number };
  /** The same ledger once more, as another process would open it. */
  readonly again: (options?: LedgerOptions) => Promise<Ledger>;
};

const opened: Ledger[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((ledger) => ledger.close()));
});

export const track = async (opening: Promise<Ledger>): Promise<Ledger> => {
  const ledger = await opening;
  opened.push(ledger);
  return ledger;
};

export const START_MS = 1_800_000_000_000;

/** An empty ledger whose clock stands still. All that a test opens is closed after it. */
export const openWorld = async (freshPlace: FreshPlace): Promise<World> => {
  const place = await freshPlace();
  const clock = { ms: START_MS };
  const now = (): number => clock.ms;
  const ledger = await track(openLedger(place, { now }));
  return { place, ledger, clock, again: (options = { now }) => track(openLedger(place, options)) };
};

/** As `openWorld`, by the clock of the machine. */
export const openByTrueClock = async (freshPlace: FreshPlace): Promise<Pick<World, 'place' | 'ledger'>> => {
  const place = await freshPlace();
  return { place, ledger: await track(openLedger(place)) };
};

export const newJob = (change: Partial<NewJob> = {}): NewJob => ({
  lane: 'batch',
  spec: { version: 1, product: 'mug' },
  options: {},
  origin: null,
  metadata: {},
  callbackUrl: null,
  rerenderOf: null,
  problem: null,
  ...change,
});

export const jobs = (count: number, change: Partial<NewJob> = {}): readonly NewJob[] => Array.from({ length: count }, () => newJob(change));

export const key = (name: string, fingerprint = 'f'): NonNullable<Submission['idempotency']> => ({
  route: 'POST /v1/jobs',
  key: name,
  fingerprint,
  keepMs: 60_000,
});

/** The jobs of a submission that must have been taken. */
export const taken = (submitted: Submitted): readonly Job[] => {
  if (!('jobs' in submitted)) throw new Error(`expected jobs, got ${submitted.kind}`);
  return submitted.jobs;
};

export const submitOne = async (ledger: Ledger, tenant: string, change: Partial<NewJob> = {}): Promise<Job> => {
  const [job] = taken(await ledger.jobs.submit(tenant, { jobs: [newJob(change)] }));
  if (job === undefined) throw new Error('expected one job');
  return job;
};

/** Claims the next job, which must be there. */
export const claimOne = async (ledger: Ledger, worker = 'w1', leaseMs = 30_000): Promise<Job> => {
  const job = await ledger.jobs.claim({ worker, leaseMs });
  if (job === undefined) throw new Error('expected a job to claim');
  return job;
};

export const result = (keys: Readonly<Record<string, string>> = { 'front.png': 't/a/front.png' }): JobResult => ({
  manifestKey: 't/a/manifest.json',
  manifest: {
    version: 1,
    platen: '0.1.0',
    status: 'made',
    specDigest: 'a'.repeat(64),
    product: 'mug',
    shop: 'standard',
    inputs: [],
    artifacts: Object.keys(keys).map((name) => ({ name, role: 'production', mediaType: 'image/png', bytes: 3, sha256: 'b'.repeat(64) })),
    findings: [],
  },
  keys,
});

export const problem = { code: 'render.failed', message: 'expected a picture, got none' };

export const endpoint = (change: Partial<NewEndpoint> = {}): NewEndpoint => ({
  kind: 'subscription',
  url: 'https://shop.example/hook',
  description: '',
  events: ['job.succeeded', 'job.failed', 'job.needs_attention', 'job.cancelled', 'endpoint.disabled'],
  sealedSecrets: [{ sealed: 's1', expiresAtMs: null }],
  ...change,
});

/** A submitted job, run to its end. */
export const finishedJob = async (ledger: Ledger, tenant: string, change: Partial<NewJob> = {}): Promise<Job> => {
  const { id } = await submitOne(ledger, tenant, change);
  const claimed = await claimOne(ledger);
  if (claimed.id !== id) throw new Error('expected its turn');
  const job = await ledger.jobs.finish(id, claimed.fence, { kind: 'succeeded', result: result() });
  if (job === undefined) throw new Error('expected it to be finished');
  return job;
};
