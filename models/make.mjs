#!/usr/bin/env node
/**
 * Makes the product pictures: node models/make.mjs [product[/view] ...] [--preview] [--force] [--bake-only] [--positions] [--truth ART.png [--article '#rrggbb']]
 * Builds and renders in Blender, bakes with python3, writes templates/products/<product>/views/<view>. See models/README.md.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const models = dirname(fileURLToPath(import.meta.url));
const templates = join(models, '../templates/products');
const studio = join(models, 'studio');
const cache = join(models, '.cache');
const PACKAGES = 'blender python3-numpy python3-scipy python3-pil';
const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
const say = (line) => process.stdout.write(`${line}\n`);

const parseArguments = (words) => {
  const take = (flag, what) => {
    const at = words.indexOf(flag);
    return at < 0 ? null : (words.splice(at, 2)[1] ?? fail(`expected ${what} after ${flag}, got nothing`));
  };
  const picture = take('--truth', 'a PNG file');
  const article = take('--article', 'a colour such as #17171a');
  const truth = picture && { picture: resolve(picture), article };
  const rest = words;
  const known = ['--preview', '--force', '--bake-only', '--positions'];
  const strange = rest.find((word) => word.startsWith('--') && !known.includes(word));
  if (strange) fail(`expected ${known.join(', ')} or --truth ART.png, got ${strange}`);
  const has = (flag) => rest.includes(flag);
  const names = rest.filter((word) => !word.startsWith('--'));
  const steps = { preview: has('--preview'), force: has('--force'), bakeOnly: has('--bake-only'), positions: has('--positions') };
  return { names, ...steps, truth };
};

const runs = (command, words) => spawnSync(command, words, { stdio: 'ignore' }).status === 0;

/** Blender and a Python with numpy, scipy and PIL; PLATEN_BLENDER and PLATEN_PYTHON name others. */
const findTools = () => {
  const blender = process.env.PLATEN_BLENDER ?? 'blender';
  if (!runs(blender, ['--version'])) fail(`expected Blender to run as "${blender}", got nothing: apt-get install ${PACKAGES}`);
  const candidates = [process.env.PLATEN_PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
  const python = candidates.find((one) => runs(one, ['-c', 'import numpy, scipy, PIL']));
  if (!python) fail(`expected python3 with numpy, scipy and PIL, got none of ${candidates.join(', ')}: apt-get install ${PACKAGES}`);
  return { blender, python };
};

const environment = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };

/** Runs a program, shows its lines that start with two blanks, and everything when it fails. */
const run = (command, words, what) => {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: 'utf8', env: environment, maxBuffer: 1 << 28 });
  for (const line of (stdout ?? '').split('\n')) if (line.startsWith('  ') && line.trim()) say(line);
  if (status !== 0)
    fail(`${what} failed (${error?.message ?? `status ${status}`}):\n${(stdout ?? '').slice(-3000)}\n${(stderr ?? '').slice(-6000)}`);
  return stdout;
};

const runBlender = ({ blender }, words, threads, what) =>
  run(blender, ['-b', '-noaudio', '-t', String(threads), '--factory-startup', '-P', join(studio, 'run.py'), '--', ...words], what);

const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('__pycache__') && !name.endsWith('.md') && statSync(join(folder, name)).isFile())
    .sort();

/** The studio modules that Python text imports. */
const importsOf = (text) => {
  const named = [...text.matchAll(/^\s*from studio\.(\w+) import/gm)].map(([, name]) => name);
  const listed = [...text.matchAll(/^\s*from studio import ([\w, ]+)/gm)].flatMap(([, names]) =>
    names.split(',').map((name) => name.trim().split(' ')[0]),
  );
  return [...named, ...listed].map((name) => `${name}.py`).filter((name) => existsSync(join(studio, name)));
};

/** The studio files that a product's sources reach, directly or through each other, with those that every render or bake runs. */
const studioFilesFor = (product, first) => {
  const folder = join(models, 'products', product);
  const sources = filesUnder(folder).filter((name) => name.endsWith('.py'));
  const open = [...first, ...sources.flatMap((name) => importsOf(readFileSync(join(folder, name), 'utf8')))];
  const found = new Set();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...importsOf(readFileSync(join(studio, name), 'utf8')));
  }
  return [...found].sort();
};

