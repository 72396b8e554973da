import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3StoreOptions } from '../../src/drivers/store/s3-client.ts';
import type { ArtifactStore } from '../../src/jobs/artifact-store.ts';
import { openStoreSink, type StoreSinkFacts } from '../../src/jobs/store-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { produce } from '../../src/produce/produce.ts';
import { openBundledResources } from '../support/bundled-resources.ts';
import { manifestOf } from '../support/manifest-of.ts';
import type { StoredObject } from '../support/s3-server/bucket.ts';
import { type Fault, type FaultPlan, share, slowDown } from '../support/s3-server/faults.ts';
import { type S3Server, startS3Server } from '../support/s3-server/s3-server.ts';
import { openStoreOn } from '../support/s3-store.ts';

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
const PNG = { mediaType: 'image/png' };
const MEBIBYTE = 1024 * 1024;
const job: StoreSinkFacts = { job: { id: 'job_1', tenant: 'acme', createdAtMs: 0, origin: null } };

const readAll = async (body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
};

/** The first requests of an operation in turn. */
const inTurn = (operation: string, faults: readonly (Fault | undefined)[]): FaultPlan => {
  const left = [...faults];
  return (request) => (request.operation === operation ? left.shift() : undefined);
};

describe('an object store in trouble', () => {
  let server: S3Server;
  const stores: ArtifactStore[] = [];
  const objects = (): ReadonlyMap<string, StoredObject> => server.buckets.get('files')?.objects ?? new Map();
  const counted = (start: string): number => server.log.filter((line) => line.startsWith(start)).length;
  const open = async (options: Partial<S3StoreOptions> = {}): Promise<ArtifactStore> => {
    const store = await openStoreOn(server, options);
    stores.push(store);
    return store;
  };
  /** Everything that can be seen is what its writer said it is. */
  const expectOnlyWholeObjects = (): void => {
    for (const { data, metadata } of objects().values()) expect(sha256(data)).toBe(metadata.sha256);
  };

  beforeEach(async () => {
    server = await startS3Server({ buckets: ['files'] });
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.close();
  });

  it('that asks every fifth request to slow down fails no upload', async () => {
    const store = await open();
    server.setFaults(share(0.2, slowDown));
    const files = Array.from({ length: 40 }, (_, at) => [`acme/${at}`, randomBytes(1_000 + at)] as const);
    const queue = [...files];
    const lane = async (): Promise<void> => {
      for (let file = queue.shift(); file; file = queue.shift()) await store.put(file[0], file[1], { ...PNG, ifAbsent: true });
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    expect(counted('PutObject')).toBeGreaterThan(files.length);
    server.setFaults(undefined);
    for (const [key, data] of files) expect(await store.stat(key)).toMatchObject({ sha256: sha256(data), bytes: data.length });
    expect(await store.list('acme/', { limit: 100 })).toHaveLength(files.length);
    expectOnlyWholeObjects();
  });

  it('that asks every fifth request to slow down fails no render', async () => {
    const resources = await openBundledResources();
    try {
      server.setFaults(share(0.2, slowDown, 7));
      const sink = openStoreSink(await open(), job);
      const spec = parseDesignSpec({
        product: 'sneaker',
        components: { quarter: { colour: '#224466', material: 'croc' } },
        mockups: { width: 200 },
      });
      const manifest = await produce(spec, resources, sink, { signal: new AbortController().signal, version: 'test' });
      expect(counted('PutObject')).toBeGreaterThan(manifest.artifacts.length);
      expect([...objects().keys()].sort()).toEqual([sink.result().manifestKey, ...Object.values(sink.result().keys)].sort());
      for (const artifact of manifest.artifacts) {
        expect(sha256(objects().get(sink.result().keys[artifact.name] ?? '')?.data ?? Buffer.alloc(0))).toBe(artifact.sha256);
      }
    } finally {
      await resources.close();
    }
  });

  it('that is away says so in bounded time, shows nothing, and takes up where it was when it is back', async () => {
    const store = await open({ writeForMs: 250, readForMs: 250 });
    const files = [0, 1, 2].map((at) => [`page-${at}.png`, randomBytes(2_000)] as const);
    const manifest = (names: readonly (readonly [string, Uint8Array])[]): Uint8Array =>
      Buffer.from(
        JSON.stringify(
          manifestOf(
            names.map(([name, data]) => ({ name, role: 'preview', mediaType: 'image/png', bytes: data.length, sha256: sha256(data) })),
          ),
        ),
      );
    const attempt = async () => {
      const sink = openStoreSink(store, job);
      for (const [name, data] of files) await sink.put(name, data);
      await sink.commit(manifest(files));
      return sink.result();
    };
    server.setFaults(({ key }) => (key.includes('page-2') ? slowDown : undefined));
    await expect(attempt()).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
    expect(objects().size).toBe(2);
    expect([...objects().keys()].filter((key) => key.includes('manifest'))).toEqual([]);
    expectOnlyWholeObjects();
    server.setFaults(() => slowDown);
    // Many calls into the outage cost few requests each: it is not made worse.
    const asked = server.log.length;
    const calls = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => store.put(`more/${at}`, Buffer.from('x'), PNG)));
    expect(calls.every(({ status }) => status === 'rejected')).toBe(true);
    expect(server.log.length - asked).toBeLessThan(10 * 12);
    server.setFaults(undefined);
    const result = await attempt();
    expect(
      counted('PutObject acme/') - server.log.filter((line) => line.endsWith('503') && line.startsWith('PutObject acme/')).length,
    ).toBe(4);
    expect(Object.keys(result.keys)).toEqual(files.map(([name]) => name));
    expectOnlyWholeObjects();
  });

  it('that drops connections for a while costs only time', async () => {
    const store = await open();
    let left = 6;
    server.setFaults(() => (left-- > 0 ? { kind: 'reset-request', afterBytes: 0 } : undefined));
    const data = randomBytes(50_000);
    await Promise.all([0, 1, 2].map((at) => store.put(`acme/${at}`, data, PNG)));
    expect(left).toBeLessThanOrEqual(0);
    for (const at of [0, 1, 2]) expect(await store.stat(`acme/${at}`)).toMatchObject({ sha256: sha256(data) });
  });

  it('that resets an upload in its middle never shows a part of it', async () => {
    const store = await open();
    const data = randomBytes(3 * MEBIBYTE);
    let seen: unknown = 'nothing';
    server.setFaults(({ operation, count }) => {
      if (operation !== 'PutObject' || count > 3) return undefined;
      if (objects().size > 0) seen = [...objects().keys()];
      return { kind: 'reset-request', afterBytes: count * 500_000 };
    });
    await store.put('acme/file', data, PNG);
    expect(seen).toBe('nothing');
    expect(counted('PutObject acme/file reset')).toBe(3);
    expect(await store.stat('acme/file')).toMatchObject({ sha256: sha256(data) });
  });

  it('that resets a part of an upload gets that part again, not the whole', async () => {
    const store = await open();
    const data = randomBytes(25 * MEBIBYTE);
    const reset: Fault = { kind: 'reset-request', afterBytes: 1_000_000 };
    server.setFaults(inTurn('UploadPart', [undefined, reset, slowDown, reset, undefined]));
    await store.put('acme/large', data, PNG);
    expect(counted('UploadPart')).toBe(4 + 3);
    expect(counted('UploadPart acme/large 200')).toBe(4);
    expect(counted('CreateMultipartUpload')).toBe(1);
    expect(await store.stat('acme/large')).toMatchObject({ sha256: sha256(data), bytes: data.length });
    expectOnlyWholeObjects();
  });

  it('that goes away within a large upload shows nothing of it, and keeps its reason', async () => {
    const store = await open({ writeForMs: 200 });
    server.setFaults(({ operation, count }) =>
      operation === 'UploadPart' && count < 3 ? undefined : operation === 'CreateMultipartUpload' ? undefined : slowDown,
    );
    await expect(store.put('acme/large', randomBytes(25 * MEBIBYTE), PNG)).rejects.toMatchObject({
      code: 'store.unavailable',
      retry: 'later',
    });
    expect(objects().size).toBe(0);
    server.setFaults(undefined);
    const data = randomBytes(25 * MEBIBYTE);
    await store.put('acme/large', data, PNG);
    expect(await store.stat('acme/large')).toMatchObject({ sha256: sha256(data) });
  });

  it('that resets a download in its middle is read on where it broke', async () => {
    const store = await open();
    const data = randomBytes(2 * MEBIBYTE);
    await store.put('acme/file', data, PNG);
    const cut = (afterBytes: number): Fault => ({ kind: 'reset-answer', afterBytes });
    server.setFaults(inTurn('GetObject', [cut(700_000), cut(0), slowDown, cut(300_000)]));
    expect(Buffer.compare(await readAll((await store.get('acme/file'))?.body), data)).toBe(0);
    server.setFaults(inTurn('GetObject', [cut(10_000), cut(10_000)]));
    const part = await store.get('acme/file', { first: 1_000, last: 99_999 });
    expect(Buffer.compare(await readAll(part?.body), data.subarray(1_000, 100_000))).toBe(0);
  });

  it('that breaks every download ends it with an error, not early', async () => {
    const store = await open({ readForMs: 100 });
    const data = randomBytes(MEBIBYTE);
    await store.put('acme/file', data, PNG);
    let first = true;
    server.setFaults(({ operation }) => {
      if (operation !== 'GetObject') return undefined;
      const fault: Fault = first ? { kind: 'reset-answer', afterBytes: 200_000 } : slowDown;
      first = false;
      return fault;
    });
    await expect(readAll((await store.get('acme/file'))?.body)).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it('that answers with less than was asked for is asked for the rest, and not for ever', async () => {
    const store = await open();
    const data = randomBytes(10_000);
    await store.put('acme/file', data, PNG);
    server.setFaults(({ operation }) => (operation === 'GetObject' ? { kind: 'short-answer', bytes: 4_000 } : undefined));
    expect(Buffer.compare(await readAll((await store.get('acme/file'))?.body), data)).toBe(0);
    expect(counted('GetObject')).toBe(3);
    server.setFaults(({ operation }) => (operation === 'GetObject' ? { kind: 'short-answer', bytes: 0 } : undefined));
    await expect(readAll((await store.get('acme/file'))?.body)).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it('that answers in drops is read to the end', async () => {
    const store = await open({ silentForMs: 1_000 });
    const data = randomBytes(40_000);
    await store.put('acme/file', data, PNG);
    server.setFaults(() => ({ kind: 'slow-answer', bytes: 2_000, everyMs: 5 }));
    expect(Buffer.compare(await readAll((await store.get('acme/file'))?.body), data)).toBe(0);
  });

  it('fills no log', async () => {
    let written = 0;
    const real = { out: process.stdout.write, err: process.stderr.write };
    const count = (chunk: string | Uint8Array): boolean => {
      written += chunk.length;
      return true;
    };
    process.stdout.write = count;
    process.stderr.write = count;
    try {
      const store = await open({ writeForMs: 150 });
      server.setFaults(() => slowDown);
      await Promise.allSettled(Array.from({ length: 50 }, (_, at) => store.put(`acme/${at}`, Buffer.alloc(1_000), PNG)));
      server.setFaults(() => ({ kind: 'reset-request', afterBytes: 0 }));
      await Promise.allSettled(Array.from({ length: 50 }, (_, at) => store.put(`acme/${at}`, Buffer.alloc(1_000), PNG)));
    } finally {
      process.stdout.write = real.out;
      process.stderr.write = real.err;
    }
    expect(written).toBe(0);
  });
});
