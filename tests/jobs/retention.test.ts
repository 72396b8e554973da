import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLedger } from '../../src/drivers/ledger/open-ledger.ts';
import { openMemoryStore } from '../../src/drivers/store/memory-store.ts';
import type { Job, NewJob } from '../../src/jobs/job.ts';
import { keyLayout } from '../../src/jobs/key-layout.ts';
import { sweep } from '../../src/jobs/retention.ts';
import { openStoreSink } from '../../src/jobs/store-sink.ts';
import { sha256 } from '../../src/model/digest.ts';
import { manifestOf } from '../support/manifest-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = 86_400_000;
const RULES = { keepJobsMs: 30 * DAY, keepUploadsMs: 10 * DAY, keepEventsMs: 5 * DAY };

const newJob = (title: string): NewJob => ({
  lane: 'interactive',
  spec: { title },
  options: {},
  origin: null,
  metadata: {},
  callbackUrl: null,
  rerenderOf: null,
  problem: null,
});

const world = async (templates = {}) => {
  let nowMs = Date.parse('2026-01-01');
  const ledger = await openLedger({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') }, { now: () => nowMs });
  const store = await openMemoryStore();
  const layout = keyLayout(templates);
  const rules = { ...RULES, layout };
  const render = async (content: string): Promise<Job> => {
    await ledger.jobs.submit('a', { jobs: [newJob(content)] });
    const job = await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 });
    if (!job) throw new Error('expected a job to claim');
    const data = Buffer.from(content);
    // An attempt that was broken off before its manifest.
    await openStoreSink(store, { job, product: 'p', layout }).put('broken-off.png', Buffer.from(`${content} half`));
    const sink = openStoreSink(store, { job, product: 'p', layout });
    await sink.put('art.png', data);
    const artifact = { name: 'art.png', role: 'production', mediaType: 'image/png', bytes: data.length, sha256: sha256(data) } as const;
    await sink.commit(Buffer.from(JSON.stringify(manifestOf([artifact]))));
    const finished = await ledger.jobs.finish(job.id, job.fence, { kind: 'succeeded', result: sink.result() });
    if (!finished) throw new Error('expected the commit to stand');
    return finished;
  };
  return {
    ledger,
    store,
    render,
    pass: (ms: number) => {
      nowMs += ms;
    },
    sweep: () => sweep(ledger, store, rules, new AbortController().signal),
    keys: async () => (await store.list('', { limit: 1000 })).map(({ key }) => key),
  };
};

it('removes jobs past their time with every file, also those of attempts that never finished', async () => {
  const { render, pass, sweep: clean, keys, ledger } = await world();
  const old = await render('old');
  pass(31 * DAY);
  const young = await render('young');
  expect(await clean()).toMatchObject({ jobs: 1, files: 3 });
  expect(await ledger.jobs.get('a', old.id)).toBeUndefined();
  expect(await ledger.jobs.get('a', young.id)).toBeDefined();
  const left = await keys();
  expect(left).toHaveLength(3);
  expect(left.every((key) => key.includes(young.id))).toBe(true);
  expect(await clean()).toMatchObject({ jobs: 0, files: 0 });
});

it('keeps a file that a younger job made as well', async () => {
  const { render, pass, sweep: clean, store } = await world({ artifact: '{tenant}/shared/{sha256}/{name}' });
  const old = await render('same');
  pass(31 * DAY);
  const young = await render('same');
  expect(old.result?.keys['art.png']).toBe(young.result?.keys['art.png']);
  await clean();
  expect(await store.stat(young.result?.keys['art.png'] ?? '')).toBeDefined();
  pass(31 * DAY);
  await clean();
  expect(await store.stat(young.result?.keys['art.png'] ?? '')).toBeUndefined();
});

it('never touches what waits or runs, however old', async () => {
  const { ledger, pass, sweep: clean } = await world();
  await ledger.jobs.submit('a', { jobs: [newJob('waits'), newJob('runs')] });
  await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 });
  pass(1000 * DAY);
  expect(await clean()).toMatchObject({ jobs: 0 });
  expect((await ledger.jobs.counts()).byState).toMatchObject({ queued: 1, running: 1 });
});

it('removes uploads with their bytes', async () => {
  const { ledger, store, pass, sweep: clean } = await world();
  const facts = { mediaType: 'image/png', bytes: 3 };
  await store.put('a/uploads/x', Buffer.from('abc'), facts);
  const asset = await ledger.assets.create('a', { state: 'ready', key: 'a/uploads/x', name: null, sha256: sha256('abc'), ...facts });
  pass(9 * DAY);
  expect(await clean()).toMatchObject({ uploads: 0 });
  pass(2 * DAY);
  expect(await clean()).toMatchObject({ uploads: 1 });
  expect(await ledger.assets.get('a', asset.id)).toBeUndefined();
  expect(await store.stat('a/uploads/x')).toBeUndefined();
});
