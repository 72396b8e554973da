import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFsStore } from '../../src/drivers/store/fs-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MODULE = new URL('../../dist/drivers/store/fs-store.js', import.meta.url).href;

const start = async (root: string, body: string): Promise<ChildProcess> => {
  const script = join(await temporaryFolder(), 'child.mjs');
  await writeFile(
    script,
    `const { openFsStore } = await import(${JSON.stringify(MODULE)});
     const store = await openFsStore({ root: ${JSON.stringify(root)} });
     ${body}`,
  );
  return spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
};

/** What a process has said until it ended, or until it has said so many letters and was killed. */
const said = async (child: ChildProcess, killAfter = Number.POSITIVE_INFINITY): Promise<string> => {
  let text = '';
  for await (const part of child.stdout ?? []) {
    text += String(part);
    if (text.length >= killAfter) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return text;
};

describe('a folder that several processes keep files in', () => {
  it('gives each key to one of them', async () => {
    const root = join(await temporaryFolder(), 'files');
    const children = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        start(
          root,
          `for (let at = 0; at < 30; at += 1) {
             const put = store.put('once/' + at, Buffer.alloc(5_000, '${name}'), { mediaType: 'image/png', ifAbsent: true });
             await put.then(() => console.log('${name} ' + at), (error) => { if (error.code !== 'store.exists') throw error; });
           }`,
        ),
      ),
    );
    const lines = (await Promise.all(children.map((child) => said(child)))).join('').trim().split('\n');
    const winners = new Map(lines.map((line) => [line.slice(2), line.slice(0, 1)]));
    expect([lines.length, winners.size]).toEqual([30, 30]);
    const store = await openFsStore({ root });
    for (const [at, name] of winners) {
      const sha256 = createHash('sha256').update(Buffer.alloc(5_000, name)).digest('hex');
      expect(await store.stat(`once/${at}`)).toMatchObject({ sha256, bytes: 5_000 });
    }
  });

  it('holds whole files only, whenever one of them is killed', async () => {
    const root = join(await temporaryFolder(), 'files');
    const store = await openFsStore({ root });
    let files = 0;
    for (const letters of [1, 2, 4, 7, 13, 22]) {
      // Two versions of three keys in turn, so that the kill meets new files and files that are replaced.
      const child = await start(
        root,
        `for (let at = 0; ; at += 1) {
           const version = String.fromCharCode(97 + (at % 26));
           process.stdout.write('.');
           await store.put('k/' + (at % 3), Buffer.alloc(300_000 + at % 5, version), { mediaType: 'image/png' });
         }`,
      );
      await said(child, letters);
      for (const { key, bytes, sha256 } of await store.list('k/', { limit: 9 })) {
        const parts: Uint8Array[] = [];
        for await (const part of (await store.get(key))?.body ?? []) parts.push(part);
        const data = Buffer.concat(parts);
        expect(data.length).toBe(bytes);
        expect(bytes).toBeGreaterThanOrEqual(300_000);
        expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
        expect(new Set(data).size).toBe(1);
        files += 1;
      }
    }
    expect(files).toBeGreaterThan(5);
    await openFsStore({ root, leftoverAfterMs: 0 });
    expect(await readdir(join(root, '~staging'))).toEqual([]);
  });
});
