import type { ApiKey, NewApiKey } from './api-key.ts';
import type { AttemptResult, Delivery, DeliveryWork, Endpoint, JobEvent, NewEndpoint } from './callbacks/event.ts';
import type { Job, JobProblem, JobProgress, JobResult, JobState, Lane, NewJob, OrderOrigin } from './job.ts';

/**
 * The store of record: what a 202 promises is a committed row here. Every method is one transaction. Times are the ledger's own
 * clock, so that workers with wrong clocks agree on leases. Reads by tenant see that tenant alone: another tenant's id is unknown.
 * @throws Problem `ledger.unavailable` (retry later) when the store cannot be reached; `ledger.full` when the disk is full
 */
export type Ledger = {
  readonly jobs: JobLedger;
  readonly idempotency: IdempotencyLedger;
  readonly callbacks: CallbackLedger;
  readonly keys: KeyLedger;
  readonly assets: AssetLedger;
  now(): Promise<number>;
  /** Resolves when the store answers a read. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type Page = { readonly limit: number /** Id of the last row seen. */; readonly after?: string };

export type JobFilter = {
  readonly state?: readonly JobState[];
  readonly batchId?: string;
  readonly reference?: string;
  readonly source?: string;
  readonly product?: string;
  readonly sinceMs?: number;
  readonly untilMs?: number;
};

export type Submission = {
  readonly jobs: readonly NewJob[];
  /** With it the jobs form a batch with an id of its own. */
  readonly batch?: { readonly metadata: Readonly<Record<string, string>> };
  readonly idempotency?: IdempotencyUse;
  /** Jobs of the tenant that may wait or run at once, these included; 429 beyond. */
  readonly quota?: number;
  /** `traceparent` of the request, kept with the jobs and their events. */
  readonly trace?: string | undefined;
  /** An order line that has a job of another spec refuses the whole submission, instead of being answered with that job. */
  readonly refuseOtherSpec?: boolean;
  /** Who asks: when a newer message about the order was seen, nothing is submitted. */
  readonly message?: OrderMessage | undefined;
};

/** A key as the caller chose it, in the scope of a tenant and a route, with a digest of the request it stood for. */
export type IdempotencyUse = {
  readonly route: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly keepMs: number;
};

/**
 * What a shop says about one of its orders, at the time its own clock gives. Copies of messages come late and in any order: one that is
 * older than the last one seen changes nothing, and neither does one of the same time as a cancel.
 */
export type OrderMessage = {
  readonly source: string;
  readonly reference: string;
  readonly updatedAtMs: number;
  readonly cancelled: boolean;
};

export type Cancellation = {
  /** Also a job that needs attention or has failed: nobody is to mend it or make it again. */
  readonly unmade?: boolean;
  /** Who asks: when a newer message about the order was seen, nothing is cancelled. */
  readonly message?: OrderMessage | undefined;
};

export type Submitted =
  | { readonly kind: 'created'; readonly jobs: readonly Job[]; readonly batchId: string | null }
  /** The same key and request, or the same order line, was seen before: these are the jobs made then. */
  | { readonly kind: 'repeated'; readonly jobs: readonly Job[]; readonly batchId: string | null }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'over-quota'; readonly open: number; readonly quota: number }
  /** Order lines that have a job of another spec: each place in the submission, and the job; null when it is of the same submission. */
  | { readonly kind: 'line-taken'; readonly taken: readonly { readonly at: number; readonly jobId: string | null }[] }
  | { readonly kind: 'outdated' };

export type Outcome =
  | { readonly kind: 'succeeded'; readonly result: JobResult }
  | { readonly kind: 'needs_attention'; readonly result: JobResult | null; readonly problem: JobProblem }
  | { readonly kind: 'failed'; readonly problem: JobProblem }
  /** Queued again after a pause; the attempt counts. `crashed`: the process that rendered it died, so the job's crashes grow by one too. */
  | { readonly kind: 'retry'; readonly problem: JobProblem; readonly afterMs: number; readonly crashed?: true }
  /** Queued again at once as if it had not been started: the worker is shutting down. */
  | { readonly kind: 'handed-back' }
  | { readonly kind: 'cancelled' };

export type Waiting = Pick<Job, 'id' | 'tenant' | 'lane' | 'attempt' | 'notBeforeMs'>;

export type Recovery = {
  /** Their worker died or lost its lease: queued again. */
  readonly requeued: readonly Waiting[];
  /** Their worker died once too often: failed with `job.crashed`. */
  readonly failed: readonly string[];
};

