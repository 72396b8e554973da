import { isProblem, Problem } from '../../model/problem.ts';
import type { CallbackLedger } from '../ledger.ts';
import { callbackBody } from './body.ts';
import type { AttemptResult, DeliveryWork, Endpoint } from './event.ts';
import { HostLines } from './host-lines.ts';
import { judgeAnswer, type Sent } from './judge-answer.ts';
import type { SendCallback } from './send.ts';
import { signMessage } from './sign.ts';

export type DelivererOptions = {
  readonly callbacks: Pick<CallbackLedger, 'claim' | 'record' | 'nextDueMs' | 'release'>;
  readonly send: SendCallback;
  /** What to sign with, newest first: see `secretsOf`. */
  readonly secretsOf: (endpoint: Endpoint, nowMs: number) => readonly string[];
  /** Names this process in leases. */
  readonly worker: string;
  /** The ledger's clock, `() => ledger.now()`, so that processes with wrong clocks keep the schedule; this machine's unless given. */
  readonly now?: () => number | Promise<number>;
  readonly random?: () => number;
  /** Attempts under way at once; 256 unless given. They wait much and work little. */
  readonly slots?: number;
  /** Of one endpoint, over all processes; 8 unless given. A slow endpoint fills its own share and no more. */
  readonly perEndpoint?: number;
  /** Of all endpoints at one host, in this process; 16 unless given. */
  readonly perHost?: number;
  /** An endpoint has this long to answer; 20 s unless given. */
  readonly timeoutMs?: number;
  /** How often to look without being nudged; 2 s unless given. */
  readonly pollMs?: number;
  /** For logs and metrics. */
  readonly onAttempt?: (work: DeliveryWork, result: AttemptResult) => void;
  /** The ledger or a secret failed; deliveries go on by themselves once it is back. */
  readonly onError?: (error: unknown) => void;
};

export type Deliverer = {
  /** Something may be due: look now. */
  nudge(): void;
  /** Takes nothing new, lets attempts end for up to `graceMs`, then breaks them off and hands them back: others make them at once. */
  stop(graceMs: number): Promise<void>;
};

/** Time for the answer to be written down before somebody else may take the delivery. */
const LEASE_MARGIN_MS = 30_000;
const MAX_RECORD_TRIES = 5;
const GATHER_MS = 10;
/** What more would wait in this process is left to the end of its lease. */
const MAX_WAITING = 5000;
/** A delivery that waited longer than this for its host is given up here: its lease must outlast the attempt. */
const MAX_WAIT_MS = 20_000;
const MAX_BACKOFF_MS = 30_000;

/** A delivery that is leased to this process, and since when. */
type Leased = { readonly work: DeliveryWork; readonly atMs: number };

const hostOf = ({ endpoint }: DeliveryWork): string => {
  try {
    return new URL(endpoint.url).host;
  } catch {
    return '';
  }
};

const timeoutProblem = (): Problem => new Problem('endpoint.timeout', 'expected an answer in time, got none', { retry: 'later' });

