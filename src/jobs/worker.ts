import { setTimeout as pause } from 'node:timers/promises';
import { announceJobs } from './announce-jobs.ts';
import type { Job } from './job.ts';
import type { JobQueue, QueueConsumer, Taken } from './job-queue.ts';
import { JobRun, type RunRules } from './job-run.ts';
import type { Ledger } from './ledger.ts';
import type { Render } from './render.ts';
import { DEFAULT_BACKOFF } from './retry.ts';
import type { WorkerEvent } from './worker-event.ts';
import { newWorkerId } from './worker-identity.ts';

export type WorkerOptions = Partial<RunRules> & {
  readonly ledger: Ledger;
  readonly queue: JobQueue;
  readonly render: Render;
  /** Jobs at a time. */
  readonly slots: number;
  /** `newWorkerId()` unless given. */
  readonly id?: string;
  /** How long jobs may go on after `stop` before they are handed back. */
  readonly graceMs?: number;
  /** How often the ledger is asked whether a running job is called off. */
  readonly cancelPollMs?: number;
  readonly onEvent?: (event: WorkerEvent) => void;
  readonly now?: () => number;
  readonly random?: () => number;
};

export type JobWorker = {
  readonly id: string;
  /** Ids of the jobs that run here. */
  running(): readonly string[];
  /** Looks at once whether a job that runs here is called off; call it after a cancel in the same process. */
  nudge(jobId: string): void;
  /** Claims nothing from now on; resolves when every job here has finished or was handed back. */
  stop(): Promise<void>;
};

export const WORKER_DEFAULTS: RunRules & { readonly graceMs: number; readonly cancelPollMs: number } = {
  leaseMs: 30_000,
  maxAttempts: 10,
  maxCrashes: 2,
  deadlineMs: 600_000,
  settleMs: 2000,
  commitWithinMs: 120_000,
  progressMs: 500,
  backoff: DEFAULT_BACKOFF,
  graceMs: 20_000,
  cancelPollMs: 100,
};

/** Starts to claim and render jobs. */
export const startWorker = (options: WorkerOptions): JobWorker => new Worker(options);

class Worker implements JobWorker {
  readonly id: string;
  readonly #options: typeof WORKER_DEFAULTS & WorkerOptions;
  readonly #onEvent: (event: WorkerEvent) => void;
  readonly #runs = new Map<string, JobRun>();
  /** Jobs under way, also those whose slot has been left. */
  readonly #underWay = new Set<Promise<void>>();
  readonly #handedBack: Job[] = [];
  readonly #consumer: QueueConsumer;
  readonly #poll: NodeJS.Timeout;
  #asking = false;
  #stopping = false;
  #stopped: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.id = options.id ?? newWorkerId();
    this.#options = { ...WORKER_DEFAULTS, ...options };
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.#poll = setInterval(() => void this.#askForCancels(), this.#options.cancelPollMs);
    this.#consumer = options.queue.consume(() => this.#take(), options.slots);
  }

  running(): readonly string[] {
    return [...this.#runs.keys()];
  }

  nudge(jobId: string): void {
    if (this.#runs.has(jobId)) void this.#askForCancels(true);
  }

  stop(): Promise<void> {
    this.#stopping = true;
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #take(): Promise<Taken> {
    if (this.#stopping) return 'nothing';
    const { ledger, leaseMs, random = Math.random } = this.#options;
    const job = await ledger.jobs.claim({ worker: this.id, leaseMs });
    if (!job) return 'nothing';
    const { render } = this.#options;
    const run = new JobRun(job, { ledger, render, rules: this.#options, random, onEvent: this.#onEvent });
    this.#runs.set(job.id, run);
    const over = this.#follow(run);
    this.#underWay.add(over);
    void over.then(() => this.#underWay.delete(over));
    // Claimed while we were told to stop.
    if (this.#stopping) run.stop('hand-back');
    await Promise.race([over, run.left]);
    return 'worked';
  }

  async #follow(run: JobRun): Promise<void> {
    const after = await run.run();
    if (this.#runs.get(run.job.id) === run) this.#runs.delete(run.job.id);
    if (after?.state === 'queued') await this.#queuedAgain(after);
  }

  /** A job handed back keeps its attempt, and so perhaps its ticket for as long as this consumer holds it. */
  async #queuedAgain(job: Job): Promise<void> {
    if (this.#stopping) this.#handedBack.push(job);
    else await this.#announce([job]);
  }

  async #announce(jobs: readonly Job[]): Promise<void> {
    const { ledger, queue, now } = this.#options;
    try {
      await announceJobs(queue, ledger, jobs, now);
    } catch (error) {
      this.#onEvent({ kind: 'trouble', doing: `announce ${jobs.length}`, error });
    }
  }

  async #askForCancels(nudged = false): Promise<void> {
    if (this.#runs.size === 0 || (this.#asking && !nudged)) return;
    this.#asking = true;
    try {
      for (const id of await this.#options.ledger.jobs.cancelRequested(this.running())) this.#runs.get(id)?.stop('cancel');
    } catch (error) {
      this.#onEvent({ kind: 'trouble', doing: 'ask for cancels', error });
    } finally {
      this.#asking = false;
    }
  }

  async #stop(): Promise<void> {
    const closed = this.#consumer.pause().then(() => this.#consumer.close());
    const late = pause(this.#options.graceMs, undefined, { ref: false }).then(() => {
      for (const run of this.#runs.values()) run.stop('hand-back');
    });
    late.catch(() => undefined);
    await closed;
    await Promise.all(this.#underWay);
    clearInterval(this.#poll);
    if (this.#handedBack.length > 0) await this.#announce(this.#handedBack);
  }
}
