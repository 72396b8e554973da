import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type DesignSpec, type Job, PlatenError } from '../../src/client/index.ts';
import { type Api, mugSpec, startApi } from '../apps/server/support/api-server.ts';
import { claimJob, finishJob } from '../apps/server/support/finish-job.ts';

let api: Api;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = await api.key(['submit', 'read']);
});
afterAll(() => api.close());

const spec = (text: string): DesignSpec => mugSpec(text) as DesignSpec;

type Sent = { readonly method: string; readonly path: string; readonly key: string | null; readonly status: number | string };

/** Real requests to the real API; `trouble` may put something in place of an answer, by its number. */
const watched = (trouble: (at: number, method: string) => Response | Error | undefined = () => undefined) => {
  const sent: Sent[] = [];
  const spy: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, headers } = request;
    const facts = { method, path: new URL(request.url).pathname, key: headers.get('idempotency-key') };
    const at = sent.length;
    sent.push({ ...facts, status: '-' });
    // The request arrives; what goes wrong is the way back.
    const answer = await fetch(request);
    const other = trouble(at, method);
    sent[at] = { ...facts, status: other instanceof Error ? other.message : (other ?? answer).status };
    if (other instanceof Error) throw other;
    return other ?? answer;
  };
  return { sent, fetch: spy };
};

const jobsNow = async (): Promise<number> => {
  const { json } = await api.call('GET', '/v1/jobs?limit=200');
  return (json.items as readonly unknown[]).length;
};

