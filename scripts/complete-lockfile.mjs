#!/usr/bin/env node
/**
 * Adds the platform packages that npm leaves out of package-lock.json when it cannot reach them or was run on another platform
 * (npm/cli issue 4828): without them `npm ci` refuses the lockfile. Run it after every change of dependencies.
 */
import { readFileSync, writeFileSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const added = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place]) continue;
    lock.packages[place] = lockEntry(name, version, entry);
    added.push(place);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added.length > 0) writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`lockfile: ${added.length} platform packages added\n`);

/** With its keys in the order npm keeps them in. Binaries are under the licence of the package that asks for them. */
function lockEntry(name, version, { dev, license }) {
  const { cpu, os, libc } = platformOf(name);
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc ? { libc: [libc] } : {}),
    ...(license ? { license } : {}),
    optional: true,
    os: [os],
  };
}

/** Platform packages say in their names where they run: "binding-linux-arm64-musl". */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) throw new Error(`expected a system and a processor in the package name ${name}`);
  const musl = words.some((word) => /^(?:linux)?musl/.test(word));
  const glibc = os === 'linux' && words.some((word) => word.startsWith('gnu'));
  return { cpu, os, libc: musl ? 'musl' : glibc ? 'glibc' : null };
}
