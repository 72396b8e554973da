import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceOf } from '../../../src/apps/service/tracing.ts';
import { until } from '../../support/until.ts';
import { type Answer, type Api, mugSpec, startApi } from './support/api-server.ts';
import { claimJob, finishJob } from './support/finish-job.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ config: { openJobs: 400 } });
});
afterAll(() => api.close());

const submit = (more: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), ...more }, headers });

const submittedId = async (more: object = {}): Promise<string> => String((await submit(more)).json.id);

describe('submitting a job', () => {
  it('answers 202 with the job and where it is', async () => {
    const answer = await submit({ metadata: { shop: 'de' }, options: { only: 'mockup' } });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/v1/jobs/${answer.json.id}`);
    expect(answer.json).toMatchObject({ state: 'queued', lane: 'interactive', product: 'mug-11oz', metadata: { shop: 'de' }, revision: 1 });
    const again = await api.call('GET', `/v1/jobs/${answer.json.id}?include=spec`);
    expect(again.json.spec).toEqual(mugSpec());
    expect(again.json.options).toEqual({ only: 'mockup' });
  });

  it('waits for the job to be over when it is asked to, and says so', async () => {
    const pending = submit({ metadata: { mark: 'waits' } }, { prefer: 'wait=10' });
    const job = await waitingJob('waits');
    await finishJob(api, job);
    const answer = await pending;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('preference-applied')).toBe('wait=10');
    expect(answer.json).toMatchObject({ id: job, state: 'succeeded' });
    expect(answer.json.artifacts).toMatchObject([{ href: `/v1/jobs/${job}/artifacts/wrap%20sublimation%20%C3%A9.png` }]);
  });

  it('answers 202 when the wait is over before the job is', async () => {
    const answer = await submit({}, { prefer: 'wait=1' });
    expect(answer.status).toBe(202);
    expect(answer.json.state).toBe('queued');
  });

  it('refuses a spec with every mistake and its place in the body', async () => {
    const answer = await submit({ spec: { product: 7, placements: [{ placement: 'wrap' }], produkt: 'x' }, metadata: { 'a b': 'x' } });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: 'input.invalid', type: '/docs/problems#input.invalid', status: 422 });
    const pointers = (answer.json.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/spec/product', '/spec/placements/0/method', '/spec/produkt', '/metadata/a b']));
    expect(answer.json.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('refuses a spec of a version that does not exist yet', async () => {
    const answer = await submit({ spec: { ...mugSpec(), version: 99 } });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('/spec/version');
  });

  it.each(['3mm', '0.125 in', '12PT', ' 300px@300dpi '])('takes a length with a unit, as the document says: %s', async (extraBleed) => {
    expect((await submit({ spec: { ...mugSpec(), extraBleed } })).status).toBe(202);
  });

  it('gives an order line one job, however often it comes', async () => {
    const origin = { source: 'shop', reference: 'R-7', line: '1' };
    const first = await submit({ origin });
    const second = await submit({ origin, metadata: { other: 'event' } });
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.json.id).toBe(first.json.id);
    const listed = await api.call('GET', '/v1/jobs?reference=R-7');
    expect(listed.json.items).toMatchObject([{ id: first.json.id, origin }]);
  });

  it('refuses another spec for an order line, names its job, and takes it once that is cancelled', async () => {
    const origin = { source: 'shop', reference: 'R-9', line: '1' };
    const other = { origin, spec: mugSpec('other') };
    const first = await submit({ origin });
    const refused = await submit(other);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('location')).toBe(`/v1/jobs/${first.json.id}`);
    expect(refused.json).toMatchObject({ code: 'order.line-taken', errors: [{ pointer: '/origin' }] });
    expect(refused.json.detail).toContain(first.json.id);
    expect(refused.json.hint).toContain('POST /v1/orders');
    expect((await submit({ origin })).json.id).toBe(first.json.id);
    await api.call('POST', `/v1/jobs/${first.json.id}/cancel`);
    expect((await submit(other)).status).toBe(202);
  });

  it('refuses callbacks that may not be called, and keeps none that may', async () => {
    const refused = await submit({ callbackUrl: 'http://inside/' });
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({ code: 'endpoint.scheme', pointer: '/callbackUrl', type: '/docs/problems#endpoint.scheme' });
    const taken = await submit({ callbackUrl: 'https://shop.example/done' });
    expect(taken.json.callbackUrl).toBe('https://shop.example/done');
  });
});

const waitingJob = async (mark: string): Promise<string> => {
  let found: string | undefined;
  await until('the job', async () => {
    const page = await api.parts.ledger.jobs.list('acme', { state: ['queued'] }, { limit: 10 });
    found = page.find(({ metadata }) => metadata.mark === mark)?.id;
    return found !== undefined;
  });
  return found ?? '';
};

describe('an Idempotency-Key', () => {
  it('makes one job of fifty posts at once (R12)', async () => {
    const body = { metadata: { run: 'fifty' } };
    const answers = await Promise.all(Array.from({ length: 50 }, () => submit(body, { 'idempotency-key': 'fifty' })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200 || status === 409)).toHaveLength(49);
    expect(new Set(answers.filter(({ status }) => status < 300).map(({ json }) => json.id)).size).toBe(1);
    const jobs = await api.parts.ledger.jobs.list('acme', {}, { limit: 200 });
    expect(jobs.filter(({ metadata }) => metadata.run === 'fifty')).toHaveLength(1);
  });

  it('is refused with another body, and known whatever the order of members', async () => {
    const headers = { 'idempotency-key': 'k-2' };
    const first = await api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), metadata: { a: '1', b: '2' } }, headers });
    const same = await api.call('POST', '/v1/jobs', { json: { metadata: { b: '2', a: '1' }, spec: mugSpec() }, headers });
    const other = await submit({ metadata: { a: '2' } }, headers);
    expect([first.status, same.status, other.status]).toEqual([202, 200, 422]);
    expect(same.json.id).toBe(first.json.id);
    expect(other.json.code).toBe('idempotency.other-request');
  });

  it('belongs to its tenant and its route', async () => {
    const headers = { 'idempotency-key': 'k-3' };
    const other = await api.key(['submit', 'read'], { tenant: 'other' });
    const mine = await submit({}, headers);
    const theirs = await api.call('POST', '/v1/jobs', { token: other, json: { spec: mugSpec() }, headers });
    const batch = await api.call('POST', '/v1/batches', { json: { items: [{ spec: mugSpec() }] }, headers });
    expect([mine.status, theirs.status, batch.status]).toEqual([202, 202, 202]);
    expect(theirs.json.id).not.toBe(mine.json.id);
  });

  it.each(['', ' ', 'k'.repeat(256), 'a b', 'tab\tin'])('is refused when it is %j', async (key) => {
    const answer = await submit({}, { 'idempotency-key': key });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 'request.header', errors: [{ header: 'idempotency-key' }] });
  });

  it('makes nothing new when everything is sent again after a crash of the client (R2)', async () => {
    const keys = Array.from({ length: 20 }, (_, at) => `retry-${at}`);
    const send = (key: string): Promise<Answer> => submit({ metadata: { key } }, { 'idempotency-key': key });
    const first = await Promise.all(keys.slice(0, 12).map(send));
    const second = await Promise.all(keys.map(send));
    expect(second.slice(0, 12).map(({ json }) => json.id)).toEqual(first.map(({ json }) => json.id));
    expect(new Set(second.map(({ json }) => json.id)).size).toBe(20);
  });
});

describe('looking at a job', () => {
  it('answers 304 while nothing has changed, and the job when it has', async () => {
    const id = await submittedId();
    const first = await api.call('GET', `/v1/jobs/${id}`);
    const etag = first.headers.get('etag') ?? '';
    const same = await api.call('GET', `/v1/jobs/${id}`, { headers: { 'if-none-match': `"x", W/${etag}` } });
    expect([first.status, same.status, same.text]).toEqual([200, 304, '']);
    await api.call('POST', `/v1/jobs/${id}/cancel`);
    const changed = await api.call('GET', `/v1/jobs/${id}`, { headers: { 'if-none-match': etag } });
    expect(changed.json).toMatchObject({ state: 'cancelled' });
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('holds the answer back until something has changed', async () => {
    const id = await submittedId();
    const { headers } = await api.call('GET', `/v1/jobs/${id}`);
    const pending = api.call('GET', `/v1/jobs/${id}`, { headers: { 'if-none-match': headers.get('etag') ?? '', prefer: 'wait=20' } });
    await claimJob(api.parts.ledger, id);
    expect((await pending).json).toMatchObject({ id, state: 'running', attempt: 1 });
  });

  it('holds the answer back until the job is over when no version is named', async () => {
    const id = await submittedId();
    const pending = api.call('GET', `/v1/jobs/${id}`, { headers: { prefer: 'respond-soon, wait=20' } });
    await finishJob(api, id);
    const answer = await pending;
    expect(answer.json).toMatchObject({ state: 'succeeded' });
    expect(answer.headers.get('preference-applied')).toBe('wait=20');
  });

  it('answers HEAD as GET without its body', async () => {
    const id = await submittedId();
    const answer = await api.call('HEAD', `/v1/jobs/${id}`);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(300);
  });
});

describe('listing jobs', () => {
  it('pages through all of them, newest first, each once', async () => {
    const token = await api.key(['read', 'submit'], { tenant: 'pages' });
    const ids: string[] = [];
    for (let at = 0; at < 7; at++) ids.push(String((await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec() } })).json.id));
    const seen: string[] = [];
    let next: string | null = '/v1/jobs?limit=3&state=queued,running&product=mug-11oz';
    const sizes: number[] = [];
    while (next !== null) {
      const page: Answer = await api.call('GET', next, { token });
      const items = page.json.items as { id: string }[];
      sizes.push(items.length);
      seen.push(...items.map(({ id }) => id));
      next = page.json.next as string | null;
      if (next !== null) expect(page.headers.get('link')).toBe(`<${next}>; rel="next"`);
    }
    expect(seen).toEqual(ids.toReversed());
    expect(sizes).toEqual([3, 3, 1]);
  });

  it('takes several states with commas between them or one by one', async () => {
    const id = await submittedId({ origin: { source: 'shop', reference: 'R-states', line: '1' } });
    for (const states of ['state=queued,failed', 'state=failed&state=queued', 'state=cancelled,failed&state=queued']) {
      const page = await api.call('GET', `/v1/jobs?reference=R-states&${states}`);
      expect((page.json.items as { id: string }[]).map((job) => job.id)).toEqual([id]);
    }
    expect((await api.call('GET', '/v1/jobs?reference=R-states&state=failed')).json.items).toEqual([]);
  });

  it('filters by time and refuses what it does not know', async () => {
    const none = await api.call('GET', '/v1/jobs?until=2001-01-01');
    expect(none.json).toEqual({ items: [], next: null });
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=1e2',
      'state=done',
      'colour=red',
      'limit=5&limit=6',
      'since=yesterday',
      'reference=%00',
    ]) {
      const answer = await api.call('GET', `/v1/jobs?${query}`);
      expect([query, answer.status, answer.json.code]).toEqual([query, 400, 'request.query']);
    }
  });
});

describe('cancelling and rendering again', () => {
  it('cancels a waiting job at once, a running one soon, and no job that is over', async () => {
    const [waiting, running, over] = [await submittedId(), await submittedId(), await submittedId()];
    expect((await api.call('POST', `/v1/jobs/${waiting}/cancel`)).status).toBe(200);
    expect((await api.call('POST', `/v1/jobs/${waiting}/cancel`)).status).toBe(200);
    await claimJob(api.parts.ledger, running);
    const asked = await api.call('POST', `/v1/jobs/${running}/cancel`);
    expect([asked.status, asked.json.cancelRequested]).toEqual([202, true]);
    await finishJob(api, over);
    const late = await api.call('POST', `/v1/jobs/${over}/cancel`);
    expect([late.status, late.json.code]).toEqual([409, 'job.final']);
  });

  it('makes a new job from the same spec, with or without other options', async () => {
    const origin = { source: 'shop', reference: 'R-8', line: '1' };
    const before = await submittedId({ origin, metadata: { a: 'b' }, options: { only: 'preview' } });
    const same = await api.call('POST', `/v1/jobs/${before}/rerender`);
    expect(same.status).toBe(202);
    expect(same.json).toMatchObject({ rerenderOf: before, lane: 'batch', metadata: { a: 'b' }, options: { only: 'preview' }, origin });
    const other = await api.call('POST', `/v1/jobs/${before}/rerender`, { json: { options: { force: true }, lane: 'interactive' } });
    expect(other.json).toMatchObject({ rerenderOf: before, lane: 'interactive', options: { force: true } });
    const headers = { 'idempotency-key': 'again' };
    const once = await api.call('POST', `/v1/jobs/${before}/rerender`, { headers });
    const twice = await api.call('POST', `/v1/jobs/${before}/rerender`, { headers });
    expect([once.status, twice.status, twice.json.id]).toEqual([202, 200, once.json.id]);
  });

  it('renders again also when the endpoint of its callback was cleared away meanwhile', async () => {
    const callbackUrl = 'https://shop.example/long-ago';
    const before = await submittedId({ callbackUrl });
    const { callbacks } = api.parts.ledger;
    const known = (await callbacks.endpoints('acme', 'callback')).find(({ url }) => url === callbackUrl);
    expect(await callbacks.remove('acme', known?.id ?? '')).toBe(true);
    const again = await api.call('POST', `/v1/jobs/${before}/rerender`);
    expect([again.status, again.json.callbackUrl]).toEqual([202, callbackUrl]);
  });
});

it('takes no more open jobs of a tenant than its quota', async () => {
  const token = await api.key(['submit'], { tenant: 'eager' });
  const items = Array.from({ length: 400 }, () => ({ spec: mugSpec() }));
  expect((await api.call('POST', '/v1/batches', { token, json: { items } })).status).toBe(202);
  const more = await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec() } });
  expect([more.status, more.json.code, more.headers.get('retry-after')]).toEqual([429, 'quota.jobs', '30']);
  expect((await submit()).status).toBe(202);
});

it('keeps the trace of a request with the jobs it submits, in whatever way', async () => {
  const other = await startApi({ parts: () => ({ traceOf }) });
  try {
    const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = { traceparent: trace };
    const spec = mugSpec();
    await other.call('POST', '/v1/jobs', { json: { spec }, headers });
    await other.call('POST', '/v1/batches', { json: { items: [{ spec }] }, headers });
    await other.call('POST', '/v1/orders', { json: { reference: '1', lines: [{ line: '1', spec }] }, headers });
    const traces = async () => (await other.parts.ledger.jobs.list('acme', {}, { limit: 9 })).map((job) => job.trace);
    expect(await traces()).toEqual([trace, trace, trace]);
    await other.call('POST', '/v1/jobs', { json: { spec }, headers: { traceparent: 'hello' } });
    expect((await traces())[0]).toBeUndefined();
  } finally {
    await other.close();
  }
});

it('gives whole addresses when it knows its own', async () => {
  const other = await startApi({ config: { publicUrl: 'https://print.example' } });
  try {
    const first = await other.call('POST', '/v1/jobs', { json: { spec: mugSpec() } });
    await other.call('POST', '/v1/jobs', { json: { spec: mugSpec() } });
    expect(first.headers.get('location')).toBe(`https://print.example/v1/jobs/${first.json.id}`);
    expect(first.json.links).toMatchObject({ self: `https://print.example/v1/jobs/${first.json.id}` });
    expect((await other.call('GET', '/v1/jobs?limit=1')).json.next).toMatch(/^https:\/\/print\.example\/v1\/jobs\?/);
  } finally {
    await other.close();
  }
});
