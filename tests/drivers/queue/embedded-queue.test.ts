import { afterEach, describe, expect, it } from 'vitest';
import { openEmbeddedQueue } from '../../../src/drivers/queue/embedded-queue.ts';
import type { QueueConsumer, Taken } from '../../../src/jobs/job-queue.ts';
import { describeQueue, waitingJob } from '../../conformance/queue.ts';
import { until } from '../../support/until.ts';

describeQueue('the embedded queue', { open: () => openEmbeddedQueue({ pollMs: 60_000 }), keepsTickets: false });

describe('the embedded queue of one process among several', () => {
  const consumers: QueueConsumer[] = [];
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.close()));
  });

  it('finds jobs that nobody announced here, with all its slots', async () => {
    const queue = await openEmbeddedQueue({ pollMs: 20 });
    let left = 0;
    let active = 0;
    let most = 0;
    const take = async (): Promise<Taken> => {
      if (left === 0) return 'nothing';
      left -= 1;
      active += 1;
      most = Math.max(most, active);
      await until('its turn to end', () => most === 3 || left === 0);
      active -= 1;
      return 'worked';
    };
    consumers.push(queue.consume(take, 3));
    left = 12;
    await until('the jobs to be taken', () => left === 0);
    expect(most).toBe(3);
  });

  it('reports a take that failed and looks again', async () => {
    const errors: unknown[] = [];
    const queue = await openEmbeddedQueue({ pollMs: 20, onError: (error) => errors.push(error) });
    let takes = 0;
    consumers.push(
      queue.consume(async () => {
        takes += 1;
        throw new Error('the ledger is away');
      }, 1),
    );
    await until('several takes', () => takes >= 3);
    expect(errors.length).toBeGreaterThanOrEqual(2);
  });

  it('forgets its tickets when it is closed', async () => {
    const queue = await openEmbeddedQueue({ pollMs: 60_000 });
    await queue.announce([waitingJob(), waitingJob({ notBeforeMs: Date.now() + 1000 })]);
    await queue.close();
    expect(await queue.depth()).toEqual({ waiting: 0, delayed: 0, active: 0 });
  });
});
