#!/usr/bin/env node
/** Looks into the package as npm would publish it: what a user needs is in, what only we need is out. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);

const pack = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', maxBuffer: 64 << 20 });
if (pack.status !== 0) {
  process.stderr.write(pack.stderr);
  process.exit(1);
}
const [report] = JSON.parse(pack.stdout);
const paths = report.files.map((file) => file.path);
const { files: listed, bin } = JSON.parse(readFileSync('package.json', 'utf8'));

const problems = [];
for (const folder of listed) {
  // A folder that is not in the tree yet is not missing from the package.
  if (existsSync(folder) && !paths.some((path) => path.startsWith(`${folder}/`))) problems.push(`${folder}/ is not in the package`);
}
for (const file of ['LICENSE', 'package.json', ...(existsSync('README.md') ? ['README.md'] : [])]) {
  if (!paths.includes(file)) problems.push(`${file} is not in the package`);
}
for (const command of Object.values(bin)) {
  if (existsSync(command) && !paths.includes(command)) problems.push(`the command ${command} is not in the package`);
}
const allowed = new RegExp(`^(?:${listed.join('|')})/|^(?:LICENSE|README\\.md|CHANGELOG\\.md|package\\.json)$`);
for (const path of paths) if (!allowed.test(path)) problems.push(`${path} should not be in the package`);
for (const path of paths)
  if (/\.(?:test|bench)\.|\.env|\.pem$|\.key$|\.blend$/.test(path)) problems.push(`${path} should not be in the package`);

for (const problem of problems) process.stderr.write(`package: ${problem}\n`);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
process.stdout.write(
  `package: ${paths.length} files, ${megabytes(report.size)} MB packed, ${megabytes(report.unpackedSize)} MB unpacked\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
