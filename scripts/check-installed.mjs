#!/usr/bin/env node
/**
 * Unpacks the package as npm would publish it into an empty project with nothing but its production dependencies, and uses it
 * there: the command starts and finds its own files, the library and the client load, their types resolve.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Called without a server: what counts is that it is there, and that its types are. */
const USE_CLIENT = `import { createClient } from 'platen/client';
createClient({ baseUrl: 'http://127.0.0.1:9', token: 'k' });
`;
const CONSUMER = `import * as platen from 'platen';
import { createClient, type PlatenClient } from 'platen/client';
export const names: string[] = Object.keys(platen);
export const client: PlatenClient = createClient({ baseUrl: 'http://127.0.0.1:9', token: 'k' });
`;

process.chdir(new URL('..', import.meta.url).pathname);
const root = process.cwd();
const project = mkdtempSync(join(tmpdir(), 'platen-installed-'));

try {
  installInto(project);
  const command = join(project, 'node_modules/platen', JSON.parse(readFileSync('package.json', 'utf8')).bin.platen);
  run('the command tells its version', [process.execPath, command, '--version']);
  run('the command finds all it needs', [process.execPath, command, 'doctor']);
  const example = firstExample();
  if (example) run(`the command renders ${example}`, [process.execPath, command, 'render', resolve(example), '--out', 'made']);
  run('the library loads', [process.execPath, '--input-type=module', '-e', "await import('platen')"]);
  run('the client loads', [process.execPath, '--input-type=module', '-e', USE_CLIENT]);
  writeFileSync(join(project, 'consumer.mts'), CONSUMER);
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const typeRoots = ['--typeRoots', join(root, 'node_modules/@types')];
  run('the types resolve', [process.execPath, join(root, 'node_modules/typescript/bin/tsc'), ...options, ...typeRoots, 'consumer.mts']);
} finally {
  rmSync(project, { recursive: true, force: true });
}

function installInto(folder) {
  const pack = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (pack.status !== 0) throw new Error(pack.stderr);
  const [{ filename }] = JSON.parse(pack.stdout);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'platen'), { recursive: true });
  const tar = spawnSync('tar', ['-xzf', join(folder, filename), '-C', join(modules, 'platen'), '--strip-components=1'], {
    stdio: 'inherit',
  });
  if (tar.status !== 0) throw new Error(`expected ${filename} to unpack, tar ended with ${tar.status}`);
  for (const name of productionNames()) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
}

/** Top-level packages of the lockfile that a user would get and that are there for this platform. */
function productionNames() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(packages)
    .filter(([place, entry]) => place !== '' && !entry.dev && place.lastIndexOf('node_modules/') === 0 && existsSync(place))
    .map(([place]) => place.slice('node_modules/'.length));
}

function firstExample() {
  const names = existsSync('examples') ? readdirSync('examples').sort() : [];
  const name = names.find((one) => existsSync(`examples/${one}/spec.json`) && !existsSync(`examples/${one}/expected.json`));
  return name ? `examples/${name}/spec.json` : null;
}

function run(what, [command, ...args]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 64 << 20 });
  process.stdout.write(`installed: ${what} ${status === 0 ? 'ok' : 'FAILED'}\n`);
  if (status === 0) return;
  process.stderr.write(`${error?.message ?? ''}${stdout}${stderr}`);
  process.exitCode = 1;
}
