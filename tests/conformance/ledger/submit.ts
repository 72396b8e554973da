import { describe, expect, it } from 'vitest';
import { claimOne, endpoint, type FreshPlace, finishedJob, jobs, key, newJob, openWorld, problem, submitOne, taken } from './world.ts';

export const submitSuite = (place: FreshPlace): void => {
  describe('submit', () => {
    it('gives back the job as it was asked for and reads it as it gave it', async () => {
      const { ledger, clock } = await openWorld(place);
      const asked = newJob({
        lane: 'interactive',
        spec: { product: 'mug', text: 'Grüße 🖨️', deep: { list: [1, 2.5, null, true] } },
        options: { only: 'mockup', force: true },
        origin: { source: 'shop', reference: '1001', line: '1' },
        metadata: { gift: 'yes' },
      });
      const job = await submitOne(ledger, 'a', asked);
      expect(job).toMatchObject({ ...asked, problem: null, tenant: 'a', state: 'queued', attempt: 0, fence: 0, revision: 1 });
      expect(job).toMatchObject({ createdAtMs: clock.ms, notBeforeMs: clock.ms, startedAtMs: null, finishedAtMs: null, batchId: null });
      expect(job.id).toMatch(/^job_[0-9a-z]{36}$/);
      expect(job.specDigest).toMatch(/^[0-9a-f]{64}$/);
      expect(await ledger.jobs.get('a', job.id)).toEqual(job);
    });

    it('keeps the trace of a submission with its jobs, their events and deliveries', async () => {
      const { ledger } = await openWorld(place);
      await ledger.callbacks.create('a', endpoint());
      const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const [job] = taken(await ledger.jobs.submit('a', { jobs: jobs(1), trace }));
      expect(job?.trace).toBe(trace);
      const claimed = await claimOne(ledger);
      expect(claimed.trace).toBe(trace);
      await ledger.jobs.finish(claimed.id, claimed.fence, { kind: 'failed', problem });
      const [work] = await ledger.callbacks.claim({ worker: 'd', leaseMs: 1000, limit: 9, perEndpoint: 9 });
      expect(work?.event.trace).toBe(trace);
      expect(await submitOne(ledger, 'a')).not.toHaveProperty('trace');
    });

    it('gives equal specs one digest, whatever the order of their members', async () => {
      const { ledger } = await openWorld(place);
      const one = await submitOne(ledger, 'a', { spec: { product: 'mug', pages: 2 } });
      const two = await submitOne(ledger, 'a', { spec: { pages: 2, product: 'mug' } });
      expect(two.specDigest).toBe(one.specDigest);
    });

    it('makes one set of jobs of fifty requests with one key that come at once', async () => {
      const { ledger, again } = await openWorld(place);
      const other = await again();
      const asks = Array.from({ length: 50 }, (_, at) =>
        (at % 2 === 0 ? ledger : other).jobs.submit('a', { jobs: jobs(3), idempotency: key('k') }),
      );
      const answers = await Promise.all(asks);
      expect(answers.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === 'repeated')).toHaveLength(49);
      expect(new Set(answers.map((answer) => JSON.stringify(taken(answer).map(({ id }) => id)))).size).toBe(1);
      expect((await ledger.jobs.counts()).byState.queued).toBe(3);
    });

    it('answers a repeated key with the jobs as they are now', async () => {
      const { ledger } = await openWorld(place);
      const submission = { jobs: jobs(1), idempotency: key('k') };
      await ledger.jobs.submit('a', submission);
      await claimOne(ledger);
      const repeated = await ledger.jobs.submit('a', submission);
      expect(repeated).toMatchObject({ kind: 'repeated', batchId: null, jobs: [{ state: 'running' }] });
    });

    it('answers a repeated key of a batch with all of it in its order', async () => {
      const { ledger } = await openWorld(place);
      const submission = {
        jobs: Array.from({ length: 7 }, (_, at) => newJob({ metadata: { at: `${at}` } })),
        batch: { metadata: {} },
        idempotency: key('k'),
      };
      const first = await ledger.jobs.submit('a', submission);
      expect(await ledger.jobs.submit('a', submission)).toEqual({ ...first, kind: 'repeated' });
      expect(taken(first).map(({ metadata }) => metadata.at)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    });

    it('refuses a key that stood for another request', async () => {
      const { ledger } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(1), idempotency: key('k', 'one') });
      expect(await ledger.jobs.submit('a', { jobs: jobs(1), idempotency: key('k', 'two') })).toEqual({ kind: 'other-request' });
      expect((await ledger.jobs.counts()).byState.queued).toBe(1);
    });

    it('keeps the keys of tenants and routes apart', async () => {
      const { ledger } = await openWorld(place);
      const submission = { jobs: jobs(1), idempotency: key('k') };
      expect((await ledger.jobs.submit('a', submission)).kind).toBe('created');
      expect((await ledger.jobs.submit('b', submission)).kind).toBe('created');
      const otherRoute = { ...submission, idempotency: { ...key('k'), route: 'POST /v1/batches' } };
      expect((await ledger.jobs.submit('a', otherRoute)).kind).toBe('created');
    });

    it('forgets a key when its time is over', async () => {
      const { ledger, clock } = await openWorld(place);
      const submission = { jobs: jobs(1), idempotency: key('k') };
      await ledger.jobs.submit('a', submission);
      clock.ms += 59_999;
      expect((await ledger.jobs.submit('a', submission)).kind).toBe('repeated');
      clock.ms += 1;
      expect((await ledger.jobs.submit('a', submission)).kind).toBe('created');
    });

    it('makes one job of an order line, whatever the key', async () => {
      const { ledger } = await openWorld(place);
      const origin = { source: 'shop', reference: '1001', line: '1' };
      const first = await ledger.jobs.submit('a', { jobs: [newJob({ origin })], idempotency: key('k1') });
      const second = await ledger.jobs.submit('a', { jobs: [newJob({ origin })], idempotency: key('k2') });
      expect(second).toEqual({ ...first, kind: 'repeated' });
      expect((await ledger.jobs.submit('b', { jobs: [newJob({ origin })] })).kind).toBe('created');
    });

    it('makes one job of an order line that two processes bring at once', async () => {
      const { ledger, again } = await openWorld(place);
      const other = await again();
      const origin = { source: 'shop', reference: '1001', line: '1' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? ledger : other).jobs.submit('a', { jobs: [newJob({ origin })] })),
      );
      expect(answers.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      expect(new Set(answers.flatMap((answer) => taken(answer).map(({ id }) => id))).size).toBe(1);
    });

    it('adds the new lines of an order that was seen before', async () => {
      const { ledger } = await openWorld(place);
      const line = (name: string) => newJob({ origin: { source: 'shop', reference: '1001', line: name } });
      const [one, two] = taken(await ledger.jobs.submit('a', { jobs: [line('1'), line('2')] }));
      const grown = await ledger.jobs.submit('a', { jobs: [line('2'), line('3'), line('1')] });
      expect(grown.kind).toBe('created');
      expect(taken(grown).map(({ id }) => id)).toEqual([two?.id, expect.any(String), one?.id]);
      expect((await ledger.jobs.counts()).byState.queued).toBe(3);
    });

    it('makes one job of a line that one request names twice', async () => {
      const { ledger } = await openWorld(place);
      const line = newJob({ origin: { source: 'shop', reference: '1001', line: '1' } });
      const both = taken(await ledger.jobs.submit('a', { jobs: [line, line] }));
      expect(both[0]?.id).toBe(both[1]?.id);
      expect((await ledger.jobs.counts()).byState.queued).toBe(1);
    });

    it('makes another job of a line that was cancelled or is rendered again', async () => {
      const { ledger, clock } = await openWorld(place);
      const origin = { source: 'shop', reference: '1001', line: '1' };
      const first = await submitOne(ledger, 'a', { origin });
      clock.ms += 1;
      const rerender = await submitOne(ledger, 'a', { origin, rerenderOf: first.id });
      expect(rerender.id).not.toBe(first.id);
      await ledger.jobs.cancel('a', first.id);
      expect((await ledger.jobs.submit('a', { jobs: [newJob({ origin })] })).kind).toBe('created');
      const all = await ledger.jobs.byOrigin('a', origin);
      expect(all).toHaveLength(3);
      expect(all.at(-1)?.id).toBe(first.id);
      expect(await ledger.jobs.byOrigin('b', origin)).toEqual([]);
    });

    it('refuses more than the quota and writes nothing of it', async () => {
      const { ledger } = await openWorld(place);
      await ledger.jobs.submit('a', { jobs: jobs(3), quota: 5 });
      const over = { jobs: jobs(3), quota: 5, batch: { metadata: {} }, idempotency: key('k') };
      expect(await ledger.jobs.submit('a', over)).toEqual({ kind: 'over-quota', open: 3, quota: 5 });
      expect((await ledger.jobs.counts()).byState.queued).toBe(3);
      expect((await ledger.jobs.submit('b', { jobs: jobs(5), quota: 5 })).kind).toBe('created');
      expect((await ledger.jobs.submit('a', { ...over, jobs: jobs(2) })).kind).toBe('created');
    });

    it('counts running jobs against the quota and final ones not', async () => {
      const { ledger } = await openWorld(place);
      await finishedJob(ledger, 'a');
      await ledger.jobs.submit('a', { jobs: jobs(1) });
      await claimOne(ledger);
      expect(await ledger.jobs.submit('a', { jobs: jobs(2), quota: 2 })).toMatchObject({ kind: 'over-quota', open: 1 });
      expect((await ledger.jobs.submit('a', { jobs: jobs(1), quota: 2 })).kind).toBe('created');
    });

    it('takes a batch of ten thousand in one go', async () => {
      const { ledger } = await openWorld(place);
      const submitted = await ledger.jobs.submit('a', { jobs: jobs(10_000), batch: { metadata: { name: 'spring' } } });
      expect(submitted.kind).toBe('created');
      const [first] = taken(submitted);
      expect(await ledger.jobs.batch('a', first?.batchId ?? '')).toMatchObject({
        total: 10_000,
        byState: { queued: 10_000 },
        metadata: { name: 'spring' },
      });
      expect(await ledger.jobs.batch('b', first?.batchId ?? '')).toBeUndefined();
      expect((await claimOne(ledger)).id).toBe(first?.id);
    });

    it('bears a line that cannot be rendered as it came, with its event', async () => {
      const { ledger, clock } = await openWorld(place);
      const job = await submitOne(ledger, 'a', { problem });
      expect(job).toMatchObject({ state: 'needs_attention', problem, finishedAtMs: clock.ms });
      expect(await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).toBeUndefined();
    });

    it('refuses a callback address without an endpoint, and all of the request with it', async () => {
      const { ledger } = await openWorld(place);
      const asked = { jobs: [newJob(), newJob({ callbackUrl: 'https://shop.example/1' })], idempotency: key('k') };
      await expect(ledger.jobs.submit('a', asked)).rejects.toMatchObject({ name: 'Problem', code: 'ledger.callback' });
      expect((await ledger.jobs.counts()).byState.queued).toBe(0);
      expect((await ledger.jobs.submit('a', { jobs: jobs(1), idempotency: key('k') })).kind).toBe('created');
    });

    it('refuses another spec for an order line when asked to, and all of the request with it', async () => {
      const { ledger } = await openWorld(place);
      const line = (at: string, product: string) => newJob({ origin: { source: 'shop', reference: '1', line: at }, spec: { product } });
      const known = await submitOne(ledger, 'a', line('1', 'mug'));
      const ask = (asked: readonly ReturnType<typeof newJob>[], name: string) =>
        ledger.jobs.submit('a', { jobs: asked, refuseOtherSpec: true, idempotency: key(name) });
      expect(await ask([newJob(), line('1', 'tee'), line('2', 'mug'), line('2', 'tee')], 'k')).toEqual({
        kind: 'line-taken',
        taken: [
          { at: 1, jobId: known.id },
          { at: 3, jobId: null },
        ],
      });
      expect((await ledger.jobs.counts()).byState.queued).toBe(1);
      expect(await ask([line('1', 'mug')], 'k')).toMatchObject({ kind: 'repeated', jobs: [{ id: known.id }] });
      await ledger.jobs.cancel('a', known.id);
      expect(await ask([line('1', 'tee')], 'l')).toMatchObject({ kind: 'created' });
    });

    it('keeps hostile names and long texts as they are', async () => {
      const { ledger } = await openWorld(place);
      const spec: unknown = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"text":"a\\u0000b\\ud800"}');
      const metadata: Record<string, string> = JSON.parse(
        `{"__proto__":"x","nul":"\\u0000","long":"${'ü'.repeat(100_000)}","sql":"'; drop table jobs; --"}`,
      );
      const job = await submitOne(ledger, 'a', { spec, metadata, origin: { source: 'shop', reference: "1'--", line: '__proto__' } });
      const read = await ledger.jobs.get('a', job.id);
      expect(JSON.stringify(read?.spec)).toBe(JSON.stringify(spec));
      expect(Object.entries(read?.metadata ?? {})).toEqual(Object.entries(metadata));
      expect(read?.origin).toEqual({ source: 'shop', reference: "1'--", line: '__proto__' });
    });

    it.each([
      ['a NUL', 'a\0b'],
      ['half a character', 'a\ud800'],
      ['ten thousand letters', 'ü'.repeat(10_000)],
    ])('refuses %s where a text is looked up by', async (_, text) => {
      const { ledger } = await openWorld(place);
      const refused = expect.objectContaining({ name: 'Problem', code: 'ledger.text', retry: 'never' });
      const origin = { source: 'shop', reference: text, line: '1' };
      await expect(ledger.jobs.submit('a', { jobs: [newJob({ origin })] })).rejects.toEqual(refused);
      await expect(ledger.jobs.submit('a', { jobs: jobs(1), idempotency: key(text) })).rejects.toEqual(refused);
      expect(await ledger.jobs.get('a', text)).toBeUndefined();
      expect(await ledger.jobs.list('a', { reference: text }, { limit: 5 })).toEqual([]);
      expect(await ledger.keys.find(text)).toBeUndefined();
      expect(await ledger.assets.get(text, text)).toBeUndefined();
      expect(await ledger.callbacks.endpoint('a', text)).toBeUndefined();
    });
  });
};
