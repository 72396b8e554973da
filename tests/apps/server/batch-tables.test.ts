import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesignShelf } from '../../../src/apps/service/design-shelf.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';
import { type Answer, type Api, startApi } from './support/api-server.ts';

const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

let api: Api;
let resources: Awaited<ReturnType<typeof openBundledResources>>;
beforeAll(async () => {
  resources = await openBundledResources();
  const designs = openDesignShelf({ resources, templatesDir: TEMPLATES, now: Date.now });
  api = await startApi({ config: { maxBatchRows: 50 }, parts: () => ({ designs }) });
});
afterAll(async () => {
  await api.close();
  await resources.close();
});

const ROSTER = [
  'Team;Name;No.;Size;Position;Qty;Notes;Shoe',
  'Reds;Okafor;10;L;GK;1;;',
  "Reds;O'Connell;00;M;;2;captain;",
  'Reds;Nowak;10;M;;1;;',
  'Blues;Santos;10;S;;1;;',
  'Blues;Kim;67;S;;1;;',
  'Blues;F.u.c.k;11;S;;1;;',
  'Blues;Hiscock;12;S;;none;;',
  'Blues;Lee;13;XXXXS;;1;;',
].join('\r\n');

const table = (more: Readonly<Record<string, unknown>> = {}) => ({
  table: { design: 'player-jersey', constants: { sport: 'school-basketball' }, csv: ROSTER, ...more },
});
const submit = (json: unknown, query = '', headers = {}): Promise<Answer> => api.call('POST', `/v1/batches${query}`, { json, headers });

type Told = readonly { readonly row: number; readonly code: string; readonly errors: readonly { pointer?: string; message: string }[] }[];
const codesIn = ({ json }: Answer): readonly string[] => (json.errors as Told).map(({ row, code }) => `${row} ${code}`);
const count = async (): Promise<number> => ((await api.call('GET', '/v1/jobs?limit=100')).json.items as unknown[]).length;

const WRONG = ['4 roster.number-twice', '6 answer.number-rule', '7 answer.text-refused', '8 row.quantity'];

describe('the roster of a team', () => {
  it('is checked row by row before anything is made', async () => {
    const before = await count();
    const answer = await api.call('POST', '/v1/batches/check', { json: table() });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ rows: 8, acceptable: 4, notes: [expect.stringContaining('column "Shoe"')] });
    expect(codesIn(answer)).toEqual(WRONG);
    const [twice, rule, refused] = answer.json.errors as Told;
    expect(twice?.errors[0]).toMatchObject({
      message: 'number 10 is also that of Okafor in row 2',
      pointer: expect.stringMatching(/^\/answers\//),
    });
    expect(rule?.errors[0]?.message).toContain('67');
    expect(JSON.stringify(refused)).not.toMatch(/f\.?u\.?c\.?k/i);
    expect(await count()).toBe(before);
  });

  it('becomes a job for each player that is right, with the rows told that are not', async () => {
    const answer = await submit(table());
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ accepted: 4, rejected: 4 });
    expect(codesIn(answer)).toEqual(WRONG);
    const jobs = answer.json.jobs as readonly { row: number; id: string }[];
    expect(jobs.map(({ row }) => row)).toEqual([2, 3, 5, 9]);
    const job = await api.call('GET', `/v1/jobs/${jobs[1]?.id}`);
    expect(job.json).toMatchObject({ metadata: { row: '3', line: "00 O'Connell" }, origin: null, batchId: answer.json.id });
    expect(await api.call('GET', `/v1/batches/${answer.json.id}`)).toMatchObject({ json: { total: 4, byState: { queued: 4 } } });
  });

  it('is refused as a whole where a single bad row shall refuse all', async () => {
    const before = await count();
    const answer = await submit(table(), '?allOrNone=true');
    expect([answer.status, answer.json.code]).toEqual([422, 'input.invalid']);
    expect((answer.json.errors as { pointer: string }[])[0]?.pointer).toMatch(/^\/items\/3/);
    expect(await count()).toBe(before);
  });

  it('may come as rows by heading, and as plain CSV', async () => {
    const rows = [
      { Name: 'Okafor', 'No.': 10, Size: 'L', Team: 'Reds' },
      { Name: 'Nowak', 'No.': 10, Size: null, Team: 'Reds' },
      { Name: 'Kim', 'No.': '00', Extra: true },
    ];
    const byRows = await api.call('POST', '/v1/batches/check', { json: table({ csv: undefined, rows }) });
    expect(byRows.json).toMatchObject({ rows: 3, acceptable: 2, notes: [expect.stringContaining('Extra')] });
    expect(codesIn(byRows)).toEqual(['2 roster.number-twice']);
    const csv = `\ufeff${ROSTER.replaceAll('Size', 'Size;sport').replaceAll(/;(L|M|S|XXXXS);/g, ';$1;school-basketball;')}`;
    const plain = await api.call('POST', '/v1/batches/check?design=player-jersey', { headers: { 'content-type': 'text/csv' }, body: csv });
    expect(plain.json).toMatchObject({ rows: 8, acceptable: 4 });
    expect(codesIn(plain)).toEqual(WRONG);
  });

  it('may be in the encoding that its header says', async () => {
    const csv = Buffer.from('Team;Name;No.;sport\r\nReds;Müller;10;school-basketball\r\n', 'latin1');
    const sent = (type: string) =>
      api.call('POST', '/v1/batches/check?design=player-jersey', { headers: { 'content-type': type }, body: csv });
    for (const charset of ['windows-1252', '"ISO-8859-1"'])
      expect(await sent(`text/csv; charset=${charset}`)).toMatchObject({ status: 200, json: { rows: 1, acceptable: 1 } });
    expect(await sent('text/csv')).toMatchObject({ status: 422, json: { detail: expect.stringContaining('charset') } });
    expect(await sent('text/csv; charset=ebcdic')).toMatchObject({
      status: 415,
      json: { detail: expect.stringContaining('windows-1252') },
    });
  });

  it('is made once for one key', async () => {
    const headers = { 'idempotency-key': 'roster-1' };
    const [first, again] = [await submit(table(), '', headers), await submit(table(), '', headers)];
    expect([first.status, again.status, again.json.id]).toEqual([202, 200, first.json.id]);
    const other = await submit(table({ constants: { sport: 'football' } }), '', headers);
    expect(other.json.code).toBe('idempotency.other-request');
  });
});

