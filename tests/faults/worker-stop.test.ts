import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, openFleet } from './worker-fleet.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => closeAll(closing));

const SLOTS = 2;
const tiny = (count: number, ms = 5) => Array.from({ length: count }, () => ({ do: 'work', ms }) as const);

describe.each(['sqlite', 'redis'] as const)('R3, with the queue on %s', (on) => {
  it('SIGTERM under load ends with code 0 and hands back what it could not finish within the grace', async () => {
    const { fleet } = await openFleet(on, closing);
    await fleet.submit([...tiny(30), { do: 'work', ms: 300_000 }, ...tiny(50)]);
    const first = await fleet.start({ slots: SLOTS, worker: { graceMs: 100 } });
    await fleet.done(50);
    expect(await first.end('SIGTERM')).toBe(0);
    expect(first.count('stopped')).toBe(1);
    expect(await fleet.inState('running')).toBe(0);
    const [slow, ...others] = fleet.told('handed-back');
    expect(others).toEqual([]);
    const row = await fleet.row({ id: slow ?? '' });
    expect(row).toMatchObject({ state: 'queued', attempt: 0, crashes: 0, spec: { ms: 300_000 } });
    await fleet.ledger.jobs.cancel('acme', row.id);
    await fleet.start({ slots: SLOTS });
    await fleet.done(80);
    expect((await fleet.starts()).filter((id) => id !== slow)).toHaveLength(80);
  });
});
