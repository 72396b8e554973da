import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openRenderPool } from '../../src/apps/worker/render-pool.ts';
import { openEmbeddedQueue } from '../../src/drivers/queue/embedded-queue.ts';
import { pathOfKey } from '../../src/drivers/store/fs-store.ts';
import { startWorker, type WorkerOptions } from '../../src/jobs/worker.ts';
import { sha256 } from '../../src/model/digest.ts';
import { isAlive } from '../support/is-alive.ts';
import { until } from '../support/until.ts';
import { closeAll, Fleet } from './worker-fleet.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => closeAll(closing));

const openFleet = async (): Promise<Fleet> => {
  const fleet = await Fleet.open();
  closing.push(() => fleet.close());
  return fleet;
};

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const FAKE_CHILD = at('tests/apps/worker/fake-child.mjs');

/** Processes whose parent is this one. */
const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').flatMap((word) => (word === '' ? [] : [Number(word)]));
};

/** A worker of this process whose rendering processes do what the spec says. */
const startHere = async (more: Partial<WorkerOptions>) => {
  const fleet = await openFleet();
  const queue = await openEmbeddedQueue({ pollMs: 20 });
  const pool = openRenderPool({
    slots: 1,
    entry: FAKE_CHILD,
    config: { version: '0.0.0', templatesDir: '', fontsDir: '', profilesDir: '', store: { kind: 'folder', root: '' } },
  });
  closing.push(() => pool.close());
  const worker = startWorker({ ledger: fleet.ledger, queue, render: pool.render, slots: 1, backoff: { baseMs: 10, maxMs: 10 }, ...more });
  closing.push(() => worker.stop());
  const submit = (...what: string[]) => fleet.submit(what.map((one) => ({ do: one, product: '' })));
  return { fleet, submit };
};

describe('a job whose rendering process never returns', () => {
  it('R5: is killed at its deadline, is given up after a few, and frees the slot each time', async () => {
    const { fleet, submit } = await startHere({ deadlineMs: 400, maxCrashes: 1 });
    const [endless] = await submit('endless', 'work', 'work');
    if (!endless) throw new Error('expected a job');
    await fleet.done(2);
    await until('the endless one to be given up', async () => (await fleet.row(endless)).state === 'failed');
    expect(await fleet.row(endless)).toMatchObject({ attempt: 2, problem: { code: 'job.deadline' } });
    await submit('work');
    await fleet.done(3);
  });

  it('is cancelled when somebody asks for it, and its process killed', async () => {
    const { fleet, submit } = await startHere({});
    const [endless] = await submit('endless', 'work');
    if (!endless) throw new Error('expected a job');
    await until('it to render', async () => (await fleet.row(endless)).progress !== null);
    await fleet.ledger.jobs.cancel('acme', endless.id);
    await until('it to be cancelled', async () => (await fleet.row(endless)).state === 'cancelled');
    await fleet.done(1);
  });

  it('is given up with the signal when it kills its process each time', async () => {
    const { fleet, submit } = await startHere({});
    const [poison] = await submit('signal', 'work');
    if (!poison) throw new Error('expected a job');
    await until('it to be given up', async () => (await fleet.row(poison)).state === 'failed');
    const { attempt, problem } = await fleet.row(poison);
    expect([attempt, problem?.code]).toEqual([3, 'job.crashed']);
    expect(problem?.message).toMatch(/SIGSEGV.*3 crashes/);
    await fleet.done(1);
  });
});

describe('a rendering process whose worker is gone', () => {
  it('ends even while it spins', async () => {
    const scripts = ['forking-parent.mjs', 'spinning-child.mjs'].map((name) => at(`tests/apps/worker/${name}`));
    const parent = spawn(process.execPath, scripts, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await once(parent.stdout, 'data');
    const pid = Number(String(said));
    expect(isAlive(pid)).toBe(true);
    // Long enough for it to spin: then it hears nothing of a broken channel.
    await pause(500);
    parent.kill('SIGKILL');
    await until('the orphan to be gone', () => !isAlive(pid));
  });
});

describe('real renders', () => {
  const SPEC = {
    version: 1,
    product: 'mug-11oz',
    placements: [
      {
        placement: 'wrap',
        method: 'sublimation',
        layers: [
          {
            type: 'text',
            text: 'Ada',
            font: { family: 'Montserrat', weight: 700 },
            size: 20,
            fill: '#d0567f',
            box: { x: 30, y: 30, width: 80, height: 30 },
          },
        ],
      },
    ],
  };

  it('survive kill -9 of their worker and of a rendering process, leave no orphan, and give the same bytes', async () => {
    const fleet = await openFleet();
    const root = join(fleet.folder, 'store');
    const pool = {
      config: {
        version: '0.0.0',
        templatesDir: at('templates'),
        fontsDir: at('fonts'),
        profilesDir: at('profiles'),
        store: { kind: 'folder', root },
      },
    };
    const jobs = await fleet.submit(
      Array.from({ length: 12 }, () => SPEC),
      { only: 'production' },
    );
    const first = await fleet.start({ slots: 2, pool });
    const children = await childrenOf(first.pid);
    expect(children).toHaveLength(2);
    await fleet.done(1);
    await first.end('SIGKILL');
    const second = await fleet.start({ slots: 2, pool });
    await fleet.done(4);
    const [victim] = await childrenOf(second.pid);
    process.kill(victim ?? 0, 'SIGKILL');
    await fleet.done(jobs.length);

    const rows = await Promise.all(jobs.map((job) => fleet.row(job)));
    const digests = new Set<string>();
    for (const { result } of rows) {
      expect(result?.manifest.status).toBe('made');
      for (const artifact of result?.manifest.artifacts ?? []) {
        const bytes = await readFile(pathOfKey(root, result?.keys[artifact.name] ?? ''));
        expect(sha256(bytes)).toBe(artifact.sha256);
        digests.add(`${artifact.name} ${artifact.sha256}`);
      }
    }
    expect(digests.size).toBe(rows[0]?.result?.manifest.artifacts.length);
    expect(await fleet.eventsPerJob()).toEqual(new Map(jobs.map(({ id }) => [id, 1])));
    const last = await childrenOf(second.pid);
    expect(last.some(isAlive)).toBe(true);
    expect(await second.end('SIGTERM')).toBe(0);
    await until('the orphans to be gone', () => ![...children, ...last].some(isAlive));
  });
});
