import { setTimeout as pause } from 'node:timers/promises';
import type { Job, JobProgress } from './job.ts';
import { failureOf, JOB_DEADLINE, RENDER_CRASHED, RENDER_UNAVAILABLE, type RenderFailure } from './job-problem.ts';
import type { Ledger, Outcome } from './ledger.ts';
import type { Render } from './render.ts';
import { type Backoff, retryAfterMs } from './retry.ts';
import type { WorkerEvent } from './worker-event.ts';

export type RunRules = {
  readonly leaseMs: number;
  /** Starts of a job in all, before a problem that another attempt might mend becomes final. */
  readonly maxAttempts: number;
  /** Deaths of its process, kills at the deadline included, that a job outlives; the next one fails it. */
  readonly maxCrashes: number;
  /** Wall time of one attempt. */
  readonly deadlineMs: number;
  /** How long a render that was told to stop may hold its slot; and how long a slot rests that cannot render at all. */
  readonly settleMs: number;
  /** How long a result is held while the ledger is away. */
  readonly commitWithinMs: number;
  /** Progress is written about this often at most. */
  readonly progressMs: number;
  readonly backoff: Backoff;
};

export type RunParts = {
  readonly ledger: Ledger;
  readonly render: Render;
  readonly rules: RunRules;
  readonly random: () => number;
  readonly onEvent: (event: WorkerEvent) => void;
};

/** Why a run ends before its render does. */
export type StopReason = 'cancel' | 'lost' | 'deadline' | 'hand-back';

type Ending = { readonly by: 'render'; readonly outcome: Outcome } | { readonly by: StopReason };

const LEDGER_AGAIN_MS = 250;

/** One claimed job, from the claim to its commit: keeps the lease, stops at the deadline or when told to, commits under the fence. */
export class JobRun {
  readonly job: Job;
  readonly #parts: RunParts;
  readonly #abort = new AbortController();
  readonly #began = performance.now();
  #stopped: (reason: StopReason) => void = () => undefined;
  #leave: () => void = () => undefined;
  /** Resolves when the slot is free for another job: when this one is over, or made and only being kept. */
  readonly left: Promise<void>;
  #progress: JobProgress | undefined;
  #unsaved = false;
  #renewedAt = performance.now();
  #beating = false;
  #over = false;

