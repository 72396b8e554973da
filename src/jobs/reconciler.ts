import { announceJobs } from './announce-jobs.ts';
import type { JobQueue } from './job-queue.ts';
import type { Ledger } from './ledger.ts';
import { WORKER_DEFAULTS } from './worker.ts';
import type { WorkerEvent } from './worker-event.ts';
import { isDeadHere } from './worker-identity.ts';

export type ReconcilerOptions = {
  readonly ledger: Ledger;
  readonly queue: JobQueue;
  /** How often dead workers are looked for. */
  readonly recoverMs?: number;
  /** How often the queue is compared with the ledger. */
  readonly compareMs?: number;
  readonly maxCrashes?: number;
  readonly isDead?: (worker: string) => boolean;
  readonly onEvent?: (event: WorkerEvent) => void;
  readonly now?: () => number;
};

export type Reconciler = {
  /** Both at once, now; rejects when the ledger or the queue does not answer. */
  runOnce(): Promise<void>;
  stop(): Promise<void>;
};

const PAGE = 500;
const DEFAULT_RECOVER_MS = 1000;
const DEFAULT_COMPARE_MS = 15_000;
/** A long backlog takes long to compare: that is done for a twentieth of the time at most. */
const SHARE_OF_TIME = 20;

/**
 * Queues again what dead workers hold, and makes the tickets again that the queue has lost, at start and from time to time. Every
 * process that serves or renders runs one: they do not disturb each other.
 */
export const startReconciler = (options: ReconcilerOptions): Reconciler => new LedgerReconciler(options);

class LedgerReconciler implements Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #onEvent: (event: WorkerEvent) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #busy = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.#repeat('recover', options.recoverMs ?? DEFAULT_RECOVER_MS, () => this.#recover());
    this.#repeat('compare', options.compareMs ?? DEFAULT_COMPARE_MS, () => this.#compare());
  }

  async runOnce(): Promise<void> {
    await this.#recover();
    await this.#compare();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#busy.values());
  }

  async #recover(): Promise<void> {
    const { ledger, queue, maxCrashes = WORKER_DEFAULTS.maxCrashes, isDead = isDeadHere, now } = this.#options;
    const { requeued, failed } = await ledger.jobs.recover({ maxCrashes, isDead });
    if (requeued.length + failed.length > 0) this.#onEvent({ kind: 'recovered', requeued, failed });
    await announceJobs(queue, ledger, requeued, now);
  }

  async #compare(): Promise<void> {
    const { ledger, queue, now } = this.#options;
    let count = 0;
    for (let after: string | undefined; ; ) {
      const page = await ledger.jobs.waiting({ limit: PAGE, ...(after === undefined ? {} : { after }) });
      const missing = await queue.missing(page);
      await announceJobs(queue, ledger, missing, now);
      count += missing.length;
      after = page.at(-1)?.id;
      if (page.length < PAGE || after === undefined) break;
    }
    if (count > 0) this.#onEvent({ kind: 'announced', count });
  }

  /** Now, and again after a pause that grows with how long it took; what fails is tried at the next time. */
  #repeat(doing: string, everyMs: number, work: () => Promise<void>): void {
    const began = performance.now();
    const done = work()
      .catch((error: unknown) => this.#onEvent({ kind: 'trouble', doing, error }))
      .finally(() => {
        this.#busy.delete(doing);
        if (this.#stopped) return;
        const pauseMs = Math.max(everyMs, SHARE_OF_TIME * (performance.now() - began));
        this.#timers.set(doing, setTimeout(() => this.#repeat(doing, everyMs, work), pauseMs).unref());
      });
    this.#busy.set(doing, done);
  }
}
