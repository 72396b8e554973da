import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../../src/drivers/store/memory-store.ts';
import { signDownload, signUpload } from '../../../src/jobs/signed-link.ts';
import { sha256 } from '../../../src/model/digest.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Answer, type Api, LINK_SECRET, mugSpec, startApi } from './support/api-server.ts';
import { ARTIFACT, ARTIFACT_NAME, finishJob } from './support/finish-job.ts';

let api: Api;
let job: string;
beforeAll(async () => {
  api = await startApi();
  job = String((await api.call('POST', '/v1/jobs', { json: { spec: mugSpec() } })).json.id);
  await finishJob(api, job);
});
afterAll(() => api.close());

const address = (name = ARTIFACT_NAME, query = '?redirect=false'): string =>
  `/v1/jobs/${job}/artifacts/${encodeURIComponent(name)}${query}`;
const get = (headers: Readonly<Record<string, string>> = {}, path = address()): Promise<Answer> => api.call('GET', path, { headers });

describe('a file of a job', () => {
  it('comes whole, with its digest as tag and its name for saving', async () => {
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.bytes).equals(ARTIFACT)).toBe(true);
    expect(answer.headers.get('etag')).toBe(`"${sha256(ARTIFACT)}"`);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="wrap sublimation _.png"; filename*=UTF-8''wrap%20sublimation%20%C3%A9.png`,
    );
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-type')).toBe('image/png');
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=4990-', 4990, 5000],
    ['bytes=-10', 4990, 5000],
    ['bytes=4999-99999999', 4999, 5000],
    ['bytes=-99999999', 0, 5000],
  ])('comes in parts: %s', async (range, from, to) => {
    const answer = await get({ range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${from}-${to - 1}/5000`]);
    expect(Buffer.from(answer.bytes).equals(ARTIFACT.subarray(from, to))).toBe(true);
  });

  it.each(['bytes=5000-', 'bytes=9999-10000', 'bytes=-0'])('has nothing at %s', async (range) => {
    const answer = await get({ range });
    expect([answer.status, answer.json.code, answer.headers.get('content-range')]).toEqual([416, 'range.unsatisfiable', 'bytes */5000']);
  });

  it.each([
    'bytes=5-2',
    'lines=1-2',
    'bytes=',
    'bytes=-',
    'bytes=0-1,5-6',
    `bytes=${Array.from({ length: 200 }, (_, at) => `${at}-${at}`).join(',')}`,
  ])('comes whole for a range that is none: %.20s', async (range) => {
    const answer = await get({ range });
    expect([answer.status, answer.bytes.length]).toEqual([200, 5000]);
  });

  it('comes in parts only while it is the same file', async () => {
    const etag = `"${sha256(ARTIFACT)}"`;
    expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-9', 'if-range': '"older"' })).status).toBe(200);
  });

  it('is not sent to those who have it, however long their list', async () => {
    const etag = `"${sha256(ARTIFACT)}"`;
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ 'if-none-match': '*' })).status).toBe(304);
    const long = Array.from({ length: 1200 }, (_, at) => `"${at}"`).join(',');
    expect((await get({ 'if-none-match': long })).status).toBe(200);
    expect((await get({ 'if-none-match': `${long},${'"x",'.repeat(1000)}` })).status).toBe(400);
  });

  it('answers HEAD with length and no bytes', async () => {
    const answer = await api.call('HEAD', address());
    expect([answer.status, answer.bytes.length, answer.headers.get('content-length')]).toEqual([200, 0, '5000']);
  });

  it('is unknown under every other name, and before the job is over', async () => {
    for (const name of ['other.png', '..', '%2e%2e', '../manifest.json', '__proto__', 'constructor', 'a\\b']) {
      const answer = await get({}, address(name));
      expect([name, answer.status]).toEqual([name, 404]);
    }
    const open = String((await api.call('POST', '/v1/jobs', { json: { spec: mugSpec() } })).json.id);
    expect((await get({}, `/v1/jobs/${open}/artifacts/manifest.json`)).json.code).toBe('artifact.unknown');
  });

  it('can be the manifest', async () => {
    expect((await get({}, address('manifest.json'))).text).toBe('{}\n');
  });

  it('is served by the API where the store has no links of its own', async () => {
    const store = await openMemoryStore();
    const plain = await startApi({ parts: () => ({ store }) });
    try {
      const id = String((await plain.call('POST', '/v1/jobs', { json: { spec: mugSpec() } })).json.id);
      await finishJob(plain, id);
      const answer = await plain.call('GET', `/v1/jobs/${id}/artifacts/${encodeURIComponent(ARTIFACT_NAME)}`);
      expect([answer.status, answer.bytes.length]).toEqual([200, 5000]);
    } finally {
      await plain.close();
    }
  });
});