  constructor(job: Job, parts: RunParts) {
    this.job = job;
    this.#parts = parts;
    this.left = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  /** The first reason counts. */
  stop(reason: StopReason): void {
    this.#stopped(reason);
  }

  /** The row after the commit; undefined when there was none. Never rejects. */
  async run(): Promise<Job | undefined> {
    const { rules, onEvent } = this.#parts;
    onEvent({ kind: 'started', job: this.job });
    const stopped = new Promise<Ending>((resolve) => {
      this.#stopped = (by) => resolve({ by });
    });
    const deadline = setTimeout(() => this.stop('deadline'), rules.deadlineMs);
    const beat = setInterval(() => void this.#beat(), Math.min(rules.progressMs, rules.leaseMs / 6));
    const rendered = this.#render();
    const ending = await Promise.race([rendered, stopped]);
    clearTimeout(deadline);
    if (ending.by !== 'render') this.#abort.abort(new Error(ending.by));
    const finished = await this.#commit(ending);
    clearInterval(beat);
    this.#over = true;
    await this.#settle(rendered);
    this.#leave();
    return finished;
  }

  async #render(): Promise<Ending> {
    const { render } = this.#parts;
    const onProgress = (progress: JobProgress): void => {
      this.#progress = progress;
      this.#unsaved = true;
    };
    try {
      return { by: 'render', outcome: await render(this.job, { signal: this.#abort.signal, onProgress, onMade: () => this.#leave() }) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.problem.code === RENDER_UNAVAILABLE) return this.#elsewhere(error);
      return { by: 'render', outcome: this.#afterFailure(failure) };
    }
  }

  /** No attempt: another host may do better, and after a while this one too. The slot waits, else a whole backlog would go round. */
  async #elsewhere(error: unknown): Promise<Ending> {
    const { rules, onEvent } = this.#parts;
    onEvent({ kind: 'trouble', doing: `render ${this.job.id}`, error });
    await pause(rules.settleMs, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    return { by: 'hand-back' };
  }

  /** Another attempt where it may help and is left; else the failure is final. */
  #afterFailure({ problem, retry }: RenderFailure): Outcome {
    const { rules, random } = this.#parts;
    const { attempt, crashes } = this.job;
    const crashed = problem.code === RENDER_CRASHED || problem.code === JOB_DEADLINE;
    if (crashed && crashes + 1 > rules.maxCrashes) {
      const code = problem.code === RENDER_CRASHED ? 'job.crashed' : problem.code;
      return { kind: 'failed', problem: { ...problem, code, message: `${problem.message} (given up after ${crashes + 1} crashes)` } };
    }
    if (retry === 'never' && !crashed) return { kind: 'failed', problem };
    if (attempt >= rules.maxAttempts) {
      return { kind: 'failed', problem: { ...problem, message: `${problem.message} (given up after ${attempt} attempts)` } };
    }
    const afterMs = retryAfterMs(attempt, rules.backoff, random());
    return { kind: 'retry', problem, afterMs, ...(crashed ? { crashed } : {}) };
  }

  async #commit(ending: Ending): Promise<Job | undefined> {
    const outcome = this.#outcomeOf(ending);
    const durationMs = performance.now() - this.#began;
    const finished = outcome && (await this.#finish(outcome));
    if (finished === 'unknown') return undefined;
    if (outcome && finished) this.#parts.onEvent({ kind: 'finished', job: finished, outcome: became(finished, outcome), durationMs });
    else this.#parts.onEvent({ kind: 'refused', jobId: this.job.id, durationMs });
    return finished;
  }

  #outcomeOf(ending: Ending): Outcome | undefined {
    switch (ending.by) {
      case 'render':
        return ending.outcome;
      case 'cancel':
        return { kind: 'cancelled' };
      case 'hand-back':
        return { kind: 'handed-back' };
      case 'deadline':
        return this.#afterFailure({ problem: tooLong(this.#parts.rules.deadlineMs), retry: 'later' });
      case 'lost':
        return undefined;
    }
  }

  /** Tries for as long as the ledger is away; `unknown` when that was too long, then the lease runs out and the job runs again. */
  async #finish(outcome: Outcome): Promise<Job | undefined | 'unknown'> {
    const { ledger, rules, onEvent } = this.#parts;
    const { id, fence } = this.job;
    const until = performance.now() + rules.commitWithinMs;
    for (let wanted = outcome; ; ) {
      try {
        return await ledger.jobs.finish(id, fence, wanted);
      } catch (error) {
        onEvent({ kind: 'trouble', doing: `finish ${id}`, error });
        const { problem, retry } = failureOf(error);
        // What the ledger will never take must not be rendered again for ever.
        if (retry === 'never' && wanted.kind !== 'failed') wanted = { kind: 'failed', problem };
        else if (retry === 'never' || performance.now() > until) return 'unknown';
        else await pause(LEDGER_AGAIN_MS);
      }
    }
  }

  /** Keeps the lease and, more often, the progress that was made. */
  async #beat(): Promise<void> {
    const { ledger, rules, onEvent } = this.#parts;
    const now = performance.now();
    // Half of that is left for a beat that comes late.
    if (this.#beating || now - this.#renewedAt < (this.#unsaved ? rules.progressMs / 2 : rules.leaseMs / 4)) return;
    this.#beating = true;
    this.#renewedAt = now;
    this.#unsaved = false;
    try {
      const progress = this.#progress;
      const answer = await ledger.jobs.renew(this.job.id, this.job.fence, { leaseMs: rules.leaseMs, ...(progress ? { progress } : {}) });
      if (this.#over || answer === 'kept') return;
      this.stop(answer);
    } catch (error) {
      this.#unsaved = true;
      onEvent({ kind: 'trouble', doing: `renew ${this.job.id}`, error });
    } finally {
      this.#beating = false;
    }
  }

  async #settle(rendered: Promise<unknown>): Promise<void> {
    const stop = new AbortController();
    const late = pause(this.#parts.rules.settleMs, 'late', { signal: stop.signal }).catch(() => undefined);
    if ((await Promise.race([rendered, late])) === 'late') this.#parts.onEvent({ kind: 'stuck', jobId: this.job.id });
    stop.abort();
  }
}

/** A retry may become a cancel, and a result that cannot be written a failure. */
const became = ({ state }: Job, { kind }: Outcome): Outcome['kind'] => (state === 'queued' || state === 'running' ? kind : state);

const tooLong = (deadlineMs: number) => ({
  code: JOB_DEADLINE,
  message: `expected a job that renders within ${Math.round(deadlineMs / 1000)} s, got one that takes longer`,
});
