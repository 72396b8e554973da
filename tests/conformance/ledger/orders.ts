import { describe, expect, it } from 'vitest';
import type { OrderMessage } from '../../../src/jobs/ledger.ts';
import { claimOne, type FreshPlace, finishedJob, newJob, openWorld, problem, START_MS, submitOne } from './world.ts';

const message = (change: Partial<OrderMessage> = {}): OrderMessage => ({
  source: 'shop',
  reference: '1001',
  updatedAtMs: 1000,
  cancelled: false,
  ...change,
});

const origin = { source: 'shop', reference: '1001', line: '1' };

export const orderSuite = (place: FreshPlace): void => {
  describe('messages about an order', () => {
    it('are outdated once a newer one was seen, or a cancel of the same time', async () => {
      const { ledger } = await openWorld(place);
      const note = (change: Partial<OrderMessage>, tenant = 'a') => ledger.jobs.noteMessage(tenant, message(change));
      expect(await note({ updatedAtMs: 2000 })).toBe('newest');
      expect(await note({ updatedAtMs: 1999 })).toBe('outdated');
      expect(await note({ updatedAtMs: 2000 })).toBe('newest');
      expect(await note({ updatedAtMs: 2000, cancelled: true })).toBe('newest');
      expect(await note({ updatedAtMs: 2000 })).toBe('outdated');
      expect(await note({ updatedAtMs: 2000, cancelled: true })).toBe('newest');
      expect(await note({ updatedAtMs: 2001 })).toBe('newest');
      for (const other of [{ reference: '1002' }, { source: 'other' }]) expect(await note(other)).toBe('newest');
      expect(await note({}, 'b')).toBe('newest');
    });

    it('that are outdated submit nothing and cancel nothing', async () => {
      const { ledger } = await openWorld(place);
      const { id } = await submitOne(ledger, 'a', { origin });
      await ledger.jobs.noteMessage('a', message({ updatedAtMs: 2000 }));
      const jobs = [newJob({ origin: { ...origin, line: '2' } })];
      expect(await ledger.jobs.submit('a', { jobs, message: message() })).toEqual({ kind: 'outdated' });
      expect((await ledger.jobs.cancel('a', id, { message: message({ cancelled: true }) }))?.state).toBe('queued');
      expect((await ledger.jobs.counts()).byState).toMatchObject({ queued: 1, cancelled: 0 });
      const newest = message({ updatedAtMs: 2000 });
      expect(await ledger.jobs.submit('a', { jobs, message: newest })).toMatchObject({ kind: 'created' });
      expect((await ledger.jobs.cancel('a', id, { message: newest }))?.state).toBe('cancelled');
    });

    it('that come at once leave nothing of those before the newest, whatever their order', async () => {
      const { ledger, again } = await openWorld(place);
      const other = await again();
      const called = message({ updatedAtMs: 5000, cancelled: true });
      const late = async (at: number): Promise<void> => {
        const { jobs } = at % 2 === 0 ? ledger : other;
        const older = message({ updatedAtMs: 1000 + at });
        if ((await jobs.noteMessage('a', older)) === 'newest') await jobs.submit('a', { jobs: [newJob({ origin })], message: older });
      };
      const callOff = async (): Promise<void> => {
        await other.jobs.noteMessage('a', called);
        for (const { id } of await other.jobs.byOrigin('a', origin)) await other.jobs.cancel('a', id, { message: called });
      };
      const all = Array.from({ length: 20 }, (_, at) => late(at));
      await Promise.all([...all.slice(0, 10), callOff(), ...all.slice(10)]);
      expect((await ledger.jobs.byOrigin('a', origin)).filter(({ state }) => state !== 'cancelled')).toEqual([]);
    });

    it('are forgotten when nothing was heard of the order for long', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.jobs.noteMessage('a', message());
      clock.ms += 1000;
      await ledger.jobs.noteMessage('a', message({ reference: '1002' }));
      expect(await ledger.jobs.sweepMessages(START_MS, 9)).toBe(0);
      expect(await ledger.jobs.sweepMessages(START_MS + 1, 9)).toBe(1);
      expect(await ledger.jobs.noteMessage('a', message({ updatedAtMs: 1 }))).toBe('newest');
      expect(await ledger.jobs.noteMessage('a', message({ reference: '1002', updatedAtMs: 1 }))).toBe('outdated');
    });

    it('with names that cannot be kept are refused', async () => {
      const { ledger } = await openWorld(place);
      for (const change of [{ source: 'a\0b' }, { reference: 'x'.repeat(501) }])
        await expect(ledger.jobs.noteMessage('a', message(change))).rejects.toMatchObject({ code: 'ledger.text' });
    });
  });

  describe('a cancel for good', () => {
    it('also ends what needs attention or has failed, once, and leaves what is made', async () => {
      const { ledger, clock } = await openWorld(place);
      const waiting = await submitOne(ledger, 'a', { problem });
      const { id } = await submitOne(ledger, 'a');
      const claimed = await claimOne(ledger);
      await ledger.jobs.finish(id, claimed.fence, { kind: 'failed', problem });
      clock.ms += 5;
      for (const one of [waiting.id, id]) {
        expect(await ledger.jobs.cancel('a', one)).not.toMatchObject({ state: 'cancelled' });
        const ended = await ledger.jobs.cancel('a', one, { unmade: true });
        expect(ended).toMatchObject({ state: 'cancelled', problem, finishedAtMs: clock.ms });
        expect(await ledger.jobs.cancel('a', one, { unmade: true })).toEqual(ended);
      }
      const made = await finishedJob(ledger, 'a');
      expect(await ledger.jobs.cancel('a', made.id, { unmade: true })).toEqual(made);
    });
  });
};
