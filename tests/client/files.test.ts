import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Job, PlatenError } from '../../src/client/index.ts';
import { sha256 } from '../../src/model/digest.ts';
import { type Api, mugSpec, portOf, startApi } from '../apps/server/support/api-server.ts';
import { ARTIFACT, ARTIFACT_NAME, finishJob } from '../apps/server/support/finish-job.ts';

const MEGABYTE_PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(1_000_000, 7)]);

/** A store on another host: what it was asked with, and what it answers next. */
type Elsewhere = { readonly server: Server; readonly asked: IncomingHttpHeaders[]; answer: { status: number; body: Uint8Array }[] };

const startElsewhere = async (): Promise<Elsewhere> => {
  const asked: IncomingHttpHeaders[] = [];
  const elsewhere: Elsewhere = {
    asked,
    answer: [],
    server: createServer((request, response) => {
      asked.push(request.headers);
      const { status, body } = elsewhere.answer.shift() ?? { status: 200, body: ARTIFACT };
      response.writeHead(status, { 'content-type': 'image/png' }).end(body);
    }),
  };
  await new Promise<void>((done) => elsewhere.server.listen(0, '127.0.0.1', done));
  return elsewhere;
};

let store: Elsewhere;
let near: Api;
let far: Api;
beforeAll(async () => {
  store = await startElsewhere();
  near = await startApi();
  far = await startApi({
    parts: ({ store: real }) => ({
      store: new Proxy(real, {
        get: (target, name) => {
          if (name === 'url') return async () => `http://127.0.0.1:${portOf(store.server)}/bucket/key?signature=s`;
          const member: unknown = Reflect.get(target, name);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      }),
    }),
  });
});
afterEach(() => {
  store.asked.splice(0);
  store.answer = [];
});
afterAll(async () => {
  await near.close();
  await far.close();
  await new Promise((done) => store.server.close(done));
});

const finished = async (api: Api, fetch?: typeof globalThis.fetch) => {
  const token = await api.key(['submit', 'read']);
  const client = createClient({ baseUrl: api.url, token, ...(fetch ? { fetch } : {}) });
  const { data } = await client.POST('/v1/jobs', { body: { spec: mugSpec() as { product: string } } });
  await finishJob(api, data?.id ?? '');
  const { data: job } = await client.GET('/v1/jobs/{id}', { params: { path: { id: data?.id ?? '' } } });
  if (!job) throw new Error('expected a job, got none');
  return { client, job, token };
};

const caught = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  );

const changed = (job: Job, change: Partial<Job['artifacts'][number]>): Job => ({
  ...job,
  artifacts: job.artifacts.map((one) => ({ ...one, ...change })),
});

