import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BatchFlags, batchCommand } from '../../../src/apps/cli/commands/batch.ts';
import { readCsv } from '../../../src/intake/csv/read-csv.ts';
import { FLAGS, ndjson, type Ran, runIn, specOf } from './run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-dry-'));
  const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#c42b6e' } });
  await writeFile(join(folder, 'small.png'), await picture.png().toBuffer());
  await writeFile(join(folder, 'broken.png'), 'no picture at all');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const layerSpec = (reference: string, layer: object) => {
  const spec = specOf(reference);
  return { ...spec, placements: spec.placements.map((one) => ({ ...one, layers: [layer] })) };
};
const picture = (source: string) => ({ type: 'image', source, box: { x: 10, y: 10, width: 60, height: 45 } });
const text = (family: string) => ({ type: 'text', text: 'Ada', font: { family }, size: 10, box: { x: 10, y: 10, width: 60, height: 20 } });

const ROWS = [
  specOf('A-1'),
  layerSpec('A-2', picture('missing.png')),
  layerSpec('A-3', picture('broken.png')),
  layerSpec('A-4', picture('small.png')),
  layerSpec('A-5', text('No Such Font')),
  { ...specOf('A-6'), product: 'no-such' },
  specOf('A-7', -2000),
];

const dryRun = async (rows: readonly unknown[], flags: Partial<BatchFlags> = {}): Promise<Ran> => {
  await writeFile(join(folder, 'rows.ndjson'), ndjson(rows));
  return runIn(folder, (environment) => batchCommand(environment, 'rows.ndjson', { ...FLAGS, dryRun: true, concurrency: 2, ...flags }));
};

const told = ({ events }: Ran): readonly string[] =>
  events
    .filter(({ event, severity }) => event === 'finding' && severity === 'error')
    .map(({ reference, code }) => `${reference} ${code}`)
    .sort();

describe('a dry run of a batch', () => {
  test('looks for pictures and fonts of every row, holds it against its method, and reports it row by row', async () => {
    const ran = await dryRun(ROWS, { report: 'report' });
    expect(ran.code).toBe(1);
    const errors = told(ran);
    expect(errors.map((one) => one.split(' ')[0])).toEqual(['A-2', 'A-3', 'A-4', 'A-5', 'A-6', 'A-7']);
    expect(errors).toEqual(expect.arrayContaining(['A-2 resource.not-found', 'A-6 product.unknown']));
    expect(errors.find((one) => one.startsWith('A-4'))).toMatch(/resolution/);
    expect(errors.find((one) => one.startsWith('A-5'))).toMatch(/font/);
    expect(ran.events.at(-1)).toEqual({ event: 'preflight', rows: 7, wrong: 6 });
    expect(await readdir(folder)).not.toContain('batch');

    const { rows, good, wrong, items } = JSON.parse(await readFile(join(folder, 'report', 'check.json'), 'utf8'));
    expect([rows, good, wrong]).toEqual([7, 1, 6]);
    expect(items.map((one: { row: number; status: string }) => `${one.row} ${one.status}`)).toEqual([
      '1 good',
      ...[2, 3, 4, 5, 6, 7].map((row) => `${row} wrong`),
    ]);
    const table = readCsv(await readFile(join(folder, 'report', 'check.csv'), 'utf8'));
    expect(table.columns).toEqual(['row', 'reference', 'line', 'severity', 'code', 'where', 'message', 'hint']);
    const missing = table.rows.find(({ cells }) => cells[1] === 'A-2');
    expect(missing?.cells.slice(0, 6)).toEqual(['2', 'A-2', '', 'error', 'resource.not-found', '/placements/0/layers/0/source']);
  });

  test('is over with answers and tables when it shall be quick', async () => {
    const ran = await dryRun(ROWS, { quick: true, report: 'quick' });
    expect(told(ran)).toEqual(['A-6 product.unknown']);
    expect(ran.events.at(-1)).toMatchObject({ event: 'checked', wrong: 1 });
    expect(JSON.parse(await readFile(join(folder, 'quick', 'check.json'), 'utf8'))).toMatchObject({ good: 6, wrong: 1 });
  });

  test('lets pass what would be forced, and nothing that cannot be loaded', async () => {
    const ran = await dryRun([layerSpec('A-2', picture('missing.png')), layerSpec('A-4', picture('small.png'))], { force: true });
    expect(ran.events.at(-1)).toEqual({ event: 'preflight', rows: 2, wrong: 1 });
  });

  test('tells people no more lines than anybody reads, and in the order of the rows', async () => {
    const wrong = Array.from({ length: 205 }, (_, i) => layerSpec(`C-${i}`, picture('missing.png')));
    const ran = await dryRun(wrong, { json: false });
    const lines = ran.err.split('\n').filter((line) => line.startsWith('row '));
    expect(lines).toHaveLength(200);
    expect(lines[7]).toContain('row 8 (C-7)');
    expect(ran.err).toContain('and 5 more; --json tells all of them');
  });

  test('of rows that are all right says so', async () => {
    const ran = await dryRun([specOf('B-1'), specOf('B-2', 20)], { json: false, report: 'fine' });
    expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('2 rows looked through, 0 cannot be made')]);
    expect(readCsv(await readFile(join(folder, 'fine', 'check.csv'), 'utf8')).rows).toEqual([]);
  });
});
