import { describe, expect, it } from 'vitest';
import type { AttemptResult, DeliveryWork } from '../../../src/jobs/callbacks/event.ts';
import type { Ledger } from '../../../src/jobs/ledger.ts';
import { claimOne, endpoint, type FreshPlace, finishedJob, jobs, newJob, openWorld, problem, START_MS, submitOne } from './world.ts';

const claimAll = (ledger: Ledger, { limit = 100, perEndpoint = 100, leaseMs = 30_000 } = {}): Promise<readonly DeliveryWork[]> =>
  ledger.callbacks.claim({ worker: 'd1', leaseMs, limit, perEndpoint });

const attempt = (outcome: AttemptResult['outcome'], change: Partial<AttemptResult> = {}): AttemptResult => ({
  atMs: START_MS,
  durationMs: 12,
  status: outcome.kind === 'delivered' ? 200 : 500,
  error: outcome.kind === 'delivered' ? null : 'status 500',
  excerpt: 'oh',
  outcome,
  ...change,
});

const recordAll = async (ledger: Ledger, outcome: AttemptResult['outcome']): Promise<number> => {
  const work = await claimAll(ledger);
  for (const { delivery, fence } of work) await ledger.callbacks.record(delivery.id, fence, attempt(outcome));
  return work.length;
};

