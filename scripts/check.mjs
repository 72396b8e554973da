#!/usr/bin/env node
/** Everything that can be said about the tree without running the tests. All steps run; the exit code is 1 when one of them failed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

process.chdir(new URL('..', import.meta.url).pathname);
process.env.PATH = join(process.cwd(), 'node_modules/.bin') + delimiter + process.env.PATH;

const ours = ['src', 'tests', 'scripts', 'bench', 'biome.json', 'knip.json', 'package.json', 'vitest.config.ts'].filter(existsSync);

const steps = [
  { name: 'style and lint', run: ['biome', 'check', '--error-on-warnings', ...ours] },
  { name: 'types', run: ['tsc', '--noEmit'] },
  { name: 'architecture', run: ['vitest', 'run', '--reporter=dot', 'tests/architecture.test.ts'] },
  { name: 'unused code', run: ['knip'] },
  { name: 'build', run: ['node', 'scripts/build.mjs'] },
  { name: 'package metadata', run: ['publint', 'run', '--pack', 'false', '--strict'] },
  { name: 'package contents', run: ['node', 'scripts/check-package.mjs'] },
  { name: 'package as installed', run: ['node', 'scripts/check-installed.mjs'] },
  { name: 'kernel bytes', run: ['node', 'scripts/build-kernel.mjs', '--check'] },
  { name: 'OpenAPI document', run: ['node', 'scripts/write-openapi.mjs', '--check'] },
  { name: 'types of the client', run: ['node', 'scripts/write-client.mjs', '--check'] },
  { name: 'schemas', run: ['node', 'scripts/write-schemas.mjs', '--check'] },
  { name: 'page of findings', run: ['node', 'scripts/write-findings.mjs', '--check'] },
];

const failed = [];
for (const { name, run } of steps) {
  const start = performance.now();
  const [command, ...args] = run;
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) process.stderr.write(`${error.message}\n`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`check: ${name} ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`);
  if (status !== 0) failed.push(name);
}
process.stdout.write(failed.length === 0 ? 'check: all ok\n' : `check: failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
