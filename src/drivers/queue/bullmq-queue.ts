import { setTimeout as pause } from 'node:timers/promises';
import type { Job as BullJob, JobsOptions, Queue, Worker } from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import type { JobQueue, QueueConsumer, Taken } from '../../jobs/job-queue.ts';
import type { Waiting } from '../../jobs/ledger.ts';
import { Problem } from '../../model/problem.ts';
import { TakeSlots } from './take-slots.ts';
import { ticketFault, ticketId, ticketOf } from './ticket.ts';

export type BullmqQueueOptions = {
  /** `redis://` or `rediss://`, may carry credentials: never logged. */
  readonly url: string;
  /** Of all keys in Redis. */
  readonly prefix?: string;
  /** A worker that says nothing for so long has lost its ticket; somebody else gets it then. */
  readonly lockMs?: number;
  /** How often lost tickets are looked for. */
  readonly stalledMs?: number;
  /** How long a call may wait for Redis. */
  readonly answerWithinMs?: number;
  /** How often a free slot looks for a job without a ticket: also what keeps work going while Redis is away. */
  readonly pollMs?: number;
  readonly onReport?: (report: QueueReport) => void;
};

export type QueueReport =
  | { readonly kind: 'error'; readonly error: unknown }
  /** A ticket that is not one of ours was dropped. */
  | { readonly kind: 'bad-ticket'; readonly ticket: string; readonly reason: string }
  | { readonly kind: 'warning'; readonly message: string };

/** `board` is what bull-board shows: the BullMQ queue itself. */
export type BullmqJobQueue = JobQueue & { readonly board: object };

const DEFAULTS = { prefix: 'platen', lockMs: 30_000, stalledMs: 15_000, answerWithinMs: 500, pollMs: 15_000 };
const NAME = 'tickets';
const CONNECT_WITHIN_MS = 5000;
const CLOSE_WITHIN_MS = 2000;
/** Tickets in one call, so that its answer comes in time. */
const MAX_BULK = 200;
/** A ticket whose claim could not be made, because the ledger is away, comes back after so long. */
const AGAIN_AFTER_MS = 1000;
/** BullMQ serves those without a priority first. */
const BATCH_PRIORITY = 10;
/** Three workers may die over one ticket; the ledger counts the crashes of jobs, tickets must outlive bad deploys. */
const MAX_STALLED = 10;

const OPTIONS: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Soon again at first, then every two seconds: a worker is back within ten seconds after Redis is. */
const retryStrategy = (times: number): number => Math.min(2000, 50 * 2 ** Math.min(times, 6));

/**
 * Tickets on Redis, by BullMQ: workers on many hosts wake at once. One BullMQ job is one ticket and is taken once, so that its counts
 * are the backlog.
 * @throws Problem `queue.unavailable` (retry later) when Redis does not answer
 */
export const openBullmqQueue = async (options: BullmqQueueOptions): Promise<BullmqJobQueue> => {
  const [bullmq, { Redis: Client }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const settings = { ...DEFAULTS, onReport: () => undefined, ...options };
  const connect = (more: RedisOptions): Redis => {
    const client = new Client(settings.url, { retryStrategy, ...more });
    client.on('error', (error) => settings.onReport({ kind: 'error', error }));
    return client;
  };
  const caller = connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
  try {
    await ready(caller);
    await warnOfEviction(caller, settings.onReport);
  } catch (error) {
    caller.disconnect();
    throw unavailable(error);
  }
  const queue: Queue = new bullmq.Queue(NAME, { connection: caller, prefix: settings.prefix });
  queue.on('error', (error) => settings.onReport({ kind: 'error', error }));
  return new BullmqQueue({ bullmq, caller, queue, connect, settings });
};

type Settings = Required<BullmqQueueOptions>;
type Parts = {
  readonly bullmq: typeof import('bullmq');
  readonly caller: Redis;
  readonly queue: Queue;
  readonly connect: (more: RedisOptions) => Redis;
  readonly settings: Settings;
};

class BullmqQueue implements BullmqJobQueue {
  readonly #parts: Parts;
  readonly #consumers = new Set<QueueConsumer>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get board(): object {
    return this.#parts.queue;
  }

  async announce(jobs: readonly Waiting[]): Promise<void> {
    const nowMs = Date.now();
    const tickets = jobs.map((job) => ({
      name: job.lane,
      data: ticketOf(job),
      opts: {
        ...OPTIONS,
        jobId: ticketId(job),
        delay: Math.max(0, job.notBeforeMs - nowMs),
        ...(job.lane === 'batch' ? { priority: BATCH_PRIORITY } : {}),
      },
    }));
    for (let at = 0; at < tickets.length; at += MAX_BULK) {
      await this.#ask(() => this.#parts.queue.addBulk(tickets.slice(at, at + MAX_BULK)));
    }
  }

  async missing(jobs: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (jobs.length === 0) return [];
    const { caller, queue } = this.#parts;
    const found = await this.#ask(() => {
      const all = caller.pipeline();
      for (const job of jobs) all.exists(queue.toKey(ticketId(job)));
      return all.exec();
    });
    const failed = found?.find(([error]) => error)?.[0];
    if (failed) throw unavailable(failed);
    return jobs.filter((_, i) => found?.[i]?.[1] !== 1);
  }

  consume(take: () => Promise<Taken>, slots: number): QueueConsumer {
    const consumer = new Consumer(this.#parts, new TakeSlots(take, slots), slots);
    this.#consumers.add(consumer);
    return consumer;
  }

  async depth(): Promise<{ waiting: number; delayed: number; active: number }> {
    const counts = await this.#ask(() => this.#parts.queue.getJobCounts('wait', 'prioritized', 'delayed', 'active'));
    const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
    return { waiting: wait + prioritized, delayed, active };
  }

  async ping(): Promise<void> {
    await this.#ask(() => this.#parts.caller.ping());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()));
    const { queue, caller } = this.#parts;
    await within(CLOSE_WITHIN_MS, queue.close()).catch(() => undefined);
    caller.disconnect();
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await within(this.#parts.settings.answerWithinMs, question());
    } catch (error) {
      throw unavailable(error);
    }
  }
}

