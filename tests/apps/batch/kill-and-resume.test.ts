import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../src/model/digest.ts';
import { ndjson, specOf } from './run-cli.ts';

const MAIN = fileURLToPath(new URL('../../../dist/apps/cli/main.js', import.meta.url));
const COUNT = 24;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-kill-'));
  await writeFile(join(folder, 'rows.ndjson'), ndjson(Array.from({ length: COUNT }, (_, i) => specOf(`A-${i}`, 5 + i / 10))));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (out: string, more: readonly string[] = []) => {
  const child = spawn(
    process.execPath,
    [MAIN, 'batch', 'rows.ndjson', '--out', out, '--only', 'production', '--no-proof', '--json', '--concurrency', '2', ...more],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, ended };
};

const journal = async (out: string): Promise<readonly string[]> =>
  (await readFile(join(folder, out, 'batch.journal.ndjson'), 'utf8').catch(() => '')).split('\n').slice(0, -1);

/** Digests of every file of every row. */
const made = async (out: string): Promise<Readonly<Record<string, string>>> => {
  const files: [string, string][] = [];
  for (const entry of await readdir(join(folder, out), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const name of await readdir(join(folder, out, entry.name)))
      files.push([`${entry.name}/${name}`, sha256(await readFile(join(folder, out, entry.name, name)))]);
  }
  return Object.fromEntries(files.sort());
};

test('a batch that is killed twice goes on without a gap and without a row made twice', async () => {
  for (const [round, enough] of [2, 9].entries()) {
    const { child, ended } = start('killed', round === 0 ? [] : ['--resume']);
    while ((await journal('killed')).length < enough && child.exitCode === null) await sleep(5);
    child.kill('SIGKILL');
    await ended;
  }
  const before = await journal('killed');
  expect(before.length).toBeGreaterThanOrEqual(9);
  expect(before.length).toBeLessThan(COUNT);
  // Power that goes in the middle of a line, and of a record.
  await writeFile(join(folder, 'killed', 'batch.journal.ndjson'), `${before.join('\n')}\n{"row":99,"fol`);
  await writeFile(join(folder, 'killed', 'batch.records', `${'0'.repeat(64)}.json.partial-${randomUUID()}`), '');
  expect(await start('killed', ['--resume']).ended).toBe(0);

  const ends = (await journal('killed')).flatMap((line): readonly { readonly folder: string; readonly status: string }[] =>
    line.startsWith('{"row":99') ? [] : [JSON.parse(line)],
  );
  expect(ends.map((end) => end.folder).sort()).toEqual(Array.from({ length: COUNT }, (_, i) => `A-${i}`).sort());
  expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['made']));
  expect((await readdir(join(folder, 'killed'))).filter((name) => name.includes('partial'))).toEqual([]);

  expect(await start('whole').ended).toBe(0);
  expect(await made('killed')).toEqual(await made('whole'));
});
