import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const GOLDENS = join(TESTS, 'golden');

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const notes = filesIn(inject('goldenNotes')).flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n'));
const noted = (kind: 'ran' | 'used'): Set<string> =>
  new Set(notes.filter((line) => line.startsWith(`${kind}\t`)).map((line) => line.slice(kind.length + 1)));

it('every committed golden was read by a test', ({ skip }) => {
  const ran = noted('ran');
  const notRun = filesIn(TESTS)
    .filter((path) => path.endsWith('.test.ts') && /\bimport \{[^}]*\bexpectGolden\b/.test(readFileSync(path, 'utf8')))
    .filter((path) => !ran.has(path));
  skip(notRun.length > 0 && process.env.PLATEN_WHOLE_SUITE !== '1', 'only a part of the tests ran');
  expect(notRun, 'test files with goldens that did not run').toEqual([]);

  const used = noted('used');
  const unread = filesIn(GOLDENS)
    .filter((path) => !path.endsWith('.ts'))
    .map((path) => path.slice(GOLDENS.length + 1))
    .filter((file) => !used.has(file));
  expect(used.size).toBeGreaterThan(0);
  expect(unread, 'goldens that no test read (or whose test failed before): delete them').toEqual([]);
});
