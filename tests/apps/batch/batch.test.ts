import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BatchFlags, batchCommand } from '../../../src/apps/cli/commands/batch.ts';
import { rerenderCommand } from '../../../src/apps/cli/commands/rerender.ts';
import { readCsv } from '../../../src/intake/csv/read-csv.ts';
import { FLAGS, ndjson, type Ran, runIn, specOf } from './run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-batch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const batch = async (name: string, text: string | Uint8Array, flags: Partial<BatchFlags> = {}): Promise<Ran> => {
  await writeFile(join(folder, name), text);
  return runIn(folder, (environment) => batchCommand(environment, name, { ...FLAGS, ...flags }));
};

const check = (text: string | Uint8Array, flags: Partial<BatchFlags> = {}): Promise<Ran> =>
  batch('rows.txt', text, { dryRun: true, quick: true, ...flags });

const findings = ({ events }: Ran): readonly string[] =>
  events.flatMap(({ event, row, code, message }) =>
    event === 'finding' || event === 'error' ? [`${row ?? '-'} ${code}: ${message}`] : [],
  );

const summary = async (out: string): Promise<Readonly<Record<string, unknown>>> =>
  JSON.parse(await readFile(join(folder, out, 'summary.json'), 'utf8'));

describe('platen batch --dry-run', () => {
  test('checks 1,000 rows of a table and tells each mistake by row and field', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => `A-${i};Player ${i % 7 === 0 ? '✶' : 'x'};${i % 100};football`);
    const ran = await check(
      `Order reference;Name on the back;football-number;Sport\r\n${rows.join('\r\n')}\r\n`.replace('Order reference', 'reference'),
      {
        design: 'player-jersey',
      },
    );
    const wrong = rows.filter((_, i) => i % 7 === 0 || i % 100 === 0).length;
    expect(ran.code).toBe(1);
    expect(ran.events.at(-1)).toEqual({ event: 'checked', rows: 1000, wrong });
    const first = ran.events.filter(({ row }) => row === 2);
    expect(first.map(({ reference, field, code }) => [reference, field, code])).toEqual([
      ['A-0', 'Number', 'answer.number-rule'],
      ['A-0', 'Name on the back', 'answer.characters'],
    ]);
    expect(await readdir(folder)).not.toContain('batch');
  });

  test('takes names from a mapping, constants and labels in any language', async () => {
    await writeFile(
      join(folder, 'map.json'),
      '{"columns": {"Aufdruck": "name", "Nr": "football-number", "x": "-", "Umriss": "rimm"}, "constants": {"sport": "football"}}',
    );
    const ran = await check('Bestellung,Aufdruck,Nr,x,Umriss\nB,Ann,7,,\n', { design: 'player-jersey', map: 'map.json' });
    expect(ran.code).toBe(0);
    expect(ran.events.filter(({ event }) => event === 'note').map(({ message }) => message)).toEqual([
      'column "Bestellung" is no field of player-jersey and is not used',
      'column "Umriss" (as "rimm") is no field of player-jersey and is not used (did you mean "rim"?)',
    ]);
  });

  test('tells mistakes of specs, of answers and of lines that are no JSON, each by line', async () => {
    const ran = await check(
      `${ndjson([specOf('A'), { design: 'player-jersey', answers: { name: 'Ann', 'football-number': '0' } }, { ...specOf('B'), product: 'crew-tea' }])}\n{"a":\n${JSON.stringify({ answers: {} })}\n`,
    );
    expect(findings(ran).map((one) => one.slice(0, 45))).toEqual([
      '2 answer.number-rule: Number: the rules do no',
      '3 product.unknown: expected a known product (',
      '5 json.syntax: expected a value at line 1, co',
      '6 row.design: expected a design in the row or',
    ]);
  });

  test.each([
    ['a quote that never closes', 'name,number\n"Ann,7\n', 'csv.quote'],
    ['NUL characters', 'name,number\n\0,7\n', 'csv.nul'],
    ['10,000 columns', `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n1\n`, 'csv.columns'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0x2c, 0xff, 0x0a]), 'csv.encoding'],
    ['nothing in it', '', 'csv.empty'],
    ['no rows', 'name,number\n', 'usage.invalid'],
  ])('ends with a message for a table with %s', async (_, text, code) => {
    const ran = await check(text, { design: 'player-jersey' });
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.events.map((event) => event.code)).toEqual([code]);
  });

  test('fails only the row with a cell of a megabyte', async () => {
    const ran = await check(`reference,name,football-number\nA,${'x'.repeat(1_000_000)},7\nB,Ann,7\n`, { design: 'player-jersey' });
    expect(ran.events.at(-1)).toEqual({ event: 'checked', rows: 2, wrong: 1 });
    expect(findings(ran)).toEqual(['2 row.cells: expected a cell of at most 500000 characters in column 2, got 1000000']);
  });

  test('says how a list of players with references is told from orders', async () => {
    const table = 'reference,Name,No.\nReds,Ann,7\nReds,Bea,7\n';
    const notes = ({ events }: Ran) => events.filter(({ event }) => event === 'note').map(({ message }) => message);
    expect(notes(await check(table, { design: 'player-jersey' }))).toEqual([
      'column "No." is no field of player-jersey and is not used',
      expect.stringContaining('say "roster"'),
    ]);
    const told = await check(table, { design: 'player-jersey', roster: true });
    expect(notes(told)).toEqual([]);
    expect(findings(told)).toContain('3 roster.number-twice: number 7 is also that of Ann in row 2');
  });

  test('finds the numbers that two players of a team have', async () => {
    const table = 'Team,Name,No.,Size,Qty,constructor\nReds,Ann,7,M,1,\nReds,Bea,7,L,2,x\nBlues,Cleo,7,S,1,\n';
    const ran = await check(table, { design: 'player-jersey' });
    expect(findings(ran)).toEqual(['3 roster.number-twice: number 7 is also that of Ann in row 2']);
  });

  test('leaves what looks like a template or a formula as it is', async () => {
    const ran = await batch('literal.csv', 'reference,name,football-number\n=1+1,{{number}},7\n', { design: 'initials-tag', dryRun: true });
    expect(ran.events.some(({ event }) => event === 'checked')).toBe(true);
  });
});

