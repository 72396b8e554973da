import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChildConfig } from '../../../src/apps/worker/child-parts.ts';
import { openRenderPool, type RenderedFacts, type RenderPool, type RenderPoolOptions } from '../../../src/apps/worker/render-pool.ts';
import type { Job, JobProgress } from '../../../src/jobs/job.ts';
import { isAlive } from '../../support/is-alive.ts';
import { until } from '../../support/until.ts';

const ENTRY = fileURLToPath(new URL('./fake-child.mjs', import.meta.url));
const CONFIG: ChildConfig = { version: '0.0.0', templatesDir: '', fontsDir: '', profilesDir: '', store: { kind: 'folder', root: '' } };

const pools: RenderPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const open = (more: Partial<RenderPoolOptions> = {}) => {
  const rendered: RenderedFacts[] = [];
  const pool = openRenderPool({ config: CONFIG, slots: 1, entry: ENTRY, onRendered: (facts) => rendered.push(facts), ...more });
  pools.push(pool);
  return { pool, rendered };
};

const job = (what: string): Job => ({
  id: 'job_1',
  tenant: 'acme',
  lane: 'batch',
  state: 'running',
  spec: { do: what },
  specDigest: '',
  options: {},
  origin: null,
  metadata: {},
  callbackUrl: null,
  batchId: null,
  rerenderOf: null,
  attempt: 1,
  crashes: 0,
  fence: 1,
  worker: 'w',
  leaseUntilMs: 0,
  notBeforeMs: 0,
  cancelRequested: false,
  progress: null,
  revision: 1,
  createdAtMs: 0,
  updatedAtMs: 0,
  startedAtMs: 0,
  finishedAtMs: null,
  result: null,
  problem: null,
});

/** Renders and tells in which process. */
const render = async (
  pool: RenderPool,
  what: string,
  abort = new AbortController(),
  onProgress = (): void => undefined,
): Promise<number> => {
  const outcome = await pool.render(job(what), { signal: abort.signal, onProgress });
  if (outcome.kind !== 'succeeded') throw new Error('expected a success');
  return Number(Reflect.get(outcome.result.manifest, 'pid'));
};

const abortOnceUnderWay = (pool: RenderPool, what: string): Promise<number> => {
  const abort = new AbortController();
  return render(pool, what, abort, () => abort.abort(new Error('deadline')));
};

