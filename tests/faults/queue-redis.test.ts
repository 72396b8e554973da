import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { openBullmqQueue, type QueueReport } from '../../src/drivers/queue/bullmq-queue.ts';
import type { Taken } from '../../src/jobs/job-queue.ts';
import { waitingJob } from '../conformance/queue.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const start = async () => {
  const server = await startRedisServer();
  closing.push(() => server.stop());
  const reports: QueueReport[] = [];
  const queue = await openBullmqQueue({ url: server.url, pollMs: 60_000, onReport: (report) => reports.push(report) });
  closing.push(() => queue.close());
  let takes = 0;
  const listen = (): void => {
    const take = async (): Promise<Taken> => {
      takes += 1;
      return 'worked';
    };
    const consumer = queue.consume(take, 1);
    closing.push(() => consumer.close());
  };
  return { server, queue, reports, listen, takes: () => takes };
};

const refusal = { code: 'queue.unavailable', retry: 'later' };

describe('R6: Redis goes away', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'by %s: callers are told at once, tickets stay, consumers resume by themselves',
    async (signal) => {
      const { server, queue, listen, takes } = await start();
      listen();
      await queue.announce([waitingJob()]);
      await until('the first ticket to be served', () => takes() === 1);
      await queue.announce([waitingJob({ attempt: 1, notBeforeMs: Date.now() + 300 })]);
      await server.kill(signal);
      const before = performance.now();
      await expect(queue.announce([waitingJob()])).rejects.toMatchObject(refusal);
      await expect(queue.ping()).rejects.toMatchObject(refusal);
      await expect(queue.depth()).rejects.toMatchObject(refusal);
      await expect(queue.missing([waitingJob()])).rejects.toMatchObject(refusal);
      expect(performance.now() - before).toBeLessThan(4 * 1000);
      await server.start();
      await until('the delayed ticket to be served', () => takes() === 2);
      await until('an answer', () =>
        queue.announce([waitingJob()]).then(
          () => true,
          () => false,
        ),
      );
      await until('the new ticket to be served', () => takes() >= 3);
    },
  );

  it('by hanging: callers are told within half a second or so', async () => {
    const { server, queue } = await start();
    process.kill(server.pid(), 'SIGSTOP');
    try {
      const before = performance.now();
      await expect(queue.announce([waitingJob()])).rejects.toMatchObject(refusal);
      expect(performance.now() - before).toBeLessThan(2000);
    } finally {
      process.kill(server.pid(), 'SIGCONT');
    }
    await until('an answer', () =>
      queue.ping().then(
        () => true,
        () => false,
      ),
    );
  });

  it('for good: a queue and its consumer still close', async () => {
    const { server, queue, listen } = await start();
    listen();
    await queue.announce([waitingJob()]);
    await server.kill('SIGKILL');
    await queue.close();
  });
});

describe('hostile row 63: tickets written by hand', () => {
  const PREFIX = 'platen:tickets';

  it('are dropped with the reason, and good ones are served', async () => {
    const { server, queue, reports, listen, takes } = await start();
    const connection = new Redis(server.url, { maxRetriesPerRequest: null });
    const other = new Queue('tickets', { connection, prefix: 'platen' });
    closing.push(async () => {
      await other.close();
      connection.disconnect();
    });
    const good = { v: 1, id: 'job_0123456789abcdef', tenant: 'acme', lane: 'batch', attempt: 0 };
    const bad: Readonly<Record<string, unknown>> = {
      empty: {},
      nothing: null,
      list: [1, 2],
      text: 'job_0123456789abcdef',
      stale: { ...good, v: 0 },
      extra: { ...good, spec: { product: 'mug' } },
      'other-name': good,
      'bad-id': { ...good, id: '../../etc/passwd' },
      'bad-attempt': { ...good, attempt: -1 },
      long: { ...good, tenant: 'x'.repeat(100_000) },
      proto: JSON.parse('{"__proto__":{"v":1},"constructor":{"prototype":{"lane":"batch"}},"v":1}'),
    };
    for (const [jobId, data] of Object.entries(bad)) await other.add('x', data, { jobId, attempts: 3 });
    listen();
    await until(
      'every bad ticket to be reported',
      () => reports.filter(({ kind }) => kind === 'bad-ticket').length >= Object.keys(bad).length,
    );
    const names = reports.flatMap((report) => (report.kind === 'bad-ticket' ? [report.ticket] : []));
    expect(new Set(names)).toEqual(new Set(Object.keys(bad)));
    for (const report of reports) if (report.kind === 'bad-ticket') expect(report.reason.length).toBeLessThanOrEqual(500);
    expect(takes()).toBe(0);
    expect(Reflect.get({}, 'lane')).toBeUndefined();
    await queue.announce([waitingJob()]);
    await until('the good ticket to be served', () => takes() === 1);
    await until('nothing to be left', async () => (await queue.depth()).active === 0);
  });

  it('in forms that BullMQ itself cannot read do not stop the consumer', async () => {
    const { server, queue, reports, listen, takes } = await start();
    const redis = new Redis(server.url);
    closing.push(async () => redis.disconnect());
    await redis.hset(`${PREFIX}:broken-data`, { name: 'x', data: '{"v":1', opts: '{}', timestamp: '1', delay: '0', priority: '0' });
    await redis.hset(`${PREFIX}:broken-opts`, { name: 'x', data: '{}', opts: '{{{', timestamp: 'soon', delay: '0', priority: '0' });
    await redis.hset(`${PREFIX}:bare`, { name: '__proto__' });
    await redis.lpush(`${PREFIX}:wait`, 'no-such-hash', 'broken-data', 'broken-opts', 'bare', '__proto__', '');
    listen();
    await queue.announce([waitingJob(), waitingJob(), waitingJob()]);
    await until('the good tickets to be served', () => takes() >= 3, 15_000);
    expect(reports.length).toBeLessThan(50);
  });
});
