import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { closeAll, openFleet } from './worker-fleet.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => closeAll(closing));

const SLOTS = 2;
const tiny = (count: number, ms = 5) => Array.from({ length: count }, () => ({ do: 'work', ms }) as const);
/** `PLATEN_SOAK=1` takes the time for more. */
const JOBS = process.env.PLATEN_SOAK ? 1000 : 240;

describe.each(['sqlite', 'redis'] as const)('R1, with the queue on %s', (on) => {
  it('two kills of worker processes lose no job, publish each once, and repeat no more than was under way', async () => {
    const { fleet } = await openFleet(on, closing);
    const jobs = await fleet.submit(tiny(JOBS));
    const [first, second] = await Promise.all([fleet.start({ slots: SLOTS }), fleet.start({ slots: SLOTS })]);
    await fleet.done(JOBS * 0.2);
    await first.end('SIGKILL');
    await fleet.start({ slots: SLOTS });
    await fleet.done(JOBS * 0.5);
    await second.end('SIGKILL');
    await fleet.done(JOBS);

    const rows = await Promise.all(jobs.map((job) => fleet.row(job)));
    expect(rows.filter(({ state, result }) => state === 'succeeded' && result !== null)).toHaveLength(JOBS);
    const told = fleet.told('succeeded');
    expect(new Set(told).size).toBe(told.length);
    expect(await fleet.eventsPerJob()).toEqual(new Map(jobs.map(({ id }) => [id, 1])));
    const starts = await fleet.starts();
    const crashes = rows.reduce((sum, row) => sum + row.crashes, 0);
    expect(new Set(starts).size).toBe(JOBS);
    expect(crashes).toBeLessThanOrEqual(2 * SLOTS);
    expect(starts.length - JOBS).toBeLessThanOrEqual(crashes);
  });
});

describe('R15', () => {
  it('a job that kills its worker each time is given up with the reason, and its neighbours are done', async () => {
    const { fleet } = await openFleet('sqlite', closing);
    const [poison] = await fleet.submit([{ do: 'die' }, ...tiny(20)]);
    if (!poison) throw new Error('expected a job');
    const isGivenUp = async (): Promise<boolean> => (await fleet.row(poison)).state === 'failed';
    for (let workers = 0; workers < 6 && !(await isGivenUp()); workers += 1) {
      const worker = await fleet.start({ slots: 1 });
      await until('a crash or the end of it', async () => worker.child.signalCode !== null || (await isGivenUp()));
    }
    expect(await fleet.row(poison)).toMatchObject({ state: 'failed', attempt: 3, crashes: 3, problem: { code: 'job.crashed' } });
    await fleet.done(20);
  });
});