class Consumer implements QueueConsumer {
  readonly #parts: Parts;
  readonly #slots: TakeSlots;
  readonly #connection: Redis;
  readonly #worker: Worker;
  readonly #poll: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts, slots: TakeSlots, concurrency: number) {
    this.#parts = parts;
    this.#slots = slots;
    const { bullmq, connect, settings } = parts;
    const report = (error: unknown): void => settings.onReport({ kind: 'error', error });
    this.#connection = connect({ maxRetriesPerRequest: null });
    this.#worker = new bullmq.Worker(NAME, (job, token) => this.#serve(job, token), {
      connection: this.#connection,
      prefix: settings.prefix,
      concurrency,
      lockDuration: settings.lockMs,
      stalledInterval: settings.stalledMs,
      maxStalledCount: MAX_STALLED,
      runRetryDelay: 1000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.#worker.on('error', report);
    const drain = async (): Promise<void> => {
      while ((await slots.take()) === 'worked');
    };
    this.#poll = setInterval(() => void slots.probe(() => drain().catch(report)), settings.pollMs);
  }

  async pause(): Promise<void> {
    clearInterval(this.#poll);
    this.#slots.pause();
    // Nothing is taken from here on, also when Redis is away and cannot be told.
    await within(CLOSE_WITHIN_MS, this.#worker.pause(true)).catch(() => undefined);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** One take for a ticket; a ticket that served nobody, since we are stopping or the ledger is away, goes back. */
  async #serve(job: BullJob, token: string | undefined): Promise<void> {
    const { bullmq, settings } = this.#parts;
    const fault = ticketFault(job.id ?? '', job.data);
    if (fault !== null) return settings.onReport({ kind: 'bad-ticket', ticket: String(job.id).slice(0, 100), reason: fault.slice(0, 500) });
    let taken: Taken;
    try {
      taken = await this.#slots.take();
    } catch (error) {
      settings.onReport({ kind: 'error', error });
      // The slot is held too: else a long backlog would be asked for and reported as fast as Redis can serve it.
      await pause(AGAIN_AFTER_MS);
      await job.moveToDelayed(Date.now() + AGAIN_AFTER_MS, token);
      throw new bullmq.DelayedError();
    }
    if (taken === 'worked' || !this.#slots.paused) return;
    await job.moveToWait(token);
    throw new bullmq.WaitingError();
  }

  async #close(): Promise<void> {
    await this.pause();
    await this.#slots.close();
    await within(CLOSE_WITHIN_MS, this.#worker.close()).catch(() =>
      within(CLOSE_WITHIN_MS, this.#worker.close(true)).catch(() => undefined),
    );
    this.#connection.disconnect();
  }
}

const ready = (client: Redis): Promise<void> =>
  within(
    CONNECT_WITHIN_MS,
    new Promise((resolve, reject) => {
      if (client.status === 'ready') resolve();
      client.once('ready', () => resolve());
      client.once('error', reject);
    }),
  );

/** Of any other policy Redis may drop tickets when its memory is full: they are made again, but late. */
const warnOfEviction = async (client: Redis, onReport: Settings['onReport']): Promise<void> => {
  const info = await within(CONNECT_WITHIN_MS, client.info('memory'));
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  onReport({
    kind: 'warning',
    message: `expected maxmemory-policy noeviction for Redis, got ${policy}: tickets may be dropped and made again late`,
  });
};

const within = async <T>(timeoutMs: number, answer: Promise<T>): Promise<T> => {
  const stop = new AbortController();
  // Whoever loses the race must not become an unhandled rejection.
  answer.catch(() => undefined);
  const late = pause(timeoutMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`no answer within ${timeoutMs} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    stop.abort();
  }
};

const unavailable = (cause: unknown): Problem =>
  new Problem('queue.unavailable', `expected an answer from Redis, got: ${cause instanceof Error ? cause.message : String(cause)}`, {
    retry: 'later',
    cause,
  });
