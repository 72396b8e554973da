import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchCommand } from '../../../src/apps/cli/commands/batch.ts';
import { type RerenderFlags, rerenderCommand } from '../../../src/apps/cli/commands/rerender.ts';
import { FLAGS, ndjson, type Ran, runIn } from '../batch/run-cli.ts';

const TEMPLATES = fileURLToPath(new URL('../../../templates/', import.meta.url));
const DESIGN = ['designs', 'patch', 'design.json'] as const;
const PRODUCT = ['products', 'crew-tee', 'product.json'] as const;

let folder: string;
let templates: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-pinned-'));
  templates = join(folder, 'templates');
  await mkdir(join(templates, 'products'), { recursive: true });
  await mkdir(join(templates, 'designs', 'patch'), { recursive: true });
  await cp(join(TEMPLATES, 'products', 'crew-tee'), join(templates, 'products', 'crew-tee'), { recursive: true });
  for (const shared of ['palettes', 'shops', 'word-lists', 'materials'])
    await cp(join(TEMPLATES, shared), join(templates, shared), { recursive: true }).catch(() => undefined);
  await writeFile(join(templates, ...DESIGN), JSON.stringify(patch(10)));
  const rows = ['Ada', 'Ben'].map((name) => ({ design: 'patch', answers: { name }, order: { reference: name } }));
  await writeFile(join(folder, 'rows.ndjson'), ndjson(rows));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A design whose text lies `x` mm from the left. */
const patch = (x: number) => ({
  version: 1,
  id: 'patch',
  name: 'Patch',
  product: 'crew-tee',
  fields: [{ id: 'name', kind: 'text', label: 'Name', maxLength: 12 }],
  spec: {
    title: '{{name}}',
    variant: { size: 'l', colour: 'black' },
    placements: [
      {
        placement: 'left-chest',
        method: 'dtf',
        settings: { dpi: 72 },
        layers: [
          {
            type: 'text',
            text: '{{name}}',
            font: { family: 'Anton' },
            size: 50,
            fill: '#c42b6e',
            box: { x, y: 10, width: 70, height: 30 },
          },
        ],
      },
    ],
  },
});

const env = () => ({ PLATEN_TEMPLATES_DIR: templates });

const rerender = (flags: Partial<RerenderFlags>): Promise<Ran> =>
  runIn(folder, (environment) => rerenderCommand(environment, { ...FLAGS, out: 'jobs', ...flags }), '', env());

const filesOf = async (row: string): Promise<ReadonlyMap<string, string>> => {
  const names = (await readdir(join(folder, 'jobs', row))).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, 'jobs', row, name))).toString('base64')] as const)),
  );
};

const changed = ({ events }: Ran): readonly unknown[] =>
  events.flatMap((one) => (one.event === 'changes' ? [[one.folder, Array.isArray(one.changed) ? one.changed.length : 0]] : []));

/** As a shop would that measured its shirts anew: the print area of the left chest, smaller. */
const changeProduct = async (): Promise<void> => {
  const path = join(templates, ...PRODUCT);
  const product = JSON.parse(await readFile(path, 'utf8'));
  for (const placement of product.placements) if (placement.id === 'left-chest') Object.assign(placement, { width: 80, sizes: [] });
  await writeFile(path, JSON.stringify(product));
};

test('an order pinned to an older design and product has the same bytes after both changed, and goes back to them', async () => {
  const made = await runIn(folder, (environment) => batchCommand(environment, 'rows.ndjson', { ...FLAGS, out: 'jobs' }), '', env());
  expect(made.err).toBe('');
  expect(made.code).toBe(0);
  const before = { Ada: await filesOf('Ada'), Ben: await filesOf('Ben') };
  expect(before.Ada.size).toBeGreaterThan(2);

  await writeFile(join(templates, ...DESIGN), JSON.stringify(patch(3)));
  await changeProduct();

  // A layout that changed is seen by how much and where, of the rows of this design and of no other.
  const report = await rerender({ dryRun: true, report: 'report', design: 'patch' });
  expect(report.events.at(-1)).toMatchObject({ event: 'done', rows: 2, changed: 2 });
  expect(await rerender({ dryRun: true, design: 'other', changedOnly: true })).toMatchObject({
    out: expect.not.stringContaining('selected'),
  });
  const told = JSON.parse(await readFile(join(folder, 'report', 'report.json'), 'utf8'));
  expect(told.rows[0].reasons).toEqual(expect.arrayContaining(['design patch', 'product crew-tee']));

  // Pinned, nothing of the change reaches the files: not in a report, not when they are made.
  const same = await rerender({ dryRun: true, report: 'pinned', pinned: true });
  expect(same.events.at(-1)).toMatchObject({ event: 'done', rows: 2, same: 2, changed: 0 });
  const again = await rerender({ pinned: true });
  expect(again.code).toBe(0);
  expect(changed(again)).toEqual([
    ['Ada', 0],
    ['Ben', 0],
  ]);
  expect(await filesOf('Ada')).toEqual(before.Ada);

  // One row follows the template; the spec of before is not lost with it.
  expect((await rerender({ order: 'Ben' })).code).toBe(0);
  expect(await filesOf('Ben')).not.toEqual(before.Ben);
  expect(await filesOf('Ada')).toEqual(before.Ada);
});

test('what is not as it was is told, and the files stay', async () => {
  const before = await filesOf('Ada');
  // Neither the records that were kept nor the library have what the manifest names.
  await rm(join(folder, 'jobs', 'batch.records'), { recursive: true });
  const ran = await rerender({ pinned: true });
  expect(ran.code).toBe(1);
  expect(ran.events.filter(({ event }) => event === 'finding')).toMatchObject([
    { reference: 'Ada', code: 'row.not-pinned', message: expect.stringContaining('product crew-tee') },
  ]);
  expect(changed(ran)).toEqual([
    ['Ada', 0],
    ['Ben', 0],
  ]);
  expect(await filesOf('Ada')).toEqual(before);
  expect(await rerender({ pinned: true, changedOnly: true })).toMatchObject({ code: 2, out: expect.stringContaining('--pinned') });
});
