import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

type Reporter = { onTestRunEnd(modules: readonly unknown[], unhandledErrors: readonly unknown[]): void };

const { default: CountReporter }: { default: new () => Reporter } = await import(
  new URL('../../scripts/count-reporter.mjs', import.meta.url).href
);

const moduleOf = (state: string, ...tests: readonly string[]) => ({
  state: () => state,
  children: { allTests: () => tests.map((result) => ({ result: () => ({ state: result }) })) },
});

let folder = '';
const before = process.env.PLATEN_TEST_COUNTS;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platen-counts-'));
  process.env.PLATEN_TEST_COUNTS = join(folder, 'counts.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.PLATEN_TEST_COUNTS;
  else process.env.PLATEN_TEST_COUNTS = before;
});

const counted = (modules: readonly unknown[], errors: readonly unknown[] = []): unknown => {
  new CountReporter().onTestRunEnd(modules, errors);
  return JSON.parse(readFileSync(join(folder, 'counts.json'), 'utf8'));
};

it('counts tests by how they ended, and left out tests as neither', () => {
  const modules = [moduleOf('passed', 'passed', 'passed', 'skipped'), moduleOf('failed', 'failed', 'passed', 'failed')];
  expect(counted(modules)).toEqual({ passed: 3, failed: 2 });
});

it('counts a file that could not run, and an error outside any test, as failures', () => {
  expect(counted([moduleOf('failed'), moduleOf('failed', 'skipped'), moduleOf('passed', 'passed')])).toEqual({ passed: 1, failed: 2 });
  expect(counted([moduleOf('passed', 'passed')], [new Error('late')])).toEqual({ passed: 1, failed: 1 });
});
