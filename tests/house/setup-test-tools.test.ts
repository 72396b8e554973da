import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT, readText } from './tree.ts';

/** Command and package of each row in the script's own list. */
const TOOLS = [...readText('scripts/setup-test-tools.sh').matchAll(/^[\w ]+\| (\S+) +\| (\S+)$/gm)].map(
  ([, command = '', debian = '']) => ({
    command,
    debian,
  }),
);
const packagesOf = (tools: typeof TOOLS): string => [...new Set(tools.map((tool) => tool.debian))].join(' ');
const LOG = '"$(dirname "$0")/log"';

/** The first program of that name on this machine. */
const whereIs = (name: string): string =>
  spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8', env: { PATH: `/usr/bin${delimiter}/bin` } }).stdout.trim();

let bin = '';
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'platen-tools-'));
  for (const name of ['bash', 'env', 'dirname']) symlinkSync(whereIs(name), join(bin, name));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

const put = (name: string, script: string): void => {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
};

/** Runs the script on a machine that has only what was put there. */
const setUp = () => {
  const run = spawnSync(whereIs('bash'), [join(ROOT, 'scripts/setup-test-tools.sh')], { encoding: 'utf8', env: { PATH: bin } });
  return { status: run.status, out: run.stdout, err: run.stderr };
};

it('says nothing when every tool is there', () => {
  expect(TOOLS.map((tool) => tool.command)).toEqual(expect.arrayContaining(['gs', 'qpdf', 'mutool']));
  for (const { command } of TOOLS) put(command, 'exit 0');
  expect(setUp()).toEqual({ status: 0, out: '', err: '' });
});

it('installs what is missing, each package once, as root', () => {
  for (const { command } of TOOLS.slice(0, 2)) put(command, 'exit 0');
  put('id', 'echo 0');
  put('apt-get', `echo "$DEBIAN_FRONTEND $*" >> ${LOG}`);
  expect(setUp()).toMatchObject({ status: 0, out: '' });
  const log = spawnSync('/bin/cat', [join(bin, 'log')], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n');
  expect(log).toHaveLength(2);
  expect(log[0]).toMatch(/^noninteractive .* update$/);
  expect(log[1]).toMatch(/^noninteractive .* install --yes --no-install-recommends /);
  expect(log[1]?.endsWith(` ${packagesOf(TOOLS.slice(2))}`)).toBe(true);
});

it('tries to get a second reader of machine files where there is Python, and does without it', () => {
  for (const { command } of TOOLS) put(command, 'exit 0');
  put('python3', `echo "$*" >> ${LOG}; exit 1`);
  expect(setUp()).toEqual({ status: 0, out: '', err: '' });
  const log = spawnSync('/bin/cat', [join(bin, 'log')], { encoding: 'utf8' }).stdout;
  expect(log).toMatch(/^-m pip install .*--retries 0 .*--target .*node_modules\/\.cache\/pyembroidery pyembroidery==[\d.]+$/m);
});

it('goes through sudo, without asking, when it is not root', () => {
  put('id', 'echo 1000');
  put('sudo', `echo "$*" >> ${LOG}`);
  put('apt-get', 'exit 9');
  expect(setUp().status).toBe(0);
  const log = spawnSync('/bin/cat', [join(bin, 'log')], { encoding: 'utf8' }).stdout;
  expect(log).toMatch(/^--non-interactive env DEBIAN_FRONTEND=noninteractive apt-get .* update$/m);
});

it('fails when apt fails', () => {
  put('id', 'echo 0');
  put('apt-get', 'exit 100');
  expect(setUp().status).toBe(100);
});

it('says what to install by hand where there is no apt, and whom to ask without sudo', () => {
  put('id', 'echo 1000');
  const bare = setUp();
  expect(bare.status).toBe(1);
  expect(bare.err).toContain(`no apt-get; install these by hand, then try again: ${packagesOf(TOOLS)}`);
  put('apt-get', 'exit 0');
  expect(setUp()).toMatchObject({ status: 1, err: expect.stringContaining('neither root nor sudo') });
});