describe('rendering processes', () => {
  it('stay for the next job, and tell how far they are', async () => {
    const { pool } = open();
    const first = await render(pool, 'work');
    const progress: JobProgress[] = [];
    await pool.render(job('work'), { signal: new AbortController().signal, onProgress: (one) => progress.push(one) });
    expect(progress).toEqual([{ step: 'made', done: 1, total: 2 }]);
    expect(await render(pool, 'work')).toBe(first);
  });

  it('work side by side, one job each, and let others wait', async () => {
    const { pool } = open({ slots: 2 });
    const pids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => render(pool, 'work')));
    expect(new Set(pids).size).toBe(2);
  });

  it('render the next job while the files of the one before are being kept, but no third', async () => {
    const { pool } = open();
    const order: string[] = [];
    const kept = render(pool, 'keep-and-end').then((pid) => [order.push('kept'), pid][1]);
    const next = render(pool, 'work').then((pid) => [order.push('next'), pid][1]);
    expect(await next).toBe(await kept);
    expect(order).toEqual(['next', 'kept']);
    const stop = new AbortController();
    const stuck = [render(pool, 'keep', stop), render(pool, 'keep', stop)].map((one) => one.catch(() => 'ended'));
    await until('the second to be under way', () => pool.waiting() === 0);
    const third = render(pool, 'work');
    await until('the third to wait', () => pool.waiting() === 1);
    stop.abort(new Error('deadline'));
    await Promise.all(stuck);
    await third;
  });

  it('blame a death on the job that renders, and hand back the one that was only being kept', async () => {
    const { pool } = open();
    const kept = render(pool, 'keep').catch((error: unknown) => error);
    const guilty = render(pool, 'signal').catch((error: unknown) => error);
    expect(await guilty).toMatchObject({ code: 'render.crashed' });
    expect(await kept).toMatchObject({ code: 'render.unavailable', retry: 'later' });
    await render(pool, 'work');
  });

  it('hand over every mistake of a spec, and whether to try again', async () => {
    const { pool } = open();
    await expect(render(pool, 'fail')).rejects.toMatchObject({
      code: 'input.invalid',
      retry: 'never',
      failure: { problem: { errors: [{ pointer: '/a' }, { pointer: '/b' }] } },
    });
    await expect(render(pool, 'later')).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it.each([
    ['signal', 'SIGSEGV'],
    ['exit', 'exit code 7'],
    ['throw', 'exit code 1'],
  ])('that die by %s cost only their job', async (what, how) => {
    const { pool, rendered } = open();
    const before = await render(pool, 'work');
    await expect(render(pool, what)).rejects.toMatchObject({
      code: 'render.crashed',
      retry: 'later',
      message: expect.stringContaining(how),
    });
    expect(rendered.at(-1)?.lastWords).toContain(what === 'throw' ? 'last words' : '');
    expect(await render(pool, 'work')).not.toBe(before);
  });

  it('die alone when JavaScript runs out of memory', async () => {
    const { pool } = open({ maxMemoryBytes: 220 * 1024 * 1024 });
    await expect(render(pool, 'heap')).rejects.toMatchObject({ code: 'render.crashed' });
    await render(pool, 'work');
  });

  it('are killed above their memory', async () => {
    const { pool } = open({ maxMemoryBytes: 200 * 1024 * 1024 });
    await expect(render(pool, 'memory')).rejects.toMatchObject({ code: 'render.crashed', message: expect.stringContaining('memory') });
    await render(pool, 'work');
  });

  it('that stop when told to are kept', async () => {
    const { pool } = open();
    const before = await render(pool, 'work');
    await expect(abortOnceUnderWay(pool, 'patient')).rejects.toMatchObject({ code: 'job.internal' });
    expect(await render(pool, 'work')).toBe(before);
  });

  it('R5: that never return are killed when told to stop, and their slot is free again', async () => {
    const { pool } = open();
    const before = await render(pool, 'work');
    await expect(abortOnceUnderWay(pool, 'endless')).rejects.toMatchObject({ code: 'render.crashed' });
    await until('the process to be gone', () => !isAlive(before));
    expect(await render(pool, 'work')).not.toBe(before);
  });

  it('give way to fresh ones after so many tasks', async () => {
    const { pool } = open({ tasksPerProcess: 2 });
    const pids = [await render(pool, 'work'), await render(pool, 'work'), await render(pool, 'work')];
    expect(new Set(pids).size).toBe(2);
    expect(pids[0]).toBe(pids[1]);
  });

  it('that cannot start are no crash of the job', async () => {
    const broken = open({ config: { ...CONFIG, version: 'broken' } });
    await expect(broken.pool.ready()).rejects.toMatchObject({ code: 'render.unavailable', message: expect.stringContaining('no disk') });
    await expect(render(broken.pool, 'work')).rejects.toMatchObject({ code: 'render.unavailable', retry: 'later' });
    const silent = open({ config: { ...CONFIG, version: 'silent' }, startWithinMs: 200 });
    await expect(render(silent.pool, 'work')).rejects.toMatchObject({ code: 'render.unavailable', retry: 'later' });
  });

  it('are gone when the pool is closed, whatever they do', async () => {
    const { pool } = open({ slots: 2 });
    const pid = await render(pool, 'work');
    const endless = [render(pool, 'endless'), render(pool, 'endless'), render(pool, 'work')];
    await pool.ready();
    const settled = Promise.allSettled(endless);
    await pool.close();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(isAlive(pid)).toBe(false);
  });

  it('see nothing of the environment but what they need', async () => {
    process.env.PLATEN_SECRET_KEY = 'secret';
    process.env.DATABASE_URL = 'postgres://user:secret@host/db';
    try {
      const { pool } = open();
      const pid = await render(pool, 'work');
      const { readFileSync } = await import('node:fs');
      const seen = readFileSync(`/proc/${pid}/environ`, 'utf8');
      expect(seen).toContain('MALLOC_ARENA_MAX=2');
      expect(seen).not.toContain('secret');
    } finally {
      delete process.env.PLATEN_SECRET_KEY;
      delete process.env.DATABASE_URL;
    }
  });
});