describe('platen batch', () => {
  test('makes good rows, each into a folder of its own, and tells the bad ones', async () => {
    const rows = [specOf('A/1'), specOf('A-1'), { ...specOf('B'), pages: 'x' }, specOf('CON'), specOf('../evil'), specOf('D', 500)];
    const ran = await runIn(
      folder,
      (environment) => batchCommand(environment, '-', { ...FLAGS, out: 'mixed', proof: true, only: 'preview' }),
      ndjson(rows),
    );
    expect(ran.code).toBe(1);
    const names = (await readdir(join(folder, 'mixed'))).sort();
    expect(names).toEqual([
      'A-1',
      'A-1-row-2',
      'D',
      'batch.journal.ndjson',
      'batch.json',
      'batch.plan.ndjson',
      'batch.records',
      'evil',
      'pick-list.csv',
      'proof-1.png',
      'row-4',
      'summary.json',
    ]);
    expect(await summary('mixed')).toMatchObject({ rows: 6, made: 4, refused: 2, failed: 0, left: 0 });
    const { columns, rows: picks } = readCsv(await readFile(join(folder, 'mixed', 'pick-list.csv'), 'utf8'));
    expect(columns).toEqual(['reference', 'line', 'product', 'variant', 'quantity', 'files', 'notes']);
    expect(picks.map(({ cells }) => cells.slice(0, 5))).toEqual([
      ['A/1', '', 'crew-tee', 'size: l, colour: black', '2'],
      ['A-1', '', 'crew-tee', 'size: l, colour: black', '2'],
      ['CON', '', 'crew-tee', 'size: l, colour: black', '2'],
      ['../evil', '', 'crew-tee', 'size: l, colour: black', '2'],
    ]);
  });

  test('does not mix two batches, and has nothing left to do for one that is done', async () => {
    await batch('two.ndjson', ndjson([specOf('A'), specOf('B')]), { out: 'two' });
    const again = await batch('two.ndjson', ndjson([specOf('A'), specOf('B')]), { out: 'two' });
    expect(again.code).toBe(2);
    const resumed = await batch('two.ndjson', ndjson([specOf('A'), specOf('B', 12), specOf('C')]), { out: 'two', resume: true });
    expect(resumed.events.flatMap(({ event, folder: name }) => (event === 'row' ? [name] : []))).toEqual(['B', 'C']);
    expect(await summary('two')).toMatchObject({ rows: 3, made: 3, resumed: 1 });
  });

  test('makes a row again whose files are not all there', async () => {
    const text = ndjson([specOf('A'), specOf('B')]);
    await batch('torn.ndjson', text, { out: 'torn' });
    const [file = ''] = (await readdir(join(folder, 'torn', 'A'))).filter((name) => name.endsWith('.png'));
    await writeFile(join(folder, 'torn', 'A', file), 'half');
    const ran = await batch('torn.ndjson', text, { out: 'torn', resume: true });
    expect(ran.events.flatMap(({ event, folder: name }) => (event === 'row' ? [name] : []))).toEqual(['A']);
  });

  test('stops after as many failures as are said', async () => {
    const missing = (reference: string) => ({ ...specOf(reference), shop: 'nowhere' });
    const ran = await batch('bad.ndjson', ndjson([missing('A'), missing('B'), specOf('C')]), { out: 'bad', maxFailures: 1 });
    expect(ran.code).toBe(1);
    expect(await summary('bad')).toMatchObject({ rows: 3, made: 0, failed: 1, left: 2 });
    const all = await batch('worse.ndjson', ndjson([{ ...specOf('A'), pages: 'x' }, specOf('C')]), { out: 'worse', maxFailures: 1 });
    expect(all.code).toBe(1);
    expect(await readdir(folder)).not.toContain('worse');
  });
});