export type JobCounts = {
  readonly byState: Readonly<Record<JobState, number>>;
  readonly queuedByLane: Readonly<Record<Lane, number>>;
  /** Age of the oldest job that could run now; 0 when none waits. */
  readonly oldestWaitMs: number;
};

export type BatchSummary = {
  readonly id: string;
  readonly tenant: string;
  readonly createdAtMs: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly total: number;
  readonly byState: Readonly<Record<JobState, number>>;
};

export type JobLedger = {
  /**
   * All or none. Turns within a lane are start-time fair queueing: a job's turn is one after the tenant's last one, but never
   * before the turn that was started last, so a tenant with ten thousand waiting jobs delays another one's first by one job.
   * An order line that has a job already is answered with that job: `repeated` when all have one, else `created` with old and new
   * jobs in the order of the request. A callback is signed with its endpoint's secret, so the endpoint of kind `callback` must be
   * there first (`callbacks.create` answers with the one that is there).
   * @throws Problem `ledger.callback` when it is not, `ledger.text` for text with a NUL or half a character
   */
  submit(tenant: string, submission: Submission): Promise<Submitted>;
  get(tenant: string, id: string): Promise<Job | undefined>;
  /** All jobs of an order line, rerenders and cancelled ones included, newest first. */
  byOrigin(tenant: string, origin: OrderOrigin): Promise<readonly Job[]>;
  /** Newest first. */
  list(tenant: string, filter: JobFilter, page: Page): Promise<readonly Job[]>;
  batch(tenant: string, id: string): Promise<BatchSummary | undefined>;
  /** The job whose turn it is, now leased to `worker` under a new fence; undefined when none may run. */
  claim(claim: { readonly worker: string; readonly leaseMs: number }): Promise<Job | undefined>;
  /** `lost`: another claim or a cancel took it, stop without committing. `cancel`: stop and finish as cancelled. */
  renew(
    id: string,
    fence: number,
    renewal: { readonly leaseMs: number; readonly progress?: JobProgress },
  ): Promise<'kept' | 'cancel' | 'lost'>;
  /** The finished job, with its event and deliveries written beside it; undefined when the fence is no longer the newest. */
  finish(id: string, fence: number, outcome: Outcome): Promise<Job | undefined>;
  /** A queued job is cancelled at once, a running one is asked to stop, a final one stays as a rule; undefined when unknown. */
  cancel(tenant: string, id: string, how?: Cancellation): Promise<Job | undefined>;
  /** Keeps the time of a message about an order, unless a newer one was seen. @throws Problem `ledger.text` */
  noteMessage(tenant: string, message: OrderMessage): Promise<'newest' | 'outdated'>;
  /** Forgets the times of orders of which nothing was heard since then; the number of orders. */
  sweepMessages(beforeMs: number, limit: number): Promise<number>;
  /** Which of these running jobs are asked to stop: one cheap read, for workers that ask several times a second. */
  cancelRequested(ids: readonly string[]): Promise<readonly string[]>;
  /**
   * Queues again what dead workers hold: leases past their end, and those of workers that `isDead` knows to be gone. A job outlives
   * `maxCrashes` of them; the next one fails it.
   */
  recover(rule: { readonly maxCrashes: number; readonly isDead: (worker: string) => boolean }): Promise<Recovery>;
  /** Queued jobs in id order, for whoever makes sure that the queue knows them all. */
  waiting(page: Page): Promise<readonly Waiting[]>;
  counts(): Promise<JobCounts>;
  /** Final jobs older than `beforeMs`, with what they keep in the store, oldest first; `remove` drops the rows. */
  expired(beforeMs: number, limit: number): Promise<readonly Job[]>;
  /** Which of these store keys a job outside `ids` keeps as well: equal bytes have one key. Answered by an index, not by reading results. */
  usedByOthers(keys: readonly string[], ids: readonly string[]): Promise<readonly string[]>;
  remove(ids: readonly string[]): Promise<void>;
};

/** For requests that do slow work before they commit a row: uploads and inbound orders. */
export type IdempotencyLedger = {
  /** `new`: go on and `settle` or `drop`. A `busy` one whose process died is taken over after `busyMs`. */
  begin(
    tenant: string,
    use: IdempotencyUse & { readonly busyMs: number },
  ): Promise<
    | { readonly kind: 'new' }
    | { readonly kind: 'busy' }
    | { readonly kind: 'other-request' }
    | { readonly kind: 'done'; readonly answer: string }
  >;
  settle(tenant: string, use: IdempotencyUse, answer: string): Promise<void>;
  drop(tenant: string, use: IdempotencyUse): Promise<void>;
  sweep(limit: number): Promise<number>;
};

