import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/drivers/ledger/open-ledger.ts';
import { openEmbeddedQueue } from '../../src/drivers/queue/embedded-queue.ts';
import { announceJobs } from '../../src/jobs/announce-jobs.ts';
import type { Job, JobState } from '../../src/jobs/job.ts';
import type { JobQueue } from '../../src/jobs/job-queue.ts';
import type { Ledger } from '../../src/jobs/ledger.ts';
import { type JobWorker, startWorker, type WorkerOptions } from '../../src/jobs/worker.ts';
import type { WorkerEvent } from '../../src/jobs/worker-event.ts';
import { Problem } from '../../src/model/problem.ts';
import { submitTiny, type TinySpec, tinyRender } from '../support/tiny-render.ts';
import { until } from '../support/until.ts';

let folder: string;
let ledger: Ledger;
let queue: JobQueue;
const workers: JobWorker[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-worker-'));
  ledger = await openLedger({ kind: 'sqlite', file: join(folder, 'ledger.db') });
  queue = await openEmbeddedQueue({ pollMs: 20 });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await queue.close();
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

const start = (more: Partial<WorkerOptions> = {}) => {
  const events: WorkerEvent[] = [];
  const worker = startWorker({
    ledger,
    queue,
    render: tinyRender,
    slots: 2,
    backoff: { baseMs: 10, maxMs: 40 },
    graceMs: 0,
    settleMs: 20,
    onEvent: (event) => events.push(event),
    ...more,
  });
  workers.push(worker);
  return { worker, events };
};

const submit = async (...specs: TinySpec[]): Promise<readonly Job[]> => {
  const jobs = await submitTiny(ledger, specs);
  await announceJobs(queue, ledger, jobs);
  return jobs;
};

const rowOf = async ({ id }: Pick<Job, 'id'>): Promise<Job> => {
  const row = await ledger.jobs.get('acme', id);
  if (!row) throw new Error(`expected the job ${id}`);
  return row;
};

const reaches = async (job: Job | undefined, state: JobState): Promise<Job> => {
  if (!job) throw new Error('expected a job');
  await until(`the job to be ${state}`, async () => (await rowOf(job)).state === state);
  return rowOf(job);
};

describe('a worker', () => {
  it('renders what is queued and publishes the result', async () => {
    const { worker, events } = start();
    const [job] = await submit({ do: 'work' });
    const done = await reaches(job, 'succeeded');
    expect(done).toMatchObject({
      attempt: 1,
      fence: 1,
      crashes: 0,
      problem: null,
      result: { manifestKey: `acme/${done.id}/manifest.json` },
    });
    await until('nothing to run', () => worker.running().length === 0);
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'finished']);
  });

  it('finds jobs that were there before it, and never runs more than it has slots', async () => {
    let running = 0;
    let most = 0;
    await submit(...Array.from({ length: 30 }, () => ({ do: 'work', ms: 5 }) as const));
    start({
      slots: 3,
      render: async (job, work) => {
        running += 1;
        most = Math.max(most, running);
        return tinyRender(job, work).finally(() => {
          running -= 1;
        });
      },
    });
    await until('all to be done', async () => (await ledger.jobs.counts()).byState.succeeded === 30);
    expect(most).toBe(3);
  });

  it('writes down how far a job is', async () => {
    start({ progressMs: 5 });
    const [job] = await submit({ do: 'work', ms: 100 });
    await until('progress', async () => job !== undefined && (await rowOf(job)).progress?.step === 'resolved');
    await reaches(job, 'succeeded');
  });

  it('keeps the result of a design that needs attention', async () => {
    start();
    const [job] = await submit({ do: 'refuse' });
    expect(await reaches(job, 'needs_attention')).toMatchObject({ problem: { code: 'job.refused' }, result: { keys: {} } });
  });

  it('keeps the lease of a job that takes longer than the lease', async () => {
    start({ leaseMs: 500 });
    const [job] = await submit({ do: 'work', ms: 1500 });
    await until('the job to start', async () => job !== undefined && (await rowOf(job)).state === 'running');
    let recovered = 0;
    while (job && (await rowOf(job)).state === 'running') {
      recovered += (await ledger.jobs.recover({ maxCrashes: 3, isDead: () => false })).requeued.length;
      await pause(10);
    }
    expect(recovered).toBe(0);
    expect(await reaches(job, 'succeeded')).toMatchObject({ attempt: 1 });
  });
});

