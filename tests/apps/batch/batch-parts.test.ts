import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withBatchLocked } from '../../../src/apps/cli/batch/batch-lock.ts';
import { targetOf } from '../../../src/apps/cli/batch/column-targets.ts';
import { Journal, type JournalEntry, readJournal } from '../../../src/apps/cli/batch/journal.ts';
import { parseMapping } from '../../../src/apps/cli/batch/mapping.ts';
import { pickList } from '../../../src/apps/cli/batch/pick-list.ts';
import { planBatch } from '../../../src/apps/cli/batch/plan-batch.ts';
import { durationText } from '../../../src/apps/cli/batch/progress.ts';
import { readNdjsonRows } from '../../../src/apps/cli/batch/read-ndjson-rows.ts';
import { RowFolders } from '../../../src/apps/cli/batch/row-folders.ts';
import { plural } from '../../../src/model/plural.ts';
import { CARD, makeDesign } from '../../personalize/make-design.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the folders of rows', () => {
  it('have names that every system takes, each once', () => {
    const folders = new RowFolders();
    const names = ['A-1', 'a-1', 'Größe/7', '../..', 'nul', 'summary.json', 'batch', '', 'x'.repeat(300), `${'x'.repeat(299)}y`, '.hidden'];
    const given = names.map((reference, i) => folders.folderOf({ row: i + 2, reference }).folder);
    expect(given.slice(0, 8)).toEqual(['A-1', 'a-1-row-3', 'Gro-e-7', 'row-5', 'row-6', 'row-7', 'row-8', 'row-9']);
    expect(given.at(-1)).toBe('hidden');
    expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(names.length);
    expect(given.every((name) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name))).toBe(true);
  });

  it('keep their name when a reference is called like the folder of a row', () => {
    const folders = new RowFolders();
    expect(folders.folderOf({ row: 1, reference: 'row-2' })).toEqual({ folder: 'row-2', sharedWith: null });
    expect(folders.folderOf({ row: 2 })).toEqual({ folder: 'row-2-row-2', sharedWith: 1 });
  });
});

describe('the columns of a table', () => {
  const open = makeDesign({
    fields: [
      { id: 'quantity', kind: 'text', label: 'Quantity of stars' },
      { id: 'a', kind: 'text', label: 'Number' },
      { id: 'b', kind: 'text', label: 'Number' },
      { id: 'motto', kind: 'text', label: { en: 'Motto', de: 'Wahlspruch' } },
    ],
  });

  it.each([
    ['motto', { kind: 'fields', ids: ['motto'] }],
    [' WAHLSPRUCH:', { kind: 'fields', ids: ['motto'] }],
    ['answers.motto', { kind: 'fields', ids: ['motto'] }],
    ['Number', { kind: 'fields', ids: ['a', 'b'] }],
    ['quantity', { kind: 'fields', ids: ['quantity'] }],
    ['order.quantity', { kind: 'order', member: 'quantity' }],
    ['Reference', { kind: 'order', member: 'reference' }],
    ['data.customer.city', { kind: 'data', path: ['customer', 'city'] }],
    ['data.__proto__.x', { kind: 'unknown', hint: undefined }],
    ['variant.size', { kind: 'variant', option: 'size' }],
    ['variant.__proto__', { kind: 'unknown', hint: undefined }],
    ['constructor', { kind: 'unknown', hint: undefined }],
    ['language', { kind: 'data', path: ['language'] }],
    ['-', { kind: 'ignored' }],
    ['moto', { kind: 'unknown', hint: 'did you mean "motto"?' }],
  ])('called %s', (name, target) => {
    expect(targetOf(name, open)).toEqual(target);
  });

  it('may be renamed in short or in full', () => {
    expect(parseMapping('{"Shirt": "number"}')).toEqual({ columns: { Shirt: 'number' }, constants: {} });
    expect(parseMapping('{"constants": {"sport": "football"}}')).toEqual({ columns: {}, constants: { sport: 'football' } });
    expect(() => parseMapping('{"columns": {"a": 1}, "konstants": {}}')).toThrow('expected a valid mapping of columns, got 2 mistakes');
  });
});

