import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/drivers/ledger/open-ledger.ts';
import { announceJobs } from '../../src/jobs/announce-jobs.ts';
import type { JobQueue } from '../../src/jobs/job-queue.ts';
import type { Ledger, Waiting } from '../../src/jobs/ledger.ts';
import { type Reconciler, startReconciler } from '../../src/jobs/reconciler.ts';
import { retryAfterMs } from '../../src/jobs/retry.ts';
import type { WorkerEvent } from '../../src/jobs/worker-event.ts';
import { isDeadHere, newWorkerId } from '../../src/jobs/worker-identity.ts';
import { submitTiny } from '../support/tiny-render.ts';
import { until } from '../support/until.ts';

let folder: string;
let ledger: Ledger;
const reconcilers: Reconciler[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-reconciler-'));
  ledger = await openLedger({ kind: 'sqlite', file: join(folder, 'ledger.db') });
});
afterEach(async () => {
  await Promise.all(reconcilers.splice(0).map((one) => one.stop()));
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

/** A queue that remembers its tickets in a list, to be emptied by the test. */
const listedQueue = () => {
  const tickets = new Map<string, Waiting>();
  const name = ({ id, attempt }: Waiting): string => `${id}.${attempt}`;
  let failures = 0;
  const queue: JobQueue = {
    announce: async (jobs) => {
      if (failures-- > 0) throw new Error('the queue is away');
      for (const job of jobs) tickets.set(name(job), job);
    },
    missing: async (jobs) => jobs.filter((job) => !tickets.has(name(job))),
    consume: () => ({ pause: async () => undefined, close: async () => undefined }),
    depth: async () => ({ waiting: tickets.size, delayed: 0, active: 0 }),
    ping: async () => undefined,
    close: async () => undefined,
  };
  const failNext = (count: number): void => {
    failures = count;
  };
  return { queue, tickets, failNext };
};

const start = (queue: JobQueue, isDead = (_: string): boolean => false) => {
  const events: WorkerEvent[] = [];
  const reconciler = startReconciler({ ledger, queue, recoverMs: 20, compareMs: 20, isDead, onEvent: (event) => events.push(event) });
  reconcilers.push(reconciler);
  return { reconciler, events };
};

describe('the reconciler', () => {
  it('announces what the queue does not know, at start and whenever the queue has lost it, page by page', async () => {
    await submitTiny(
      ledger,
      Array.from({ length: 1100 }, () => ({ do: 'work' }) as const),
    );
    const { queue, tickets } = listedQueue();
    const { events } = start(queue);
    await until('all tickets', () => tickets.size === 1100);
    tickets.clear();
    await until('all tickets again', () => tickets.size === 1100);
    expect(events.flatMap((event) => (event.kind === 'announced' ? [event.count] : []))).toEqual([1100, 1100]);
  });

  it('queues again at once what a dead worker held, and counts the crash', async () => {
    const [job] = await submitTiny(ledger, [{ do: 'work' }]);
    await ledger.jobs.claim({ worker: 'gone', leaseMs: 60_000 });
    const { queue, tickets } = listedQueue();
    const { events } = start(queue, (worker) => worker === 'gone');
    await until('the job to be queued', async () => (await ledger.jobs.get('acme', job?.id ?? ''))?.state === 'queued');
    expect(await ledger.jobs.get('acme', job?.id ?? '')).toMatchObject({ attempt: 1, crashes: 1 });
    await until('its ticket', () => tickets.has(`${job?.id}.1`));
    expect(events.map(({ kind }) => kind)).toContain('recovered');
  });

  it('leaves alone what a living worker holds', async () => {
    const [job] = await submitTiny(ledger, [{ do: 'work' }]);
    await ledger.jobs.claim({ worker: newWorkerId(), leaseMs: 60_000 });
    const { queue } = listedQueue();
    const { reconciler } = start(queue, isDeadHere);
    await reconciler.runOnce();
    expect(await ledger.jobs.get('acme', job?.id ?? '')).toMatchObject({ state: 'running', crashes: 0 });
  });

  it('tries again when the queue was away', async () => {
    await submitTiny(ledger, [{ do: 'work' }]);
    const { queue, tickets, failNext } = listedQueue();
    failNext(2);
    const { events } = start(queue);
    await until('the ticket', () => tickets.size === 1);
    expect(events.filter(({ kind }) => kind === 'trouble').length).toBeGreaterThan(0);
  });
});

describe('the name of a worker', () => {
  it('tells whether its process is gone', async () => {
    expect(newWorkerId()).not.toBe(newWorkerId());
    expect(isDeadHere(newWorkerId())).toBe(false);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const [w, host, , , random] = newWorkerId().split('_');
    const start = (pid: number): string => `${w}_${host}_${pid}_0_${random}`;
    expect(isDeadHere(start(child.pid ?? 0))).toBe(false);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(isDeadHere(start(child.pid ?? 0))).toBe(true);
  });

  it('does not take a new process with an old number for the one that died', () => {
    const [w, host, pid, start, random] = newWorkerId().split('_');
    expect(start).not.toBe('0');
    expect(isDeadHere([w, host, pid, String(Number(start) - 1), random].join('_'))).toBe(true);
  });

  it('says nothing about other hosts and names of others', () => {
    const [w, , pid, start, random] = newWorkerId().split('_');
    expect(isDeadHere([w, '0123456789abcdef', '999999999', start, random].join('_'))).toBe(false);
    expect(isDeadHere([w, '0123456789abcdef', pid, start, random].join('_'))).toBe(false);
    expect(isDeadHere('somebody else')).toBe(false);
  });
});

describe('a pause before the next attempt', () => {
  it('doubles, has an end, and is never twice the same for many', () => {
    const backoff = { baseMs: 1000, maxMs: 60_000 };
    expect([1, 2, 3, 4].map((attempt) => retryAfterMs(attempt, backoff, 0.5))).toEqual([1000, 2000, 4000, 8000]);
    expect(retryAfterMs(10_000, backoff, 0.5)).toBe(60_000);
    expect([retryAfterMs(1, backoff, 0), retryAfterMs(1, backoff, 1)]).toEqual([750, 1250]);
  });

  it('is told to the queue by the clock of this host, however wrong it is', async () => {
    const { queue, tickets } = listedQueue();
    const wrong = Date.now() - 600_000;
    const at = await ledger.now();
    const job = { id: 'job_a', tenant: 'acme', lane: 'batch', attempt: 1, notBeforeMs: at + 60_000 } as const;
    await announceJobs(queue, { now: async () => at }, [job, { ...job, id: 'job_b', attempt: 0 }], () => wrong);
    expect(tickets.get('job_a.1')?.notBeforeMs).toBe(wrong + 60_000);
    expect(tickets.get('job_b.0')?.notBeforeMs).toBe(wrong);
  });
});
