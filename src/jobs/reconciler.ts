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

/**
 * Queues again what dead workers hold, and makes the tickets again that the queue has lost, at start and from time to time. Every
 * process that serves or renders runs one: they do not disturb each other.
 */
export const startReconciler = (options: ReconcilerOptions): Reconciler => new LedgerReconciler(options);

class LedgerReconciler implements Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #onEvent: (event: WorkerEvent) => void;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #busy = new Map<string, Promise<void>>();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#onEvent = options.onEvent ?? (() => undefined);
    const recover = (): void => this.#once('recover', () => this.#recover());
    const compare = (): void => this.#once('compare', () => this.#compare());
    this.#timers = [
      setInterval(recover, options.recoverMs ?? DEFAULT_RECOVER_MS),
      setInterval(compare, options.compareMs ?? DEFAULT_COMPARE_MS),
    ];
    for (const timer of this.#timers) timer.unref();
    recover();
    compare();
  }

  async runOnce(): Promise<void> {
    await this.#recover();
    await this.#compare();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
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

  /** Not again while the last time is still under way; what fails is tried at the next time. */
  #once(doing: string, work: () => Promise<void>): void {
    if (this.#busy.has(doing)) return;
    const done = work()
      .catch((error: unknown) => this.#onEvent({ kind: 'trouble', doing, error }))
      .finally(() => this.#busy.delete(doing));
    this.#busy.set(doing, done);
  }
}