describe('the pick list', () => {
  it('holds nothing that a spreadsheet would run', () => {
    const manifest = {
      version: 1,
      platen: '0',
      status: 'made',
      specDigest: '',
      product: '',
      shop: '',
      inputs: [],
      artifacts: [],
      findings: [],
    } as const;
    const line = (reference: string) => ({
      reference,
      line: '',
      product: 'tee',
      variant: {},
      quantity: 1,
      notes: 'a "b", c',
      folder: 'x',
      manifest: { ...manifest, inputs: [], artifacts: [], findings: [] },
    });
    const text = pickList(['=cmd()', '-5', '+1', '@x', 'A-1'].map(line));
    expect(text.split('\r\n').slice(1, -1)).toEqual(
      ["'=cmd()", "'-5", "'+1", "'@x", 'A-1'].map((reference) => `${reference},,tee,,1,,"a ""b"", c"`),
    );
  });
});

describe('the journal', () => {
  const entry = (row: number, status: JournalEntry['status']): JournalEntry => ({
    row,
    folder: `row-${row}`,
    reference: null,
    digest: 'd',
    status,
    at: '2026-05-31T08:00:00.000Z',
    ms: 5,
    files: 1,
  });

  it('keeps the last end of each row and passes over what was cut off', async () => {
    const first = await Journal.open(folder);
    await first.append(entry(1, 'failed'));
    await first.append(entry(2, 'made'));
    await first.close();
    const path = join(folder, 'batch.journal.ndjson');
    await writeFile(path, `${await readFile(path, 'utf8')}\0\0\0\n{"row":3,"fold`);
    const second = await Journal.open(folder);
    await second.append(entry(1, 'made'));
    await second.close();
    expect([...(await readJournal(folder)).values()].map(({ row, status }) => [row, status])).toEqual([
      [1, 'made'],
      [2, 'made'],
    ]);
  });
});

describe('the lock of a batch', () => {
  it('keeps a second run out and gives way when the first is gone', async () => {
    const lock = join(folder, 'batch.lock');
    await writeFile(lock, String(process.ppid));
    await expect(withBatchLocked(folder, async () => 1)).rejects.toThrow('expected a batch that nobody is making');
    await writeFile(lock, '999999999');
    expect(await withBatchLocked(folder, async () => 1)).toBe(1);
    await expect(readFile(lock)).rejects.toThrow();
  });
});

describe('durations', () => {
  it('are told in words', () => {
    expect([8, 200, 7500].map(durationText)).toEqual(['8 s', '3 min 20 s', '2 h 05 min']);
  });
});

describe('the rows of a file of lines', () => {
  it('tell which answers no field of their design takes, and what was meant', async () => {
    const open = makeDesign({
      fields: [
        { id: 'name', kind: 'text', label: 'Name' },
        { id: 'gift', kind: 'boolean', label: 'Gift' },
        { id: 'wish', kind: 'text', label: 'Wish', when: { of: 'gift', in: [true] } },
      ],
    });
    const lines = ['{"answers":{"name":"Ada","names":"Bob","gift":false,"wish":"x"}}', '{"answers":{"name":"Ada","gift":false}}'].join(
      '\n',
    );
    const parts = { designOf: async () => open, productOf: async () => CARD };
    const [slip, fine] = await planBatch(readNdjsonRows(lines, 'test'), parts, new AbortController().signal);
    expect(slip?.spec).not.toBeNull();
    expect(slip?.findings).toEqual([
      {
        severity: 'info',
        code: 'answer.unknown',
        pointer: '/names',
        message: expect.stringContaining('names'),
        hint: expect.stringContaining('name'),
      },
    ]);
    expect(fine?.findings).toEqual([]);
  });
});

describe('counts', () => {
  it('are told with their noun as one says it', () => {
    expect([plural(0, 'row'), plural(1, 'row'), plural(1200, 'row'), plural(1, 'row was', 'rows were')]).toEqual([
      '0 rows',
      '1 row',
      '1,200 rows',
      '1 row was',
    ]);
  });
});
