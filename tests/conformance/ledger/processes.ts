import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LedgerPlace } from '../../../src/drivers/ledger/open-ledger.ts';
import { type FreshPlace, jobs, key, openByTrueClock } from './world.ts';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

type Task =
  | { readonly do: 'open' }
  | { readonly do: 'claim'; readonly worker: string }
  | { readonly do: 'submit'; readonly tenant: string };

/** A process of its own at the same ledger; its lines are what it knows to be done. */
const startChild = (
  place: LedgerPlace,
  task: Task,
): { readonly child: ChildProcess; readonly lines: string[]; readonly over: Promise<void> } => {
  const child = spawn(process.execPath, [CHILD, JSON.stringify({ place, task })], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let trouble = '';
  child.stderr.on('data', (text: Buffer) => {
    trouble += text.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const over = once(child, 'close').then(([code]) => {
    if (code !== 0 && code !== null) throw new Error(`expected the process to end well, got ${String(code)}: ${trouble}`);
  });
  return { child, lines, over };
};

const untilLines = async (lines: readonly string[], count: number): Promise<void> => {
  const end = performance.now() + 20_000;
  while (lines.length < count) {
    if (performance.now() > end) throw new Error(`expected ${count} lines of a process, got ${lines.length}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/**
 * Real processes, which need the built package.
 * @param isSound - asks the database itself whether it is whole
 */
export const processSuite = (name: string, place: FreshPlace, isSound: (place: LedgerPlace) => Promise<boolean>): void => {
  describe(`several processes at one ledger in ${name}`, () => {
    it('open one new ledger at once', async () => {
      const where = await place();
      const children = [1, 2, 3].map(() => startChild(where, { do: 'open' }));
      await Promise.all(children.map(({ over }) => over));
      expect(children.flatMap(({ lines }) => lines)).toEqual(['open', 'open', 'open']);
    });

    it('never claim one job twice', async () => {
      const { ledger, place: where } = await openByTrueClock(place);
      await ledger.jobs.submit('a', { jobs: jobs(60) });
      await ledger.jobs.submit('b', { jobs: jobs(60) });
      const children = ['w1', 'w2', 'w3'].map((worker) => startChild(where, { do: 'claim', worker }));
      await Promise.all(children.map(({ over }) => over));
      const claimed = children.flatMap(({ lines }) => lines);
      expect(claimed).toHaveLength(120);
      expect(new Set(claimed).size).toBe(120);
      expect((await ledger.jobs.counts()).byState).toMatchObject({ queued: 0, succeeded: 120 });
    });

    it('lose nothing that was acknowledged when one is killed', async () => {
      const { ledger, place: where } = await openByTrueClock(place);
      const { child, lines, over } = startChild(where, { do: 'submit', tenant: 'a' });
      await untilLines(lines, 20);
      child.kill('SIGKILL');
      await over;
      const acknowledged = lines.flatMap((line) => line.split(' ').slice(1));
      expect(acknowledged.length).toBeGreaterThanOrEqual(60);
      const kept = new Set((await ledger.jobs.waiting({ limit: 100_000 })).map(({ id }) => id));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      // All or none: each submission had three jobs.
      expect(kept.size % 3).toBe(0);
      // The client that got no answer asks again under its key: nothing is made twice.
      const [name = ''] = lines.at(-1)?.split(' ') ?? [];
      const repeated = await ledger.jobs.submit('a', { jobs: jobs(3), idempotency: key(name) });
      expect(repeated.kind).toBe('repeated');
      expect(await isSound(where)).toBe(true);
    });
  });
};
