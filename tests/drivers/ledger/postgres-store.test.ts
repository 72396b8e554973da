import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import { openPostgresStore } from '../../../src/drivers/ledger/postgres-store.ts';
import type { Ledger } from '../../../src/jobs/ledger.ts';
import { claimOne, jobs, result, submitOne } from '../../conformance/ledger/world.ts';
import { freePort } from '../../support/free-port.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let running: PostgresServer | undefined;

beforeAll(async () => {
  running = await startPostgres({ durable: true });
});

afterAll(async () => {
  await running?.stop();
});

const server = (): PostgresServer => {
  if (running === undefined) throw new Error('expected a server');
  return running;
};

const withLedger = async (schema: string, work: (ledger: Ledger) => Promise<void>): Promise<void> => {
  const ledger = await openLedger({ kind: 'postgres', url: server().url, schema });
  try {
    await work(ledger);
  } finally {
    await ledger.close();
  }
};

const unavailable = expect.objectContaining({ name: 'Problem', code: 'ledger.unavailable', retry: 'later' });

describe('the ledger in Postgres', () => {
  it('goes by the clock of the server', () =>
    withLedger('clock', async (ledger) => {
      const before = Number(await server().query('select floor(extract(epoch from clock_timestamp()) * 1000)'));
      const now = await ledger.now();
      const job = await submitOne(ledger, 'a');
      const after = Number(await server().query('select ceil(extract(epoch from clock_timestamp()) * 1000)'));
      expect(now).toBeGreaterThanOrEqual(before);
      expect(job.createdAtMs).toBeGreaterThanOrEqual(now);
      expect(job.createdAtMs).toBeLessThanOrEqual(after);
    }));

  it('keeps to its schema, so that several share a database', async () => {
    await withLedger('one', async (one) => {
      await withLedger('two', async (two) => {
        const { id } = await submitOne(one, 'a');
        expect(await two.jobs.get('a', id)).toBeUndefined();
      });
    });
    expect(await server().query("select count(*) from information_schema.tables where table_schema = 'public'")).toBe('0');
  });

  it('is opened by many at once where no schema is yet', async () => {
    for (const schema of ['fresh_1', 'fresh_2', 'fresh_3']) {
      const opening = Array.from({ length: 16 }, () => openPostgresStore({ url: server().url, schema, connections: 1 }));
      const opened = await Promise.allSettled(opening);
      await Promise.all(opened.map((one) => (one.status === 'fulfilled' ? one.value.close() : undefined)));
      expect(opened.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
  });

  it('uses a schema that was made for an account which may make none', async () => {
    await server().query('create role guest login');
    await server().query('create schema given authorization guest');
    await server().query('revoke create on database postgres from public');
    const url = server().url.replace('postgres@', 'guest@');
    const ledger = await openLedger({ kind: 'postgres', url, schema: 'given' });
    await submitOne(ledger, 'a');
    await ledger.close();
    const refused = openLedger({ kind: 'postgres', url, schema: 'other' });
    await expect(refused).rejects.toMatchObject({ name: 'Problem', code: 'ledger.failed' });
  });

  it('leaves a ledger alone that a newer version has used', async () => {
    await withLedger('newer', (ledger) => ledger.ping());
    await server().query("insert into newer.migrations values (99, 'later', 0)");
    const opening = openLedger({ kind: 'postgres', url: server().url, schema: 'newer' });
    await expect(opening).rejects.toMatchObject({ name: 'Problem', code: 'ledger.newer' });
  });

  it('claims by an index when many wait', () =>
    withLedger('many', async (ledger) => {
      await submitOne(ledger, 'a');
      await server().query(`insert into many.jobs
        select (jsonb_populate_record(j, jsonb_build_object('id', 'job_' || lpad(n::text, 36, '0'), 'turn', n))).*
        from many.jobs j, generate_series(1, 20000) n`);
      await server().query('analyze many.jobs');
      const plan = await server().query(`explain select * from many.jobs
        where state = 'queued' and delayed = 0 and lane = 'batch' order by turn, id limit 1 for no key update skip locked`);
      expect(plan).toContain('Index Scan using jobs_turn');
    }));

  it('answers "retry later" while the server is gone, and loses nothing by its death', () =>
    withLedger('death', async (ledger) => {
      const accepted: string[] = [];
      let unanswered = 0;
      const submitting = (async () => {
        for (let round = 0; unanswered === 0 && round < 10_000; round++) {
          await submitOne(ledger, 'a').then(
            ({ id }) => accepted.push(id),
            (error: unknown) => {
              expect(error).toEqual(unavailable);
              unanswered += 1;
            },
          );
        }
      })();
      while (accepted.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
      await server().kill();
      await submitting;
      await expect(ledger.ping()).rejects.toEqual(unavailable);
      await expect(ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).rejects.toEqual(unavailable);
      await expect(openLedger({ kind: 'postgres', url: server().url, schema: 'death' })).rejects.toEqual(unavailable);
      await server().restart();
      const kept = new Set((await ledger.jobs.waiting({ limit: 100_000 })).map(({ id }) => id));
      expect(accepted.filter((id) => !kept.has(id))).toEqual([]);
      await ledger.jobs.submit('a', { jobs: jobs(2) });
      const { id, fence } = await claimOne(ledger);
      expect(await ledger.jobs.finish(id, fence, { kind: 'succeeded', result: result() })).toMatchObject({ state: 'succeeded' });
    }));

  it('is not harmed by connections that are cut in the middle of their work', () =>
    withLedger('cut', async (ledger) => {
      const accepted: string[] = [];
      const refused: unknown[] = [];
      const until = performance.now() + 20_000;
      const submitting = Array.from({ length: 4 }, async () => {
        while (refused.length < 4 && performance.now() < until) {
          await submitOne(ledger, 'a').then(
            ({ id }) => accepted.push(id),
            (error: unknown) => refused.push(error),
          );
        }
      });
      while (refused.length < 4 && performance.now() < until)
        await server().query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'platen'");
      await Promise.all(submitting);
      expect(refused.length).toBeGreaterThanOrEqual(4);
      expect(refused).toEqual(refused.map(() => unavailable));
      const kept = new Set((await ledger.jobs.waiting({ limit: 100_000 })).map(({ id }) => id));
      expect(accepted.filter((id) => !kept.has(id))).toEqual([]);
      await submitOne(ledger, 'a');
    }));

  it('asks again on another connection when one of the pool was cut before it changed anything', () =>
    withLedger('stale', async (ledger) => {
      for (let round = 0; round < 20; round++) {
        await Promise.all(Array.from({ length: 4 }, () => submitOne(ledger, 'a')));
        const cutting = server().query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'platen'");
        // The server's word of the cut and the next question cross on their way in some rounds, and not in others.
        await cutting;
        expect((await ledger.jobs.waiting({ limit: 1000 })).length).toBe(4 * (round + 1));
      }
    }));

  it('gives up connections that fall silent and goes on with new ones', async () => {
    const proxy = await startProxy(server().port);
    const url = server().url.replace(`${server().port}`, `${proxy.port}`);
    const store = await openPostgresStore({ url, schema: 'silent', connections: 2, answerMs: 400 });
    const ask = (): Promise<number> => store.write(async (_, nowMs) => nowMs);
    await Promise.all([ask(), ask()]);
    proxy.silence();
    const answers = await Promise.allSettled([ask(), ask()]);
    expect(answers).toEqual([
      { status: 'rejected', reason: unavailable },
      { status: 'rejected', reason: unavailable },
    ]);
    await Promise.all([ask(), ask(), ask()]);
    await store.close();
    await proxy.stop();
  });
});

/** Stands between the ledger and its server. Once silenced, the connections it has pass nothing on any more; new ones do. */
const startProxy = async (
  port: number,
): Promise<{ readonly port: number; readonly silence: () => void; readonly stop: () => Promise<void> }> => {
  const open: Socket[] = [];
  const silent: Socket[] = [];
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => {});
    near.pipe(far);
    far.pipe(near);
    open.push(near, far);
  });
  const own = await freePort();
  await new Promise<void>((resolve) => proxy.listen(own, '127.0.0.1', resolve));
  return {
    port: own,
    silence: () => {
      for (const socket of open.splice(0)) {
        socket.unpipe().pause();
        silent.push(socket);
      }
    },
    stop: async () => {
      for (const socket of [...open, ...silent]) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
};