const hashOf = (product, first) => {
  const hash = createHash('sha256');
  const folder = join(models, 'products', product);
  for (const name of filesUnder(folder)) hash.update(name).update(readFileSync(join(folder, name)));
  for (const name of studioFilesFor(product, first)) hash.update(name).update(readFileSync(join(studio, name)));
  return hash.digest('hex');
};

const readText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const listViews = (tools, names) => {
  const all = readdirSync(join(models, 'products')).filter((product) => existsSync(join(models, 'products', product, 'model.py')));
  const wanted = names.length === 0 ? all : [...new Set(names.map((name) => name.split('/')[0]))];
  const strange = wanted.filter((product) => !all.includes(product));
  if (strange.length > 0) fail(`expected a product of models/products, got ${strange.join(', ')}`);
  const [, listed = '{}'] = /^VIEWS (.*)$/m.exec(runBlender(tools, ['list', ...wanted], 1, 'Reading the plans')) ?? [];
  const views = Object.entries(JSON.parse(listed)).flatMap(([product, ids]) => ids.map((view) => ({ product, view })));
  const picked = views.filter(({ product, view }) => names.length === 0 || names.includes(product) || names.includes(`${product}/${view}`));
  const missing = names.filter((name) => !picked.some(({ product, view }) => name === product || name === `${product}/${view}`));
  if (missing.length > 0)
    fail(`expected views among ${views.map((one) => `${one.product}/${one.view}`).join(', ')}, got ${missing.join(', ')}`);
  return picked;
};

const make = (tools, { product, view }, { preview, force, bakeOnly, positions, truth }) => {
  const folder = join(cache, product, view);
  const renders = preview ? join(folder, 'preview') : folder;
  mkdirSync(renders, { recursive: true });
  const bake = (...words) => run(tools.python, [join(studio, 'bake.py'), ...words], `Baking ${product}/${view}`);
  const began = Date.now();
  const done = (what) => say(`${product}/${view}: ${what} in ${Math.round((Date.now() - began) / 1000)} s`);
  if (truth) {
    const asked = [`truth=${truth.picture}`, ...(truth.article ? [`article=${truth.article}`] : [])];
    runBlender(tools, ['render', product, view, folder, ...asked], 2, `Rendering ${product}/${view}`);
    say(`  ${bake('truth', folder, join(folder, 'truth.webp')).trim()}`);
    return done(`truth at ${join(folder, 'truth.webp')}`);
  }
  const [renderHash, bakeHash] = [hashOf(product, ['run.py']), hashOf(product, ['run.py', 'bake.py'])];
  const target = join(templates, product, 'views', view);
  if (
    !preview &&
    !force &&
    !bakeOnly &&
    !positions &&
    readText(join(folder, 'baked')) === bakeHash &&
    existsSync(join(target, 'view.json'))
  )
    return done('up to date');
  const isFresh = readText(join(renders, 'rendered')) === renderHash;
  if (positions) {
    runBlender(tools, ['render', product, view, renders, 'positions'], 2, `Rendering ${product}/${view}`);
    writeFileSync(join(renders, 'rendered'), renderHash);
  } else if (!bakeOnly && (preview || force || !isFresh)) {
    rmSync(join(renders, 'rendered'), { force: true });
    runBlender(tools, ['render', product, view, renders, ...(preview ? ['preview'] : [])], preview ? 1 : 2, `Rendering ${product}/${view}`);
    writeFileSync(join(renders, 'rendered'), renderHash);
  } else if (bakeOnly) {
    runBlender(tools, ['plan', product, view, renders], 1, `Reading the plan of ${product}/${view}`);
  }
  if (preview) {
    bake('preview', renders, join(folder, 'preview.png'));
    return done(`preview at ${join(folder, 'preview.png')}`);
  }
  bake('view', renders, target);
  writeFileSync(join(folder, 'baked'), bakeHash);
  return done('made');
};

const options = parseArguments(process.argv.slice(2));
const tools = findTools();
for (const one of listViews(tools, options.names)) make(tools, one, options);
