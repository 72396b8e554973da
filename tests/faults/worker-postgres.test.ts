import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBullmqQueue } from '../../src/drivers/queue/bullmq-queue.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { closeAll, Fleet } from './worker-fleet.ts';

let postgres: PostgresServer;
let redis: RedisServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedisServer()]);
});
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()]);
});

const closing: (() => Promise<void>)[] = [];
afterEach(() => closeAll(closing));
beforeEach(() => postgres.query('DROP SCHEMA IF EXISTS platen CASCADE'));

const openFleet = async (): Promise<Fleet> => {
  const queue = await openBullmqQueue({ url: redis.url });
  closing.push(() => queue.close());
  const fleet = await Fleet.open({ ledger: { kind: 'postgres', url: postgres.url }, redis: redis.url, queue });
  closing.push(() => fleet.close());
  return fleet;
};

const tiny = (count: number) => Array.from({ length: count }, () => ({ do: 'work', ms: 5 }) as const);

/** How many jobs have an end that order systems hear of, and how many such ends there are. */
const ends = async (): Promise<string> => postgres.query('SELECT count(DISTINCT job_id), count(*) FROM platen.events');

describe('workers on Postgres and Redis', () => {
  it('R1: lose no job by a kill of a worker process, and publish each once', async () => {
    const fleet = await openFleet();
    await fleet.submit(tiny(120));
    const first = await fleet.start();
    await fleet.start();
    await fleet.done(40);
    await first.end('SIGKILL');
    await fleet.done(120);
    expect((await ends()).trim()).toBe('120|120');
    expect((await fleet.starts()).length).toBeLessThanOrEqual(122);
  });

  it('lose no job when Postgres is killed in the middle, and resume by themselves', async () => {
    const fleet = await openFleet();
    await fleet.submit(tiny(100));
    const worker = await fleet.start();
    await fleet.done(30);
    await postgres.kill();
    await postgres.restart();
    await fleet.done(100);
    expect((await ends()).trim()).toBe('100|100');
    expect(worker.child.exitCode).toBeNull();
  });
});
