#!/usr/bin/env node
/**
 * Runs the tests and says how they went in one plain last line, "N passed, N failed". Arguments go to vitest as they are.
 * A test file that could not run counts as one failure, and so does a run that fails for any other reason.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

process.chdir(new URL('..', import.meta.url).pathname);
const scratch = mkdtempSync(join(tmpdir(), 'platen-test-'));
const countsFile = join(scratch, 'counts.json');
const wanted = process.argv.slice(2);

const vitest = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./scripts/count-reporter.mjs', ...wanted],
  {
    stdio: 'inherit',
    env: { ...process.env, PLATEN_TEST_COUNTS: countsFile, ...(wanted.length === 0 ? { PLATEN_WHOLE_SUITE: '1' } : {}) },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => vitest.kill(signal));

vitest.on('close', (code, signal) => {
  const { passed, failed } = readCounts();
  const exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  rmSync(scratch, { recursive: true, force: true });
  process.stdout.write(`${passed} passed, ${exitCode === 0 ? failed : Math.max(1, failed)} failed\n`);
  process.exitCode = exitCode === 0 && failed > 0 ? 1 : exitCode;
});

/** No counts means that vitest did not get to the end of its run. */
function readCounts() {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
}