export const callbackSuite = (place: FreshPlace): void => {
  describe('endpoints', () => {
    it('are read as they were made, by their tenant alone', async () => {
      const { ledger, clock } = await openWorld(place);
      const made = await ledger.callbacks.create('a', endpoint());
      expect(made).toMatchObject({
        ...endpoint(),
        tenant: 'a',
        enabled: true,
        failingSinceMs: null,
        failedMessages: 0,
        createdAtMs: clock.ms,
      });
      expect(await ledger.callbacks.endpoint('a', made.id)).toEqual(made);
      expect(await ledger.callbacks.endpoints('a')).toEqual([made]);
      expect(await ledger.callbacks.endpoints('a', 'callback')).toEqual([]);
      expect(await ledger.callbacks.endpoint('b', made.id)).toBeUndefined();
      expect(await ledger.callbacks.endpoints('b')).toEqual([]);
      expect(await ledger.callbacks.update('b', made.id, { url: 'https://evil.example' })).toBeUndefined();
      expect(await ledger.callbacks.remove('b', made.id)).toBe(false);
      expect(await ledger.callbacks.endpoint('a', made.id)).toEqual(made);
    });

    it('change as told', async () => {
      const { ledger } = await openWorld(place);
      const { id } = await ledger.callbacks.create('a', endpoint());
      const sealedSecrets = [
        { sealed: 's2', expiresAtMs: null },
        { sealed: 's1', expiresAtMs: START_MS + 1000 },
      ];
      const changed = await ledger.callbacks.update('a', id, {
        url: 'https://b.example',
        events: ['job.failed'],
        sealedSecrets,
        description: 'd',
      });
      expect(changed).toMatchObject({ url: 'https://b.example', events: ['job.failed'], sealedSecrets, description: 'd', enabled: true });
      expect(await ledger.callbacks.endpoint('a', id)).toEqual(changed);
      expect(await ledger.callbacks.remove('a', id)).toBe(true);
      expect(await ledger.callbacks.endpoint('a', id)).toBeUndefined();
    });

    it('of jobs are made once per address, whoever asks at once', async () => {
      const { ledger, again } = await openWorld(place);
      const other = await again();
      const asked = endpoint({ kind: 'callback', url: `https://shop.example/${'x'.repeat(5000)}` });
      const made = await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? ledger : other).callbacks.create('a', asked)));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect((await ledger.callbacks.create('b', asked)).id).not.toBe(made[0]?.id);
    });
  });

  describe('sealed secrets', () => {
    it('of all tenants are read page by page and replaced only as they are known', async () => {
      const { ledger } = await openWorld(place);
      const made = [];
      for (const tenant of ['a', 'b', 'a']) made.push(await ledger.callbacks.create(tenant, endpoint()));
      await ledger.callbacks.create('a', endpoint({ kind: 'callback', sealedSecrets: [] }));
      const all = made
        .map(({ id, tenant, sealedSecrets }) => ({ id, tenant, sealedSecrets }))
        .sort((one, two) => (one.id < two.id ? -1 : 1));
      const first = await ledger.callbacks.sealed({ limit: 2 });
      expect([...first, ...(await ledger.callbacks.sealed({ limit: 2, after: first[1]?.id ?? '' }))]).toEqual(all);
      const [one] = all;
      const anew = [{ sealed: 's2', expiresAtMs: 5 }];
      expect(await ledger.callbacks.reseal(one?.id ?? '', anew, anew)).toBe(false);
      expect(await ledger.callbacks.reseal(one?.id ?? '', one?.sealedSecrets ?? [], anew)).toBe(true);
      expect((await ledger.callbacks.sealed({ limit: 1 }))[0]?.sealedSecrets).toEqual(anew);
    });
  });

  describe('events', () => {
    it('are written with the job, for every subscription of their type and for the address of the job', async () => {
      const { ledger, clock } = await openWorld(place);
      const all = await ledger.callbacks.create('a', endpoint());
      await ledger.callbacks.create('a', endpoint({ events: ['job.failed'] }));
      await ledger.callbacks.create('b', endpoint());
      const off = await ledger.callbacks.create('a', endpoint());
      await ledger.callbacks.update('a', off.id, { enabled: false });
      const own = await ledger.callbacks.create('a', endpoint({ kind: 'callback', url: 'https://shop.example/1', events: [] }));
      await ledger.callbacks.create('a', endpoint({ kind: 'callback', url: 'https://shop.example/2' }));
      const job = await finishedJob(ledger, 'a', { callbackUrl: 'https://shop.example/1', metadata: { gift: 'yes' } });
      const work = await claimAll(ledger);
      expect(work.map((one) => one.endpoint.id).sort()).toEqual([all.id, own.id].sort());
      expect(new Set(work.map(({ event }) => event.id)).size).toBe(1);
      const event = work[0]?.event;
      expect(event).toMatchObject({ type: 'job.succeeded', jobId: job.id, sequence: 1, tenant: 'a', createdAtMs: clock.ms });
      expect(event?.data).toMatchObject({
        job: { id: job.id, state: 'succeeded', metadata: { gift: 'yes' }, path: `/v1/jobs/${job.id}` },
        artifacts: [{ name: 'front.png', sha256: 'b'.repeat(64), path: `/v1/jobs/${job.id}/artifacts/front.png` }],
      });
      expect(await ledger.callbacks.event('a', event?.id ?? '')).toEqual(event);
      expect(await ledger.callbacks.event('b', event?.id ?? '')).toBeUndefined();
    });

    it('tell every end of a job by its name', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { problem });
      const cancelled = await submitOne(ledger, 'a');
      await ledger.jobs.cancel('a', cancelled.id);
      await submitOne(ledger, 'a');
      const failing = await claimOne(ledger);
      await ledger.jobs.finish(failing.id, failing.fence, { kind: 'failed', problem });
      await submitOne(ledger, 'a');
      const crashing = await claimOne(ledger, 'w', 1000);
      clock.ms += 1000;
      await ledger.jobs.recover({ maxCrashes: 0, isDead: () => false });
      const work = await claimAll(ledger);
      expect(work.map(({ event }) => event.type).sort()).toEqual(['job.cancelled', 'job.failed', 'job.failed', 'job.needs_attention']);
      expect(work.find(({ event }) => event.jobId === crashing.id)?.event.data).toMatchObject({
        job: { problem: { code: 'job.crashed' } },
      });
    });

    it('are not written for an attempt that is made again', async () => {
      const { ledger } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a');
      const { id, fence } = await claimOne(ledger);
      await ledger.jobs.finish(id, fence, { kind: 'retry', problem, afterMs: 0 });
      expect(await claimAll(ledger)).toEqual([]);
      expect((await ledger.callbacks.counts()).pending).toBe(0);
    });
  });

  describe('deliveries', () => {
    it('are claimed once and leased', async () => {
      const { ledger, again, clock } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await ledger.jobs.submit('a', { jobs: jobs(10, { problem }) });
      const other = await again();
      const both = await Promise.all([ledger, other, ledger, other].map((one) => claimAll(one, { limit: 4, leaseMs: 1000 })));
      const got = both.flat().map(({ delivery }) => delivery.id);
      expect(new Set(got).size).toBe(got.length);
      const rest = await claimAll(ledger, { leaseMs: 1000 });
      expect(got.length + rest.length).toBe(10);
      expect(await claimAll(ledger)).toEqual([]);
      clock.ms += 1000;
      const again10 = await claimAll(ledger);
      expect(again10).toHaveLength(10);
      expect(again10.every(({ fence }) => fence === 2)).toBe(true);
    });

    it('of one endpoint are in flight a few at a time, and hold up no other', async () => {
      const { ledger, clock, again } = await openWorld(place);
      const slow = await ledger.callbacks.create('slow', endpoint());
      await ledger.jobs.submit('slow', { jobs: jobs(50, { problem }) });
      clock.ms += 1000;
      const quick = await ledger.callbacks.create('quick', endpoint());
      await ledger.jobs.submit('quick', { jobs: jobs(6, { problem }) });
      const first = await claimAll(ledger, { limit: 10, perEndpoint: 2 });
      const second = await claimAll(await again(), { limit: 10, perEndpoint: 2 });
      const all = [...first, ...second];
      expect(all.filter((one) => one.endpoint.id === slow.id)).toHaveLength(2);
      expect(all.filter((one) => one.endpoint.id === quick.id)).toHaveLength(2);
      const done = all.find((one) => one.endpoint.id === quick.id);
      await ledger.callbacks.record(done?.delivery.id ?? '', done?.fence ?? 0, attempt({ kind: 'delivered' }));
      expect((await claimAll(ledger, { limit: 10, perEndpoint: 2 })).map((one) => one.endpoint.id)).toEqual([quick.id]);
    });

    it('are over when they were delivered', async () => {
      const { ledger } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      const job = await finishedJob(ledger, 'a');
      const [work] = await claimAll(ledger);
      expect(await ledger.callbacks.record(work?.delivery.id ?? '', work?.fence ?? 0, attempt({ kind: 'delivered' }))).toBe(true);
      const [delivery] = await ledger.callbacks.deliveries('a', { jobId: job.id }, { limit: 10 });
      expect(delivery).toMatchObject({ state: 'delivered', attempt: 1, nextAtMs: null, attempts: [{ status: 200, durationMs: 12 }] });
      expect(await ledger.callbacks.deliveries('b', { jobId: job.id }, { limit: 10 })).toEqual([]);
      expect(await ledger.callbacks.nextDueMs()).toBeUndefined();
      expect(await claimAll(ledger)).toEqual([]);
    });

    it('come again when their pause is over', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { problem });
      expect(await ledger.callbacks.nextDueMs()).toBe(START_MS);
      await recordAll(ledger, { kind: 'again', atMs: START_MS + 5000 });
      expect(await ledger.callbacks.nextDueMs()).toBe(START_MS + 5000);
      clock.ms += 4999;
      expect(await claimAll(ledger)).toEqual([]);
      clock.ms += 1;
      expect(await claimAll(ledger)).toMatchObject([{ delivery: { attempt: 1, state: 'pending' }, fence: 3 }]);
    });

    it('take the word of the newest claim only, and once', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { problem });
      const [late] = await claimAll(ledger, { leaseMs: 1000 });
      clock.ms += 1000;
      const [next] = await claimAll(ledger, { leaseMs: 1000 });
      const id = next?.delivery.id ?? '';
      expect(await ledger.callbacks.record(id, late?.fence ?? 0, attempt({ kind: 'failed' }))).toBe(false);
      expect(await ledger.callbacks.record(id, next?.fence ?? 0, attempt({ kind: 'again', atMs: clock.ms }))).toBe(true);
      expect(await ledger.callbacks.record(id, next?.fence ?? 0, attempt({ kind: 'delivered' }))).toBe(false);
      expect(await ledger.callbacks.record('dlv_unknown', 1, attempt({ kind: 'delivered' }))).toBe(false);
      expect((await ledger.callbacks.counts()).pending).toBe(1);
    });

    it('keep their last twenty attempts', async () => {
      const { ledger } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { problem });
      for (let at = 0; at < 25; at++) {
        const [work] = await claimAll(ledger);
        const again = attempt({ kind: 'again', atMs: START_MS }, { atMs: at, excerpt: `a\0b\ud800 ${at}` });
        await ledger.callbacks.record(work?.delivery.id ?? '', work?.fence ?? 0, again);
      }
      const [delivery] = await ledger.callbacks.deliveries('a', {}, { limit: 10 });
      expect(delivery?.attempt).toBe(25);
      expect(delivery?.attempts.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 20 }, (_, at) => at + 5));
      expect(delivery?.attempts.at(-1)?.excerpt).toBe('a\0b\ud800 24');
    });

    it('are listed by endpoint, job and state, newest first and page by page', async () => {
      const { ledger, clock } = await openWorld(place);
      const one = await ledger.callbacks.create('a', endpoint());
      await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { problem });
      await recordAll(ledger, { kind: 'failed' });
      clock.ms += 10;
      await submitOne(ledger, 'a', { problem });
      const all = await ledger.callbacks.deliveries('a', {}, { limit: 10 });
      expect(all.map(({ state }) => state)).toEqual(['pending', 'pending', 'failed', 'failed']);
      expect(await ledger.callbacks.deliveries('a', { endpointId: one.id }, { limit: 10 })).toHaveLength(2);
      expect(await ledger.callbacks.deliveries('a', { state: ['failed'] }, { limit: 10 })).toEqual(all.slice(2));
      expect(await ledger.callbacks.deliveries('a', {}, { limit: 2, after: all[1]?.id ?? '' })).toEqual(all.slice(2));
    });

    it('say how many wait and for how long', async () => {
      const { ledger, clock } = await openWorld(place);
      expect(await ledger.callbacks.counts()).toEqual({ pending: 0, oldestPendingMs: 0 });
      await ledger.callbacks.create('a', endpoint());
      await ledger.jobs.submit('a', { jobs: jobs(3, { problem }) });
      clock.ms += 900;
      expect(await ledger.callbacks.counts()).toEqual({ pending: 3, oldestPendingMs: 900 });
    });
  });

  describe('deliveries that are given back', () => {
    it('are due at once as if they had not been claimed, and take no late answer', async () => {
      const { ledger, clock } = await openWorld(place);
      for (const url of ['https://a.example/', 'https://b.example/']) await ledger.callbacks.create('a', endpoint({ url }));
      for (const _ of [1, 2]) await finishedJob(ledger, 'a');
      const work = await claimAll(ledger);
      expect(work).toHaveLength(4);
      expect(await claimAll(ledger)).toEqual([]);
      const [kept, ...back] = work;
      await ledger.callbacks.release(back.map(({ delivery, fence }) => ({ id: delivery.id, fence })));
      expect(await ledger.callbacks.nextDueMs()).toBeLessThanOrEqual(clock.ms);
      for (const { delivery, fence } of back)
        expect(await ledger.callbacks.record(delivery.id, fence, attempt({ kind: 'delivered' }))).toBe(false);
      const again = await claimAll(ledger);
      expect(again.map(({ delivery }) => delivery.id).sort()).toEqual(back.map(({ delivery }) => delivery.id).sort());
      expect(again.every(({ delivery }) => delivery.attempt === 0)).toBe(true);
      expect(await ledger.callbacks.record(kept?.delivery.id ?? '', kept?.fence ?? 0, attempt({ kind: 'delivered' }))).toBe(true);
    });

    it('stay with whoever claimed or settled them since', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      await finishedJob(ledger, 'a');
      const [late] = await claimAll(ledger, { leaseMs: 1000 });
      clock.ms += 1000;
      const [next] = await claimAll(ledger, { leaseMs: 1000 });
      const lateOne = [{ id: late?.delivery.id ?? '', fence: late?.fence ?? 0 }];
      await ledger.callbacks.release(lateOne);
      expect(await claimAll(ledger)).toEqual([]);
      expect(await ledger.callbacks.record(next?.delivery.id ?? '', next?.fence ?? 0, attempt({ kind: 'delivered' }))).toBe(true);
      await ledger.callbacks.release([...lateOne, { id: 'dlv_unknown', fence: 1 }]);
      expect(await claimAll(ledger)).toEqual([]);
      expect(await ledger.callbacks.nextDueMs()).toBeUndefined();
    });
  });

  describe('a failing endpoint', () => {
    it('counts each message once until it succeeds', async () => {
      const { ledger, clock } = await openWorld(place);
      const { id } = await ledger.callbacks.create('a', endpoint());
      await ledger.jobs.submit('a', { jobs: jobs(3, { problem }) });
      clock.ms += 100;
      await recordAll(ledger, { kind: 'again', atMs: START_MS });
      clock.ms += 100;
      await recordAll(ledger, { kind: 'again', atMs: START_MS });
      expect(await ledger.callbacks.endpoint('a', id)).toMatchObject({ failingSinceMs: START_MS + 100, failedMessages: 3 });
      const [work] = await claimAll(ledger, { limit: 1 });
      await ledger.callbacks.record(work?.delivery.id ?? '', work?.fence ?? 0, attempt({ kind: 'delivered' }));
      expect(await ledger.callbacks.endpoint('a', id)).toMatchObject({ failingSinceMs: null, failedMessages: 0 });
      expect(await recordAll(ledger, { kind: 'failed' })).toBe(2);
      expect(await ledger.callbacks.endpoint('a', id)).toMatchObject({ failingSinceMs: clock.ms, failedMessages: 2 });
    });

    it('is switched off with a word to the others, and what waited for it can be recovered', async () => {
      const { ledger } = await openWorld(place);
      const gone = await ledger.callbacks.create(
        'a',
        endpoint({ url: 'https://gone.example', events: ['job.needs_attention', 'endpoint.disabled'] }),
      );
      const other = await ledger.callbacks.create('a', endpoint({ events: ['endpoint.disabled'] }));
      await ledger.callbacks.create('b', endpoint({ events: ['endpoint.disabled'] }));
      await ledger.jobs.submit('a', { jobs: jobs(5, { problem }) });
      const work = await claimAll(ledger, { limit: 2 });
      const [first, second] = work;
      await ledger.callbacks.record(first?.delivery.id ?? '', first?.fence ?? 0, attempt({ kind: 'disable', reason: '410 Gone' }));
      await ledger.callbacks.record(second?.delivery.id ?? '', second?.fence ?? 0, attempt({ kind: 'again', atMs: START_MS }));
      expect(await ledger.callbacks.endpoint('a', gone.id)).toMatchObject({ enabled: false, disabledReason: '410 Gone' });
      const told = await claimAll(ledger);
      expect(told.map((one) => [one.endpoint.id, one.event.type])).toEqual([[other.id, 'endpoint.disabled']]);
      expect(told[0]?.event).toMatchObject({ jobId: null, data: { endpoint: { id: gone.id, reason: '410 Gone' } } });
      expect(await ledger.callbacks.deliveries('a', { endpointId: gone.id, state: ['failed'] }, { limit: 10 })).toHaveLength(5);

      await expect(ledger.callbacks.recoverSince('a', gone.id, START_MS)).rejects.toMatchObject({ code: 'ledger.endpoint-disabled' });
      const back = await ledger.callbacks.update('a', gone.id, { enabled: true });
      expect(back).toMatchObject({ enabled: true, disabledReason: null, failingSinceMs: null, failedMessages: 0 });
      expect(await ledger.callbacks.recoverSince('b', gone.id, START_MS)).toBe(0);
      expect(await ledger.callbacks.recoverSince('a', gone.id, START_MS + 1)).toBe(0);
      expect(await ledger.callbacks.recoverSince('a', gone.id, START_MS)).toBe(5);
      expect(await ledger.callbacks.recoverSince('a', gone.id, START_MS)).toBe(0);
      expect(await recordAll(ledger, { kind: 'delivered' })).toBe(5);
      expect(await ledger.callbacks.recoverSince('a', gone.id, START_MS)).toBe(0);
    });

    it('hears nothing while it is off, and the address of a job can be replayed later', async () => {
      const { ledger } = await openWorld(place);
      const own = await ledger.callbacks.create('a', endpoint({ kind: 'callback', url: 'https://shop.example/1' }));
      await ledger.callbacks.update('a', own.id, { enabled: false });
      const { id } = await submitOne(ledger, 'a', { callbackUrl: 'https://shop.example/1', problem });
      expect(await claimAll(ledger)).toEqual([]);
      const [missed] = await ledger.callbacks.deliveries('a', { jobId: id }, { limit: 1 });
      expect(missed).toMatchObject({ state: 'failed', attempt: 0 });
      await expect(ledger.callbacks.replay('a', missed?.id ?? '')).rejects.toMatchObject({ code: 'ledger.endpoint-disabled' });
      await ledger.callbacks.update('a', own.id, { enabled: true });
      const replayed = await ledger.callbacks.replay('a', missed?.id ?? '');
      expect(replayed).toMatchObject({ eventId: missed?.eventId, state: 'pending', attempt: 0, nextAtMs: START_MS });
      expect(replayed?.id).not.toBe(missed?.id);
      expect(await ledger.callbacks.replay('b', missed?.id ?? '')).toBeUndefined();
      expect(await ledger.callbacks.replay('a', 'dlv_unknown')).toBeUndefined();
      expect((await claimAll(ledger)).map(({ event }) => event.id)).toEqual([missed?.eventId]);
    });

    it('that was off when its worker died is not left with a delivery that waits for ever', async () => {
      const { ledger, clock } = await openWorld(place);
      const { id } = await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { problem });
      await claimAll(ledger, { leaseMs: 1000 });
      await ledger.callbacks.update('a', id, { enabled: false });
      clock.ms += 1000;
      expect(await claimAll(ledger)).toEqual([]);
      expect((await ledger.callbacks.counts()).pending).toBe(0);
      expect(await ledger.callbacks.nextDueMs()).toBeUndefined();
    });
  });

  describe('the sweep of deliveries', () => {
    it('takes settled ones with their events, and addresses that no job needs', async () => {
      const { ledger, clock } = await openWorld(place);
      const callbackUrl = 'https://shop.example/1';
      const own = await ledger.callbacks.create('a', endpoint({ kind: 'callback', url: callbackUrl }));
      const kept = await ledger.callbacks.create('a', endpoint({ kind: 'callback', url: 'https://shop.example/2' }));
      const hook = await ledger.callbacks.create('a', endpoint());
      await submitOne(ledger, 'a', { callbackUrl, problem });
      const [{ event } = { event: undefined }] = await claimAll(ledger, { leaseMs: 1 });
      clock.ms += 1;
      await recordAll(ledger, { kind: 'delivered' });
      await submitOne(ledger, 'a', { callbackUrl: kept.url });
      await ledger.jobs.submit('a', { jobs: [newJob({ problem })] });
      expect(await ledger.callbacks.sweep(START_MS, 100)).toBe(0);
      clock.ms += 1000;
      expect(await ledger.callbacks.sweep(START_MS + 1, 100)).toBe(4);
      expect(await ledger.callbacks.event('a', event?.id ?? '')).toBeUndefined();
      expect((await ledger.callbacks.endpoints('a')).map(({ id }) => id).sort()).toEqual([kept.id, hook.id].sort());
      expect(await ledger.callbacks.endpoint('a', own.id)).toBeUndefined();
      expect(await ledger.callbacks.sweep(START_MS + 10_000, 100)).toBe(0);
      expect((await ledger.callbacks.counts()).pending).toBe(1);
    });
  });
};
