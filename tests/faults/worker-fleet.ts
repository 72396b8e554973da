import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { openLedger } from '../../src/drivers/ledger/open-ledger.ts';
import { openBullmqQueue } from '../../src/drivers/queue/bullmq-queue.ts';
import { announceJobs } from '../../src/jobs/announce-jobs.ts';
import type { Job, JobOptions, JobState } from '../../src/jobs/job.ts';
import type { JobQueue } from '../../src/jobs/job-queue.ts';
import type { Ledger } from '../../src/jobs/ledger.ts';
import type { WorkerOptions } from '../../src/jobs/worker.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { submitTiny, type TinySpec } from '../support/tiny-render.ts';
import { until } from '../support/until.ts';

const SCRIPT = fileURLToPath(new URL('./worker-process.mjs', import.meta.url));
const DIST = new URL('../../dist/', import.meta.url);

export type FleetOptions = {
  readonly ledger?: { readonly kind: 'postgres'; readonly url: string };
  readonly redis?: string;
  /** Where new jobs are announced. */
  readonly queue?: JobQueue;
};

export type ProcessOptions = {
  readonly worker?: Partial<Pick<WorkerOptions, 'leaseMs' | 'maxCrashes' | 'maxAttempts' | 'graceMs' | 'deadlineMs' | 'backoff'>>;
  readonly slots?: number;
  /** How wrong its clock is, from `clockShiftAfterMs` on. */
  readonly clockShiftMs?: number;
  readonly clockShiftAfterMs?: number;
  /** How long a job that blocks blocks here. */
  readonly blockMs?: number;
  /** Renders in rendering processes of the real kind. */
  readonly pool?: object;
};

export type WorkerLine = { readonly event: string; readonly id?: string; readonly outcome?: string; readonly error?: string };

/** A worker process of the built package. */
export class FleetProcess {
  readonly child: ChildProcess;
  readonly lines: WorkerLine[] = [];
  said = '';

  constructor(order: object) {
    this.child = spawn(process.execPath, [SCRIPT, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
    if (this.child.stdout) createInterface(this.child.stdout).on('line', (line) => this.lines.push(JSON.parse(line)));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  count(event: string): number {
    return this.lines.filter((line) => line.event === event).length;
  }

  async ready(): Promise<void> {
    await until('a worker process to be ready', () => {
      if (this.child.exitCode !== null) throw new Error(`expected a worker process, got:\n${this.said}`);
      return this.count('ready') > 0;
    });
  }

  /** Resolves with its exit code, null when a signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill(signal);
      await gone;
    }
    return this.child.exitCode;
  }
}

/** One ledger and any number of worker processes on it. */
export class Fleet {
  readonly ledger: Ledger;
  readonly folder: string;
  readonly #place: object;
  readonly #options: FleetOptions;
  readonly #processes: FleetProcess[] = [];

  private constructor(ledger: Ledger, folder: string, place: object, options: FleetOptions) {
    this.ledger = ledger;
    this.folder = folder;
    this.#place = place;
    this.#options = options;
  }

  static async open(options: FleetOptions = {}): Promise<Fleet> {
    if (!existsSync(DIST)) throw new Error('expected the built package, got none: npm run build');
    const folder = await mkdtemp(join(tmpdir(), 'platen-fleet-'));
    const place = options.ledger ?? { kind: 'sqlite' as const, file: join(folder, 'ledger.db') };
    return new Fleet(await openLedger(place), folder, place, options);
  }

  async start({ worker = {}, slots = 2, ...more }: ProcessOptions = {}): Promise<FleetProcess> {
    const order = {
      dist: DIST.href,
      ledger: this.#place,
      redis: this.#options.redis,
      log: this.#log,
      slots,
      worker: { slots, ...worker },
      ...more,
    };
    const started = new FleetProcess(order);
    this.#processes.push(started);
    await started.ready();
    return started;
  }

  /** Of each start of a job, which job; the order is that of the starts. */
  async starts(): Promise<readonly string[]> {
    const text = await readFile(this.#log, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')[0] ?? '']));
  }

  async inState(state: JobState): Promise<number> {
    return (await this.ledger.jobs.counts()).byState[state];
  }

  /** Submits jobs and, where the queue is another server's, announces them. */
  async submit(specs: readonly (TinySpec | { readonly product: string })[], options: JobOptions = {}): Promise<readonly Job[]> {
    const jobs = await submitTiny(this.ledger, specs, options);
    if (this.#options.queue) await announceJobs(this.#options.queue, this.ledger, jobs);
    return jobs;
  }

  async row({ id }: Pick<Job, 'id'>): Promise<Job> {
    const row = await this.ledger.jobs.get('acme', id);
    if (!row) throw new Error(`expected the job ${id}`);
    return row;
  }

  /** Waits until so many jobs have succeeded. */
  async done(count: number): Promise<void> {
    const enough = async (): Promise<boolean> => {
      await pause(20);
      // The ledger may be away in the meantime.
      return (await this.inState('succeeded').catch(() => 0)) >= count;
    };
    try {
      await until(`${count} jobs to be done`, enough, 30_000);
    } catch (error) {
      const { byState } = await this.ledger.jobs.counts();
      const failed = await this.ledger.jobs.list('acme', { state: ['failed', 'needs_attention'] }, { limit: 1 });
      throw new Error(`expected ${count} jobs to be done, got ${JSON.stringify({ byState, problem: failed[0]?.problem })}`, {
        cause: error,
      });
    }
  }

  /** How many events that tell of an end each job has: those the order systems hear of. */
  async eventsPerJob(): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const database = new DatabaseSync(join(this.folder, 'ledger.db'), { readOnly: true });
    try {
      for (const row of database.prepare('SELECT job_id AS id, count(*) AS count FROM events GROUP BY job_id').all()) {
        found.set(String(Reflect.get(Object(row), 'id')), Number(Reflect.get(Object(row), 'count')));
      }
    } finally {
      database.close();
    }
    return found;
  }

  /** Commits of jobs that worker processes have told of, by outcome. */
  told(outcome: string): readonly string[] {
    return this.#processes.flatMap(({ lines }) => lines.flatMap((line) => (line.outcome === outcome && line.id ? [line.id] : [])));
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.end('SIGKILL')));
    await this.ledger.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  get #log(): string {
    return join(this.folder, 'starts.log');
  }
}

export type QueueKind = 'sqlite' | 'redis';

/** A fleet with its queue in the ledger or on a Redis of its own; `closing` gets what ends it all. */
export const openFleet = async (on: QueueKind, closing: (() => Promise<void>)[]) => {
  if (on === 'sqlite') {
    const fleet = await Fleet.open();
    closing.push(() => fleet.close());
    return { fleet };
  }
  const server = await startRedisServer();
  closing.push(() => server.stop());
  const queue = await openBullmqQueue({ url: server.url });
  closing.push(() => queue.close());
  const fleet = await Fleet.open({ redis: server.url, queue });
  closing.push(() => fleet.close());
  return { fleet, server };
};

/** Ends what tests have started, the last first. */
export const closeAll = async (closing: (() => Promise<void>)[]): Promise<void> => {
  for (const close of closing.splice(0).reverse()) await close();
};
