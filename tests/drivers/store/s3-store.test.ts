import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3StoreOptions } from '../../../src/drivers/store/s3-client.ts';
import { backoffMs } from '../../../src/drivers/store/s3-patience.ts';
import { openS3Store } from '../../../src/drivers/store/s3-store.ts';
import type { ArtifactStore } from '../../../src/jobs/artifact-store.ts';
import { isProblem } from '../../../src/model/problem.ts';
import type { StoredObject } from '../../support/s3-server/bucket.ts';
import { firstTimes, slowDown } from '../../support/s3-server/faults.ts';
import { type S3Server, startS3Server } from '../../support/s3-server/s3-server.ts';
import { openStoreOn } from '../../support/s3-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
const text = (words: string): Uint8Array => Buffer.from(words);
const PNG = { mediaType: 'image/png' };

const inChunks = async function* (data: Uint8Array, size = 1_000_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
};

const problemOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: unknown) => error,
  );

describe('a store in a bucket', () => {
  let server: S3Server;
  let nowMs = Date.now();
  const stores: ArtifactStore[] = [];

  const open = async (options: Partial<S3StoreOptions> = {}): Promise<ArtifactStore> => {
    const store = await openStoreOn(server, options);
    stores.push(store);
    return store;
  };
  const objects = () => server.buckets.get('files')?.objects ?? new Map<string, StoredObject>();
  const uploads = () => server.buckets.get('files')?.uploads.size;
  const counted = (operation: string) => server.log.filter((line) => line.startsWith(`${operation} `)).length;

  beforeEach(async () => {
    nowMs = Date.now();
    server = await startS3Server({ buckets: ['files'], now: () => nowMs });
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.close();
  });

  it('keeps digest and media type with the object, and lets the service verify the digest', async () => {
    await (await open({ prefix: 'platen' })).put('acme/file', text('hello'), PNG);
    expect(objects().get('platen/acme/file')).toMatchObject({
      mediaType: 'image/png',
      metadata: { sha256: sha256(text('hello')) },
      checksum: { name: 'sha256', value: createHash('sha256').update('hello').digest('base64') },
    });
  });

  it('sends large bodies in parts, each with its checksum', async () => {
    const data = Buffer.alloc(20_000_000, 'platen');
    await (await open()).put('large', inChunks(data), { ...PNG, sha256: sha256(data) });
    expect(counted('UploadPart')).toBe(3);
    expect(objects().get('large')).toMatchObject({ metadata: { sha256: sha256(data) }, checksum: { name: 'sha256', type: 'COMPOSITE' } });
    expect(uploads()).toBe(0);
  });

  it('works with stores that know no checksums', async () => {
    const store = await open({ checksums: false });
    await store.put('small', text('hello'), PNG);
    await store.put('large', inChunks(Buffer.alloc(9_000_000)), PNG);
    expect([...objects().values()].map(({ checksum }) => checksum)).toEqual([undefined, undefined]);
    expect(await store.stat('large')).toMatchObject({ sha256: sha256(Buffer.alloc(9_000_000)) });
  });

  it('knows the digest of objects that others put there', async () => {
    const object = { key: 'foreign', data: Buffer.from('hello'), etag: 'e', mediaType: 'image/png', metadata: {}, modifiedAtMs: nowMs };
    objects().set('foreign', { ...object, checksum: undefined });
    const value = createHash('sha256').update('hello').digest('base64');
    objects().set('checked', { ...object, key: 'checked', checksum: { name: 'sha256', value, type: 'FULL_OBJECT' } });
    const store = await open();
    expect(await store.stat('checked')).toMatchObject({ sha256: sha256(text('hello')) });
    expect(counted('GetObject')).toBe(0);
    expect(await store.stat('foreign')).toMatchObject({ sha256: sha256(text('hello')) });
    expect(counted('GetObject')).toBe(1);
  });

  it('leaves no temporary file behind', async () => {
    const spoolFolder = await temporaryFolder();
    const store = await open({ spoolFolder });
    await store.put('large', inChunks(Buffer.alloc(9_000_000)), PNG);
    await expect(store.put('large', inChunks(Buffer.alloc(9_000_000)), { ...PNG, bytes: 5 })).rejects.toMatchObject({
      code: 'store.checksum',
    });
    server.setFaults(() => ({ kind: 'answer', status: 403, code: 'AccessDenied' }));
    await expect(store.put('large', inChunks(Buffer.alloc(9_000_000)), PNG)).rejects.toMatchObject({ code: 'store.denied' });
    expect(await readdir(spoolFolder)).toEqual([]);
  });

  it('hands out links that save a file under its name, for a quarter of an hour at most', async () => {
    const store = await open();
    await store.put('a/file', text('hello'), { mediaType: 'image/svg+xml' });
    const link = (await store.url('a/file', { ttlMs: 86_400_000, fileName: 'Größe “1”.svg' })) ?? '';
    expect(new URL(link).searchParams.get('X-Amz-Expires')).toBe('900');
    const answer = await fetch(link);
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__e _1_.svg"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%9C1%E2%80%9D.svg`,
    );
    nowMs += 901_000;
    expect((await fetch(link)).status).toBe(403);
  });

  it('hands out links for uploads of exactly one body', async () => {
    const store = await open();
    const data = text('picture');
    const upload = await store.uploadUrl('up/one', { ttlMs: 3_600_000, mediaType: 'image/png', bytes: data.length, sha256: sha256(data) });
    const put = async (body: Uint8Array, headers: object = {}) =>
      (await fetch(upload?.url ?? '', { method: 'PUT', body: Buffer.from(body), headers: { ...upload?.headers, ...headers } })).status;
    expect(new URL(upload?.url ?? '').searchParams.get('X-Amz-Expires')).toBe('300');
    expect(await put(text('Picture'))).toBe(400);
    expect(await put(text('picture and more'))).toBe(403);
    expect(await put(data, { 'content-type': 'text/html' })).toBe(403);
    expect(await put(data, { 'x-amz-checksum-sha256': createHash('sha256').update('x').digest('base64') })).toBe(403);
    expect(await put(data, { 'x-amz-meta-sha256': sha256(text('x')) })).toBe(403);
    expect(await put(data, { 'x-amz-acl': 'public-read' })).toBe(403);
    expect(objects().size).toBe(0);
    expect(await put(data)).toBe(200);
    expect(await store.stat('up/one')).toMatchObject({ sha256: sha256(data), mediaType: 'image/png', bytes: data.length });
    nowMs += 301_000;
    expect(await put(data)).toBe(403);
  });

  it('signs links for the address that callers use', async () => {
    const store = await open({ linkEndpoint: 'https://files.example.com' });
    const link = new URL((await store.url('a/file', { ttlMs: 60_000, fileName: 'x' })) ?? '');
    expect(link.origin + link.pathname).toBe('https://files.example.com/files/a/file');
  });

  it('tells its own first attempt from another writer when an answer was lost', async () => {
    const store = await open();
    server.setFaults(firstTimes(1, ['PutObject'], { kind: 'lost-answer' }));
    await store.put('once', text('mine'), { ...PNG, ifAbsent: true });
    expect(server.log.filter((line) => line.startsWith('PutObject'))).toEqual(['PutObject once 200 lost-answer', 'PutObject once 412']);
    await expect(store.put('once', text('mine'), { ...PNG, ifAbsent: true })).rejects.toMatchObject({ code: 'store.exists' });
  });

  it.each(['lost-answer', 'error-in-200'] as const)('completes an upload whose last answer is a %s', async (kind) => {
    const data = Buffer.alloc(9_000_000, 'x');
    const store = await open();
    server.setFaults(firstTimes(1, ['CompleteMultipartUpload'], { kind, code: 'InternalError' }));
    const stored = await store.put('large', data, { ...PNG, ifAbsent: true });
    expect(await store.stat('large')).toMatchObject({ sha256: stored.sha256, bytes: data.length });
    expect(uploads()).toBe(0);
  });

  it('tries again when two writers met', async () => {
    const store = await open();
    server.setFaults(firstTimes(2, ['PutObject'], { kind: 'answer', status: 409, code: 'ConditionalRequestConflict' }));
    await store.put('met', text('mine'), { ...PNG, ifAbsent: true });
    expect(counted('PutObject')).toBe(3);
  });

  it('removes the parts of an upload that failed', async () => {
    const store = await open({ writeForMs: 300 });
    const data = Buffer.alloc(30_000_000, 'x');
    server.setFaults(({ operation, count }) => (operation === 'UploadPart' && count > 2 ? slowDown : undefined));
    await expect(store.put('large', data, PNG)).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
    expect([uploads(), objects().size]).toEqual([0, 0]);
    const broken = async function* () {
      yield* inChunks(data.subarray(0, 20_000_000));
      throw new Error('the sender went away');
    };
    server.setFaults(undefined);
    await expect(store.put('large', broken(), { ...PNG, sha256: sha256(data) })).rejects.toThrow('the sender went away');
    expect([uploads(), objects().size]).toEqual([0, 0]);
  });

  it('lets go of the source when an upload fails', async () => {
    const store = await open({ writeForMs: 50 });
    server.setFaults(({ operation }) => (operation === 'UploadPart' ? slowDown : undefined));
    const released: string[] = [];
    const source = async function* (name: string) {
      try {
        for (;;) yield Buffer.alloc(1_000_000);
      } finally {
        released.push(name);
      }
    };
    await expect(store.put('large', source('known'), { ...PNG, sha256: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    await expect.poll(() => released).toEqual(['known']);
    await expect(store.put('large', source('counted'), { ...PNG, bytes: 9_000_000 })).rejects.toMatchObject({ code: 'store.checksum' });
    await expect.poll(() => released).toEqual(['known', 'counted']);
  });

  it('says when some of many files could not be removed', async () => {
    const store = await open();
    for (const key of ['a', 'b', 'c']) await store.put(key, text(key), PNG);
    const held = objects().get('b');
    if (held) objects().set('b', { ...held, metadata: { undeletable: 'AccessDenied' } });
    await expect(store.remove(['a', 'b', 'c'])).rejects.toMatchObject({ code: 'store.denied' });
    expect([...objects().keys()]).toEqual(['b']);
    if (held) objects().set('b', { ...held, metadata: { undeletable: 'InternalError' } });
    await expect(store.remove(['b'])).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it('lists on when objects vanish between the list and the question for their facts', async () => {
    const store = await open();
    for (const key of ['a', 'b', 'c', 'd']) await store.put(key, text(key), PNG);
    server.setFaults(({ operation, key }) => {
      if (operation === 'HeadObject' && key === 'a') objects().delete('a');
      return undefined;
    });
    expect((await store.list('', { limit: 3 })).map(({ key }) => key)).toEqual(['b', 'c', 'd']);
  });

  it('ends a read when the object is replaced meanwhile', async () => {
    const store = await open();
    await store.put('file', text('first'), PNG);
    const opened = await store.get('file');
    await store.put('file', text('other'), PNG);
    const read = async () => {
      for await (const chunk of opened?.body ?? []) expect(chunk).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject({ code: 'store.unavailable', message: expect.stringContaining('replaced') });
  });

  it.each([
    ['no such bucket', { bucket: 'none' }, 'store.missing-bucket', /bucket "none", got 404 NoSuchBucket/],
    ['a wrong secret', { credentials: { accessKeyId: 'AKDOUBLE', secretAccessKey: 'guess' } }, 'store.denied', /403 SignatureDoesNotMatch/],
    ['another region', { region: 'eu-other-1' }, 'store.denied', /400 AuthorizationHeaderMalformed/],
    ['nobody there', { endpoint: 'http://127.0.0.1:1', writeForMs: 50, readForMs: 50 }, 'store.unavailable', /ECONNREFUSED/],
  ])('says what is wrong in its own words: %s', async (_, options, code, message) => {
    const store = await open(options);
    const problem = await problemOf(store.put('file', text('x'), PNG));
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message), retry: 'later' });
    const pinged = await problemOf(store.ping());
    expect(isProblem(pinged)).toBe(true);
    // No request, no header, no signature hangs on what callers may log.
    for (const one of [problem, pinged])
      expect(inspect(one, { depth: 20, showHidden: true })).not.toMatch(/signature=|authorization['":]|\$metadata|AWS4-/i);
  });

  it('knows the missing bucket by a ping, where HEAD has no body', async () => {
    await expect((await open({ bucket: 'none' })).ping()).rejects.toMatchObject({ code: 'store.missing-bucket' });
    await expect((await open()).ping()).resolves.toBeUndefined();
  });

  it.each([
    ['InsufficientStorage', 507, 'store.full'],
    ['XMinioStorageFull', 507, 'store.full'],
    ['QuotaExceeded', 403, 'store.full'],
    ['AccessDenied', 403, 'store.denied'],
    ['ExpiredToken', 400, 'store.denied'],
    ['SlowDown', 503, 'store.unavailable'],
    ['TooManyRequests', 429, 'store.unavailable'],
  ])('calls %s (%i) %s', async (code, status, expected) => {
    server.setFaults(() => ({ kind: 'answer', status, code }));
    const store = await open({ writeForMs: 20, readForMs: 20 });
    await expect(store.put('file', text('x'), PNG)).rejects.toMatchObject({ code: expected, retry: 'later' });
  });

  it('gives up a silent connection', async () => {
    server.setFaults(() => ({ kind: 'hang' }));
    const store = await open({ silentForMs: 200, writeForMs: 300, readForMs: 100 });
    await expect(store.put('file', text('x'), PNG)).rejects.toMatchObject({ code: 'store.unavailable' });
    await expect(store.stat('file')).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('refuses a prefix that is none', async () => {
    await expect(openS3Store({ bucket: 'files', prefix: '../x' })).rejects.toMatchObject({ code: 'store.key' });
  });
});

describe('the pause before another attempt', () => {
  it('is random below a limit that doubles and ends at five seconds', () => {
    const longest = Array.from({ length: 12 }, (_, attempt) => backoffMs(attempt, () => 1));
    expect(longest.slice(0, 7)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000]);
    expect(Math.max(...longest)).toBe(5_000);
    expect(backoffMs(5, () => 0.25)).toBe(800);
    expect(backoffMs(5_000, () => 0)).toBe(0);
  });
});
