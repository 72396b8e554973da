import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/model/digest.ts';
import { Problem } from '../../../src/model/problem.ts';
import { STITCH_FORMATS, stitchFormatOf } from '../../../src/stitch/formats/formats.ts';
import { SAMPLE } from '../../stitch/formats/sample-plans.ts';
import { until } from '../../support/until.ts';
import { type Answer, type Api, portOf, startApi } from './support/api-server.ts';

let api: Api;
/** Idempotency-Keys that are known to the ledger. */
const begun: string[] = [];
beforeAll(async () => {
  api = await startApi({
    parts: ({ ledger }) => ({
      ledger: {
        ...ledger,
        idempotency: {
          ...ledger.idempotency,
          begin: async (tenant, use) => {
            const kind = await ledger.idempotency.begin(tenant, use);
            begun.push(use.key);
            return kind;
          },
        },
      },
    }),
    config: { maxUploadBytes: 200_000, uploadQuotaBytes: 1_000_000, uploadTimeoutMs: 400, uploadsAtOnce: 2 },
  });
});
afterAll(() => api.close());

const HEAD = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const png = (bytes = 5000): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat([HEAD, Buffer.alloc(bytes - HEAD.length, 7)]));

const sewn = (id: string): Uint8Array<ArrayBuffer> => new Uint8Array(stitchFormatOf(id)?.write(SAMPLE, { name: 'Logo' }) ?? []);

const raw = (body: Uint8Array<ArrayBuffer>, type = 'image/png', query = '', token?: string): Promise<Answer> =>
  api.call('POST', `/v1/assets${query}`, { headers: { 'content-type': type }, body, ...(token ? { token } : {}) });

