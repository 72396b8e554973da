import type { Waiting } from './ledger.ts';

/**
 * Wakes workers. It holds no order and no payload, only tickets: "a job may be claimed". Which job is claimed the ledger decides, so
 * priorities, fairness and fences are the same with every driver, and a queue that forgets everything costs time, never a job.
 */
export type JobQueue = {
  /** At most one ticket per job and attempt lives at a time; a ticket is not seen before `notBeforeMs`. */
  announce(jobs: readonly Waiting[]): Promise<void>;
  /** Which of these have no live ticket. Drivers without tickets of their own answer none. */
  missing(jobs: readonly Waiting[]): Promise<readonly Waiting[]>;
  /** Calls `take` up to `slots` at a time, at least once per ticket. `take` resolves when the claimed job is over or none was left. */
  consume(take: () => Promise<Taken>, slots: number): QueueConsumer;
  depth(): Promise<{ readonly waiting: number; readonly delayed: number; readonly active: number }>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Whether there was a job to take: if so, there may be more. */
export type Taken = 'worked' | 'nothing';

export type QueueConsumer = {
  /** Takes nothing new from now on; what runs goes on. */
  pause(): Promise<void>;
  /** Pauses and resolves when nothing runs any more. */
  close(): Promise<void>;
};
