import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchCommand } from '../../../src/apps/cli/commands/batch.ts';
import { type RerenderFlags, rerenderCommand } from '../../../src/apps/cli/commands/rerender.ts';
import { sha256 } from '../../../src/model/digest.ts';
import { FLAGS, ndjson, type Ran, runIn } from '../batch/run-cli.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ANTON = ['anton', 'Anton-Regular.ttf'] as const;

let folder: string;
let fonts: string;
let templates: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-compare-'));
  fonts = join(folder, 'fonts');
  await cp(join(ROOT, 'fonts'), fonts, { recursive: true });
  // The library of the test alone: whoever works on a template meanwhile changes no row of it.
  templates = join(folder, 'templates');
  for (const part of ['palettes', 'shops', 'word-lists', 'products/crew-tee'])
    await cp(join(ROOT, 'templates', part), join(templates, part), { recursive: true });
  await writeFile(join(folder, 'rows.ndjson'), ndjson([lettered('A', 'Anton'), lettered('<b>B</b>', 'Oswald'), lettered('C', 'Anton')]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lettered = (reference: string, family: string) => ({
  product: 'crew-tee',
  variant: { size: 'l', colour: 'black' },
  order: { reference },
  placements: [
    {
      placement: 'left-chest',
      method: 'dtf',
      settings: { dpi: 72 },
      layers: [{ type: 'text', text: 'HOME', font: { family }, size: 60, fill: '#c42b6e', box: { x: 5, y: 10, width: 80, height: 30 } }],
    },
  ],
});

/** A file of the family that draws other letters, with its digest in the list of fonts. */
const replaceFont = async (): Promise<void> => {
  const [list, path] = [join(fonts, 'index.json'), join(fonts, ...ANTON)];
  const [old, now] = [await readFile(path), await readFile(join(fonts, 'bebas-neue', 'BebasNeue-Regular.ttf'))];
  await writeFile(path, now);
  await writeFile(list, (await readFile(list, 'utf8')).replace(sha256(old), sha256(now)));
};

const library = () => ({ PLATEN_FONTS_DIR: fonts, PLATEN_TEMPLATES_DIR: templates });

const rerender = (flags: Partial<RerenderFlags>): Promise<Ran> =>
  runIn(
    folder,
    (environment) => rerenderCommand(environment, { ...FLAGS, out: 'jobs', dryRun: true, report: 'report', ...flags }),
    '',
    library(),
  );

const compared = ({ events }: Ran) =>
  events.flatMap(({ event, folder: name, status, files }) =>
    event === 'compared' ? [[name, status, Array.isArray(files) ? files.map(({ name: file, kind }) => `${file} ${kind}`) : []]] : [],
  );

test('tells which files another font file changes and by how much, replaces nothing, and goes on after a stop', async () => {
  const made = await runIn(folder, (environment) => batchCommand(environment, 'rows.ndjson', { ...FLAGS, out: 'jobs' }), '', library());
  expect(made.events.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(made.code).toBe(0);
  const before = await readFile(join(folder, 'jobs', 'A', 'left-chest-dtf.png'));

  const same = await rerender({ report: 'same' });
  expect(same.events.filter(({ message }) => message !== undefined)).toEqual([]);
  expect(compared(same).map(([name, status]) => [name, status])).toEqual([
    ['A', 'same'],
    ['b-B-b', 'same'],
    ['C', 'same'],
  ]);

  await replaceFont();
  const ran = await rerender({ changedOnly: true });
  expect(compared(ran)).toEqual([
    ['A', 'changed', ['left-chest-dtf.png changed', 'left-chest-dtf-white.png changed']],
    ['C', 'changed', ['left-chest-dtf.png changed', 'left-chest-dtf-white.png changed']],
  ]);
  expect(ran.events.at(-1)).toMatchObject({ event: 'done', rows: 2, changed: 2, same: 0, files: { changed: 4, new: 0, gone: 0 } });
  expect(await readFile(join(folder, 'jobs', 'A', 'left-chest-dtf.png'))).toEqual(before);

  const report = JSON.parse(await readFile(join(folder, 'report', 'report.json'), 'utf8'));
  expect(report.rows[0]).toMatchObject({
    reasons: ['font Anton/400/upright'],
    files: [{ shown: 'pictures/A--left-chest-dtf.png.png' }, {}],
  });
  expect(report.rows[0].files[0].picture.share).toBeGreaterThan(0.01);
  expect(report.rows[0].files[0].picture.share).toBeLessThan(0.9);
  expect((await readdir(join(folder, 'report'))).sort()).toEqual(['compared.ndjson', 'pictures', 'report.html', 'report.json']);

  expect(await rerender({ changedOnly: true })).toMatchObject({ code: 2, out: expect.stringContaining('--resume') });
  // The row that a killed run was at has half a line.
  const lines = await readFile(join(folder, 'report', 'compared.ndjson'), 'utf8');
  await writeFile(join(folder, 'report', 'compared.ndjson'), lines.slice(0, lines.indexOf('\n') + 30));
  const rest = await rerender({ changedOnly: true, resume: true });
  expect(compared(rest).map(([name]) => name)).toEqual(['C']);
  expect(JSON.parse(await readFile(join(folder, 'report', 'report.json'), 'utf8'))).toEqual(report);
});

test('keeps what customers wrote as text in the page', async () => {
  const ran = await rerender({ report: 'whole', only: 'preview' });
  expect(ran.code).toBe(0);
  const page = await readFile(join(folder, 'whole', 'report.html'), 'utf8');
  expect(page).toContain('&lt;b&gt;B&lt;/b&gt;');
  expect(page).not.toContain('<b>B');
});

test('asks for a dry run, and for a report to go on with', async () => {
  expect(await rerender({ dryRun: false })).toMatchObject({ code: 2, out: expect.stringContaining('--dry-run') });
  expect(await runIn(folder, (environment) => rerenderCommand(environment, { ...FLAGS, out: 'jobs', resume: true }))).toMatchObject({
    code: 2,
    out: expect.stringContaining('expected --report'),
  });
});