export type CallbackLedger = {
  /** One of kind `callback` is made once per address: the one that is there is the answer. */
  create(tenant: string, endpoint: NewEndpoint): Promise<Endpoint>;
  endpoint(tenant: string, id: string): Promise<Endpoint | undefined>;
  endpoints(tenant: string, kind?: Endpoint['kind']): Promise<readonly Endpoint[]>;
  /** Also how an endpoint is enabled again and how secrets turn over. What waits for one that is disabled has failed for good. */
  update(
    tenant: string,
    id: string,
    change: Partial<Pick<Endpoint, 'url' | 'events' | 'enabled' | 'sealedSecrets' | 'description'>>,
  ): Promise<Endpoint | undefined>;
  remove(tenant: string, id: string): Promise<boolean>;
  /** Endpoints of all tenants that have secrets of their own, in id order, for whoever seals them anew. */
  sealed(page: Page): Promise<readonly Pick<Endpoint, 'id' | 'tenant' | 'sealedSecrets'>[]>;
  /** Puts the same secrets, sealed anew, in the place of those; false when they are others by now. */
  reseal(id: string, before: Endpoint['sealedSecrets'], after: Endpoint['sealedSecrets']): Promise<boolean>;
  event(tenant: string, id: string): Promise<JobEvent | undefined>;
  deliveries(
    tenant: string,
    filter: { readonly endpointId?: string; readonly jobId?: string; readonly state?: readonly Delivery['state'][] },
    page: Page,
  ): Promise<readonly Delivery[]>;
  /** Due deliveries, at most `perEndpoint` of one endpoint in flight over all workers, leased under a new fence. */
  claim(claim: {
    readonly worker: string;
    readonly leaseMs: number;
    readonly limit: number;
    readonly perEndpoint: number;
  }): Promise<readonly DeliveryWork[]>;
  /** False when the fence is no longer the newest. */
  record(id: string, fence: number, result: AttemptResult): Promise<boolean>;
  /** Gives back what was claimed and not tried, or broken off: due at once, and no attempt. Those with newer fences stay as they are. */
  release(claimed: readonly { readonly id: string; readonly fence: number }[]): Promise<void>;
  /**
   * A new delivery of the same event (same event id), due at once; undefined when unknown.
   * @throws Problem `ledger.endpoint-disabled`, as does `recoverSince`
   */
  replay(tenant: string, deliveryId: string): Promise<Delivery | undefined>;
  /** Replays everything that failed for good since then; the number of deliveries made. */
  recoverSince(tenant: string, endpointId: string, sinceMs: number): Promise<number>;
  /** When the next delivery is due; undefined when none waits. */
  nextDueMs(): Promise<number | undefined>;
  counts(): Promise<{ readonly pending: number; readonly oldestPendingMs: number }>;
  sweep(beforeMs: number, limit: number): Promise<number>;
};

export type KeyLedger = {
  create(key: NewApiKey): Promise<ApiKey>;
  find(keyId: string): Promise<ApiKey | undefined>;
  list(tenant?: string): Promise<readonly ApiKey[]>;
  revoke(keyId: string): Promise<boolean>;
  touch(keyId: string): Promise<void>;
  count(): Promise<number>;
};

/** Something a caller uploaded: named `upload:ast_…` in specs. */
export type Asset = {
  readonly id: string;
  readonly tenant: string;
  readonly state: 'awaiting' | 'ready';
  readonly key: string;
  readonly name: string | null;
  readonly mediaType: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly createdAtMs: number;
};

export type AssetLedger = {
  create(tenant: string, asset: Omit<Asset, 'id' | 'tenant' | 'createdAtMs'>): Promise<Asset>;
  complete(tenant: string, id: string, facts: Pick<Asset, 'key' | 'mediaType' | 'sha256' | 'bytes'>): Promise<Asset | undefined>;
  get(tenant: string, id: string): Promise<Asset | undefined>;
  /** Bytes the tenant keeps. */
  usage(tenant: string): Promise<number>;
  expired(beforeMs: number, limit: number): Promise<readonly Asset[]>;
  remove(ids: readonly string[]): Promise<void>;
};