describe('a job that fails', () => {
  it('is given up at once with its code and place when another attempt would fail as well', async () => {
    start();
    const [job] = await submit({ do: 'fail' });
    const { problem, attempt } = await reaches(job, 'failed');
    expect(attempt).toBe(1);
    expect(problem).toEqual({
      code: 'resource.not-found',
      message: 'expected a picture, got none',
      pointer: '/placements/0/layers/0/source',
    });
  });

  it('is given up at once when the mistake is ours', async () => {
    start();
    const [job] = await submit({ do: 'throw' });
    expect(await reaches(job, 'failed')).toMatchObject({ attempt: 1, problem: { code: 'job.internal' } });
  });

  it('is tried again after a pause when that may help', async () => {
    const { events } = start();
    const [job] = await submit({ do: 'later', until: 3 });
    expect(await reaches(job, 'succeeded')).toMatchObject({ attempt: 3, fence: 3, crashes: 0 });
    expect(events.flatMap((event) => (event.kind === 'finished' ? [event.outcome] : []))).toEqual(['retry', 'retry', 'succeeded']);
  });

  it('is given up after as many attempts as are allowed', async () => {
    start({ maxAttempts: 2 });
    const [job] = await submit({ do: 'later', until: 9 });
    const { problem } = await reaches(job, 'failed');
    expect(problem).toMatchObject({ code: 'store.unavailable', message: expect.stringContaining('given up after 2 attempts') });
  });

  it('counts the crashes of its process and is given up after a few, with the reason', async () => {
    start({ maxCrashes: 1 });
    const [poison, other] = await submit({ do: 'crash' }, { do: 'work' });
    expect(await reaches(poison, 'failed')).toMatchObject({
      attempt: 2,
      problem: { code: 'job.crashed', message: expect.stringContaining('SIGSEGV') },
    });
    await reaches(other, 'succeeded');
  });
});

describe('a worker that cannot render at all', () => {
  it('hands its jobs back without counting an attempt', async () => {
    let refusals = 2;
    const { events } = start({
      slots: 1,
      maxAttempts: 1,
      render: async (job, work) => {
        refusals -= 1;
        if (refusals >= 0) throw new Problem('render.unavailable', 'expected a process that starts', { retry: 'later' });
        return tinyRender(job, work);
      },
    });
    const [job] = await submit({ do: 'work' });
    expect(await reaches(job, 'succeeded')).toMatchObject({ attempt: 1, fence: 3, crashes: 0 });
    expect(events.filter(({ kind }) => kind === 'trouble')).toHaveLength(2);
  });
});

describe('a job that must stop', () => {
  it('is aborted at its deadline, counts an attempt, and frees its slot', async () => {
    const { events } = start({ slots: 1, deadlineMs: 60, maxCrashes: 1 });
    const [hung, next] = await submit({ do: 'hang' }, { do: 'work' });
    const { problem } = await reaches(hung, 'failed');
    expect(problem).toMatchObject({ code: 'job.deadline', message: expect.stringContaining('2 crashes') });
    await reaches(next, 'succeeded');
    expect(events.filter(({ kind }) => kind === 'stuck')).toHaveLength(2);
  });

  it('is cancelled at once by a nudge, even if its render never ends', async () => {
    const { worker } = start({ cancelPollMs: 60_000, slots: 1 });
    const [job, next] = await submit({ do: 'hang' }, { do: 'work' });
    const running = await reaches(job, 'running');
    await ledger.jobs.cancel('acme', running.id);
    worker.nudge(running.id);
    expect(await reaches(job, 'cancelled')).toMatchObject({ result: null, attempt: 1 });
    await reaches(next, 'succeeded');
  });

  it('is cancelled soon when another process asks for it', async () => {
    const aborted: unknown[] = [];
    start({
      render: (job, work) => {
        work.signal.addEventListener('abort', () => aborted.push(work.signal.reason));
        return tinyRender(job, work);
      },
    });
    const [job] = await submit({ do: 'wait' });
    const running = await reaches(job, 'running');
    await ledger.jobs.cancel('acme', running.id);
    await reaches(job, 'cancelled');
    expect(aborted).toHaveLength(1);
  });

  it('is let go without a commit when another worker holds it', async () => {
    const { events } = start({ leaseMs: 90, progressMs: 20 });
    const [job] = await submit({ do: 'wait' });
    const running = await reaches(job, 'running');
    await ledger.jobs.recover({ maxCrashes: 9, isDead: () => true });
    await until('the refusal', () => events.some((event) => event.kind === 'refused' && event.jobId === running.id));
  });
});

