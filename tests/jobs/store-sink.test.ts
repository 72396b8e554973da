import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../src/drivers/store/memory-store.ts';
import type { ArtifactStore } from '../../src/jobs/artifact-store.ts';
import { keyLayout } from '../../src/jobs/key-layout.ts';
import { foldersOfJob, openStoreSink, type StoreSinkFacts } from '../../src/jobs/store-sink.ts';
import type { Artifact } from '../../src/model/manifest.ts';
import { manifestOf } from '../support/manifest-of.ts';
import { until } from '../support/until.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

const artifact = (name: string, data: Uint8Array, more: Partial<Artifact> = {}): Artifact => ({
  name,
  role: 'production',
  mediaType: 'application/pdf',
  bytes: data.length,
  sha256: sha256(data),
  ...more,
});

const manifestBytes = (artifacts: readonly Artifact[]): Uint8Array => bytes(JSON.stringify(manifestOf(artifacts)));

const facts: StoreSinkFacts = {
  job: {
    id: 'job_1',
    tenant: 'acme',
    createdAtMs: Date.UTC(2026, 2, 1, 23, 59),
    origin: { source: 'shop', reference: '#1001', line: '2' },
  },
  product: 'tee',
};

describe('the sink of a job', () => {
  let store: ArtifactStore;
  let memory: ArtifactStore;
  let puts: string[];
  let stats = 0;

  beforeEach(async () => {
    memory = await openMemoryStore();
    puts = [];
    store = {
      ...memory,
      put: (key, data, more) => {
        puts.push(key);
        return memory.put(key, data, more);
      },
      stat: async (key) => {
        const found = await memory.stat(key);
        stats += 1;
        return found;
      },
      list: (prefix, page) => memory.list(prefix, page),
      get: (key) => memory.get(key),
    };
  });

  const front = artifact('front.pdf', bytes('front'), { placement: 'front', method: 'dtg' });
  const keysIn = async () => (await store.list('', { limit: 100 })).map(({ key }) => key);

  it('stores every file while the next is made, and the manifest last', async () => {
    const sink = openStoreSink(store, facts);
    await sink.put('front.pdf', bytes('front'), front);
    await until('the file', async () => (await keysIn()).length > 0);
    expect(await keysIn()).toEqual([`acme/jobs/job_1/${front.sha256}/front.pdf`]);
    const manifest = manifestBytes([front]);
    await sink.commit(manifest);
    expect(puts.at(-1)).toBe(`acme/jobs/job_1/${sha256(manifest)}/manifest.json`);
    expect(sink.result()).toEqual({
      manifestKey: puts.at(-1),
      manifest: manifestOf([front]),
      keys: { 'front.pdf': `acme/jobs/job_1/${front.sha256}/front.pdf` },
    });
    expect(await store.stat(puts.at(-1) ?? '')).toMatchObject({ mediaType: 'application/json', sha256: sha256(manifest) });
  });

  it('keeps the media type of the file, and guesses it where nobody says', async () => {
    const sink = openStoreSink(store, facts);
    await sink.put('front.pdf', bytes('front'), { ...front, mediaType: 'application/x-press' });
    await sink.put('sheet.png', bytes('sheet'));
    await sink.abort();
    const types = (await store.list('', { limit: 9 })).map(({ mediaType }) => mediaType);
    expect(types.sort()).toEqual(['application/x-press', 'image/png']);
  });

  it('fills a layout with what is known of job and file', async () => {
    const layout = keyLayout({ artifact: '{tenant}/{date}/{source}-{order}-{line}/{product}/{placement}-{method}-{view}/{job}/{name}' });
    const sink = openStoreSink(store, { ...facts, layout });
    await sink.put('front.pdf', bytes('front'), front);
    await sink.abort();
    expect(await keysIn()).toEqual(['acme/2026-03-01/shop-=231001-2/tee/front-dtg-=/job_1/front.pdf']);
  });

  it('sends nothing again that an earlier attempt stored', async () => {
    const first = openStoreSink(store, facts);
    await first.put('front.pdf', bytes('front'), front);
    await first.commit(manifestBytes([front]));
    puts = [];
    const second = openStoreSink(store, facts);
    await second.put('front.pdf', bytes('front'), front);
    await second.commit(manifestBytes([front]));
    expect(puts).toEqual([]);
    expect(second.result()).toEqual(first.result());
  });

  it('writes over a file that stands there with other bytes', async () => {
    const layout = keyLayout({ artifact: '{tenant}/{job}/{name}' });
    await store.put('acme/job_1/front.pdf', bytes('FRONT'), { mediaType: 'application/pdf' });
    const sink = openStoreSink(store, { ...facts, layout });
    await sink.put('front.pdf', bytes('front'), front);
    await sink.abort();
    expect(await store.stat('acme/job_1/front.pdf')).toMatchObject({ sha256: front.sha256 });
  });

  it('changes no file of another attempt, even when that one made other bytes', async () => {
    const first = openStoreSink(store, facts);
    await first.put('front.pdf', bytes('front'), front);
    await first.commit(manifestBytes([front]));
    const other = artifact('front.pdf', bytes('other'));
    const late = openStoreSink(store, facts);
    await late.put('front.pdf', bytes('other'), other);
    await late.commit(manifestBytes([other]));
    for (const key of [first.result().manifestKey, ...Object.values(first.result().keys)])
      expect(puts.filter((put) => put === key)).toHaveLength(1);
  });

  it('leaves no manifest when it is aborted', async () => {
    const sink = openStoreSink(store, facts);
    await sink.put('front.pdf', bytes('front'), front);
    await sink.abort();
    await sink.abort();
    await expect(sink.commit(manifestBytes([front]))).rejects.toThrow(/expected an open sink/);
    await expect(sink.put('back.pdf', bytes('back'))).rejects.toThrow(/expected an open sink/);
    expect((await keysIn()).filter((key) => key.includes('manifest'))).toEqual([]);
    expect(() => sink.result()).toThrow(/expected a committed run/);
  });

  it('stops as soon as its signal does, also within a put', async () => {
    const stop = new AbortController();
    const slow: ArtifactStore = {
      ...store,
      stat: async () => {
        stop.abort(new Error('cancelled'));
        return undefined;
      },
    };
    const sink = openStoreSink(slow, { ...facts, signal: stop.signal });
    await expect(sink.put('front.pdf', bytes('front'), front)).rejects.toThrow('cancelled');
    await expect(sink.commit(manifestBytes([]))).rejects.toThrow('cancelled');
    expect(puts).toEqual([]);
  });

  it('refuses a manifest of files that were not stored, or with other bytes', async () => {
    const sink = openStoreSink(store, facts);
    await sink.put('front.pdf', bytes('front'), front);
    const back = artifact('back.pdf', bytes('back'));
    const otherFront = artifact('front.pdf', bytes('other'));
    await expect(sink.commit(manifestBytes([front, back]))).rejects.toMatchObject({
      code: 'store.incomplete',
      message: expect.stringContaining('"back.pdf"'),
    });
    await expect(sink.commit(manifestBytes([otherFront]))).rejects.toMatchObject({ code: 'store.incomplete' });
    await sink.commit(manifestBytes([front]));
  });

  it('starts over when a file that it shares with another job went with that job', async () => {
    const shared = { ...facts, layout: keyLayout({ artifact: '{tenant}/artifacts/{hash2}/{sha256}/{name}' }) };
    const other = openStoreSink(store, shared);
    await other.put('front.pdf', bytes('front'), front);
    await other.commit(manifestBytes([front]));
    const sink = openStoreSink(store, { ...shared, job: { ...facts.job, id: 'job_2' } });
    const looked = stats;
    await sink.put('front.pdf', bytes('front'), front);
    await until('a look at the file', () => stats > looked);
    await memory.remove([`acme/artifacts/${front.sha256.slice(0, 2)}/${front.sha256}/front.pdf`]);
    await expect(sink.commit(manifestBytes([front]))).rejects.toMatchObject({ code: 'store.incomplete', retry: 'later' });
  });

  it('knows the folders that hold all that attempts at a job have stored', async () => {
    const sink = openStoreSink(store, facts);
    await sink.put('front.pdf', bytes('front'), front);
    await sink.abort();
    const second = openStoreSink(store, facts);
    await second.put('front.pdf', bytes('other'));
    await second.commit(manifestBytes([]));
    expect(foldersOfJob(facts)).toEqual(['acme/jobs/job_1/']);
    expect(await keysIn()).toHaveLength(3);
    for (const key of await keysIn()) expect(key.startsWith('acme/jobs/job_1/')).toBe(true);
    const byDay = keyLayout({ artifact: '{tenant}/{date}/{order}/{job}/{placement}/{name}' });
    expect(foldersOfJob({ ...facts, layout: byDay })).toEqual(['acme/2026-03-01/=231001/job_1/', 'acme/jobs/job_1/']);
    const scattered = keyLayout({ artifact: '{tenant}/{placement}/{job}/{name}' });
    expect(foldersOfJob({ ...facts, layout: scattered })).toEqual(['acme/jobs/job_1/']);
  });

  it('takes each name once, and bytes that are as announced', async () => {
    const sink = openStoreSink(store, facts);
    await sink.put('front.pdf', bytes('front'), front);
    await expect(sink.put('front.pdf', bytes('front'), front)).rejects.toMatchObject({ code: 'output.name' });
    const back = artifact('back.pdf', bytes('other'));
    const bad = sink.put('back.pdf', bytes('back'), back).then(() => sink.commit(manifestBytes([front, back])));
    await expect(bad).rejects.toMatchObject({ code: 'store.checksum' });
  });

  it('keeps a few files under way at most, and tells of the first that failed', async () => {
    let underWay = 0;
    let most = 0;
    const failing = new Error('the disk is gone');
    const slow: ArtifactStore = {
      ...store,
      put: async (key, data, more) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await pause(5);
        underWay -= 1;
        if (key.includes('/7.png')) throw failing;
        return memory.put(key, data, more);
      },
    };
    const sink = openStoreSink(slow, facts);
    const putAll = async (): Promise<void> => {
      for (let at = 0; at < 40; at++) await sink.put(`${at}.png`, bytes(`picture ${at}`));
      await sink.commit(manifestBytes([]));
    };
    await expect(putAll()).rejects.toBe(failing);
    await sink.abort();
    expect(underWay).toBe(0);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
  });
});
