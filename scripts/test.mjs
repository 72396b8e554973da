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
const results = join(scratch, 'results.json');

const vitest = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => vitest.kill(signal));

vitest.on('close', (code, signal) => {
  const exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  const { passed, failed } = readCounts();
  rmSync(scratch, { recursive: true, force: true });
  process.stdout.write(`${passed} passed, ${exitCode === 0 ? failed : Math.max(1, failed)} failed\n`);
  process.exitCode = failed > 0 && exitCode === 0 ? 1 : exitCode;
});

function readCounts() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'));
    const brokenFiles = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