describe('a table of orders', () => {
  const ORDERS =
    'reference,line,title,artist,link\nA-1,1,Ours,Zoë,https://example.com/1\nA-1,2,Yours,Bo,https://example.com/2\nA-2,1,,Ada,\n';

  it('names order lines where its source is said: the same table makes nothing anew', async () => {
    const request = { table: { design: 'song-mug', csv: ORDERS, source: 'my-shop' } };
    const first = await submit(request);
    expect(first.status).toBe(202);
    const jobs = first.json.jobs as readonly { id: string }[];
    expect(await api.call('GET', `/v1/jobs/${jobs[0]?.id}`)).toMatchObject({
      json: { origin: { source: 'my-shop', reference: 'A-1', line: '1' }, metadata: { row: '2' } },
    });
    const before = await count();
    expect((await submit(request)).json.jobs).toMatchObject(jobs.map(({ id }) => ({ id })));
    expect(await count()).toBe(before);
    const changed = { table: { ...request.table, csv: ORDERS.replace('Ours', 'Theirs') } };
    expect(codesIn(await submit(changed))).toContain('2 order.line-taken');
  });

  it.each([
    ['both', { design: 'song-mug', csv: 'a', rows: [{}] }, 422, '/table'],
    ['neither', { design: 'song-mug' }, 422, '/table'],
    ['no design', { csv: ORDERS }, 422, '/table'],
    ['a broken quote', { design: 'song-mug', csv: 'title\n"open' }, 422, '/table'],
    ['no rows', { design: 'song-mug', csv: 'title\n' }, 422, undefined],
    ['too many rows', { design: 'song-mug', csv: `title\n${'x\n'.repeat(51)}` }, 413, '/table'],
    ['too many rows by heading', { design: 'song-mug', rows: Array.from({ length: 51 }, () => ({ title: 'x' })) }, 413, undefined],
  ])('is refused with %s', async (_, given, status, pointer) => {
    const answer = await submit({ table: given });
    expect(answer.status).toBe(status);
    if (pointer !== undefined) expect(answer.json.errors).toMatchObject([{ pointer }]);
  });

  it('of a design that there is not is told so', async () => {
    expect(await submit({ table: { design: 'no-such', csv: ORDERS } })).toMatchObject({ status: 404, json: { code: 'design.unknown' } });
    const mixed = await submit({ table: { csv: 'design,title,artist,link\nno-such,a,b,c\nsong-mug,Ours,Zoë,https://example.com/1\n' } });
    expect(mixed.json).toMatchObject({ accepted: 1, errors: [{ row: 2, code: 'design.unknown' }] });
  });

  it('in another encoding than it says is refused', async () => {
    const body = new Uint8Array(Buffer.from('title\nGr\xfc\xdf\n', 'latin1'));
    const answer = await api.call('POST', '/v1/batches?design=song-mug', { headers: { 'content-type': 'text/csv' }, body });
    expect([answer.status, answer.json.detail]).toEqual([422, expect.stringContaining('other bytes in line 2')]);
  });
});
