import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactStore, Stored } from '../../src/jobs/artifact-store.ts';
import { isProblem } from '../../src/model/problem.ts';
import { hostileKeys } from '../support/hostile-keys.ts';

export type StoreUnderTest = {
  readonly store: ArtifactStore;
  /** Whether `url` and `uploadUrl` answer. */
  readonly hasLinks: boolean;
  close(): Promise<void>;
};

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
const text = (words: string): Uint8Array => Buffer.from(words);
const PNG = { mediaType: 'image/png' };

/** Bytes that no chunk size divides, and that differ at every place. */
const bytesOf = (length: number): Uint8Array => {
  const data = new Uint8Array(length);
  for (let at = 0, seed = length; at < length; at++) {
    seed = (seed * 1_103_515_245 + 12_345) >>> 0;
    data[at] = seed >>> 24;
  }
  return data;
};

const inChunks = async function* (data: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
};

const readAll = async (body: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
};

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'no problem';
  } catch (error) {
    return isProblem(error) ? error.code : `not a problem: ${String(error)}`;
  }
};

/** What every store must do. A driver passes by a test file of three lines. */
export const storeConformance = (name: string, open: () => Promise<StoreUnderTest>): void => {
  describe(`${name} as a store`, () => {
    let under: StoreUnderTest;
    let store: ArtifactStore;
    let folders = 0;
    /** A part of the store that no other case looks at. */
    const folder = (): string => `case-${String(++folders).padStart(3, '0')}`;
    const read = async (key: string): Promise<string> => Buffer.from(await readAll((await store.get(key))?.body)).toString('utf8');

    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(async () => {
      await store.close();
      await under.close();
    });

    describe('keeps files', () => {
      it.each([0, 1, 65_537, 1_000_003])('of %i bytes as they are', async (length) => {
        const key = `${folder()}/file.bin`;
        const data = bytesOf(length);
        const stored = await store.put(key, data, { mediaType: 'application/octet-stream' });
        expect(stored).toMatchObject({ key, bytes: length, sha256: sha256(data), mediaType: 'application/octet-stream' });
        expect(Buffer.compare(await readAll((await store.get(key))?.body), data)).toBe(0);
      });

      it('that come in chunks of any size', async () => {
        const data = bytesOf(300_007);
        for (const size of [1_009, 65_536, 300_007]) {
          const key = `${folder()}/chunked.bin`;
          const stored = await store.put(key, inChunks(data, size), PNG);
          expect(stored).toMatchObject({ bytes: data.length, sha256: sha256(data) });
          expect(Buffer.compare(await readAll((await store.get(key))?.body), data)).toBe(0);
        }
      });

      it('that come as a stream of nothing', async () => {
        const key = `${folder()}/empty`;
        await store.put(key, inChunks(new Uint8Array(), 1), PNG);
        expect(await store.stat(key)).toMatchObject({ bytes: 0, sha256: sha256(new Uint8Array()) });
        expect((await readAll((await store.get(key))?.body)).length).toBe(0);
      });

      it('larger than one part of an upload', async () => {
        const key = `${folder()}/large.bin`;
        const data = bytesOf(11_000_003);
        const stored = await store.put(key, inChunks(data, 1_000_000), PNG);
        expect(stored).toMatchObject({ bytes: data.length, sha256: sha256(data) });
        expect(await store.stat(key)).toMatchObject({ bytes: data.length, sha256: sha256(data), mediaType: 'image/png' });
        expect(sha256(await readAll((await store.get(key))?.body))).toBe(sha256(data));
      });

      it('with their media type, digest, length and time', async () => {
        const key = `${folder()}/facts.svg`;
        const before = Date.now();
        await store.put(key, text('<svg/>'), { mediaType: 'image/svg+xml' });
        const stored = await store.stat(key);
        expect(stored).toEqual({
          key,
          bytes: 6,
          sha256: sha256(text('<svg/>')),
          mediaType: 'image/svg+xml',
          modifiedAtMs: expect.any(Number),
        });
        // Object stores tell whole seconds.
        expect(Math.abs((stored?.modifiedAtMs ?? 0) - before)).toBeLessThan(60_000);
      });

      it('under every letter a key may have', async () => {
        const key = `${folder()}/AZaz09._=+-/._=+-x`;
        await store.put(key, text('odd'), PNG);
        expect(await read(key)).toBe('odd');
        expect((await store.list(key, { limit: 5 })).map((one) => one.key)).toEqual([key]);
      });

      it('apart when only the case of their keys differs', async () => {
        const at = folder();
        await store.put(`${at}/name`, text('lower'), PNG);
        await store.put(`${at}/NAME`, text('upper'), PNG);
        expect(await read(`${at}/name`)).toBe('lower');
      });

      it('that are written again with equal bytes', async () => {
        const key = `${folder()}/again`;
        const first = await store.put(key, text('same'), PNG);
        const second = await store.put(key, text('same'), PNG);
        expect({ ...second, modifiedAtMs: 0 }).toEqual({ ...first, modifiedAtMs: 0 });
        expect(await read(key)).toBe('same');
      });

      it('that replace others, with their facts', async () => {
        const key = `${folder()}/replaced`;
        await store.put(key, text('a long first one'), PNG);
        await store.put(key, text('second'), { mediaType: 'text/plain' });
        expect(await read(key)).toBe('second');
        expect(await store.stat(key)).toMatchObject({ bytes: 6, sha256: sha256(text('second')), mediaType: 'text/plain' });
      });

      it('whole when many write one key at a time', async () => {
        const key = `${folder()}/raced`;
        const bodies = Array.from({ length: 8 }, (_, at) => Buffer.alloc(50_000, at + 1));
        await Promise.all(bodies.map((body) => store.put(key, inChunks(body, 7_000), PNG)));
        const stored = await store.stat(key);
        const data = await readAll((await store.get(key))?.body);
        expect(bodies.map(sha256)).toContain(sha256(data));
        expect(stored?.sha256).toBe(sha256(data));
      });
    });

    describe('checks what it is given', () => {
      it('and takes bytes that are as announced', async () => {
        const key = `${folder()}/announced`;
        await store.put(key, text('right'), { ...PNG, sha256: sha256(text('right')), bytes: 5 });
        expect(await read(key)).toBe('right');
      });

      it.each([
        ['another digest', { sha256: sha256(text('other')) }],
        ['more bytes than came', { bytes: 50 }],
        ['fewer bytes than came', { bytes: 3 }],
      ])('and refuses %s, leaving nothing', async (_, facts) => {
        const at = folder();
        expect(await codeOf(store.put(`${at}/whole`, text('wrong'), { ...PNG, ...facts }))).toBe('store.checksum');
        expect(await codeOf(store.put(`${at}/chunked`, inChunks(text('wrong'), 2), { ...PNG, ...facts }))).toBe('store.checksum');
        expect(await store.list(at, { limit: 5 })).toEqual([]);
        expect(await store.stat(`${at}/whole`)).toBeUndefined();
      });

      it('and keeps what stood there when its successor is refused', async () => {
        const key = `${folder()}/stands`;
        await store.put(key, text('first'), PNG);
        expect(await codeOf(store.put(key, inChunks(text('wrong'), 2), { ...PNG, sha256: sha256(text('other')) }))).toBe('store.checksum');
        expect(await read(key)).toBe('first');
        expect(await store.stat(key)).toMatchObject({ sha256: sha256(text('first')) });
      });

      it.each([10, 9_000_000])('and leaves nothing when the source breaks after %i bytes', async (length) => {
        const at = folder();
        const broken = async function* (): AsyncGenerator<Uint8Array> {
          yield* inChunks(bytesOf(length), 1_000_000);
          throw new Error('the sender went away');
        };
        await expect(store.put(`${at}/broken`, broken(), PNG)).rejects.toThrow('the sender went away');
        expect(await store.stat(`${at}/broken`)).toBeUndefined();
        expect(await store.list(at, { limit: 5 })).toEqual([]);
      });

      it.each(hostileKeys.map((key) => [encodeURIComponent(key).slice(0, 40), key]))(
        'and refuses the key %s in every call',
        async (_, key) => {
          const calls = [
            store.put(key, text('x'), PNG),
            store.get(key),
            store.stat(key),
            store.remove([key]),
            store.url(key, { ttlMs: 1_000, fileName: 'x' }),
            store.uploadUrl(key, { ttlMs: 1_000, mediaType: 'image/png', bytes: 1, sha256: sha256(text('x')) }),
          ];
          if (!under.hasLinks) calls.splice(4);
          expect(await Promise.all(calls.map(codeOf))).toEqual(calls.map(() => 'store.key'));
        },
      );

      it('and refuses prefixes that no key begins with', async () => {
        for (const prefix of ['../', 'a/../', 'a//', '/', 'a\\', 'a\0', 'a%', `${'a'.repeat(2_000)}`]) {
          expect(await codeOf(store.list(prefix, { limit: 5 })), prefix).toBe('store.key');
        }
      });
    });

    describe('gives a key to one writer', () => {
      it('and refuses the next one', async () => {
        const key = `${folder()}/once`;
        await store.put(key, text('first'), { ...PNG, ifAbsent: true });
        expect(await codeOf(store.put(key, text('next'), { ...PNG, ifAbsent: true }))).toBe('store.exists');
        expect(await codeOf(store.put(key, text('first'), { ...PNG, ifAbsent: true }))).toBe('store.exists');
        expect(await read(key)).toBe('first');
        expect(await store.stat(key)).toMatchObject({ sha256: sha256(text('first')) });
      });

      it('of many that come at the same time', async () => {
        const key = `${folder()}/many`;
        const puts = Array.from({ length: 12 }, (_, at) => codeOf(store.put(key, text(`writer ${at}`), { ...PNG, ifAbsent: true })));
        const codes = await Promise.all(puts);
        expect(codes.filter((code) => code === 'no problem')).toHaveLength(1);
        expect(codes.filter((code) => code === 'store.exists')).toHaveLength(11);
        const winner = `writer ${codes.indexOf('no problem')}`;
        expect(await read(key)).toBe(winner);
        expect(await store.stat(key)).toMatchObject({ sha256: sha256(text(winner)) });
      });

      it('also of bodies that come in parts', async () => {
        const key = `${folder()}/parts`;
        const data = bytesOf(6_000_001);
        await store.put(key, inChunks(data, 500_000), { ...PNG, ifAbsent: true });
        expect(await codeOf(store.put(key, inChunks(bytesOf(6_000_002), 500_000), { ...PNG, ifAbsent: true }))).toBe('store.exists');
        expect(await store.stat(key)).toMatchObject({ sha256: sha256(data) });
      });

      it('again once it was removed', async () => {
        const key = `${folder()}/free`;
        await store.put(key, text('first'), { ...PNG, ifAbsent: true });
        await store.remove([key]);
        await store.put(key, text('next'), { ...PNG, ifAbsent: true });
        expect(await read(key)).toBe('next');
      });
    });

    describe('reads parts', () => {
      const data = bytesOf(200_000);
      const key = 'ranges/file.bin';

      beforeAll(async () => {
        await store.put(key, data, PNG);
      });

      it.each([
        [0, 0],
        [0, 99],
        [65_535, 65_536],
        [199_999, 199_999],
        [100_000, 199_999],
        [150_000, 900_000],
      ])('from byte %i to byte %i', async (first, last) => {
        const opened = await store.get(key, { first, last });
        expect(opened?.stored).toMatchObject({ key, bytes: data.length, sha256: sha256(data) });
        expect(Buffer.compare(await readAll(opened?.body), data.subarray(first, last + 1))).toBe(0);
      });

      it('as they are in the whole, wherever they lie', async () => {
        const place = fc.integer({ min: 0, max: data.length - 1 });
        await fc.assert(
          fc.asyncProperty(place, place, async (a, b) => {
            const [first, last] = [Math.min(a, b), Math.max(a, b)];
            const part = await readAll((await store.get(key, { first, last }))?.body);
            expect(Buffer.compare(part, data.subarray(first, last + 1))).toBe(0);
          }),
          { numRuns: 15 },
        );
      });

      it.each([
        [200_000, 200_001],
        [5, 4],
        [-1, 4],
        [0.5, 4],
      ])('and refuses %f to %f, which is none', async (first, last) => {
        expect(await codeOf(store.get(key, { first, last }))).toBe('store.range');
      });

      it('and refuses every part of an empty file', async () => {
        await store.put('ranges/empty', new Uint8Array(), PNG);
        expect(await codeOf(store.get('ranges/empty', { first: 0, last: 0 }))).toBe('store.range');
      });
    });

    describe('lists keys', () => {
      const names = ['a', 'a+b', 'a-b', 'a.b', 'ab', 'b/a', 'b/c/d', 'b/c-d', 'b=c', 'A', '0', '_', 'c/x', 'c.x', 'c-x', 'c0'];
      const sorted = names.map((name) => `listed/${name}`).sort();
      const keysOf = (page: readonly Stored[]): readonly string[] => page.map((stored) => stored.key);

      beforeAll(async () => {
        for (const name of names) await store.put(`listed/${name}`, text(name), PNG);
        await store.put('listed-not/a', text('x'), PNG);
      });

      it('in the order of their bytes', async () => {
        expect(keysOf(await store.list('listed/', { limit: 100 }))).toEqual(sorted);
      });

      it('with the facts of each', async () => {
        const [first] = await store.list('listed/ab', { limit: 1 });
        expect(first).toEqual(await store.stat('listed/ab'));
      });

      it('page by page, none twice and none left out', async () => {
        for (const limit of [1, 2, 5, 15, 16, 17]) {
          const seen: string[] = [];
          for (let after: string | undefined; ; after = seen.at(-1)) {
            const page = keysOf(await store.list('listed/', after === undefined ? { limit } : { limit, after }));
            seen.push(...page);
            expect(page.length).toBeLessThanOrEqual(limit);
            if (page.length < limit) break;
          }
          expect(seen).toEqual(sorted);
        }
      });

      it('that begin within a name', async () => {
        expect(keysOf(await store.list('listed/a', { limit: 100 }))).toEqual(sorted.filter((key) => key.startsWith('listed/a')));
        expect(keysOf(await store.list('listed', { limit: 100 }))).toContain('listed-not/a');
      });

      it('after one that is not there', async () => {
        expect(keysOf(await store.list('listed/', { limit: 3, after: 'listed/b/b' }))).toEqual(
          sorted.filter((key) => key > 'listed/b/b').slice(0, 3),
        );
        expect(await store.list('listed/', { limit: 3, after: 'z' })).toEqual([]);
      });

      it('and finds none where there are none', async () => {
        expect(await store.list('nowhere/', { limit: 3 })).toEqual([]);
        expect(await store.list('listed/a/', { limit: 3 })).toEqual([]);
      });
    });

    describe('removes files', () => {
      it('so that nothing of them is left', async () => {
        const at = folder();
        await store.put(`${at}/deep/down/file`, text('x'), PNG);
        await store.put(`${at}/other`, text('y'), PNG);
        await store.remove([`${at}/deep/down/file`]);
        expect(await store.stat(`${at}/deep/down/file`)).toBeUndefined();
        expect(await store.get(`${at}/deep/down/file`)).toBeUndefined();
        expect((await store.list(at, { limit: 5 })).map((one) => one.key)).toEqual([`${at}/other`]);
      });

      it('and does not mind missing ones', async () => {
        const at = folder();
        await store.put(`${at}/there`, text('x'), PNG);
        await store.remove([`${at}/missing`, `${at}/there`, `${at}/there/below`, `${at}`]);
        await store.remove([]);
        expect(await store.list(at, { limit: 5 })).toEqual([]);
      });

      it('many at a time', async () => {
        const at = folder();
        const keys = Array.from({ length: 25 }, (_, number) => `${at}/${number}`);
        for (const key of keys) await store.put(key, text(key), PNG);
        await store.remove([...keys, ...Array.from({ length: 1_200 }, (_, number) => `${at}/missing-${number}`)]);
        expect(await store.list(at, { limit: 5 })).toEqual([]);
      });
    });

    describe('answers for what it does not have', () => {
      it('with nothing', async () => {
        expect(await store.stat('missing/file')).toBeUndefined();
        expect(await store.get('missing/file')).toBeUndefined();
        expect(await store.get('missing/file', { first: 0, last: 1 })).toBeUndefined();
      });

      it('that it is there', async () => {
        await expect(store.ping()).resolves.toBeUndefined();
      });

      it('with links where it has them, of a limited life', async () => {
        const link = await store.url('links/file', { ttlMs: 86_400_000, fileName: 'front.png' });
        const upload = { ttlMs: 60_000, mediaType: 'image/png', bytes: 4, sha256: sha256(text('data')) };
        expect(typeof link).toBe(under.hasLinks ? 'string' : 'undefined');
        expect(typeof (await store.uploadUrl('links/file', upload))).toBe(under.hasLinks ? 'object' : 'undefined');
      });
    });
  });
};
