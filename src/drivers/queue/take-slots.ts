import { setTimeout as pause } from 'node:timers/promises';
import type { Taken } from '../../jobs/job-queue.ts';

/** A take that lasts longer has found a job: an empty claim is over much sooner. */
const FOUND_AFTER_MS = 50;

/** Runs takes, a fixed number at a time, and knows when none runs any more. */
export class TakeSlots {
  readonly #take: () => Promise<Taken>;
  readonly #slots: number;
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<Promise<Taken>>();
  #paused = false;

  constructor(take: () => Promise<Taken>, slots: number) {
    this.#take = take;
    this.#slots = slots;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get active(): number {
    return this.#running.size;
  }

  get free(): number {
    return this.#paused ? 0 : Math.max(0, this.#slots - this.#running.size);
  }

  /** Waits for a free slot; `nothing` when paused meanwhile. Rejects as the take does. */
  async take(): Promise<Taken> {
    while (!this.#paused && this.#running.size >= this.#slots) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#paused) return 'nothing';
    const run = this.#take();
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
      this.#waiting.shift()?.();
    }
  }

  /** Runs `work`, which takes in a loop, in one free slot and, as long as that finds jobs, in the next one too. It must not reject. */
  async probe(work: () => Promise<void>): Promise<void> {
    if (this.free === 0) return;
    let over = false;
    const worked = work().finally(() => {
      over = true;
    });
    await Promise.race([worked, pause(FOUND_AFTER_MS, undefined, { ref: false })]);
    if (!over) await this.probe(work);
  }

  pause(): void {
    this.#paused = true;
    for (const next of this.#waiting.splice(0)) next();
  }

  /** Pauses and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.pause();
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }
}
