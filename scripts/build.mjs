#!/usr/bin/env node
/** Compiles src/ into a fresh folder and puts it in the place of dist/, so that whatever runs from there is never without its files. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);
const next = `dist.${process.pid}`;

const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', next], {
  stdio: 'inherit',
});
if (tsc.status !== 0) {
  rmSync(next, { recursive: true, force: true });
  process.exit(tsc.status ?? 1);
}

const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));
for (const file of Object.values(bin)) {
  const built = file.replace(/^(?:\.\/)?dist\//, `${next}/`);
  if (existsSync(built)) chmodSync(built, 0o755);
}
const last = `${next}.old`;
if (existsSync('dist')) renameSync('dist', last);
renameSync(next, 'dist');
rmSync(last, { recursive: true, force: true });