describe('a signed link', () => {
  it('is where the API sends those who download, and needs no key', async () => {
    const answer = await get({}, address(ARTIFACT_NAME, ''));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'no-store']);
    const link = answer.headers.get('location') ?? '';
    expect(link).toMatch(/^\/files\/acme\/jobs\//);
    const file = await api.call('GET', link, { token: null });
    expect(Buffer.from(file.bytes).equals(ARTIFACT)).toBe(true);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect((await api.call('GET', link, { token: null, headers: { range: 'bytes=1-2' } })).status).toBe(206);
  });

  it('works for one file, one name and one time', async () => {
    const link = (await get({}, address(ARTIFACT_NAME, ''))).headers.get('location') ?? '';
    const wrong = [
      link.replace('picture.png', 'manifest.json'),
      link.replace(/name=[^&]*/, 'name=x.html'),
      link.replace(/expires=\d/, 'expires=9'),
      link.replace(/signature=./, 'signature=_'),
    ];
    for (const one of wrong) {
      const answer = await api.call('GET', one, { token: null });
      expect([one, answer.status, answer.json.code]).toEqual([one, 403, 'link.refused']);
    }
    const old = signDownload({ key: `acme/jobs/${job}/picture.png`, fileName: 'a', expiresAtMs: Date.now() - 1 }, LINK_SECRET);
    expect((await api.call('GET', old, { token: null })).json.code).toBe('link.expired');
    const put = await api.call('PUT', link, { token: null, body: 'x', headers: { 'content-type': 'text/plain' } });
    expect(put.status).toBe(400);
    const gone = signDownload({ key: 'acme/jobs/none', fileName: 'a', expiresAtMs: Date.now() + 60_000 }, LINK_SECRET);
    expect((await api.call('GET', gone, { token: null })).json.code).toBe('file.unknown');
  });

  it.each(['..%2f..%2fetc%2fpasswd', '%00', 'a%5cb', 'a%2f%2fb', `${'k'.repeat(2000)}`, 'trailing.', 'CON'])(
    'leads nowhere outside: %.30s',
    async (key) => {
      const answer = await api.call('GET', `/files/${key}?expires=99999999999999&name=x&signature=AAAA`, { token: null });
      expect([400, 403, 404]).toContain(answer.status);
    },
  );

  it('takes exactly the bytes that were announced', async () => {
    const body = Buffer.from('exactly these');
    const link = {
      key: 'acme/uploads/1',
      mediaType: 'image/png',
      bytes: body.length,
      sha256: sha256(body),
      expiresAtMs: Date.now() + 60_000,
    };
    const put = (bytes: Buffer): Promise<Answer> =>
      api.call('PUT', signUpload(link, LINK_SECRET), {
        token: null,
        body: new Uint8Array(bytes),
        headers: { 'content-type': 'image/png' },
      });
    for (const bytes of [Buffer.from('exactly thesE'), Buffer.from('exactly'), Buffer.from('exactly these and more')]) {
      const answer = await put(bytes);
      expect([answer.status, answer.json.code]).toEqual([422, 'store.checksum']);
      expect(await api.parts.store.stat('acme/uploads/1')).toBeUndefined();
    }
    expect((await put(body)).json).toEqual({ sha256: sha256(body), bytes: body.length });
  });
});

const run = promisify(execFile);

describe.runIf(existsSync('/usr/bin/curl'))('curl', () => {
  it('downloads through the redirect, resumes and asks whether it is new', async () => {
    const token = await api.key(['read']);
    const curl = async (...args: readonly string[]): Promise<string> =>
      (await run('curl', ['-sS', '-H', `Authorization: Bearer ${token}`, ...args], { encoding: 'latin1' })).stdout;
    const whole = await curl('-L', api.url + address(ARTIFACT_NAME, ''));
    expect(Buffer.from(whole, 'latin1').equals(ARTIFACT)).toBe(true);
    const rest = await curl('-C', '4000', '-o', '-', api.url + address());
    expect(Buffer.from(rest, 'latin1').equals(ARTIFACT.subarray(4000))).toBe(true);
    const status = await curl('-o', '/dev/null', '-w', '%{http_code}', '-H', `If-None-Match: "${sha256(ARTIFACT)}"`, api.url + address());
    expect(status).toBe('304');
    const name = await curl(
      '-OJ',
      '--output-dir',
      await temporaryFolder(),
      '-w',
      '%{filename_effective}',
      '--remove-on-error',
      api.url + address('manifest.json'),
    );
    expect(name).toContain('manifest.json');
  });
});
