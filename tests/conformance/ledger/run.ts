import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/jobs/ledger.ts';
import { claimOne, type FreshPlace, finishedJob, jobs, newJob, openWorld, problem, result, START_MS, submitOne, taken } from './world.ts';

const never = (): boolean => false;
const drain = async (ledger: Ledger, count: number): Promise<readonly string[]> => {
  const tenants: string[] = [];
  for (let at = 0; at < count; at++) tenants.push((await claimOne(ledger)).tenant);
  return tenants;
};

export const runSuite = (place: FreshPlace): void => {
  describe('turns', () => {
    it('go from the oldest job to the newest', async () => {
      const { ledger } = await openWorld(place);
      const asked = taken(await ledger.jobs.submit('a', { jobs: jobs(5) })).map(({ id }) => id);
      const claimed = [];
      for (const _ of asked) claimed.push((await claimOne(ledger)).id);
      expect(claimed).toEqual(asked);
      expect(await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).toBeUndefined();
    });

    it('come to a second tenant after one job, however many the first has waiting', async () => {
      const { ledger } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(200) });
      await drain(ledger, 20);
      await ledger.jobs.submit('b', { jobs: jobs(10) });
      const order = await drain(ledger, 12);
      expect(order.slice(0, 2)).toContain('b');
      // From then on they take turns: the newcomer has no claim to the past.
      for (const half of [order.slice(0, 6), order.slice(6)]) {
        expect(half.filter((tenant) => tenant === 'b').length).toBeGreaterThanOrEqual(2);
        expect(half.filter((tenant) => tenant === 'b').length).toBeLessThanOrEqual(4);
      }
    });

    it('do not come sooner to a tenant that brings its jobs one by one', async () => {
      const { ledger } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(20) });
      const order: string[] = [];
      for (let at = 0; at < 20; at++) {
        if (order.at(-1) !== 'a') await submitOne(ledger, 'b');
        order.push((await claimOne(ledger)).tenant);
      }
      expect(order.filter((tenant) => tenant === 'a').length).toBeGreaterThanOrEqual(9);
      expect(order.filter((tenant) => tenant === 'b').length).toBeGreaterThanOrEqual(9);
    });

    it('are not lost by jobs that were called off', async () => {
      const { ledger } = await openWorld(place);
      const called = taken(await ledger.jobs.submit('a', { jobs: jobs(30) }));
      for (const { id } of called) await ledger.jobs.cancel('a', id);
      await ledger.jobs.submit('b', { jobs: jobs(10) });
      await ledger.jobs.submit('a', { jobs: jobs(10) });
      expect((await drain(ledger, 10)).filter((tenant) => tenant === 'a')).toHaveLength(5);
    });

    it('give every interactive job the way', async () => {
      const { ledger } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(3) });
      await ledger.jobs.submit('a', { jobs: jobs(2, { lane: 'interactive' }) });
      const lanes = [];
      for (let at = 0; at < 5; at++) lanes.push((await claimOne(ledger)).lane);
      expect(lanes).toEqual(['interactive', 'interactive', 'batch', 'batch', 'batch']);
    });
  });

  describe('claim', () => {
    it('leases the job to its worker under a new fence', async () => {
      const { ledger, clock } = await openWorld(place);
      const { id, revision } = await submitOne(ledger, 'a');
      clock.ms += 500;
      const job = await claimOne(ledger, 'w7', 30_000);
      expect(job).toMatchObject({
        id,
        state: 'running',
        attempt: 1,
        fence: 1,
        worker: 'w7',
        leaseUntilMs: clock.ms + 30_000,
        startedAtMs: clock.ms,
      });
      expect(job.revision).toBeGreaterThan(revision);
      expect(await ledger.jobs.get('a', id)).toEqual(job);
    });

    it('gives no job to two who ask at once', async () => {
      const { ledger, again } = await openWorld(place);
      const others = [ledger, await again(), await again()];
      await ledger.jobs.submit('a', { jobs: jobs(40) });
      const claims = Array.from({ length: 60 }, (_, at) => others[at % 3]?.jobs.claim({ worker: `w${at}`, leaseMs: 30_000 }));
      const got = (await Promise.all(claims)).flatMap((job) => job?.id ?? []);
      expect(got).toHaveLength(40);
      expect(new Set(got).size).toBe(40);
    });
  });

  describe('renew', () => {
    it('keeps the lease and shows how far the job is', async () => {
      const { ledger, clock } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence, revision } = await claimOne(ledger, 'w', 1000);
      clock.ms += 900;
      const progress = { step: 'made', name: 'front.png', done: 1, total: 2 } as const;
      expect(await ledger.jobs.renew(id, fence, { leaseMs: 1000, progress })).toBe('kept');
      expect(await ledger.jobs.get('a', id)).toMatchObject({ progress, leaseUntilMs: clock.ms + 1000, revision: revision + 1 });
      expect(await ledger.jobs.renew(id, fence, { leaseMs: 1000 })).toBe('kept');
      expect((await ledger.jobs.get('a', id))?.progress).toEqual(progress);
    });

    it('tells a worker that its job is to be cancelled', async () => {
      const { ledger } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger);
      expect(await ledger.jobs.cancelRequested([id])).toEqual([]);
      expect(await ledger.jobs.cancel('a', id)).toMatchObject({ state: 'running', cancelRequested: true });
      expect(await ledger.jobs.cancelRequested([id, 'job_unknown'])).toEqual([id]);
      expect(await ledger.jobs.renew(id, fence, { leaseMs: 1000 })).toBe('cancel');
      expect(await ledger.jobs.finish(id, fence, { kind: 'cancelled' })).toMatchObject({ state: 'cancelled', worker: null });
      expect(await ledger.jobs.cancelRequested([id])).toEqual([]);
    });

    it('tells a worker that its job is not its own any more', async () => {
      const { ledger, clock } = await openWorld(place);
      await submitOne(ledger, 'a');
      const late = await claimOne(ledger, 'late', 1000);
      clock.ms += 1000;
      await ledger.jobs.recover({ maxCrashes: 3, isDead: never });
      expect(await ledger.jobs.renew(late.id, late.fence, { leaseMs: 1000 })).toBe('lost');
      const next = await claimOne(ledger, 'next');
      expect(next.fence).toBeGreaterThan(late.fence);
      expect(await ledger.jobs.renew(late.id, late.fence, { leaseMs: 1000 })).toBe('lost');
      expect(await ledger.jobs.renew(next.id, next.fence, { leaseMs: 1000 })).toBe('kept');
      expect(await ledger.jobs.renew('job_unknown', 1, { leaseMs: 1000 })).toBe('lost');
    });
  });

  describe('finish', () => {
    it('publishes once: who comes late with an old fence changes nothing', async () => {
      const { ledger, clock } = await openWorld(place);
      await submitOne(ledger, 'a');
      const late = await claimOne(ledger, 'late', 1000);
      clock.ms += 1000;
      await ledger.jobs.recover({ maxCrashes: 3, isDead: never });
      expect(await ledger.jobs.finish(late.id, late.fence, { kind: 'succeeded', result: result() })).toBeUndefined();
      const next = await claimOne(ledger, 'next');
      expect(await ledger.jobs.finish(late.id, late.fence, { kind: 'failed', problem })).toBeUndefined();
      const job = await ledger.jobs.finish(next.id, next.fence, { kind: 'succeeded', result: result() });
      expect(job).toMatchObject({ state: 'succeeded', result: result(), finishedAtMs: clock.ms, worker: null, leaseUntilMs: null });
      expect(await ledger.jobs.finish(next.id, next.fence, { kind: 'succeeded', result: result() })).toBeUndefined();
      expect(await ledger.jobs.get('a', next.id)).toEqual(job);
    });

    it('takes what a worker brings after its lease while nobody else has the job', async () => {
      const { ledger, clock } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger, 'w', 1000);
      clock.ms += 5000;
      expect(await ledger.jobs.finish(id, fence, { kind: 'succeeded', result: result() })).toMatchObject({ state: 'succeeded' });
    });

    it('queues a failed attempt again, but not before its pause is over', async () => {
      const { ledger, clock } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger);
      const again = await ledger.jobs.finish(id, fence, { kind: 'retry', problem, afterMs: 5000 });
      expect(again).toMatchObject({ state: 'queued', attempt: 1, problem, notBeforeMs: clock.ms + 5000, worker: null, progress: null });
      expect(await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).toBeUndefined();
      clock.ms += 4999;
      expect(await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).toBeUndefined();
      clock.ms += 1;
      expect(await claimOne(ledger)).toMatchObject({ id, attempt: 2, fence: 2 });
    });

    it('does not count an attempt that was handed back', async () => {
      const { ledger } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger);
      expect(await ledger.jobs.finish(id, fence, { kind: 'handed-back' })).toMatchObject({ state: 'queued', attempt: 0, fence });
      expect(await claimOne(ledger)).toMatchObject({ id, attempt: 1, fence: fence + 1 });
    });

    it('does not start a job again that was to be cancelled', async () => {
      const { ledger } = await openWorld(place);
      for (const outcome of [{ kind: 'retry', problem, afterMs: 0 }, { kind: 'handed-back' }] as const) {
        await submitOne(ledger, 'a');
        const { id, fence } = await claimOne(ledger);
        await ledger.jobs.cancel('a', id);
        expect(await ledger.jobs.finish(id, fence, outcome)).toMatchObject({ state: 'cancelled' });
      }
    });

    it('keeps what a job that needs attention has made', async () => {
      const { ledger } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger);
      const job = await ledger.jobs.finish(id, fence, { kind: 'needs_attention', result: result(), problem });
      expect(job).toMatchObject({ state: 'needs_attention', result: result(), problem });
    });
  });

  describe('cancel', () => {
    it.each(['needs_attention', 'failed'] as const)(
      'of a job that ends as %s before it hears of it leaves nothing to mend',
      async (kind) => {
        const { ledger } = await openWorld(place);
        await submitOne(ledger, 'a');
        const { id, fence } = await claimOne(ledger);
        await ledger.jobs.cancel('a', id);
        const outcome = kind === 'failed' ? { kind, problem } : { kind, problem, result: result() };
        expect(await ledger.jobs.finish(id, fence, outcome)).toMatchObject({ state: 'cancelled', problem });
      },
    );

    it('ends a queued job at once and leaves a final one', async () => {
      const { ledger, clock } = await openWorld(place);
      const { id } = await submitOne(ledger, 'a');
      const cancelled = await ledger.jobs.cancel('a', id);
      expect(cancelled).toMatchObject({ state: 'cancelled', finishedAtMs: clock.ms });
      expect(await ledger.jobs.cancel('a', id)).toEqual(cancelled);
      expect(await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).toBeUndefined();
      const done = await finishedJob(ledger, 'a');
      expect(await ledger.jobs.cancel('a', done.id)).toEqual(done);
    });

    it('knows no job of another tenant', async () => {
      const { ledger } = await openWorld(place);
      const { id } = await submitOne(ledger, 'a');
      expect(await ledger.jobs.cancel('b', id)).toBeUndefined();
      expect((await ledger.jobs.get('a', id))?.state).toBe('queued');
    });
  });

  describe('recover', () => {
    it('queues again what has outlived its lease and leaves the rest', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(2) });
      const lapsed = await claimOne(ledger, 'w1', 1000);
      const kept = await claimOne(ledger, 'w2', 2000);
      clock.ms += 1000;
      const { requeued, failed } = await ledger.jobs.recover({ maxCrashes: 3, isDead: never });
      expect(requeued).toEqual([{ id: lapsed.id, tenant: 'a', lane: 'batch', attempt: 1, notBeforeMs: clock.ms }]);
      expect(failed).toEqual([]);
      expect(await ledger.jobs.get('a', lapsed.id)).toMatchObject({
        state: 'queued',
        crashes: 1,
        worker: null,
        problem: { code: 'job.crashed' },
      });
      expect(await ledger.jobs.get('a', kept.id)).toEqual(kept);
    });

    it('need not wait for the lease of a worker that is known to be dead', async () => {
      const { ledger } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(2) });
      const dead = await claimOne(ledger, 'host:1', 60_000);
      await claimOne(ledger, 'host:2', 60_000);
      const { requeued } = await ledger.jobs.recover({ maxCrashes: 3, isDead: (worker) => worker === 'host:1' });
      expect(requeued.map(({ id }) => id)).toEqual([dead.id]);
    });

    it('fails a job whose workers die once too often', async () => {
      const { ledger, clock } = await openWorld(place);
      const { id } = await submitOne(ledger, 'a');
      const outcomes = [];
      for (let crash = 1; crash <= 3; crash++) {
        await claimOne(ledger, 'w', 1000);
        clock.ms += 1000;
        outcomes.push(await ledger.jobs.recover({ maxCrashes: 2, isDead: never }));
      }
      expect(outcomes.map(({ requeued, failed }) => [requeued.length, failed])).toEqual([
        [1, []],
        [1, []],
        [0, [id]],
      ]);
      expect(await ledger.jobs.get('a', id)).toMatchObject({ state: 'failed', crashes: 3, problem: { code: 'job.crashed' } });
    });

    it('counts a crash once, whoever sees it', async () => {
      const { ledger, clock, again } = await openWorld(place);
      const other = await again();
      const { id } = await submitOne(ledger, 'a');
      await claimOne(ledger, 'w', 1000);
      clock.ms += 1000;
      const rule = { maxCrashes: 3, isDead: never };
      const seen = await Promise.all([ledger, other, ledger, other].map((one) => one.jobs.recover(rule)));
      expect(seen.flatMap(({ requeued }) => requeued)).toHaveLength(1);
      expect((await ledger.jobs.get('a', id))?.crashes).toBe(1);
    });

    it('ends a job that was to be cancelled', async () => {
      const { ledger } = await openWorld(place);
      const { id } = await submitOne(ledger, 'a');
      await claimOne(ledger, 'w', 1000);
      await ledger.jobs.cancel('a', id);
      expect(await ledger.jobs.recover({ maxCrashes: 3, isDead: () => true })).toEqual({ requeued: [], failed: [] });
      expect((await ledger.jobs.get('a', id))?.state).toBe('cancelled');
    });
  });

  describe('the clock', () => {
    it('decides about leases and pauses, whatever the clocks of workers say', async () => {
      const { ledger, clock, again } = await openWorld(place);
      await submitOne(ledger, 'a');
      await claimOne(ledger, 'w', 10_000);
      clock.ms = START_MS + 9_999;
      const other = await again();
      expect((await other.jobs.recover({ maxCrashes: 3, isDead: never })).requeued).toEqual([]);
      clock.ms += 1;
      expect((await other.jobs.recover({ maxCrashes: 3, isDead: never })).requeued).toHaveLength(1);
    });
  });

  describe('job reads', () => {
    it('see their own tenant alone', async () => {
      const { ledger } = await openWorld(place);
      const job = await submitOne(ledger, 'a', { origin: { source: 's', reference: 'r', line: '1' } });
      expect(await ledger.jobs.get('b', job.id)).toBeUndefined();
      expect(await ledger.jobs.list('b', {}, { limit: 10 })).toEqual([]);
      expect(await ledger.jobs.list('b', { reference: 'r' }, { limit: 10 })).toEqual([]);
    });

    it('list the newest first, page by page, without gap or repeat', async () => {
      const { ledger, clock } = await openWorld(place);
      for (let at = 0; at < 3; at++) {
        await ledger.jobs.submit('a', { jobs: jobs(4) });
        clock.ms += 10;
      }
      const all = await ledger.jobs.list('a', {}, { limit: 100 });
      expect(all).toHaveLength(12);
      expect(all.map(({ createdAtMs }) => createdAtMs)).toEqual(all.map(({ createdAtMs }) => createdAtMs).sort((a, b) => b - a));
      const paged = [];
      for (let after: string | undefined; ; after = paged.at(-1)?.id) {
        const page = await ledger.jobs.list('a', {}, { limit: 5, ...(after === undefined ? {} : { after }) });
        if (page.length === 0) break;
        paged.push(...page);
      }
      expect(paged).toEqual(all);
    });

    it('filter by state, batch, order, product and time', async () => {
      const { ledger, clock } = await openWorld(place);
      const batch = await ledger.jobs.submit('a', { jobs: jobs(2), batch: { metadata: {} } });
      const batchId = taken(batch)[0]?.batchId ?? '';
      clock.ms += 1000;
      const order = await submitOne(ledger, 'a', { spec: { product: 'tote' }, origin: { source: 'shop', reference: '7', line: '1' } });
      await ledger.jobs.cancel('a', order.id);
      const count = async (filter: Parameters<Ledger['jobs']['list']>[1]): Promise<number> =>
        (await ledger.jobs.list('a', filter, { limit: 100 })).length;
      expect(await count({ batchId })).toBe(2);
      expect(await count({ state: ['cancelled'] })).toBe(1);
      expect(await count({ state: ['queued', 'cancelled'] })).toBe(3);
      expect(await count({ state: [] })).toBe(0);
      expect(await count({ reference: '7', source: 'shop' })).toBe(1);
      expect(await count({ reference: '7', source: 'other' })).toBe(0);
      expect(await count({ product: 'mug' })).toBe(2);
      expect(await count({ sinceMs: START_MS + 1000 })).toBe(1);
      expect(await count({ untilMs: START_MS + 1000 })).toBe(2);
    });

    it('count what waits, and how long the oldest has', async () => {
      const { ledger, clock } = await openWorld(place);
      expect((await ledger.jobs.counts()).oldestWaitMs).toBe(0);
      await ledger.jobs.submit('a', { jobs: [newJob(), newJob({ lane: 'interactive' }), newJob({ problem })] });
      clock.ms += 700;
      await ledger.jobs.submit('a', { jobs: jobs(1) });
      expect(await ledger.jobs.counts()).toEqual({
        byState: { queued: 3, running: 0, succeeded: 0, needs_attention: 1, failed: 0, cancelled: 0 },
        queuedByLane: { interactive: 1, batch: 2 },
        oldestWaitMs: 700,
      });
    });

    it('do not count a pause as waiting', async () => {
      const { ledger, clock } = await openWorld(place);
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger);
      await ledger.jobs.finish(id, fence, { kind: 'retry', problem, afterMs: 5000 });
      clock.ms += 2000;
      expect((await ledger.jobs.counts()).oldestWaitMs).toBe(0);
      clock.ms += 4000;
      expect((await ledger.jobs.counts()).oldestWaitMs).toBe(1000);
    });

    it('name everything that waits in the order of ids', async () => {
      const { ledger } = await openWorld(place);
      const ids = taken(await ledger.jobs.submit('a', { jobs: jobs(5) })).map(({ id }) => id);
      await claimOne(ledger);
      const first = await ledger.jobs.waiting({ limit: 2 });
      const rest = await ledger.jobs.waiting({ limit: 100, after: first.at(-1)?.id ?? '' });
      expect([...first, ...rest].map(({ id }) => id)).toEqual(ids.slice(1));
      expect(first[0]).toEqual({ id: ids[1], tenant: 'a', lane: 'batch', attempt: 0, notBeforeMs: START_MS });
    });
  });

  describe('retention', () => {
    it('finds final jobs by age and removes them with their batch', async () => {
      const { ledger, clock } = await openWorld(place);
      const [job] = taken(await ledger.jobs.submit('a', { jobs: jobs(1), batch: { metadata: {} } }));
      const { id, fence } = await claimOne(ledger);
      await ledger.jobs.finish(id, fence, { kind: 'succeeded', result: result() });
      const open = await submitOne(ledger, 'a');
      expect(await ledger.jobs.expired(clock.ms, 10)).toEqual([]);
      const expired = await ledger.jobs.expired(clock.ms + 1, 10);
      expect(expired.map((one) => one.id)).toEqual([id]);
      await ledger.jobs.remove([id, open.id]);
      expect(await ledger.jobs.get('a', id)).toBeUndefined();
      expect(await ledger.jobs.batch('a', job?.batchId ?? '')).toBeUndefined();
      expect((await ledger.jobs.get('a', open.id))?.state).toBe('queued');
    });

    it('knows which files other jobs keep as well', async () => {
      const { ledger } = await openWorld(place);
      const one = await finishedJob(ledger, 'a');
      expect(await ledger.jobs.usedByOthers(['t/a/front.png', 'x'], [one.id])).toEqual([]);
      const two = await finishedJob(ledger, 'a');
      expect(await ledger.jobs.usedByOthers(['x', 't/a/front.png', 't/a/manifest.json'], [one.id])).toEqual([
        't/a/front.png',
        't/a/manifest.json',
      ]);
      expect(await ledger.jobs.usedByOthers(['t/a/front.png'], [one.id, two.id])).toEqual([]);
      await ledger.jobs.remove([two.id]);
      expect(await ledger.jobs.usedByOthers(['t/a/front.png'], [one.id])).toEqual([]);
      expect(await ledger.jobs.usedByOthers(['t/a/front.png'], [])).toEqual(['t/a/front.png']);
    });
  });
};