const bytesOf = async (key: string): Promise<Buffer> => {
  const opened = await api.parts.store.get(key);
  const chunks: Uint8Array[] = [];
  for await (const chunk of opened?.body ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const storedKeys = async (tenant = 'acme'): Promise<readonly string[]> =>
  (await api.parts.store.list(`${tenant}/`, { limit: 100 })).map(({ key }) => key);

describe('an upload', () => {
  it('is kept as it came, under a name of ours', async () => {
    const body = png();
    const answer = await raw(body, 'image/png', '?name=caf%C3%A9%20%2F..%2F.png');
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ state: 'ready', name: 'café /../.png', mediaType: 'image/png', bytes: 5000, sha256: sha256(body) });
    expect(answer.json.source).toBe(`upload:${answer.json.id}`);
    expect(answer.headers.get('location')).toBe(`/v1/assets/${answer.json.id}`);
    const asset = await api.parts.ledger.assets.get('acme', String(answer.json.id));
    expect(asset?.key).toMatch(/^acme\/uploads\/[0-9a-f]{32}$/);
    expect((await bytesOf(asset?.key ?? '')).equals(Buffer.from(body))).toBe(true);
    const seen = await api.call('GET', `/v1/assets/${answer.json.id}`);
    expect(seen.json).toEqual(answer.json);
  });

  it('can come in a form', async () => {
    const form = new FormData();
    form.append('name', 'My dog');
    form.append('file', new Blob([png()], { type: 'image/png' }), 'dog "1"\r\nx.png');
    const answer = await api.call('POST', '/v1/assets', { body: form });
    expect([answer.status, answer.json.name, answer.json.bytes]).toEqual([201, 'My dog', 5000]);
  });

  it('is what its bytes say, whatever it is called', async () => {
    const jpeg = new Uint8Array(Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(100)]));
    expect((await raw(jpeg)).json.mediaType).toBe('image/jpeg');
    for (const bad of ['<html><script>1</script>', 'PK\x03\x04zip', '%PDF-1.7', '\x7fELF', 'GIF89a', 'plain words']) {
      const answer = await raw(new Uint8Array(Buffer.from(bad, 'latin1')));
      expect([bad, answer.status, answer.json.code]).toEqual([bad, 415, 'upload.format']);
    }
    expect((await raw(png(), 'application/pdf')).headers.get('accept')).toContain('image/png');
  });

  it('can be a machine file of every format, EXP where it is called so', async () => {
    const type = 'application/octet-stream';
    for (const { id, extension } of STITCH_FORMATS.filter((format) => format.id !== 'json')) {
      const body = sewn(id);
      const named = await raw(body, type, `?name=logo.${extension}`);
      expect([id, named.status, named.json.mediaType]).toEqual([id, 201, type]);
      expect([id, (await raw(body, type)).status]).toEqual([id, id === 'exp' ? 415 : 201]);
    }
    const form = new FormData();
    form.append('file', new Blob([sewn('exp')]), 'Logo.EXP');
    expect((await api.call('POST', '/v1/assets', { body: form })).json).toMatchObject({ name: 'Logo.EXP', mediaType: type });
    for (const bad of ['<html></html>', 'plain words', '\x80\x77\x01\x01', '%PDF-1.7', '']) {
      const answer = await raw(new Uint8Array(Buffer.from(bad, 'latin1')), type, '?name=a.exp');
      expect([bad, answer.json.code]).toEqual([bad, bad === '' ? 'upload.empty' : 'upload.format']);
    }
  });

  it('is refused when it is empty or too large, and leaves nothing behind', async () => {
    const before = await storedKeys();
    const empty = await raw(new Uint8Array(0));
    expect([empty.status, empty.json.code]).toEqual([422, 'upload.empty']);
    const large = await raw(png(200_001));
    expect([large.status, large.json.code]).toEqual([413, 'request.too-large']);
    const lies = await chunked([Buffer.from(png(150_000)), Buffer.from(png(150_000))]);
    expect(lies).toBe(413);
    const form = new FormData();
    form.append('file', new Blob([png(250_000)]), 'a.png');
    expect((await api.call('POST', '/v1/assets', { body: form })).status).toBe(413);
    expect(await storedKeys()).toEqual(before);
  });

  it('is refused when it comes too slowly, and leaves nothing behind', async () => {
    const before = await storedKeys();
    expect(await chunked([HEAD], false)).toBe(408);
    expect(await storedKeys()).toEqual(before);
    expect(api.parts.ledger.assets).toBeDefined();
  });

  it('leaves nothing behind when its sender goes away', async () => {
    const before = await storedKeys();
    const call = request({ port: portOf(api.server), host: '127.0.0.1', method: 'POST', path: '/v1/assets', headers: await headers() });
    call.on('error', () => undefined);
    call.write(Buffer.from(png(50_000)));
    const logged = api.logged.length;
    await new Promise((done) => setTimeout(done, 50));
    call.destroy();
    await until('the end of the request', () => api.logged.slice(logged).some(({ message }) => message === 'request'));
    await until('an empty place', async () => (await storedKeys()).length === before.length);
  });

  it.each([
    ['no file', (form: FormData) => form.append('name', 'x')],
    ['another field', (form: FormData) => form.append('other', 'x')],
    ['a file in another field', (form: FormData) => form.append('picture', new Blob([png()]), 'a.png')],
    [
      'two files',
      (form: FormData) => {
        form.append('file', new Blob([png()]), 'a.png');
        form.append('file', new Blob([png()]), 'b.png');
      },
    ],
    ['too many fields', (form: FormData) => Array.from({ length: 20 }, () => form.append('name', 'x'))],
  ])('is refused in a form with %s', async (_what, fill) => {
    const form = new FormData();
    fill(form);
    const before = await storedKeys();
    const answer = await api.call('POST', '/v1/assets', { body: form });
    expect([answer.status, answer.json.code]).toEqual([422, 'upload.form']);
    expect(await storedKeys()).toEqual(before);
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=x'])(
    'is refused in a broken form: %s',
    async (type) => {
      const answer = await api.call('POST', '/v1/assets', { headers: { 'content-type': type }, body: '--x\r\nnonsense' });
      expect([answer.status, answer.json.code]).toEqual([422, 'upload.form']);
    },
  );

  it('is refused when the tenant has no room left', async () => {
    const token = await api.key(['submit'], { tenant: 'hoarder' });
    for (let at = 0; at < 5; at++) expect((await raw(png(190_000), 'image/png', '', token)).status).toBe(201);
    const answer = await raw(png(190_000), 'image/png', '', token);
    expect([answer.status, answer.json.code]).toEqual([507, 'quota.storage']);
    expect(await storedKeys('hoarder')).toHaveLength(5);
    expect((await raw(png())).status).toBe(201);
  });

  it('waits its turn when its tenant sends too many at once', async () => {
    const open = await Promise.all(Array.from({ length: 4 }, () => chunked([HEAD], false)));
    expect(open.toSorted()).toEqual([408, 408, 429, 429]);
    expect((await raw(png())).status).toBe(201);
  });
});

