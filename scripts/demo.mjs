#!/usr/bin/env node
/**
 * Renders every examples/<name>/spec.json and the first example of every design in templates/designs through the built command and lays the
 * results out in out/index.html. Fails when one does not end as it should: with exit 0, or as the example's expected.json says,
 * `{ "exit": 1, "findings": ["some.code"] }`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { galleryPage } from './gallery-page.mjs';

process.chdir(new URL('..', import.meta.url).pathname);
const COMMAND = 'dist/apps/cli/main.js';
const OUT = 'out';
/** Orders at once; one takes up to half a gigabyte. */
const AT_ONCE = Math.min(availableParallelism(), 4);

const orders = withFile('examples', 'spec.json').map((name) => ({
  name,
  about: aboutOf(name),
  folder: join(OUT, 'examples', name),
  expected: existsSync(`examples/${name}/expected.json`) ? readJson(`examples/${name}/expected.json`) : { exit: 0 },
  args: [`examples/${name}/spec.json`],
  input: '',
}));
const designs = withFile('templates/designs', 'design.json').flatMap((name) => {
  const { description, examples } = readJson(`templates/designs/${name}/design.json`);
  const [first] = examples;
  if (first === undefined) return [];
  return {
    name: `design ${name}`,
    about: `${description ?? ''} Here: ${first.name}.`,
    folder: join(OUT, 'designs', name),
    expected: { exit: 0 },
    args: ['-', '--assets', 'examples/assets'],
    input: JSON.stringify({ design: name, answers: first.answers ?? {}, data: first.data ?? {} }),
  };
});
const all = [...orders, ...designs];
if (orders.length === 0 || designs.length === 0)
  fail('expected examples/<name>/spec.json and templates/designs/<name>/design.json, found none');

for (const folder of ['examples', 'designs']) {
  rmSync(join(OUT, folder), { recursive: true, force: true });
  mkdirSync(join(OUT, folder), { recursive: true });
}
const results = [];
const waiting = [...all.entries()];
const renderNext = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await render(next[1]);
};
await Promise.all(Array.from({ length: AT_ONCE }, renderNext));
writeFileSync(join(OUT, 'index.html'), galleryPage(results));

const failed = results.filter((result) => result.problem !== null);
process.stdout.write(`demo: ${results.length - failed.length} of ${results.length} orders came out as they should\n`);
process.stdout.write(`demo: look at ${resolve(OUT, 'index.html')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

function withFile(folder, file) {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, file)))
    .sort();
}

async function render({ name, about, folder, expected, args, input }) {
  const started = performance.now();
  const run = await runCommand(['render', ...args, '--out', folder], input);
  const seconds = (performance.now() - started) / 1000;
  const files = filesIn(folder);
  const manifests = files.filter((file) => file.endsWith('manifest.json')).map(readJson);
  const findings = manifests.flatMap((manifest) => manifest.findings ?? []);
  const artifacts = new Map(manifests.flatMap((manifest) => manifest.artifacts ?? []).map((artifact) => [artifact.name, artifact]));
  const problem = problemWith(expected, run, files, findings);
  process.stdout.write(`demo: ${name} ${problem === null ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s, ${files.length} files)\n`);
  if (problem !== null) process.stdout.write(`  ${problem}\n${run.said}`);
  return {
    name,
    seconds,
    problem,
    findings,
    about,
    files: files.map((file) => ({
      href: relative(OUT, file),
      name: relative(folder, file),
      bytes: statSync(file).size,
      artifact: artifacts.get(relative(folder, file)) ?? null,
    })),
  };
}

async function runCommand(args, input) {
  const child = spawn(process.execPath, [COMMAND, ...args]);
  const ended = new Promise((done, failed) => child.once('error', failed).once('close', (status, signal) => done(status ?? signal)));
  // A command that reads nothing may be gone before its input is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [exit, ...said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exit, said: said.join('') };
}

function problemWith(expected, run, files, findings) {
  if (run.exit !== expected.exit) return `expected exit ${expected.exit}, got ${run.exit}`;
  if (expected.exit === 0 && files.length === 0) return 'expected files, got none';
  if (!expected.findings) return null;
  const got = [...new Set(findings.map((finding) => finding.code))].sort();
  const wanted = [...new Set(expected.findings)].sort();
  return got.join() === wanted.join() ? null : `expected findings ${wanted.join(', ') || 'none'}, got ${got.join(', ') || 'none'}`;
}

/** The first paragraph of the example's README, if it has one. */
function aboutOf(name) {
  const path = `examples/${name}/README.md`;
  if (!existsSync(path)) return '';
  const paragraphs = readFileSync(path, 'utf8').split(/\n\s*\n/);
  return paragraphs.find((text) => text.trim() !== '' && !text.startsWith('#'))?.trim() ?? '';
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function fail(message) {
  process.stderr.write(`demo: ${message}\n`);
  process.exit(1);
}
