import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BullmqJobQueue, openBullmqQueue, type QueueReport } from '../../../src/drivers/queue/bullmq-queue.ts';
import type { QueueConsumer, Taken } from '../../../src/jobs/job-queue.ts';
import { describeQueue, waitingJob } from '../../conformance/queue.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { until } from '../../support/until.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

let prefixes = 0;
const open = (more: { onReport?: (report: QueueReport) => void; pollMs?: number; prefix?: string } = {}): Promise<BullmqJobQueue> => {
  prefixes += 1;
  return openBullmqQueue({ url: server.url, prefix: `test${prefixes}`, pollMs: 60_000, ...more });
};

describeQueue('the queue on Redis', { open: () => open(), keepsTickets: true });

describe('tickets on Redis', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const openHere = async (more: Parameters<typeof open>[0] = {}): Promise<BullmqJobQueue> => {
    const queue = await open(more);
    closing.push(() => queue.close());
    return queue;
  };
  const consume = (queue: BullmqJobQueue, take: () => Promise<Taken>, slots = 1): QueueConsumer => {
    const consumer = queue.consume(take, slots);
    closing.push(() => consumer.close());
    return consumer;
  };
  const client = (): Redis => {
    const redis = new Redis(server.url);
    closing.push(async () => redis.disconnect());
    return redis;
  };

  it('hold ids alone, and leave nothing behind when they are served', async () => {
    const queue = await openHere({ prefix: 'ids' });
    const redis = client();
    const job = waitingJob();
    await queue.announce([job]);
    const kept = await redis.hgetall(`ids:tickets:${job.id}.0`);
    expect(JSON.parse(kept.data ?? '')).toEqual({ v: 1, id: job.id, tenant: 'acme', lane: 'batch', attempt: 0 });
    let takes = 0;
    consume(queue, async () => {
      takes += 1;
      return 'worked';
    });
    await until('the ticket to go', async () => takes === 1 && (await redis.exists(`ids:tickets:${job.id}.0`)) === 0);
    expect(await redis.zcard('ids:tickets:completed')).toBe(0);
  });

  it('serve the interactive lane first', async () => {
    const queue = await openHere({ prefix: 'lanes' });
    await queue.announce([waitingJob({ lane: 'batch' }), waitingJob({ lane: 'interactive' })]);
    const redis = client();
    expect(await redis.llen('lanes:tickets:wait')).toBe(1);
    expect(await redis.zcard('lanes:tickets:prioritized')).toBe(1);
  });

  it('are made again by whoever finds them missing after FLUSHALL', async () => {
    const queue = await openHere();
    const jobs = [waitingJob(), waitingJob()];
    await queue.announce(jobs);
    expect(await queue.missing(jobs)).toEqual([]);
    await client().flushall();
    expect(await queue.missing(jobs)).toEqual(jobs);
    await queue.announce(jobs);
    expect(await queue.depth()).toEqual({ waiting: 2, delayed: 0, active: 0 });
  });

  it('come back when the consumer that held them stops before it took', async () => {
    const queue = await openHere();
    let asked = 0;
    let letGo = (_: Taken): void => undefined;
    const first = consume(queue, () => {
      asked += 1;
      return new Promise<Taken>((resolve) => {
        letGo = resolve;
      });
    });
    await queue.announce([waitingJob()]);
    await until('the take', () => asked === 1);
    const stopping = first.close();
    letGo('nothing');
    await stopping;
    expect(await queue.depth()).toEqual({ waiting: 1, delayed: 0, active: 0 });
  });

  it('find jobs that have none, so that work goes on while Redis is empty', async () => {
    const queue = await openHere({ pollMs: 30 });
    let left = 3;
    consume(queue, async () => {
      if (left === 0) return 'nothing';
      left -= 1;
      return 'worked';
    });
    await until('the jobs to be taken', () => left === 0);
  });

  it('warn when Redis may drop them', async () => {
    const reports: QueueReport[] = [];
    const redis = client();
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      await openHere({ onReport: (report) => reports.push(report) });
    } finally {
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
    }
    expect(reports).toEqual([{ kind: 'warning', message: expect.stringContaining('got allkeys-lru') }]);
  });
});

describe('a queue without Redis', () => {
  it('cannot be opened, and says to try later', async () => {
    const problem = await openBullmqQueue({ url: 'redis://:hunter2@127.0.0.1:1' }).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'queue.unavailable', retry: 'later' });
    expect(String(problem)).not.toContain('hunter2');
  });
});
