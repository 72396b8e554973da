import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenResources, openFsResources } from '../../src/drivers/resources/fs-resources.ts';
import { openSandbox, type Sandbox } from '../../src/drivers/sandbox/sandbox.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { sha256 } from '../../src/model/digest.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { produce } from '../../src/produce/produce.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLES = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, 'examples', entry.name, 'spec.json')))
  .map((entry) => entry.name)
  .sort();

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox();
});
afterAll(async () => {
  await sandbox.close();
});

const resourcesOf = (name: string): Promise<OpenResources> =>
  openFsResources({
    templatesDir: join(ROOT, 'templates'),
    fontsDir: join(ROOT, 'fonts'),
    profilesDir: join(ROOT, 'profiles'),
    baseDir: join(ROOT, 'examples', name),
    assetsDir: join(ROOT, 'examples', 'assets'),
    sandbox,
  });

const make = async (name: string): Promise<{ manifest: Manifest; files: ReadonlyMap<string, Uint8Array> }> => {
  const resources = await resourcesOf(name);
  try {
    const sink = openMemorySink();
    const spec = parseDesignSpec(JSON.parse(readFileSync(join(ROOT, 'examples', name, 'spec.json'), 'utf8')));
    const manifest = await produce(spec, resources, sink, { signal: new AbortController().signal, version: 'test' });
    return { manifest, files: sink.files() ?? new Map() };
  } finally {
    await resources.close();
  }
};

test('there are nine orders or more among the examples', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(9);
});

describe.each(EXAMPLES)('example %s', (name) => {
  test('is made without an error, twice with the same bytes, and its files are sound', async () => {
    const { manifest, files } = await make(name);
    expect(manifest.findings.filter((one) => one.severity === 'error')).toEqual([]);
    expect(manifest.status).toBe('made');
    const again = await make(name);
    expect(again.manifest).toEqual(manifest);
    for (const { name: file, sha256: digest } of manifest.artifacts) {
      const data = files.get(file) ?? new Uint8Array();
      expect(sha256(data)).toBe(digest);
      if (file.endsWith('.pdf')) await expectSoundPdf(data, manifest, file);
      if (file.endsWith('.png')) await expectSoundPng(data, file);
    }
  });
});

/** Four readers nobody here wrote must be content with it. */
const expectSoundPdf = async (data: Uint8Array, manifest: Manifest, name: string): Promise<void> => {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, data);
  execFileSync('qpdf', ['--check', file]);
  const artifact = manifest.artifacts.find((one) => one.name === name);
  const info = execFileSync('pdfinfo', ['-box', '-f', '1', '-l', '1', file], { encoding: 'utf8' });
  const trim = /TrimBox:\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)/.exec(info)?.slice(1).map(Number) ?? [];
  const [left = 0, bottom = 0, right = 0, top = 0] = trim;
  expect(((right - left) / 72) * 25.4).toBeCloseTo(artifact?.widthMm ?? 0, 1);
  expect(((top - bottom) / 72) * 25.4).toBeCloseTo(artifact?.heightMm ?? 0, 1);
  expect(info).toMatch(new RegExp(`Pages:\\s+${artifact?.pages}\\b`));
  expect(execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n')).toHaveLength(2);
  const pixels = execFileSync('pdftoppm', ['-r', '20', '-f', '1', '-l', '1', '-png', file], { maxBuffer: 1 << 26 });
  // A blank page of the smallest article takes 130 bytes.
  expect(pixels.length).toBeGreaterThan(300);
};

const expectSoundPng = async (data: Uint8Array, name: string): Promise<void> => {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, data);
  expect(execFileSync('pngcheck', [file], { encoding: 'utf8' })).toMatch(/^OK/);
};
