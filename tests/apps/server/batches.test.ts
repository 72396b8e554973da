import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Api, mugSpec, startApi } from './support/api-server.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ config: { maxBatchRows: 50, maxBodyBytes: 2000, maxBatchBytes: 100_000 } });
});
afterAll(() => api.close());

const ndjson = (body: string | Uint8Array<ArrayBuffer>, query = '', headers = {}): Promise<Answer> =>
  api.call('POST', `/v1/batches${query}`, { headers: { 'content-type': 'application/x-ndjson', ...headers }, body });

const row = (name: string): string => JSON.stringify({ spec: mugSpec(name), metadata: { name } });

describe('a batch', () => {
  it('makes a job of each item of a list', async () => {
    const answer = await api.call('POST', '/v1/batches', {
      json: { items: [1, 2, 3].map((n) => ({ spec: mugSpec(String(n)) })), metadata: { day: 'mon' } },
    });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ accepted: 3, rejected: 0, errors: [] });
    expect((answer.json.jobs as { row: number }[]).map(({ row: number }) => number)).toEqual([1, 2, 3]);
    expect(answer.headers.get('location')).toBe(`/v1/batches/${answer.json.id}`);
    const batch = await api.call('GET', `/v1/batches/${answer.json.id}`);
    expect(batch.json).toMatchObject({ total: 3, isOver: false, metadata: { day: 'mon' }, byState: { queued: 3, failed: 0 } });
    const { jobs } = batch.json.links as { jobs: string };
    const listed = await api.call('GET', jobs);
    expect(listed.json.items).toHaveLength(3);
    for (const job of listed.json.items as { id: string }[]) await api.call('POST', `/v1/jobs/${job.id}/cancel`);
    expect((await api.call('GET', `/v1/batches/${answer.json.id}`)).json).toMatchObject({ isOver: true, byState: { cancelled: 3 } });
  });

  it('refuses the rows whose order lines have jobs of other specs, also when it comes again', async () => {
    const line = (at: string, text: string) => JSON.stringify({ spec: mugSpec(text), origin: { source: 's', reference: 'B-1', line: at } });
    const known = (await ndjson(line('1', 'a'))).json.jobs as { id: string }[];
    const body = [line('1', 'other'), line('2', 'b'), line('3', 'c'), line('3', 'd'), line('1', 'a')].join('\n');
    const headers = { 'idempotency-key': 'taken' };
    for (const status of [202, 200]) {
      const answer = await ndjson(body, '', headers);
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({ accepted: 3, rejected: 2 });
      const jobs = answer.json.jobs as { row: number; id: string }[];
      expect(jobs.map(({ row: number }) => number)).toEqual([2, 3, 5]);
      expect(jobs[2]?.id).toBe(known[0]?.id);
      expect(answer.json.errors).toMatchObject([
        { row: 1, code: 'order.line-taken', errors: [{ pointer: '/origin' }] },
        { row: 4, code: 'order.line-taken' },
      ]);
    }
    const none = await ndjson([line('1', 'x'), line('4', 'y')].join('\n'), '?allOrNone=true');
    expect(none.status).toBe(422);
    expect((await ndjson(line('1', 'x'))).status).toBe(422);
    expect((await api.call('GET', '/v1/jobs?reference=B-1')).json.items).toHaveLength(3);
  });

  it('tells of the rows that cannot be and takes the others', async () => {
    const body = [
      '\ufeff',
      row('a'),
      '\r\n\r\n',
      '{"spec": ',
      '\n',
      row('b'),
      '\n',
      '{"spec":{"product":"x","placements":[]}}',
      '\n',
      `{"x":"${'y'.repeat(3000)}"}`,
      '\n',
      row('c'),
    ].join('');
    const bytes = new Uint8Array(Buffer.concat([Buffer.from(body), Buffer.from([0x0a, 0xff, 0xfe, 0x0a])]));
    const answer = await ndjson(bytes);
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ accepted: 3, rejected: 4 });
    expect((answer.json.jobs as { row: number }[]).map(({ row: number }) => number)).toEqual([1, 4, 7]);
    const errors = answer.json.errors as { row: number; code: string; message: string; errors: unknown[] }[];
    expect(errors.map((one) => [one.row, one.code])).toEqual([
      [3, 'json.syntax'],
      [5, 'input.invalid'],
      [6, 'json.syntax'],
      [8, 'json.syntax'],
    ]);
    expect(errors[1]?.errors).toMatchObject([{ pointer: '/spec/placements' }]);
    expect(errors[2]?.message).toContain('at most 2000 bytes');
    expect(errors[3]?.message).toContain('UTF-8');
  });

  it('takes all or nothing when it is asked to', async () => {
    const before = await count();
    const answer = await ndjson(`${row('a')}\n{}\n`, '?allOrNone=true');
    expect([answer.status, answer.json.code]).toEqual([422, 'input.invalid']);
    expect(answer.json.errors).toMatchObject([{ pointer: '/items/1/spec' }]);
    const list = await api.call('POST', '/v1/batches?allOrNone=true', {
      json: { items: [{ spec: mugSpec() }, { spec: { ...mugSpec(), placements: 'x' } }] },
    });
    expect(list.json.errors).toMatchObject([{ pointer: '/items/1/spec/placements' }]);
    expect(await count()).toBe(before);
    const refused = await ndjson('{}\n[]\n7\n');
    expect([refused.status, await count()]).toEqual([422, before]);
  });

  it('is made once for one key', async () => {
    const headers = { 'idempotency-key': 'batch-1' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => ndjson(`${row('once')}\n{}\n`, '', headers)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(answers[3]?.json).toMatchObject({ accepted: 1, rejected: 1 });
    expect((await ndjson(`${row('other')}\n`, '', headers)).json.code).toBe('idempotency.other-request');
  });

  it('is refused when it is too much, or nothing', async () => {
    expect((await ndjson(`${row('a')}\n`.repeat(51))).status).toBe(413);
    expect((await api.call('POST', '/v1/batches', { json: { items: Array.from({ length: 51 }, () => 1) } })).status).toBe(413);
    expect((await ndjson('x'.repeat(100_001))).status).toBe(413);
    expect((await ndjson(' \n\n')).status).toBe(422);
    expect((await api.call('POST', '/v1/batches', { json: { items: [] } })).status).toBe(422);
    expect((await api.call('POST', '/v1/batches', { headers: { 'content-type': 'text/plain' }, body: 'a,b' })).status).toBe(415);
  });

  it('names the callback of a row that cannot be called', async () => {
    const bad = JSON.stringify({ spec: mugSpec(), callbackUrl: 'http://localhost/' });
    const good = JSON.stringify({ spec: mugSpec(), callbackUrl: 'https://shop.example/cb' });
    const answer = await ndjson(`${good}\n${bad}\n${good}\n`);
    expect(answer.json).toMatchObject({ accepted: 2, errors: [{ row: 2, code: 'endpoint.scheme' }] });
  });
});

const count = async (): Promise<number> => (await api.parts.ledger.jobs.list('acme', {}, { limit: 200 })).length;
