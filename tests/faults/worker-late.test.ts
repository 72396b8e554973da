import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { until } from '../support/until.ts';
import { closeAll, Fleet, openFleet } from './worker-fleet.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => closeAll(closing));

const tiny = (count: number, ms = 5) => Array.from({ length: count }, () => ({ do: 'work', ms }) as const);
const LEASE_MS = 400;

describe('R4: a worker whose event loop is blocked for longer than its lease', () => {
  it('comes too late: the job is published once, by the one who took over', async () => {
    const { fleet } = await openFleet('sqlite', closing);
    const [job] = await fleet.submit([{ do: 'block' }]);
    if (!job) throw new Error('expected a job');
    const blocked = await fleet.start({ slots: 1, worker: { leaseMs: LEASE_MS }, blockMs: 8 * LEASE_MS });
    await until('the job to run', async () => (await fleet.row(job)).state === 'running');
    const other = await fleet.start({ slots: 1, worker: { leaseMs: LEASE_MS }, blockMs: 0 });
    await fleet.done(1);
    const published = await fleet.row(job);
    expect(published).toMatchObject({ attempt: 2, fence: 2, crashes: 1 });
    await until('the late commit to be refused', () => blocked.count('refused') === 1);
    expect(fleet.told('succeeded')).toEqual([job.id]);
    expect(other.count('refused')).toBe(0);
    expect(await fleet.row(job)).toEqual(published);
    expect(await fleet.eventsPerJob()).toEqual(new Map([[job.id, 1]]));
  });
});

describe('R13: workers with wrong clocks', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  const TEN_MINUTES = 600_000;

  it('agree on leases by the clock of the ledger, and publish each job once', async () => {
    const fleet = await Fleet.open({ ledger: { kind: 'postgres', url: postgres.url } });
    closing.push(() => fleet.close());
    const jobs = await fleet.submit([...tiny(100, 10), { do: 'later', until: 2 }]);
    const worker = { leaseMs: 3000, backoff: { baseMs: 50, maxMs: 50 } };
    await Promise.all([
      fleet.start({ worker, clockShiftMs: TEN_MINUTES }),
      fleet.start({ worker, clockShiftMs: -TEN_MINUTES }),
      fleet.start({ worker, clockShiftMs: -TEN_MINUTES, clockShiftAfterMs: 1200 }),
    ]);
    await fleet.done(101);
    expect(await fleet.starts()).toHaveLength(102);
    const told = fleet.told('succeeded');
    expect(new Set(told).size).toBe(101);
    expect(told).toHaveLength(101);
    const rows = await Promise.all(jobs.map((job) => fleet.row(job)));
    expect(rows.every(({ crashes }) => crashes === 0)).toBe(true);
  });
});
