import type { JobQueue, QueueConsumer, Taken } from '../../jobs/job-queue.ts';
import type { Waiting } from '../../jobs/ledger.ts';
import { TakeSlots } from './take-slots.ts';

export type EmbeddedQueueOptions = {
  /** How often a free slot looks for jobs of other processes that share the ledger. */
  readonly pollMs?: number;
  readonly now?: () => number;
  /** Told what a take rejected with; the queue goes on. */
  readonly onError?: (error: unknown) => void;
};

const DEFAULT_POLL_MS = 500;
/** Timers run for 24.8 days at most; a later ticket is looked at again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A queue without a server: tickets of this process wake its workers at once, and polling finds what other processes put into the
 * ledger. Nothing is kept when the process ends; the ledger has it all.
 */
export const openEmbeddedQueue = async (options: EmbeddedQueueOptions = {}): Promise<JobQueue> => new EmbeddedQueue(options);

type Consumer = { readonly slots: TakeSlots; readonly serve: () => void };

class EmbeddedQueue implements JobQueue {
  readonly #pollMs: number;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #ready = new Set<string>();
  readonly #delayed = new Map<string, NodeJS.Timeout>();
  readonly #consumers = new Set<Consumer>();
  #closed = false;

  constructor({ pollMs = DEFAULT_POLL_MS, now = Date.now, onError = () => undefined }: EmbeddedQueueOptions) {
    this.#pollMs = pollMs;
    this.#now = now;
    this.#onError = onError;
  }

  async announce(jobs: readonly Waiting[]): Promise<void> {
    if (this.#closed) return;
    for (const { id, attempt, notBeforeMs } of jobs) this.#add(`${id}.${attempt}`, notBeforeMs);
    for (const { serve } of this.#consumers) serve();
  }

  async missing(): Promise<readonly Waiting[]> {
    return [];
  }

  consume(take: () => Promise<Taken>, slots: number): QueueConsumer {
    const own = new TakeSlots(take, slots);
    const serve = (): void => {
      for (let free = Math.min(own.free, this.#ready.size); free > 0; free -= 1) void this.#work(own);
    };
    const consumer = { slots: own, serve };
    const probe = (): void => void own.probe(() => this.#work(own));
    const poll = setInterval(probe, this.#pollMs);
    this.#consumers.add(consumer);
    probe();
    const pause = (): void => {
      clearInterval(poll);
      this.#consumers.delete(consumer);
      own.pause();
    };
    return {
      pause: async () => pause(),
      close: () => {
        pause();
        return own.close();
      },
    };
  }

  async depth(): Promise<{ waiting: number; delayed: number; active: number }> {
    const active = [...this.#consumers].reduce((sum, { slots }) => sum + slots.active, 0);
    return { waiting: this.#ready.size, delayed: this.#delayed.size, active };
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    this.#ready.clear();
  }

  #add(ticket: string, notBeforeMs: number): void {
    if (this.#ready.has(ticket) || this.#delayed.has(ticket)) return;
    const waitMs = notBeforeMs - this.#now();
    if (!(waitMs > 0)) {
      this.#ready.add(ticket);
      return;
    }
    const wake = (): void => {
      this.#delayed.delete(ticket);
      this.#add(ticket, notBeforeMs);
      for (const { serve } of this.#consumers) serve();
    };
    // A timer may fire a little early.
    this.#delayed.set(ticket, setTimeout(wake, Math.min(Math.ceil(waitMs), LONGEST_TIMER_MS)).unref());
  }

  /** One take for a ticket, and more for as long as there are jobs or tickets: a claim may have been made just before a job was announced. */
  async #work(slots: TakeSlots): Promise<void> {
    try {
      while (!slots.paused) {
        const [ticket] = this.#ready;
        if (ticket !== undefined) this.#ready.delete(ticket);
        const taken = await slots.take();
        if (taken === 'nothing' && this.#ready.size === 0) return;
      }
    } catch (error) {
      this.#onError(error);
    }
  }
}
