import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobQueue, QueueConsumer, Taken } from '../../src/jobs/job-queue.ts';
import type { Waiting } from '../../src/jobs/ledger.ts';
import { newId } from '../../src/jobs/new-id.ts';
import { until } from '../support/until.ts';

export type QueueUnderTest = {
  /** A queue that knows no ticket yet and does not poll within the time of a test. */
  readonly open: () => Promise<JobQueue>;
  /** Whether it can tell which tickets it has. */
  readonly keepsTickets: boolean;
};

export const waitingJob = (more: Partial<Waiting> = {}): Waiting => ({
  id: newId('job', Date.now()),
  tenant: 'acme',
  lane: 'batch',
  attempt: 0,
  notBeforeMs: 0,
  ...more,
});

/** A take whose calls wait until they are let go. */
const heldTake = () => {
  const held: ((taken: Taken) => void)[] = [];
  return {
    held,
    take: () => new Promise<Taken>((resolve) => held.push(resolve)),
    letGo: (taken: Taken) => {
      for (const resolve of held.splice(0)) resolve(taken);
    },
  };
};

/** What every job queue promises. */
export const describeQueue = (name: string, { open, keepsTickets }: QueueUnderTest): void => {
  describe(name, () => {
    const opened: JobQueue[] = [];
    const consumers: QueueConsumer[] = [];
    afterEach(async () => {
      await Promise.all(consumers.splice(0).map((consumer) => consumer.close()));
      await Promise.all(opened.splice(0).map((queue) => queue.close()));
    });
    const openQueue = async (): Promise<JobQueue> => {
      const queue = await open();
      opened.push(queue);
      return queue;
    };
    const consume = (queue: JobQueue, take: () => Promise<Taken>, slots = 1): QueueConsumer => {
      const consumer = queue.consume(take, slots);
      consumers.push(consumer);
      return consumer;
    };
    /** Jobs that announced tickets stand for: each take does one as long as there are some. */
    const backlog = () => {
      let left = 0;
      let takes = 0;
      const take = async (): Promise<Taken> => {
        takes += 1;
        if (left === 0) return 'nothing';
        left -= 1;
        await pause(1);
        return 'worked';
      };
      const add = async (queue: JobQueue, jobs: readonly Waiting[]): Promise<void> => {
        left += jobs.length;
        await queue.announce(jobs);
      };
      return { take, add, left: () => left, takes: () => takes };
    };
    const quiet = (queue: JobQueue, meanwhile = (): void => undefined) =>
      until('an empty queue', async () => {
        meanwhile();
        const { waiting, active } = await queue.depth();
        return waiting === 0 && active === 0;
      });

    it('wakes a consumer for a ticket at once', async () => {
      const queue = await openQueue();
      const jobs = backlog();
      consume(queue, jobs.take);
      await quiet(queue);
      await jobs.add(queue, [waitingJob()]);
      await until('the job to be taken', () => jobs.left() === 0, 3000);
    });

    it('serves tickets that were announced before anybody listened', async () => {
      const queue = await openQueue();
      const jobs = backlog();
      await jobs.add(queue, [waitingJob(), waitingJob(), waitingJob()]);
      consume(queue, jobs.take);
      await until('the jobs to be taken', () => jobs.left() === 0, 3000);
    });

    it('takes at least once for each of many tickets, of both lanes, by several consumers', async () => {
      const queue = await openQueue();
      const jobs = backlog();
      consume(queue, jobs.take, 2);
      consume(queue, jobs.take, 2);
      const many = Array.from({ length: 300 }, (_, i) => waitingJob({ lane: i % 3 === 0 ? 'interactive' : 'batch' }));
      await jobs.add(queue, many);
      await until('the jobs to be taken', () => jobs.left() === 0);
      expect(jobs.takes()).toBeGreaterThanOrEqual(300);
      await quiet(queue);
    });

    it('never takes more at a time than there are slots', async () => {
      const queue = await openQueue();
      const { held, take, letGo } = heldTake();
      consume(queue, take, 3);
      await queue.announce(Array.from({ length: 8 }, () => waitingJob()));
      await until('three takes', () => held.length === 3);
      await pause(50);
      expect(held).toHaveLength(3);
      await quiet(queue, () => letGo('nothing'));
    });

    it('keeps a ticket that comes while every slot looks for work', async () => {
      const queue = await openQueue();
      const { held, take, letGo } = heldTake();
      consume(queue, take, 1);
      await queue.announce([waitingJob()]);
      await until('a take', () => held.length === 1);
      await queue.announce([waitingJob()]);
      letGo('nothing');
      await until('another take', () => held.length === 1);
      await quiet(queue, () => letGo('nothing'));
    });

    it('holds one ticket for a job and attempt however often it is announced', async () => {
      const queue = await openQueue();
      const job = waitingJob();
      await queue.announce([job]);
      await queue.announce([job, job]);
      expect(await queue.depth()).toEqual({ waiting: 1, delayed: 0, active: 0 });
      await queue.announce([{ ...job, attempt: 1 }]);
      expect(await queue.depth()).toEqual({ waiting: 2, delayed: 0, active: 0 });
    });

    it('shows a delayed ticket when its time has come and not before', async () => {
      const queue = await openQueue();
      const jobs = backlog();
      consume(queue, jobs.take);
      await quiet(queue);
      await until('the first look', () => jobs.takes() === (keepsTickets ? 0 : 1));
      const before = jobs.takes();
      const dueMs = Date.now() + 400;
      await jobs.add(queue, [waitingJob({ attempt: 1, notBeforeMs: dueMs })]);
      expect(await queue.depth()).toEqual({ waiting: 0, delayed: 1, active: 0 });
      await until('the job to be taken', () => jobs.takes() > before);
      expect(Date.now()).toBeGreaterThanOrEqual(dueMs - 1);
      await until('the job to be done', () => jobs.left() === 0);
    });

    it('goes on after a take that failed', async () => {
      const queue = await openQueue();
      const jobs = backlog();
      let failures = 0;
      consume(queue, async () => {
        failures += 1;
        if (failures <= 2) throw new Error('the ledger is away');
        return jobs.take();
      });
      await jobs.add(queue, [waitingJob()]);
      await queue.announce([waitingJob()]);
      await queue.announce([waitingJob()]);
      await until('the job to be taken', () => jobs.left() === 0);
    });

    it('takes nothing new once it is paused, and lets what runs go on', async () => {
      const queue = await openQueue();
      const { held, take, letGo } = heldTake();
      const consumer = consume(queue, take, 1);
      await queue.announce([waitingJob(), waitingJob()]);
      await until('a take', () => held.length === 1);
      await consumer.pause();
      letGo('worked');
      await pause(100);
      expect(held).toHaveLength(0);
    });

    it('closes a consumer when its last take is over', async () => {
      const queue = await openQueue();
      const { held, take, letGo } = heldTake();
      const consumer = consume(queue, take, 2);
      await queue.announce([waitingJob(), waitingJob(), waitingJob()]);
      await until('two takes', () => held.length === 2);
      let closed = false;
      const closing = consumer.close().then(() => {
        closed = true;
      });
      await pause(100);
      expect(closed).toBe(false);
      letGo('worked');
      await closing;
      expect(held).toHaveLength(0);
      await consumer.close();
    });

    it('leaves what a closed consumer did not take to the next one', async () => {
      const queue = await openQueue();
      const { held, take, letGo } = heldTake();
      const first = consume(queue, take, 1);
      await queue.announce([waitingJob(), waitingJob()]);
      await until('a take', () => held.length === 1);
      const closing = first.close();
      letGo('worked');
      await closing;
      const jobs = backlog();
      consume(queue, jobs.take);
      await until('a take by the next one', () => jobs.takes() > 0);
    });

    it('knows which jobs it has no ticket for', async () => {
      const queue = await openQueue();
      const [known, delayed, unknown] = [waitingJob(), waitingJob({ notBeforeMs: Date.now() + 60_000 }), waitingJob()];
      await queue.announce([known, delayed]);
      const all = [known, delayed, unknown, { ...known, attempt: 1 }];
      expect(await queue.missing(all)).toEqual(keepsTickets ? [unknown, { ...known, attempt: 1 }] : []);
      expect(await queue.missing([])).toEqual([]);
    });

    it('answers a ping, and announcing nothing is fine', async () => {
      const queue = await openQueue();
      await queue.ping();
      await queue.announce([]);
      expect(await queue.depth()).toEqual({ waiting: 0, delayed: 0, active: 0 });
    });
  });
};