describe('platen rerender', () => {
  const rerender = (flags: object, env: NodeJS.ProcessEnv = {}): Promise<Ran> =>
    runIn(folder, (environment) => rerenderCommand(environment, { ...FLAGS, out: 'again', ...flags }), '', env);
  const selected = ({ events }: Ran): readonly unknown[] =>
    events.flatMap(({ event, folder: name }) => (event === 'selected' ? [name] : []));

  test('finds rows by order, product, status and time, and makes them again to the byte', async () => {
    await batch('again.ndjson', ndjson([specOf('A'), specOf('B'), { ...specOf('C'), shop: 'nowhere' }]), { out: 'again' });
    expect(selected(await rerender({ dryRun: true, order: 'B' }))).toEqual(['B']);
    expect(selected(await rerender({ dryRun: true, product: 'crew-tee' }))).toEqual(['A', 'B', 'C']);
    expect(selected(await rerender({ dryRun: true, product: 'mug' }))).toEqual([]);
    expect(selected(await rerender({ dryRun: true, status: 'failed' }))).toEqual(['C']);
    expect(selected(await rerender({ dryRun: true, until: 0 }))).toEqual([]);
    const ran = await rerender({ order: 'B' });
    expect(ran.events.filter(({ event }) => event === 'changes')).toMatchObject([
      { folder: 'B', changed: [], added: [], removed: [], same: 2 },
    ]);
    expect(await summary('again')).toMatchObject({ rows: 3, made: 2, failed: 1 });
  });

  test('with --changed-only takes rows whose inputs are not what they were', async () => {
    expect(selected(await rerender({ dryRun: true, changedOnly: true }))).toEqual(['C']);
    const manifest = join(folder, 'again', 'A', 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    const product = /("kind": "product",\s*"name": "crew-tee",\s*"sha256": ")[0-9a-f]{64}/;
    expect(text).toMatch(product);
    await writeFile(manifest, text.replace(product, `$1${'0'.repeat(64)}`));
    const ran = await rerender({ dryRun: true, changedOnly: true });
    expect(ran.events.filter(({ event }) => event === 'selected')).toMatchObject([
      { folder: 'A', reasons: ['product crew-tee'] },
      { folder: 'C', reasons: ['not made before'] },
    ]);
  });

  test('does not make a row that its own table refused', async () => {
    const table = 'Team,Name,No.\nReds,Ann,7\nReds,Bea,7\n';
    await batch('team.csv', table, { out: 'team', design: 'player-jersey', maxFailures: 9, only: 'preview' });
    expect(await summary('team')).toMatchObject({ made: 1, refused: 1 });
    const ran = await runIn(folder, (environment) => rerenderCommand(environment, { ...FLAGS, out: 'team', status: 'refused' }));
    expect(ran.code).toBe(1);
    expect(await summary('team')).toMatchObject({ made: 1, refused: 1, troubles: [{ problems: [{ code: 'roster.number-twice' }] }] });
  });
});
