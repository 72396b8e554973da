import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Waiting } from '../../../src/jobs/ledger.ts';
import { Problem } from '../../../src/model/problem.ts';
import { type Answer, type Api, mugSpec, portOf, startApi } from './support/api-server.ts';
import { claimJob } from './support/finish-job.ts';

let api: Api;
let token: string;
beforeAll(async () => {
  api = await startApi({ config: { maxBodyBytes: 100_000, bodyTimeoutMs: 300, headersTimeoutMs: 300 } });
  token = await api.key(['admin']);
});
afterAll(() => api.close());

const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json', path = '/v1/jobs'): Promise<Answer> =>
  api.call('POST', path, { body, headers: { 'content-type': type } });

/** Sends bytes as they are and reads until the other side ends. */
const raw = (...pieces: readonly (string | number)[]): Promise<string> =>
  new Promise((done, fail) => {
    let text = '';
    const socket = connect(portOf(api.server), '127.0.0.1', async () => {
      for (const piece of pieces) {
        if (typeof piece === 'number') await new Promise((go) => setTimeout(go, piece));
        else if (socket.writable) socket.write(piece);
      }
    });
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done(text) : fail(error),
    );
    socket.on('close', () => done(text));
  });

const HEADERS = (): string => `Host: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;

describe('JSON that is meant to hurt (row 43)', () => {
  it.each([
    ['no JSON', 'hello'],
    ['half of it', '{"spec": {'],
    ['nothing', ''],
    ['a lone surrogate escape cut short', '{"spec": "\\ud8'],
    ['100,000 nested lists', `{"spec":${'['.repeat(45_000)}${']'.repeat(45_000)}}`],
    ['the same name twice', '{"spec": 1, "spec": 2}'],
    ['__proto__', '{"__proto__": {"isAdmin": true}, "spec": {}}'],
    ['constructor deep inside', '{"spec": {"product": {"constructor": {"prototype": {"x": 1}}}}}'],
    ['a number beyond all numbers', '{"spec": {"pages": 1e400}}'],
    ['NaN', '{"spec": {"pages": NaN}}'],
    ['a comment', '{"spec": {} /* hello */}'],
  ])('is refused with its place: %s', async (_what, body) => {
    const answer = await post(body);
    expect([answer.status, answer.json.code]).toEqual([400, 'json.syntax']);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  it('is refused when it is no UTF-8', async () => {
    const answer = await post(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]));
    expect([answer.status, answer.json.code]).toEqual([400, 'json.syntax']);
  });

  it('reports names that are not known, a thousand at most', async () => {
    const body = `{${Array.from({ length: 5000 }, (_, at) => `"k${at}":1`).join(',')}}`;
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect((answer.json.errors as unknown[]).length).toBe(1000);
    expect(answer.bytes.length).toBeLessThan(400_000);
  });
});

describe('text that is slow to refuse (row 60)', () => {
  const LONG = 90_000;
  // Squared, any of these would take longer than the test may.
  it.each([
    ['digits for a length', { extraBleed: '1'.repeat(LONG) }],
    ['blanks for a length', { extraBleed: `1${' '.repeat(LONG)}x` }],
    ['digits for a resolution', { extraBleed: `1px@${'1'.repeat(LONG)}` }],
    ['a word that is none of a list', { placements: [{ placement: 'wrap', method: 'dtg', edge: 'mirro'.repeat(LONG / 5) }] }],
    ['a name that is not known', { ['k'.repeat(LONG)]: 1 }],
    ['letters for a colour', { components: { handle: 'a'.repeat(LONG) } }],
    ['letters for a date', { date: '2026-'.repeat(LONG / 5) }],
  ])(
    'is refused at once, and in few words: %s',
    async (_what, more) => {
      const answer = await api.call('POST', '/v1/jobs', { json: { spec: { ...mugSpec(), ...more } } });
      expect(answer.status).toBe(422);
      expect(answer.bytes.length).toBeLessThan(20_000);
    },
    4000,
  );
});

describe('numbers that cannot be (row 44)', () => {
  it.each([
    ['/spec/order/quantity', { order: { quantity: 1e21 } }],
    ['/spec/order/quantity', { order: { quantity: 'NaN' } }],
    ['/spec/previewWidth', { previewWidth: 1e9 }],
    ['/spec/extraBleed', { extraBleed: -1 }],
    ['/spec/pages', { pages: 0.5 }],
  ])('are refused at %s', async (pointer, more) => {
    const answer = await api.call('POST', '/v1/jobs', { json: { spec: { ...mugSpec(), ...more } } });
    expect(answer.status).toBe(422);
    expect(answer.json.errors).toContainEqual(expect.objectContaining({ pointer }));
  });
});

describe('bodies that do not end (rows 16 and 17)', () => {
  it('are refused by their length before they come, and the line is closed', async () => {
    const text = await raw(`POST /v1/jobs HTTP/1.1\r\n${HEADERS()}Content-Length: 100001\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text.toLowerCase()).toContain('connection: close');
    expect(text).toContain('"code":"request.too-large"');
  });

  it('are refused at the limit when they do not tell their length', async () => {
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const text = await raw(
      `POST /v1/jobs HTTP/1.1\r\n${HEADERS()}Transfer-Encoding: chunked\r\n\r\n`,
      ...Array.from({ length: 20 }, () => chunk),
    );
    // A sender who does not stop may find the line cut before he has read the answer.
    if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect((await api.call('GET', '/livez')).status).toBe(200);
  });

  it('are given up when they drip', async () => {
    const drops = Array.from({ length: 12 }, () => ['x', 60]).flat();
    const text = await raw(`POST /v1/jobs HTTP/1.1\r\n${HEADERS()}Content-Length: 1000\r\n\r\n`, ...drops);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"code":"request.timeout"');
  });

  it('are given up when their headers drip', async () => {
    const text = await raw('GET /v1/jobs HTTP/1.1\r\n', 'Host: x\r\n', 1200);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('application/problem+json');
  });

  it('are not unpacked', async () => {
    const answer = await api.call('POST', '/v1/jobs', {
      body: 'x',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
  });
});