describe('a worker that finishes late', () => {
  it('is refused, and the result of the newer claim stands', async () => {
    let finish = (): void => undefined;
    const { events } = start({
      slots: 1,
      leaseMs: 60_000,
      render: (job, work) =>
        new Promise((resolve) => {
          finish = () => resolve(tinyRender(job, work));
        }),
    });
    const [job] = await submit({ do: 'work' });
    await reaches(job, 'running');
    await ledger.jobs.recover({ maxCrashes: 9, isDead: () => true });
    const second = start({ slots: 1 });
    const published = await reaches(job, 'succeeded');
    expect(published).toMatchObject({ fence: 2, attempt: 2, crashes: 1 });
    expect(second.events.map(({ kind }) => kind)).toContain('finished');
    finish();
    await until('the refusal', () => events.some(({ kind }) => kind === 'refused'));
    expect(await rowOf(published)).toEqual(published);
  });
});

describe('a worker that is told to stop', () => {
  it('finishes what runs and claims nothing more', async () => {
    const { worker } = start({ slots: 1, graceMs: 5000 });
    const [running, waiting] = await submit({ do: 'work', ms: 150 }, { do: 'work' });
    await reaches(running, 'running');
    await worker.stop();
    expect(await rowOf(await reaches(running, 'succeeded'))).toMatchObject({ attempt: 1 });
    expect(await reaches(waiting, 'queued')).toMatchObject({ attempt: 0 });
  });

  it('hands back what does not end within the grace, as if it had not been started', async () => {
    const { worker, events } = start({ slots: 2, graceMs: 30 });
    const [slow] = await submit({ do: 'wait' });
    await reaches(slow, 'running');
    await worker.stop();
    expect(await reaches(slow, 'queued')).toMatchObject({ attempt: 0, crashes: 0, worker: null });
    expect(events.at(-1)).toMatchObject({ kind: 'finished', outcome: 'handed-back' });
    const [done] = await submit({ do: 'work' });
    const other = start({ slots: 2, render: (job, work) => tinyRender({ ...job, spec: { do: 'work' } }, work) });
    await reaches(slow, 'succeeded');
    await reaches(done, 'succeeded');
    expect(other.events.length).toBeGreaterThan(0);
  });

  it('may be told so twice', async () => {
    const { worker } = start();
    await Promise.all([worker.stop(), worker.stop()]);
    await worker.stop();
  });
});

describe('a ledger that is away for a while', () => {
  const away = new Problem('ledger.unavailable', 'expected the ledger to answer', { retry: 'later' });

  it('costs no result: the commit waits', async () => {
    let refusals = 3;
    const flaky: Ledger = {
      ...ledger,
      jobs: {
        ...ledger.jobs,
        finish: async (...args) => {
          refusals -= 1;
          if (refusals >= 0) throw away;
          return ledger.jobs.finish(...args);
        },
      },
    };
    const { events } = start({ ledger: flaky });
    const [job] = await submit({ do: 'work' });
    expect(await reaches(job, 'succeeded')).toMatchObject({ attempt: 1 });
    expect(events.filter(({ kind }) => kind === 'trouble')).toHaveLength(3);
  });

  it('fails a job whose result it will never take', async () => {
    const flaky: Ledger = {
      ...ledger,
      jobs: {
        ...ledger.jobs,
        finish: async (id, fence, outcome) => {
          if (outcome.kind === 'succeeded') throw new Problem('ledger.failed', 'expected a row that fits, got one that is too long');
          return ledger.jobs.finish(id, fence, outcome);
        },
      },
    };
    const { events } = start({ ledger: flaky });
    const [job] = await submit({ do: 'work' });
    expect(await reaches(job, 'failed')).toMatchObject({ attempt: 1, problem: { code: 'ledger.failed' } });
    await until('the event', () => events.some((event) => event.kind === 'finished' && event.outcome === 'failed'));
  });

  it('does not end the worker when a claim fails', async () => {
    let refusals = 3;
    const flaky: Ledger = {
      ...ledger,
      jobs: {
        ...ledger.jobs,
        claim: async (claim) => {
          refusals -= 1;
          if (refusals >= 0) throw away;
          return ledger.jobs.claim(claim);
        },
      },
    };
    start({ ledger: flaky });
    const [job] = await submit({ do: 'work' });
    await reaches(job, 'succeeded');
  });
});