describe('download', () => {
  it('follows links of the API and proves the bytes', async () => {
    const { client, job } = await finished(near);
    const file = await client.download(job, ARTIFACT_NAME);
    expect({ ...file, bytes: Buffer.from(file.bytes) }).toEqual({
      name: ARTIFACT_NAME,
      mediaType: 'image/png',
      bytes: ARTIFACT,
      sha256: sha256(ARTIFACT),
    });
  });

  it('sends the key to the API alone, not to the host that it leads to', async () => {
    const { client, job } = await finished(far);
    expect(Buffer.from((await client.download(job, ARTIFACT_NAME)).bytes)).toEqual(ARTIFACT);
    expect(store.asked).toHaveLength(1);
    expect(store.asked[0]).not.toHaveProperty('authorization');
    expect(JSON.stringify(store.asked)).not.toContain('platen_');
  });

  it('takes the bytes from the API where redirects cannot be seen, as in browsers', async () => {
    const addresses: string[] = [];
    const asBrowser: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      addresses.push(String(input instanceof Request ? input.url : input));
      if (init?.redirect !== 'manual' || response.status !== 302) return response;
      return new Proxy(response, {
        get: (target, name) => (name === 'type' ? 'opaqueredirect' : name === 'status' ? 0 : Reflect.get(target, name, target)),
      });
    };
    const { client, job } = await finished(far, asBrowser);
    expect(Buffer.from((await client.download(job, ARTIFACT_NAME)).bytes)).toEqual(ARTIFACT);
    expect(addresses.at(-1)).toMatch(/\?redirect=false$/);
    expect(store.asked).toEqual([]);
  });

  it.each([
    ['of the same length', Buffer.from(ARTIFACT).fill(1, 7, 8), 'download.digest'],
    ['too few', ARTIFACT.subarray(1), 'download.length'],
    ['too many', Buffer.concat([ARTIFACT, ARTIFACT]), 'download.length'],
    ['none', Buffer.alloc(0), 'download.length'],
  ])('refuses other bytes: %s', async (_, body, code) => {
    const { client, job } = await finished(far);
    store.answer = [{ status: 200, body }];
    const error = await caught(client.download(job, ARTIFACT_NAME));
    expect(error).toBeInstanceOf(PlatenError);
    expect(error).toMatchObject({ code, status: 0 });
    expect(store.asked).toHaveLength(1);
  });

  it('comes again, by a new link, to a store that is busy', async () => {
    const { client, job } = await finished(far);
    store.answer = [{ status: 503, body: Buffer.from('<Error><Code>SlowDown</Code></Error>') }];
    expect((await client.download(job, ARTIFACT_NAME)).bytes).toHaveLength(ARTIFACT.length);
    expect(store.asked).toHaveLength(2);
    store.answer = [{ status: 403, body: Buffer.from('<Error/>') }];
    expect(await caught(client.download(job, ARTIFACT_NAME))).toMatchObject({ code: 'http.403', status: 403 });
  });

  it('has the manifest, too, from the API itself', async () => {
    const { client, job } = await finished(far);
    const manifest = await client.download(job, 'manifest.json');
    expect([manifest.mediaType, Buffer.from(manifest.bytes).toString(), manifest.sha256]).toEqual([
      'application/json',
      '{}\n',
      sha256(Buffer.from('{}\n')),
    ]);
    expect(store.asked).toEqual([]);
  });

  it('says so when there is no such file, or no longer', async () => {
    const { client, job } = await finished(near);
    expect(await caught(client.download(job, 'other.png'))).toMatchObject({ code: 'download.unknown' });
    const gone = changed(job, { name: 'gone.png' });
    expect(await caught(client.download(gone, 'gone.png'))).toMatchObject({ code: 'artifact.unknown', status: 404 });
  });

  it('stops when told to', async () => {
    const { client, job } = await finished(near);
    expect(await caught(client.download(job, ARTIFACT_NAME, { signal: AbortSignal.abort(new Error('enough')) }))).toMatchObject({
      message: 'enough',
    });
  });
});

describe('upload', () => {
  it('gives what specs name the picture by, from bytes and from a Blob', async () => {
    const client = createClient({ baseUrl: near.url, token: await near.key(['submit']) });
    const asset = await client.upload(MEGABYTE_PNG, 'image/png', { name: 'cat & dog.png' });
    expect(asset).toMatchObject({ state: 'ready', name: 'cat & dog.png', bytes: MEGABYTE_PNG.length, sha256: sha256(MEGABYTE_PNG) });
    expect(asset.source).toBe(`upload:${asset.id}`);
    const again = await client.upload(new Blob([new Uint8Array(MEGABYTE_PNG)]), 'image/png');
    expect([again.sha256, again.id === asset.id]).toEqual([asset.sha256, false]);
  });

  it('says why a file is refused', async () => {
    const client = createClient({ baseUrl: near.url, token: await near.key(['submit']) });
    expect(await caught(client.upload(new Uint8Array([1, 2, 3]), 'image/png'))).toMatchObject({ code: 'upload.format', status: 415 });
    const reader = createClient({ baseUrl: near.url, token: await near.key(['read']) });
    expect(await caught(reader.upload(MEGABYTE_PNG, 'image/png'))).toMatchObject({ code: 'auth.scope', status: 403 });
  });
});
