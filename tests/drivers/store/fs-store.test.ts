import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFsStore } from '../../../src/drivers/store/fs-store.ts';
import { verifyDownload, verifyUpload } from '../../../src/jobs/signed-link.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const text = (words: string): Uint8Array => Buffer.from(words);
const PNG = { mediaType: 'image/png' };
const openIn = async (options: { leftoverAfterMs?: number } = {}) => {
  const root = await temporaryFolder();
  return { root, store: await openFsStore({ root, ...options }) };
};
const filesIn = async (root: string) =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);

describe('a store in a folder', () => {
  it('keeps files as they are under their keys, for everyone who can read the folder', async () => {
    const { root, store } = await openIn();
    await store.put('acme/jobs/job_1/front.png', text('pixels'), PNG);
    expect(await readFile(join(root, 'acme/jobs/job_1/front.png'), 'utf8')).toBe('pixels');
  });

  it('leaves nothing beside the file but its facts', async () => {
    const { root, store } = await openIn();
    await store.put('a/file', text('x'), PNG);
    await store.put('a/file', text('y'), PNG);
    await store.put('a/file', text('z'), { ...PNG, ifAbsent: true }).catch(() => undefined);
    expect((await filesIn(root)).sort()).toEqual(['file', 'file~facts.json']);
  });

  it('removes folders that became empty, and nothing above the root', async () => {
    const { root, store } = await openIn();
    await store.put('a/b/c/file', text('x'), PNG);
    await store.put('a/other', text('x'), PNG);
    await store.remove(['a/b/c/file']);
    await expect(access(join(root, 'a/b'))).rejects.toThrow();
    await store.remove(['a/other']);
    expect((await readdir(root)).filter((name) => !name.startsWith('~'))).toEqual([]);
    await store.put('a/again', text('x'), PNG);
  });

  it('can write while folders come and go', async () => {
    const { store } = await openIn();
    const rounds = Array.from({ length: 40 }, async (_, at) => {
      await store.put(`shared/deep/${at}`, text(String(at)), PNG);
      await store.remove([`shared/deep/${at}`]);
    });
    await Promise.all(rounds);
    expect(await store.list('', { limit: 9 })).toEqual([]);
  });

  it('removes at its opening what killed writes left, and nothing that is being written', async () => {
    const { root } = await openIn();
    const old = new Date(Date.now() - 2 * 3_600_000);
    await writeFile(join(root, '~staging/old'), 'half');
    await utimes(join(root, '~staging/old'), old, old);
    await writeFile(join(root, '~staging/young'), 'half');
    await openFsStore({ root });
    expect(await readdir(join(root, '~staging'))).toEqual(['young']);
  });

  it('shows nothing of a write whose process was killed', async () => {
    const { root, store } = await openIn();
    const folder = await temporaryFolder();
    const half = join(folder, 'half.mjs');
    const module = new URL('../../../dist/drivers/store/fs-store.js', import.meta.url).href;
    await writeFile(
      half,
      `const { openFsStore } = await import(${JSON.stringify(module)});
       const store = await openFsStore({ root: ${JSON.stringify(root)} });
       const body = (async function* () {
         yield Buffer.alloc(1_000_000, 1);
         process.stdout.write('half');
         await new Promise((resolve) => setTimeout(resolve, 600_000));
       })();
       await store.put('a/killed', body, { mediaType: 'image/png' });`,
    );
    const child = spawn(process.execPath, [half], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await store.stat('a/killed')).toBeUndefined();
    expect(await store.list('', { limit: 9 })).toEqual([]);
    expect(await filesIn(root)).toHaveLength(1);
    await openFsStore({ root, leftoverAfterMs: 0 });
    expect(await filesIn(root)).toEqual([]);
  });

  it('does not believe facts that are about another file', async () => {
    const { root, store } = await openIn();
    const path = join(root, 'a/file.png');
    const { sha256 } = await store.put('a/file.png', text('right'), PNG);
    // As after a restored backup: the same bytes in another file.
    await writeFile(`${path}.new`, 'right');
    await rename(`${path}.new`, path);
    expect(await store.stat('a/file.png')).toMatchObject({ sha256, mediaType: 'image/png' });
    await writeFile(path, 'other');
    const changed = await store.stat('a/file.png');
    expect(changed?.sha256).not.toBe(sha256);
    expect(await store.get('a/file.png')).toMatchObject({ stored: changed });
  });

  it('hashes a file without facts once, and takes its media type from its name', async () => {
    const { root, store } = await openIn();
    await mkdir(join(root, 'a'));
    await writeFile(join(root, 'a/copied.pdf'), 'bytes');
    const found = await store.stat('a/copied.pdf');
    expect(found).toMatchObject({ bytes: 5, mediaType: 'application/pdf' });
    expect(JSON.parse(await readFile(join(root, 'a/copied.pdf~facts.json'), 'utf8'))).toMatchObject({ sha256: found?.sha256 });
    await writeFile(join(root, 'a/copied.pdf~facts.json'), '{"sha256": 1}');
    expect(await store.stat('a/copied.pdf')).toEqual(found);
  });

  it('does not follow links out of its folder', async () => {
    const { root, store } = await openIn();
    const outside = join(await temporaryFolder(), 'secret');
    await writeFile(outside, 'secret');
    const { symlink } = await import('node:fs/promises');
    await symlink(outside, join(root, 'link'));
    expect(await store.stat('link')).toBeUndefined();
    expect(await store.get('link')).toBeUndefined();
    expect(await store.list('', { limit: 9 })).toEqual([]);
  });

  it('tells a reader whose file was replaced instead of mixing two', async () => {
    const { store } = await openIn();
    await store.put('file', text('first'), PNG);
    const opened = await store.get('file');
    await store.put('file', text('second'), PNG);
    const read = async () => {
      for await (const chunk of opened?.body ?? []) expect(chunk).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it('lets a reader who has begun finish, though the file is removed', async () => {
    const { store } = await openIn();
    const data = Buffer.alloc(3_000_000, 'x');
    await store.put('file', data, PNG);
    let bytes = 0;
    for await (const chunk of (await store.get('file'))?.body ?? []) {
      if (bytes === 0) await store.remove(['file']);
      bytes += chunk.length;
    }
    expect(bytes).toBe(data.length);
  });

  it('refuses a key below another one, and a key above it', async () => {
    const { root, store } = await openIn();
    await store.put('a/b', text('x'), PNG);
    await expect(store.put('a/b/c', text('x'), PNG)).rejects.toMatchObject({ code: 'store.key' });
    await expect(store.put('a', text('x'), PNG)).rejects.toMatchObject({ code: 'store.key' });
    expect((await filesIn(root)).sort()).toEqual(['b', 'b~facts.json']);
  });

  it('gives files to its own user and group alone', async () => {
    const { root, store } = await openIn();
    await store.put('a/file', text('x'), PNG);
    expect((await stat(join(root, 'a/file'))).mode & 0o007).toBe(0);
    expect((await stat(join(root, 'a'))).mode & 0o007).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)('says that it cannot write where it may not', async () => {
    const root = await temporaryFolder();
    await chmod(root, 0o500);
    await expect(openFsStore({ root: join(root, 'files') })).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it('says that it cannot open where a file stands', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'x');
    await expect(openFsStore({ root: join(file, 'files') })).rejects.toMatchObject({ code: 'store.unavailable', retry: 'later' });
  });

  it('hands out links that the API can verify, none without a secret, and none that live long', async () => {
    const root = await temporaryFolder();
    const nowMs = Date.UTC(2026, 2, 1);
    const secret = 'secret '.repeat(5);
    const store = await openFsStore({ root, links: { secret, baseUrl: 'https://print.example.com/' }, now: () => nowMs });
    const link = new URL((await store.url('a/file', { ttlMs: 86_400_000, fileName: 'ä.png' })) ?? '');
    expect(link.origin + link.pathname).toBe('https://print.example.com/files/a/file');
    expect(verifyDownload('a/file', link.searchParams, [secret], nowMs + 899_999)).toMatchObject({
      kind: 'valid',
      link: { fileName: 'ä.png' },
    });
    expect(verifyDownload('a/file', link.searchParams, [secret], nowMs + 900_000).kind).toBe('expired');
    const facts = { mediaType: 'image/png', bytes: 5, sha256: 'ab'.repeat(32) };
    const upload = await store.uploadUrl('a/new', { ...facts, ttlMs: 86_400_000 });
    expect(upload?.headers).toEqual({ 'content-type': 'image/png' });
    const query = new URL(upload?.url ?? '').searchParams;
    expect(verifyUpload('a/new', query, [secret], nowMs + 299_999)).toMatchObject({ kind: 'valid', link: facts });
    expect(verifyUpload('a/new', query, [secret], nowMs + 300_000).kind).toBe('expired');
    const relative = await openFsStore({ root, links: { secret, baseUrl: '' } });
    expect(await relative.url('a/file', { ttlMs: 1_000, fileName: 'x' })).toMatch(/^\/files\/a\/file\?expires=/);
    const none = await openFsStore({ root });
    expect(await none.url('a/file', { ttlMs: 1_000, fileName: 'x' })).toBeUndefined();
    expect(await none.uploadUrl('a/file', { ...facts, ttlMs: 1_000 })).toBeUndefined();
  });
});