const caught = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('submitAndWait', () => {
  it('submits, tells of every change, and answers the job when it is over', async () => {
    const { sent, fetch } = watched();
    const client = createClient({ baseUrl: `${api.url}/`, token, fetch });
    const seen: Job[] = [];
    const step = async (job: Job): Promise<void> => {
      seen.push(job);
      if (job.state === 'queued') await claimJob(api.parts.ledger, job.id);
      if (job.state === 'running') await api.parts.ledger.jobs.finish(job.id, 1, { kind: 'cancelled' });
    };
    const job = await client.submitAndWait(spec('wait'), { metadata: { shop: 'a' }, onProgress: (one) => void step(one) });
    expect(seen.map(({ state }) => state)).toEqual(['queued', 'running', 'cancelled']);
    expect(seen.map(({ revision }) => revision)).toEqual(seen.map(({ revision }) => revision).toSorted((a, b) => a - b));
    expect(job).toMatchObject({ state: 'cancelled', metadata: { shop: 'a' }, product: 'mug-11oz' });
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/v1/jobs', status: 202 });
    expect(sent[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent.slice(1).every(({ method, path }) => method === 'GET' && path === `/v1/jobs/${job.id}`)).toBe(true);
  });

  it('makes one job when answers are lost, refused for now, or in progress', async () => {
    const before = await jobsNow();
    const later = (status: number, code: string): Response =>
      Response.json({ code, detail: 'later', requestId: 'r', status }, { status, headers: { 'Retry-After': '0' } });
    const troubles = [new TypeError('reset'), later(503, 'service.unavailable'), later(409, 'idempotency.in-progress')];
    const { sent, fetch } = watched((at) => troubles[at]);
    const client = createClient({ baseUrl: api.url, token, fetch });
    const job = await client.submitAndWait(spec('lost'), {
      onProgress: ({ id, state }) => void (state === 'queued' && finishJob(api, id)),
    });
    expect(job.state).toBe('succeeded');
    const posts = sent.filter(({ method }) => method === 'POST');
    expect(posts.map(({ status }) => status)).toEqual(['reset', 503, 409, 200]);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(1);
    expect(await jobsNow()).toBe(before + 1);
  });

  it('goes on watching after trouble on the way', async () => {
    const { sent, fetch } = watched((at) => [undefined, new TypeError('reset'), new Response('<html>', { status: 502 })][at]);
    const client = createClient({ baseUrl: api.url, token, fetch });
    const job = await client.submitAndWait(spec('watch'), {
      onProgress: ({ id, state }) => void (state === 'queued' && finishJob(api, id)),
    });
    expect(job.artifacts).toHaveLength(1);
    expect(sent.map(({ status }) => status).slice(0, 3)).toEqual([202, 'reset', 502]);
  });

  it('waits as long as a busy API asks', async () => {
    const { parts } = api;
    const rates = { ...parts.config.rates, submit: { quota: 1, windowSeconds: 1 } };
    const busy = await startApi({ config: { rates } });
    try {
      const { sent, fetch } = watched();
      const client = createClient({ baseUrl: busy.url, token: await busy.key(['submit', 'read']), fetch });
      const finish = ({ id, state }: Job): void => void (state === 'queued' && finishJob(busy, id));
      await client.submitAndWait(spec('one'), { onProgress: finish });
      await client.submitAndWait(spec('two'), { onProgress: finish });
      const posts = sent.filter(({ method }) => method === 'POST');
      expect(posts.map(({ status }) => status)).toEqual([202, 429, 202]);
    } finally {
      await busy.close();
    }
  });

  it('gives up at once when the API asks for more time than there is', async () => {
    const far = new Response('{}', { status: 429, headers: { 'Retry-After': '3600' } });
    const { sent, fetch } = watched(() => far.clone());
    const client = createClient({ baseUrl: api.url, token, fetch });
    expect(await caught(client.submitAndWait(spec('far')))).toMatchObject({ status: 429, code: 'http.429', retryAfterMs: 3_600_000 });
    expect(sent).toHaveLength(1);
  });

  it('understands dates in Retry-After', async () => {
    const date = new Date(Date.now() + 7_200_000).toUTCString();
    const { fetch } = watched(() => new Response('{}', { status: 503, headers: { 'Retry-After': date } }));
    const error = await caught(createClient({ baseUrl: api.url, token, fetch }).submitAndWait(spec('date')));
    expect(error).toBeInstanceOf(PlatenError);
    if (error instanceof PlatenError) expect(Math.abs((error.retryAfterMs ?? 0) - 7_200_000)).toBeLessThan(60_000);
  });

  it('tells every mistake of a spec, once, with its place', async () => {
    const { sent, fetch } = watched();
    const client = createClient({ baseUrl: api.url, token, fetch });
    const wrong = { product: 'mug-11oz', placements: [{ placement: 'wrap', method: 'ink', layers: [{ type: 'photo' }] }] };
    const error = await caught(client.submitAndWait(wrong as unknown as DesignSpec));
    expect(error).toBeInstanceOf(PlatenError);
    expect(error).toMatchObject({ status: 422, code: 'input.invalid' });
    if (!(error instanceof PlatenError)) return;
    expect(error.errors.length).toBeGreaterThan(0);
    expect(error.errors.every(({ pointer }) => pointer?.startsWith('/spec/placements/0'))).toBe(true);
    expect(error.requestId).not.toBe('');
    expect(sent).toHaveLength(1);
  });

  it('says which key was refused by its code alone', async () => {
    const client = createClient({ baseUrl: api.url, token: 'platen_secret_of_someone' });
    const error = await caught(client.submitAndWait(spec('key')));
    expect(error).toMatchObject({ status: 401, code: 'auth.invalid' });
    expect(String(error)).not.toContain('secret_of_someone');
  });

  it('stops when told to, while it waits and before it asks, and leaves the job alone', async () => {
    const client = createClient({ baseUrl: api.url, token });
    const stop = new AbortController();
    const reason = new Error('enough');
    let id = '';
    const waiting = client.submitAndWait(spec('stop'), {
      signal: stop.signal,
      onProgress: (job) => {
        id = job.id;
        stop.abort(reason);
      },
    });
    expect(await caught(waiting)).toBe(reason);
    expect((await api.call('GET', `/v1/jobs/${id}`)).json.state).toBe('queued');
    const { sent, fetch } = watched();
    expect(await caught(createClient({ baseUrl: api.url, token, fetch }).submitAndWait(spec('stop'), { signal: stop.signal }))).toBe(
      reason,
    );
    expect(sent).toEqual([]);
  });

  it('stops in the pause before another try', async () => {
    const stop = new AbortController();
    const { fetch } = watched(() => {
      setImmediate(() => stop.abort(new Error('enough')));
      return new Response('{}', { status: 503, headers: { 'Retry-After': '60' } });
    });
    const client = createClient({ baseUrl: api.url, token, fetch });
    expect(await caught(client.submitAndWait(spec('pause'), { signal: stop.signal }))).toMatchObject({ message: 'enough' });
  });

  it('gives the same job for the same key of the caller', async () => {
    const client = createClient({ baseUrl: api.url, token });
    const finish = ({ id, state }: Job): void => void (state === 'queued' && finishJob(api, id));
    const first = await client.submitAndWait(spec('same'), { idempotencyKey: 'order-7/1', onProgress: finish });
    expect((await client.submitAndWait(spec('same'), { idempotencyKey: 'order-7/1' })).id).toBe(first.id);
    expect(await caught(client.submitAndWait(spec('other'), { idempotencyKey: 'order-7/1' }))).toMatchObject({
      code: 'idempotency.other-request',
    });
  });
});

describe('other calls', () => {
  it('take lists with commas, as the API does', async () => {
    const client = createClient({ baseUrl: api.url, token });
    const { data, error } = await client.GET('/v1/jobs', { params: { query: { state: ['succeeded', 'cancelled'], limit: 5 } } });
    expect(error).toBeUndefined();
    expect(new Set(data?.items.map(({ state }) => state))).toEqual(new Set(['succeeded', 'cancelled']));
  });

  it('show a preview with its findings, or as a picture', async () => {
    const client = createClient({ baseUrl: api.url, token });
    const shown = await client.POST('/v1/previews', { body: { spec: spec('shown'), view: 'front' } });
    expect([shown.error, shown.data?.findings[0]?.code, shown.data?.image.slice(0, 11)]).toEqual([
      undefined,
      'image.resolution-low',
      'data:image/',
    ]);
    const body = { spec: spec('shown'), view: 'front' };
    const picture = await client.POST('/v1/previews', { body, headers: { accept: 'image/webp' }, parseAs: 'blob' });
    expect(await picture.data?.text()).toBe('a webp picture');
  });
});