class DeliveryLoop implements Deliverer {
  readonly #options: DelivererOptions;
  readonly #now: () => number | Promise<number>;
  readonly #running = new Set<Promise<void>>();
  readonly #hosts: HostLines<Leased>;
  /** Of the attempts under way. A signal of the whole loop would remember every attempt that ever listened to it. */
  readonly #attempts = new Set<AbortController>();
  /** Claimed, and not tried to the end since the process stops. */
  readonly #untried: DeliveryWork[] = [];
  #broken = false;
  #timer: NodeJS.Timeout | undefined;
  #wakesAtMs = Number.POSITIVE_INFINITY;
  #looking: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #failures = 0;

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#hosts = new HostLines(options.perHost ?? 16, MAX_WAITING);
    this.nudge();
  }

  nudge(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#wakesAtMs = Number.POSITIVE_INFINITY;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = null;
      if (this.#again) {
        this.#again = false;
        this.nudge();
      }
    });
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.#settled(), grace]);
    clearTimeout(timer);
    this.#broken = true;
    for (const attempt of this.#attempts) attempt.abort();
    await this.#settled();
    await this.#handBack();
  }

  /** Without it, they would wait for the end of their leases, as they do when the ledger is away now. */
  async #handBack(): Promise<void> {
    const untried = this.#untried.splice(0);
    if (untried.length === 0) return;
    try {
      await this.#options.callbacks.release(untried.map(({ delivery, fence }) => ({ id: delivery.id, fence })));
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  async #settled(): Promise<void> {
    await this.#looking;
    // Those in line behind the ones that end are let go one after the other.
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Claims until nothing more is due or every slot is taken, then sleeps until the next is due. */
  async #look(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#claim())) this.#failures = 0;
      this.#sleep(await this.#pauseMs());
      this.#failures = 0;
    } catch (error) {
      this.#options.onError?.(error);
      this.#failures += 1;
      this.#sleep(Math.min(MAX_BACKOFF_MS, 250 * 2 ** this.#failures));
    }
  }

  /** Whether there may be more to claim at once. */
  async #claim(): Promise<boolean> {
    const { callbacks, worker, slots = 256, perEndpoint = 8, timeoutMs = 20_000 } = this.#options;
    const free = slots - this.#running.size;
    if (free <= 0) return false;
    const limit = Math.min(free, 64);
    const works = await callbacks.claim({ worker, leaseMs: timeoutMs + LEASE_MARGIN_MS, limit, perEndpoint });
    for (const work of works) {
      const leased = { work, atMs: performance.now() };
      if (this.#hosts.enter(hostOf(work))) this.#start(leased);
      else this.#hosts.wait(hostOf(work), leased);
    }
    return works.length > 0;
  }

  /** Runs in a place of the host, which goes to the next in line afterwards. */
  #start({ work, atMs }: Leased): void {
    const isLate = this.#stopped || performance.now() - atMs > MAX_WAIT_MS;
    if (this.#stopped) this.#untried.push(work);
    const running = (isLate ? Promise.resolve() : this.#deliver(work))
      .catch((error: unknown) => this.#options.onError?.(error))
      .finally(() => {
        this.#running.delete(running);
        const next = this.#hosts.leave(hostOf(work));
        if (next) this.#start(next);
        // A slot, or a place of this endpoint, is free again. Attempts often end together: one look serves them all.
        this.#sleep(GATHER_MS);
      });
    this.#running.add(running);
  }

  async #pauseMs(): Promise<number> {
    const { callbacks, pollMs = 2000 } = this.#options;
    const due = await callbacks.nextDueMs();
    // What is due and was not claimed waits for a place: the end of an attempt nudges.
    const nowMs = await this.#now();
    return due === undefined || due <= nowMs ? pollMs : Math.min(pollMs, due - nowMs);
  }

  /** Looks again by then, or earlier when that was planned already. */
  #sleep(ms: number): void {
    const atMs = performance.now() + ms;
    if (this.#stopped || atMs >= this.#wakesAtMs) return;
    this.#wakesAtMs = atMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.nudge(), ms);
    this.#timer.unref();
  }

  async #deliver(work: DeliveryWork): Promise<void> {
    const { random = Math.random, onAttempt } = this.#options;
    const startedMs = await this.#now();
    const began = performance.now();
    const sent = await this.#send(work, startedMs);
    if (sent === null) {
      this.#untried.push(work);
      return;
    }
    const durationMs = Math.round(performance.now() - began);
    const result = judgeAnswer(work, sent, { startedMs, nowMs: await this.#now(), durationMs, random });
    if (await this.#record(work, result)) onAttempt?.(work, result);
  }

  /**
   * Null when it was broken off because the process stops: that says nothing about the endpoint. Nor does a secret that cannot be
   * opened: then nothing is recorded, and the delivery waits for the end of its lease.
   */
  async #send({ event, endpoint }: DeliveryWork, atMs: number): Promise<Sent | null> {
    const { send, secretsOf, timeoutMs = 20_000 } = this.#options;
    const body = callbackBody(event);
    const headers = signMessage({ id: event.id, atMs, body, secrets: secretsOf(endpoint, atMs) });
    const traced = event.trace === undefined ? {} : { traceparent: event.trace };
    if (this.#broken) return null;
    const attempt = new AbortController();
    this.#attempts.add(attempt);
    const timer = setTimeout(() => attempt.abort(), timeoutMs);
    try {
      return { kind: 'answer', answer: await send({ url: endpoint.url, headers: { ...headers, ...traced }, body }, attempt.signal) };
    } catch (error) {
      if (this.#broken) return null;
      if (attempt.signal.aborted) return { kind: 'problem', problem: timeoutProblem() };
      if (!isProblem(error)) this.#options.onError?.(error);
      const unknown = new Problem('endpoint.unreachable', 'expected an answer, got none', { retry: 'later', cause: error });
      return { kind: 'problem', problem: isProblem(error) ? error : unknown };
    } finally {
      clearTimeout(timer);
      this.#attempts.delete(attempt);
    }
  }

  /** The answer is known and costly to lose: a ledger that is away for a moment is asked again. */
  async #record(work: DeliveryWork, result: AttemptResult): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#options.callbacks.record(work.delivery.id, work.fence, result);
      } catch (error) {
        if (tries >= MAX_RECORD_TRIES || this.#broken) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** tries).unref());
      }
    }
  }
}

/**
 * Sends due callbacks until stopped: at least once each, signed, by the schedule of `schedule.ts`. Any number of processes may run one;
 * the ledger hands each delivery to one of them at a time.
 */
export const startDeliverer = (options: DelivererOptions): Deliverer => new DeliveryLoop(options);