describe('requests that are none', () => {
  it('are answered as problems', async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['NONSENSE\r\n\r\n', /^HTTP\/1\.1 400 /],
      [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
      [`POST /v1/jobs HTTP/1.1\r\n${HEADERS()}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`, /^HTTP\/1\.1 400 /],
      ['GET /v1/jobs HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ];
    for (const [request, status] of cases) {
      const text = await raw(request);
      expect(text).toMatch(status);
      expect(text).toContain('application/problem+json');
    }
  });

  it('are told which methods an address takes', async () => {
    const answer = await api.call('DELETE', '/v1/jobs');
    expect([answer.status, answer.json.code, answer.headers.get('allow')]).toEqual([405, 'method.not-allowed', 'POST, GET, HEAD']);
    expect((await api.call('PUT', '/livez')).status).toBe(405);
  });

  it('are told which forms a body may have', async () => {
    const answer = await post('a=b', 'application/x-www-form-urlencoded');
    expect([answer.status, answer.headers.get('accept')]).toEqual([415, 'application/json']);
    const none = await api.call('POST', '/v1/jobs');
    expect(none.status).toBe(415);
    expect((await post('{}', 'application/jsonx')).status).toBe(415);
    expect((await post(JSON.stringify({ spec: mugSpec() }), 'Application/JSON; charset=utf-8')).status).toBe(202);
  });

  it.each([
    '/v1/jobs/%',
    '/v1/jobs/%c0%ae',
    '/%2e%2e/etc',
    '/v1/jobs/',
    '/V1/jobs',
    '//v1/jobs',
    '/v1/jobs/..%2f..',
    '/v1/jobs/a%00b',
    '/v1/jobs/%F0%9F%98%80',
  ])('lead nowhere: %s', async (path) => {
    const text = await raw(`GET ${path} HTTP/1.1\r\n${HEADERS()}Connection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(text).toContain('application/problem+json');
    expect(text).not.toContain('node_modules');
  });
});

describe('what ends up in headers and logs (rows 58 and 61)', () => {
  it('keeps request ids that can stand there, and makes others anew', async () => {
    const kept = await api.call('GET', '/livez', { headers: { 'x-request-id': 'order-7.retry_1' } });
    expect(kept.headers.get('x-request-id')).toBe('order-7.retry_1');
    for (const bad of ['a b', '<script>', 'x'.repeat(129), 'é', '"']) {
      const made = await api.call('GET', '/livez', { headers: { 'x-request-id': bad } });
      expect(made.headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{36}$/);
    }
  });

  it('takes no line breaks or control characters in values that come back', async () => {
    for (const value of ['a\r\nX-Evil: 1', 'a\u0000b', 'a\u001b[31m', 'a\u0085b', '\ud800']) {
      const answer = await api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), metadata: { note: value } } });
      expect([value, answer.status]).toEqual([value, 422]);
      const origin = await api.call('POST', '/v1/jobs', {
        json: { spec: mugSpec(), origin: { source: 's', reference: value, line: '1' } },
      });
      expect(origin.status).toBe(422);
      const name = await api.call('POST', `/v1/assets?${new URLSearchParams({ name: value })}`, {
        headers: { 'content-type': 'image/png' },
        body: 'x',
      });
      expect(name.headers.get('x-evil')).toBeNull();
    }
    const metadata = await api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), metadata: { 'x-evil\r\n': 'a' } } });
    expect(metadata.status).toBe(422);
  });

  it('never logs what customers wrote, nor keys', async () => {
    const before = api.logged.length;
    await api.call('POST', '/v1/jobs', { json: { spec: mugSpec('Secret Name'), metadata: { who: 'Secret Name' } } });
    await api.call('GET', '/v1/jobs?reference=Secret-Name');
    await post('{"Secret Name": ');
    const lines = api.logged.slice(before).map((entry) => JSON.stringify(entry));
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(line).not.toMatch(/Secret|Bearer|platen_/);
    expect(lines[0]).toContain('"route":"/v1/jobs"');
    expect(lines[0]).toContain('"tenant":"acme"');
  });
});

it('keeps templates in values as they are (row 59)', async () => {
  const note = ['{{constructor}}', '$', '{process.env}'].join('');
  const answer = await api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), metadata: { note } } });
  expect(answer.json.metadata).toEqual({ note });
});

it('answers 503 and when to come back while the ledger is away, at once', async () => {
  const away = async (): Promise<never> => {
    throw new Problem('ledger.unavailable', 'expected a ledger, got none', { retry: 'later' });
  };
  const other = await startApi({ parts: ({ ledger }) => ({ ledger: { ...ledger, jobs: { ...ledger.jobs, submit: away, get: away } } }) });
  try {
    for (const answer of [await other.call('POST', '/v1/jobs', { json: { spec: mugSpec() } }), await other.call('GET', '/v1/jobs/job_1')]) {
      expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([503, 'ledger.unavailable', '2']);
    }
  } finally {
    await other.close();
  }
});

it.each([
  ['fails', () => Promise.reject(new Error('no Redis'))],
  ['never answers', () => new Promise<void>(() => undefined)],
])('accepts jobs while the queue %s: the ledger has them', async (what, announce) => {
  const other = await startApi({ parts: () => ({ queue: { announce } }) });
  try {
    const answer = await other.call('POST', '/v1/jobs', { json: { spec: mugSpec() } });
    expect(answer.status).toBe(202);
    expect(await other.parts.ledger.jobs.get('acme', String(answer.json.id))).toMatchObject({ state: 'queued' });
    const warned = other.logged.some(({ level, message }) => level === 'warn' && message === 'could not wake the workers');
    expect(warned).toBe(what === 'fails');
  } finally {
    await other.close();
  }
});

it('tells the queue by the clock of this host when a job may run, whatever the clock of the ledger shows', async () => {
  const HOUR = 3_600_000;
  const hostNow = (): number => Date.now() - HOUR;
  const announced: Waiting[] = [];
  const announce = async (jobs: readonly Waiting[]): Promise<void> => void announced.push(...jobs);
  const other = await startApi({ parts: () => ({ queue: { announce }, now: hostNow }) });
  try {
    const json = { spec: mugSpec(), origin: { source: 's', reference: 'r', line: '1' } };
    const { id } = (await other.call('POST', '/v1/jobs', { json })).json;
    expect(announced).toMatchObject([{ id, attempt: 0 }]);
    expect(announced[0]?.notBeforeMs).toBeLessThanOrEqual(hostNow());
    const { ledger } = other.parts;
    const claimed = await claimJob(ledger, String(id));
    await ledger.jobs.finish(claimed.id, claimed.fence, { kind: 'retry', problem: { code: 'x', message: 'x' }, afterMs: HOUR });
    await other.call('POST', '/v1/jobs', { json });
    expect(announced[1]).toMatchObject({ id, attempt: 1 });
    const waitMs = (announced[1]?.notBeforeMs ?? 0) - hostNow();
    expect(waitMs).toBeGreaterThan(HOUR / 2);
    expect(waitMs).toBeLessThanOrEqual(HOUR);
  } finally {
    await other.close();
  }
});
