import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFsStore } from '../../src/drivers/store/fs-store.ts';
import { spool } from '../../src/drivers/store/spool.ts';
import type { ArtifactStore } from '../../src/jobs/artifact-store.ts';
import { openStoreSink } from '../../src/jobs/store-sink.ts';
import { manifestOf } from '../support/manifest-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const PNG = { mediaType: 'image/png' };
const MEBIBYTE = 1024 * 1024;
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

const inChunks = async function* (bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= 100_000) yield Buffer.alloc(Math.min(left, 100_000), left);
};

const readAll = async (body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
};

/** A disk of two mebibytes; undefined where this user may mount none. */
const mountDisk = async (options: string): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', options, 'platen-disk', folder]);
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
};

const unmountDisk = async (folder: string): Promise<void> => {
  await run('umount', [folder]);
  await rm(folder, { recursive: true });
};

const probe = process.platform === 'linux' && process.getuid?.() === 0 ? await mountDisk('size=64k') : undefined;
if (probe) await unmountDisk(probe);

/** Needs the right to mount a small disk; the case below with a limit on file sizes runs everywhere. */
describe.skipIf(probe === undefined)('a store on a disk that is full', () => {
  let disk: string;
  let store: ArtifactStore;
  const staged = (): Promise<readonly string[]> => readdir(join(disk, '~staging'));
  const keys = async () => (await store.list('', { limit: 99 })).map(({ key }) => key);
  const full = { code: 'store.full', retry: 'later' };

  beforeEach(async () => {
    disk = (await mountDisk(`size=${2 * MEBIBYTE}`)) ?? '';
    store = await openFsStore({ root: disk });
  });
  afterEach(() => unmountDisk(disk));

  /** Leaves no block free. */
  const fill = async (): Promise<void> => {
    await writeFile(join(disk, '~filler'), Buffer.alloc(4 * MEBIBYTE)).catch(() => undefined);
    expect((await statfs(disk)).bfree).toBe(0);
  };

  it('takes nothing, shows nothing and leaves nothing of a file that does not fit', async () => {
    await expect(store.put('a/whole', Buffer.alloc(3 * MEBIBYTE), PNG)).rejects.toMatchObject(full);
    await expect(store.put('a/streamed', inChunks(3 * MEBIBYTE), { ...PNG, ifAbsent: true })).rejects.toMatchObject(full);
    expect(await store.stat('a/whole')).toBeUndefined();
    expect(await keys()).toEqual([]);
    expect(await staged()).toEqual([]);
    await store.put('a/small', Buffer.alloc(MEBIBYTE), PNG);
    expect(await keys()).toEqual(['a/small']);
  });

  it('keeps the file that a larger one was to replace', async () => {
    const first = Buffer.alloc(MEBIBYTE, 'first');
    await store.put('a/file', first, PNG);
    await expect(store.put('a/file', Buffer.alloc(3 * MEBIBYTE), PNG)).rejects.toMatchObject(full);
    expect(await store.stat('a/file')).toMatchObject({ sha256: sha256(first), bytes: first.length });
    expect(Buffer.compare(await readAll((await store.get('a/file'))?.body), first)).toBe(0);
  });

  it('reads, lists, links and removes while it is full', async () => {
    await store.put('a/file', Buffer.alloc(100_000, 'x'), PNG);
    await writeFile(join(disk, 'foreign.png'), 'put there by hand');
    await fill();
    expect((await readAll((await store.get('a/file', { first: 5, last: 9 }))?.body)).toString()).toBe('xxxxx');
    expect(await store.stat('foreign.png')).toMatchObject({ bytes: 17, mediaType: 'image/png' });
    expect(await keys()).toEqual(['a/file', 'foreign.png']);
    await expect(store.ping()).rejects.toMatchObject(full);
    await store.remove(['a/file', 'foreign.png']);
    expect(await keys()).toEqual([]);
  });

  it('goes on without being opened again when there is room', async () => {
    await fill();
    await expect(store.put('a/file', Buffer.alloc(10_000), PNG)).rejects.toMatchObject(full);
    await rm(join(disk, '~filler'));
    await store.put('a/file', Buffer.alloc(10_000), PNG);
    await expect(store.ping()).resolves.toBeUndefined();
    expect(await staged()).toEqual([]);
  });

  it('publishes no job of which a file is missing, and all of it when there is room', async () => {
    await writeFile(join(disk, '~filler'), Buffer.alloc(MEBIBYTE));
    const files = ['front', 'back', 'sleeve'].map((name) => [`${name}.png`, Buffer.alloc(600_000, name)] as const);
    const manifest = Buffer.from(
      JSON.stringify(
        manifestOf(
          files.map(([name, data]) => ({ name, role: 'preview', mediaType: 'image/png', bytes: data.length, sha256: sha256(data) })),
        ),
      ),
    );
    const attempt = async () => {
      const sink = openStoreSink(store, { job: { id: 'job_1', tenant: 'acme', createdAtMs: 0, origin: null } });
      for (const [name, data] of files) await sink.put(name, data);
      await sink.commit(manifest);
      return sink.result();
    };
    await expect(attempt()).rejects.toMatchObject(full);
    expect((await keys()).filter((key) => key.includes('manifest'))).toEqual([]);
    for (const stored of await store.list('', { limit: 9 })) expect(files.map(([, data]) => sha256(data))).toContain(stored.sha256);
    await rm(join(disk, '~filler'));
    const result = await attempt();
    expect((await keys()).sort()).toEqual([result.manifestKey, ...Object.values(result.keys)].sort());
  });

  it('says so too when names have run out, not bytes', async () => {
    const few = (await mountDisk(`size=${2 * MEBIBYTE},nr_inodes=12`)) ?? '';
    try {
      const small = await openFsStore({ root: few });
      const put = async () => {
        for (let at = 0; at < 20; at += 1) await small.put(`a/${at}`, Buffer.from('x'), PNG);
      };
      await expect(put()).rejects.toMatchObject(full);
      const listed = await small.list('', { limit: 99 });
      expect(listed.length).toBeGreaterThan(1);
      for (const stored of listed) expect(stored.sha256).toBe(sha256(Buffer.from('x')));
      expect(await readdir(join(few, '~staging'))).toEqual([]);
      await small.remove(listed.map(({ key }) => key));
      await small.put('a/again', Buffer.from('x'), PNG);
    } finally {
      await unmountDisk(few);
    }
  });

  it('holds no half-spooled upload', async () => {
    const scratch = join(disk, 'scratch');
    await mkdir(scratch);
    await expect(spool(inChunks(3 * MEBIBYTE), scratch)).rejects.toMatchObject(full);
    expect(await readdir(scratch)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a store whose process may write no more', () => {
  it('says that it is full, shows nothing, and takes what fits', async () => {
    const root = await temporaryFolder();
    const script = join(await temporaryFolder(), 'put.mjs');
    const module = new URL('../../dist/drivers/store/fs-store.js', import.meta.url).href;
    await writeFile(
      script,
      `const { openFsStore } = await import(${JSON.stringify(module)});
       const store = await openFsStore({ root: ${JSON.stringify(root)} });
       const facts = { mediaType: 'image/png' };
       const problem = await store.put('a/large', Buffer.alloc(3_000_000), facts).catch((error) => error);
       await store.put('a/small', Buffer.alloc(100_000), facts);
       const listed = await store.list('', { limit: 9 });
       console.log(JSON.stringify({ code: problem.code, retry: problem.retry, keys: listed.map(({ key }) => key) }));`,
    );
    // The limit counts blocks of 1,024 bytes (512 in a strict shell): the large file is above it and the small one below either way.
    const { stdout } = await run('sh', ['-c', `ulimit -f 1000 && exec "${process.execPath}" "${script}"`]);
    expect(JSON.parse(stdout)).toEqual({ code: 'store.full', retry: 'later', keys: ['a/small'] });
    expect(await readdir(join(root, '~staging'))).toEqual([]);
  });
});
