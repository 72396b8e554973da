import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { submitTiny } from '../support/tiny-render.ts';
import { closeAll, openFleet } from './worker-fleet.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => closeAll(closing));

const SLOTS = 2;
const tiny = (count: number, ms = 5) => Array.from({ length: count }, () => ({ do: 'work', ms }) as const);

describe('workers on Redis', () => {
  it('R6: lose no job by kill -9 of Redis in the middle, and resume by themselves', async () => {
    const { fleet, server } = await openFleet('redis', closing);
    await fleet.submit(tiny(100));
    const worker = await fleet.start({ slots: SLOTS });
    await fleet.done(20);
    await server?.kill('SIGKILL');
    // Accepted while Redis is away: the ledger has them.
    await submitTiny(fleet.ledger, tiny(20));
    await server?.start();
    await fleet.done(120);
    expect(worker.child.exitCode).toBeNull();
    const told = fleet.told('succeeded');
    expect(new Set(told).size).toBe(told.length);
    expect(await fleet.starts()).toHaveLength(120);
  });

  it('R7: lose no job by FLUSHALL in the middle, and do none twice', async () => {
    const { fleet, server } = await openFleet('redis', closing);
    await fleet.submit(tiny(100));
    await fleet.start({ slots: SLOTS });
    await fleet.done(20);
    const client = new Redis(server?.url ?? '');
    await client.flushall();
    client.disconnect();
    await fleet.done(100);
    expect(await fleet.starts()).toHaveLength(100);
  });
});
