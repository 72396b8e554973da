#!/usr/bin/env node
/**
 * Runs the measurements in bench/*.bench.mjs one after another, in processes of their own; arguments pick those whose name contains one.
 * With --gate a missed target ends in exit code 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);

const given = process.argv.slice(2);
const flags = given.filter((one) => one.startsWith('--'));
const wanted = given.filter((one) => !one.startsWith('--'));
const files = (existsSync('bench') ? readdirSync('bench') : [])
  .filter((name) => name.endsWith('.bench.mjs') && (wanted.length === 0 || wanted.some((word) => name.includes(word))))
  .sort();
if (files.length === 0) {
  process.stderr.write(`bench: expected bench/*.bench.mjs${wanted.length > 0 ? ` matching ${wanted.join(', ')}` : ''}, found none\n`);
  process.exit(2);
}

let failed = 0;
for (const file of files) {
  process.stdout.write(`== ${file}\n`);
  if (spawnSync(process.execPath, [`bench/${file}`, ...flags], { stdio: 'inherit' }).status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