const headers = async (): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await api.key(['submit'])}`,
  'content-type': 'image/png',
  'transfer-encoding': 'chunked',
});

/** Sends pieces without saying how many; the status of the answer. */
const chunked = async (pieces: readonly Uint8Array[], ends = true, more: Readonly<Record<string, string>> = {}): Promise<number> => {
  const sent = { ...(await headers()), ...more };
  return new Promise((done, fail) => {
    const call = request(
      { port: portOf(api.server), host: '127.0.0.1', method: 'POST', path: '/v1/assets', headers: sent, agent: false },
      (response) => {
        response.resume();
        done(response.statusCode ?? 0);
        call.destroy();
      },
    );
    call.on('error', fail);
    for (const piece of pieces) call.write(piece);
    if (ends) call.end();
  });
};

describe('an upload with an Idempotency-Key', () => {
  const send = (key: string, body: Uint8Array<ArrayBuffer>, type = 'image/png'): Promise<Answer> =>
    api.call('POST', '/v1/assets', { headers: { 'content-type': type, 'idempotency-key': key }, body });

  it('is kept once, however often it is sent', async () => {
    const before = await storedKeys();
    const first = await send('u-1', png(3000));
    const second = await send('u-1', png(3000));
    const form = new FormData();
    form.append('file', new Blob([png(3000)]), 'a.png');
    const third = await api.call('POST', '/v1/assets', { headers: { 'idempotency-key': 'u-1' }, body: form });
    expect([first.status, second.status, third.status]).toEqual([201, 200, 200]);
    expect([second.json, third.json]).toEqual([first.json, first.json]);
    expect(await storedKeys()).toHaveLength(before.length + 1);
  });

  it('is refused with another file, and while the first is under way', async () => {
    await send('u-2', png(3000));
    const other = await send('u-2', png(3001));
    expect([other.status, other.json.code]).toEqual([422, 'idempotency.other-request']);
    const announced = await api.call('POST', '/v1/assets', {
      headers: { 'idempotency-key': 'u-2' },
      json: { mediaType: 'image/png', bytes: 3000, sha256: sha256(png(3000)) },
    });
    expect(announced.status).toBe(422);
    const slow = chunked([HEAD], false, { 'idempotency-key': 'u-3' });
    await until('the first one', () => begun.includes('u-3'));
    const busy = await send('u-3', png(100));
    expect([busy.status, busy.json.code, busy.headers.get('retry-after')]).toEqual([409, 'idempotency.in-progress', '1']);
    expect(await slow).toBe(408);
    expect((await send('u-3', png(100))).status).toBe(201);
  });

  it('can be announced again and goes on where it was', async () => {
    const body = png(800);
    const announce = (): Promise<Answer> =>
      api.call('POST', '/v1/assets', {
        headers: { 'idempotency-key': 'u-4' },
        json: { mediaType: 'image/png', bytes: body.length, sha256: sha256(body) },
      });
    const [first, second] = [await announce(), await announce()];
    expect([first.status, second.status, second.json.id]).toEqual([201, 200, first.json.id]);
    const { url } = second.json.upload as { url: string };
    await api.call('PUT', url, { token: null, headers: { 'content-type': 'image/png' }, body });
    await api.call('POST', `/v1/assets/${first.json.id}/complete`);
    expect((await announce()).json).toMatchObject({ id: first.json.id, state: 'ready' });
  });
});

describe('an announced upload', () => {
  const announce = (body: Uint8Array, more = {}): Promise<Answer> =>
    api.call('POST', '/v1/assets', {
      json: { name: 'big.png', mediaType: 'image/png', bytes: body.length, sha256: sha256(body), ...more },
    });

  it('goes to the store by a link and is ready when it is completed', async () => {
    const body = png(9000);
    const announced = await announce(body);
    expect(announced.json).toMatchObject({ state: 'awaiting', upload: { method: 'PUT' } });
    const { url, headers: given } = announced.json.upload as { url: string; headers: Record<string, string> };
    const early = await api.call('POST', `/v1/assets/${announced.json.id}/complete`);
    expect([early.status, early.json.code]).toEqual([409, 'asset.incomplete']);
    const put = await api.call('PUT', url, { token: null, headers: { 'content-type': 'image/png', ...given }, body });
    expect(put.status).toBe(201);
    const ready = await api.call('POST', `/v1/assets/${announced.json.id}/complete`);
    expect(ready.json).toMatchObject({ state: 'ready', bytes: 9000, sha256: sha256(body), mediaType: 'image/png' });
    expect((await api.call('POST', `/v1/assets/${announced.json.id}/complete`)).json).toEqual(ready.json);
  });

  it('goes through the API where the store has no links', async () => {
    const store = { ...plainStore(api.parts.store), uploadUrl: async () => undefined };
    const other = await startApi({ parts: () => ({ store }) });
    try {
      const body = png(700);
      const announced = await other.call('POST', '/v1/assets', { json: { mediaType: 'image/png', bytes: 700, sha256: sha256(body) } });
      const { url } = announced.json.upload as { url: string };
      expect(url).toBe(`/v1/assets/${announced.json.id}/content`);
      const wrong = await other.call('PUT', url, { headers: { 'content-type': 'image/png' }, body: png(701) });
      expect([wrong.status, wrong.json.code]).toEqual([422, 'store.checksum']);
      expect((await other.call('PUT', url, { headers: { 'content-type': 'image/png' }, body })).status).toBe(200);
      expect((await other.call('POST', `/v1/assets/${announced.json.id}/complete`)).json.state).toBe('ready');
    } finally {
      await other.close();
    }
  });

  it('is known as EXP by the name it was announced by', async () => {
    const body = sewn('exp');
    for (const [name, state] of [
      ['logo.exp', 200],
      ['logo.bin', 415],
    ] as const) {
      const announced = await announce(body, { mediaType: 'application/octet-stream', name });
      const { url, headers: given } = announced.json.upload as { url: string; headers: Record<string, string> };
      await api.call('PUT', url, { token: null, headers: given, body });
      expect([name, (await api.call('POST', `/v1/assets/${announced.json.id}/complete`)).status]).toEqual([name, state]);
    }
  });

  it('is refused when it cannot become an upload', async () => {
    expect((await announce(png(), { bytes: 200_001 })).json.code).toBe('upload.too-large');
    expect((await announce(png(), { mediaType: 'text/html' })).status).toBe(422);
    const pdf = new Uint8Array(Buffer.from('%PDF-1.7 not a picture'));
    const announced = await announce(pdf);
    const { url, headers: given } = announced.json.upload as { url: string; headers: Record<string, string> };
    await api.call('PUT', url, { token: null, headers: { 'content-type': 'image/png', ...given }, body: pdf });
    const answer = await api.call('POST', `/v1/assets/${announced.json.id}/complete`);
    expect([answer.status, answer.json.code]).toEqual([415, 'upload.format']);
  });
});

/** Methods of a driver, as values that can be replaced. */
const plainStore = (store: Api['parts']['store']): Api['parts']['store'] => ({
  put: (...args) => store.put(...args),
  get: (...args) => store.get(...args),
  stat: (...args) => store.stat(...args),
  url: (...args) => store.url(...args),
  uploadUrl: (...args) => store.uploadUrl(...args),
  list: (...args) => store.list(...args),
  remove: (...args) => store.remove(...args),
  ping: () => store.ping(),
  close: async () => undefined,
});

describe('a store that is away', () => {
  it('is answered with 503 and when to come back, a full one with 507', async () => {
    const failing = (code: string) =>
      startApi({
        parts: ({ store }) => ({
          store: {
            ...plainStore(store),
            put: async () => {
              throw new Problem(code, 'expected a store, got none', { retry: 'later' });
            },
          },
        }),
      });
    for (const [code, status] of [
      ['store.unavailable', 503],
      ['store.full', 507],
    ] as const) {
      const other = await failing(code);
      try {
        const answer = await other.call('POST', '/v1/assets', { headers: { 'content-type': 'image/png' }, body: png() });
        expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([status, code, '2']);
      } finally {
        await other.close();
      }
    }
  });
});
