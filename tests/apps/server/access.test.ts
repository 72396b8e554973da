import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../../src/apps/server/route.ts';
import { ROUTES } from '../../../src/apps/server/routes/index.ts';
import { SCOPES, type Scope } from '../../../src/jobs/api-key.ts';
import { type Answer, type Api, mugSpec, startApi } from './support/api-server.ts';
import { ARTIFACT_NAME, finishJob } from './support/finish-job.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const PAGE = 'https://shop.example';

/** An address of the route that leads to nothing. */
const addressOf = ({ path }: Route, names: Readonly<Record<string, string>> = {}): string =>
  path.replaceAll(/\{\+?(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? 'nothing'));

const callRoute = (route: Route, token: string | null, names = {}, headers = {}): Promise<Answer> =>
  api.call(route.method.toUpperCase(), addressOf(route, names), {
    token,
    headers: { origin: PAGE, ...headers },
    ...(route.schemas.body ? { json: {} } : {}),
  });

const guarded = ROUTES.filter((route) => Array.isArray(route.access));

describe('the routes', () => {
  it('are all there and have one name each', () => {
    expect(guarded.length).toBeGreaterThan(35);
    expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(ROUTES.length);
  });

  it('ask for a key but for health, docs, signed links and signed orders', () => {
    const open = ROUTES.filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(open.toSorted()).toEqual(['/', '/docs', '/docs/problems', '/docs/style.css', '/healthz', '/livez', '/openapi.json', '/readyz']);
    const signed = ROUTES.filter(({ access }) => access === 'signed').map(({ path }) => path);
    expect(new Set(signed)).toEqual(new Set(['/files/{+key}', '/v1/inbound/shopify', '/v1/inbound/woocommerce']));
  });

  it('let browsers in for pictures, checks and the catalogue alone', () => {
    const forBrowsers = guarded.filter(({ access }) => access.includes('preview')).map(({ path }) => path.split('/')[2]);
    expect(new Set(forBrowsers)).toEqual(new Set(['previews', 'checks', 'products', 'methods', 'fonts', 'palettes', 'designs']));
  });
});

describe('force, which overrules what holds a job', () => {
  const forced = { options: { force: true } };
  const TABLE = { design: 'none', csv: 'a\r\n1\r\n' };
  const refused = (answer: Answer, pointer: string): void => {
    expect([answer.status, answer.json.code]).toEqual([403, 'auth.scope']);
    expect(answer.json.errors).toMatchObject([{ pointer, message: expect.stringContaining('scope force or admin') }]);
    expect(answer.headers.get('www-authenticate')).toContain('scope="submit force"');
  };

  it('is refused to a key that may only submit, in every request that takes it', async () => {
    const token = await api.key(['submit', 'read', 'preview']);
    const { id } = (await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec() } })).json;
    refused(await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec(), ...forced } }), '/options/force');
    refused(await api.call('POST', `/v1/jobs/${id}/rerender`, { token, json: forced }), '/options/force');
    for (const path of ['/v1/batches', '/v1/batches/check'])
      refused(await api.call('POST', path, { token, json: { table: { ...TABLE, ...forced } } }), '/table/options/force');
    const items = [{ spec: mugSpec('one'), ...forced }, { spec: mugSpec('two') }];
    const batch = await api.call('POST', '/v1/batches', { token, json: { items } });
    expect(batch.json).toMatchObject({
      accepted: 1,
      errors: [
        { row: 1, code: 'auth.scope', errors: [{ pointer: '/options/force', hint: expect.stringContaining('person of the shop') }] },
      ],
    });
    expect((await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec(), options: { force: false } } })).status).toBe(202);
  });

  it('is open to admins and to a key that may submit and force, and to no key that may only force', async () => {
    for (const token of [await api.key(['admin']), await api.key(['submit', 'force'])]) {
      const answer = await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec('forced'), ...forced } });
      expect([answer.status, answer.json.options]).toEqual([202, { force: true }]);
    }
    const token = await api.key(['force']);
    expect((await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec(), ...forced } })).status).toBe(403);
  });

  it('stays with a job that was forced when a key without it renders that job again', async () => {
    const { id } = (await api.call('POST', '/v1/jobs', { json: { spec: mugSpec('kept'), ...forced } })).json;
    const token = await api.key(['submit']);
    const again = await api.call('POST', `/v1/jobs/${id}/rerender`, { token });
    expect([again.status, again.json.options]).toEqual([202, { force: true }]);
  });
});

describe('every guarded route', () => {
  it.each(guarded.map((route) => [route.id, route] as const))('%s lets in the scopes of its table and no others', async (_id, route) => {
    for (const scope of SCOPES) {
      const token = await api.key([scope], { origins: [PAGE], tenant: 'default' });
      const answer = await callRoute(route, token);
      const allowed = scope === 'admin' || (route.access as readonly Scope[]).includes(scope);
      expect([scope, answer.json.code === 'auth.scope'], `${route.id} with ${scope}`).toEqual([scope, !allowed]);
      if (!allowed) {
        expect(answer.status).toBe(403);
        expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
      } else expect([401, 403]).not.toContain(answer.status);
    }
  });

  it('answers 401 without a key and with every kind of wrong one', async () => {
    const good = await api.key(['admin']);
    const expired = await api.key(['admin'], { expiresAtMs: Date.now() - 1 });
    const revoked = await api.key(['admin']);
    await api.parts.ledger.keys.revoke(revoked.split('_')[1] ?? '');
    const wrongSecret = good.slice(0, -4) + (good.endsWith('0000') ? '1111' : '0000');
    for (const token of [expired, revoked, wrongSecret, 'platen_x_y', `${good} ${good}`, good.replace(/_[^_]+_/, '_0000000000000000_')]) {
      const answer = await api.call('GET', '/v1/jobs', { token });
      expect([answer.status, answer.json.code, answer.headers.get('www-authenticate')], token).toEqual([
        401,
        'auth.invalid',
        'Bearer realm="platen", error="invalid_token"',
      ]);
    }
    for (const route of guarded) {
      const answer = await callRoute(route, null);
      expect([route.id, answer.status, answer.json.code]).toEqual([route.id, 401, 'auth.missing']);
    }
    const basic = await api.call('GET', '/v1/jobs', { token: null, headers: { authorization: 'Basic YTpi' } });
    expect(basic.status).toBe(401);
  });

  it('says the same of unknown, revoked and expired keys', async () => {
    const bodies = new Set<string>();
    for (const token of [await api.key(['read'], { expiresAtMs: 1 }), 'platen_0000000000000000_0'.padEnd(76, '0'), 'nonsense']) {
      const { requestId: _, ...body } = (await api.call('GET', '/v1/jobs', { token })).json;
      bodies.add(JSON.stringify(body));
    }
    expect(bodies.size).toBe(1);
  });

  it('does not say which addresses exist to those without a key', async () => {
    const unknown = await api.call('GET', '/v1/secrets', { token: null });
    expect([unknown.status, unknown.json.code]).toEqual([401, 'auth.missing']);
    const known = await api.call('GET', '/v1/secrets');
    expect([known.status, known.json.code]).toEqual([404, 'route.unknown']);
  });
});

describe('another tenant (row 56)', () => {
  it('gets the answer for what never was, on every route that takes an id', async () => {
    const stranger = await api.key(['admin'], { tenant: 'stranger' });
    const job = String((await api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), callbackUrl: 'https://shop.example/x' } })).json.id);
    await finishJob(api, job);
    const batch = String((await api.call('POST', '/v1/batches', { json: { items: [{ spec: mugSpec() }] } })).json.id);
    const asset = String((await api.call('POST', '/v1/assets', { headers: { 'content-type': 'image/png' }, body: png() })).json.id);
    const webhook = String((await api.call('POST', '/v1/webhooks', { json: { url: 'https://shop.example/hook' } })).json.id);
    const key = String((await api.call('POST', '/v1/keys', { json: { name: 'k', scopes: ['read'] } })).json.keyId);
    const delivery = String((await api.parts.ledger.callbacks.deliveries('acme', { jobId: job }, { limit: 1 }))[0]?.id);
    const ids: Readonly<Record<string, string>> = { jobs: job, batches: batch, assets: asset, webhooks: webhook, keys: key };
    const owned = guarded.filter((route) => Object.hasOwn(ids, route.path.split('/')[2] ?? '') && route.path.includes('{'));
    expect(owned.length).toBeGreaterThanOrEqual(17);
    for (const route of owned) {
      const mine = { id: ids[route.path.split('/')[2] ?? ''] ?? '', name: ARTIFACT_NAME, delivery };
      const body = BODIES[route.id];
      const call = (token: string, names: object): Promise<Answer> =>
        api.call(route.method.toUpperCase(), addressOf(route, { ...mine, ...names }), {
          token,
          ...(route.streams ? { headers: { 'content-type': 'image/png' }, body: png() } : body === undefined ? {} : { json: body }),
        });
      const theirs = await call(stranger, {});
      const never = await call(stranger, { id: `${mine.id.slice(0, 10)}000000` });
      expect([route.id, theirs.status]).toEqual([route.id, 404]);
      expect(withoutRequestId(theirs)).toEqual(withoutRequestId(never));
    }
    expect((await api.call('GET', `/v1/jobs/${job}`)).json.state).toBe('succeeded');
    expect((await api.call('GET', `/v1/webhooks/${webhook}`)).status).toBe(200);
    expect((await api.parts.ledger.keys.find(key))?.revokedAtMs).toBeNull();
  });

  it('cannot carry a cursor over, nor change one', async () => {
    for (let at = 0; at < 3; at++) await api.call('POST', '/v1/jobs', { json: { spec: mugSpec() } });
    const next = String((await api.call('GET', '/v1/jobs?limit=1')).json.next);
    const cursor = new URL(next, 'http://x').searchParams.get('cursor') ?? '';
    expect((await api.call('GET', next)).status).toBe(200);
    const stranger = await api.key(['read'], { tenant: 'stranger' });
    const [body = '', mac = ''] = cursor.split('.');
    const forged = Buffer.from(JSON.stringify(['job_0', Date.now() + 1e9])).toString('base64url');
    const tries: readonly (readonly [string, string | undefined])[] = [
      [next, stranger],
      [`/v1/jobs?limit=1&state=queued&cursor=${cursor}`, undefined],
      [`/v1/jobs?limit=1&cursor=${forged}.${mac}`, undefined],
      [`/v1/jobs?limit=1&cursor=${body}.${mac.slice(1)}a`, undefined],
      [`/v1/jobs?limit=1&cursor=${body}`, undefined],
      ['/v1/jobs?limit=1&cursor=.', undefined],
    ];
    for (const [address, token] of tries) {
      const answer = await api.call('GET', address, token === undefined ? {} : { token });
      expect([address, answer.status, answer.json.code]).toEqual([address, 400, 'request.cursor']);
    }
    expect((await api.call('GET', `/v1/jobs?limit=2&cursor=${cursor}`)).status).toBe(200);
  });
});

const png = (): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 1)]));

const BODIES: Readonly<Record<string, unknown>> = {
  rerenderJob: {},
  changeWebhook: { enabled: false },
  recoverDeliveries: { since: new Date().toISOString() },
};

const withoutRequestId = ({ status, json: { requestId: _, ...rest } }: Answer): unknown => ({ status, rest });

describe('a browser', () => {
  it('may use a preview key from its page and from no other', async () => {
    const token = await api.key(['preview'], { origins: [PAGE, 'https://second.example'] });
    const make = (origin?: string): Promise<Answer> =>
      api.call('POST', '/v1/checks', { token, json: { spec: mugSpec() }, headers: origin === undefined ? {} : { origin } });
    const good = await make(PAGE);
    expect(good.status).toBe(200);
    expect(good.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(good.headers.get('access-control-allow-credentials')).toBeNull();
    expect(good.headers.get('vary')).toContain('Origin');
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'null', undefined]) {
      const bad = await make(origin);
      expect([origin, bad.status, bad.json.code]).toEqual([origin, 403, 'auth.origin']);
      expect(bad.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('cannot use a key of a server, whose pages are none', async () => {
    const token = await api.key(['read', 'submit']);
    expect((await api.call('GET', '/v1/jobs', { token })).status).toBe(200);
    const answer = await api.call('GET', '/v1/jobs', { token, headers: { origin: PAGE } });
    expect([answer.status, answer.json.code]).toEqual([403, 'auth.origin']);
  });

  it('is told before it asks whether it may, and can read why not', async () => {
    await api.key(['preview'], { origins: [PAGE] });
    const ask = (origin: string): Promise<Answer> =>
      api.call('OPTIONS', '/v1/previews', {
        token: null,
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const yes = await ask(PAGE);
    expect(yes.status).toBe(204);
    expect(yes.headers.get('access-control-allow-methods')).toBe('POST');
    expect(yes.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(yes.headers.get('access-control-max-age')).toBe('600');
    const no = await ask('https://evil.example');
    expect([no.status, no.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const without = await api.call('POST', '/v1/previews', { token: null, json: {}, headers: { origin: PAGE } });
    expect([without.status, without.headers.get('access-control-allow-origin')]).toEqual([401, PAGE]);
    expect(without.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });
});

describe('development mode', () => {
  it('asks for no key on this machine, and lets no other page in', async () => {
    const dev = await startApi({ config: { dev: true } });
    try {
      const port = new URL(dev.url).port;
      const call = (headers: Readonly<Record<string, string>>): Promise<number> => rawStatus(Number(port), headers);
      expect((await dev.call('GET', '/v1/webhooks', { token: null })).status).toBe(200);
      const job = await dev.call('POST', '/v1/jobs', { token: null, json: { spec: mugSpec() } });
      expect(await dev.parts.ledger.jobs.get('dev', String(job.json.id))).toBeDefined();
      expect(await call({ Host: `localhost:${port}`, Origin: 'http://localhost:5173' })).toBe(200);
      expect(await call({ Host: 'evil.example' })).toBe(401);
      expect(await call({ Host: `localhost:${port}`, Origin: 'https://evil.example' })).toBe(401);
      expect((await dev.call('GET', '/v1/jobs', { token: 'platen_bad_key' })).status).toBe(401);
    } finally {
      await dev.close();
    }
  });
});

/** fetch() does not let Host be chosen. */
const rawStatus = async (port: number, headers: Readonly<Record<string, string>>): Promise<number> => {
  const { request } = await import('node:http');
  return new Promise((done, fail) => {
    const call = request({ port, host: '127.0.0.1', path: '/v1/jobs', headers, agent: false }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    call.on('error', fail).end();
  });
};

describe('the rate of requests', () => {
  it('is limited for each tenant and kind, and told in fields', async () => {
    let nowMs = 1_000_000;
    const slow = await startApi({
      config: { rates: { ...api.parts.config.rates, read: { quota: 3, windowSeconds: 60 } } },
      parts: () => ({ now: () => nowMs }),
    });
    try {
      const token = await slow.key(['read', 'submit']);
      const other = await slow.key(['read'], { tenant: 'other' });
      const read = (key: string): Promise<Answer> => slow.call('GET', '/v1/jobs', { token: key });
      const first = await read(token);
      expect(first.headers.get('ratelimit-policy')).toBe('"read";q=3;w=60');
      expect(first.headers.get('ratelimit')).toBe('"read";r=2;t=20');
      await read(token);
      await read(token);
      const fourth = await read(token);
      expect([fourth.status, fourth.json.code, fourth.headers.get('retry-after')]).toEqual([429, 'rate.exceeded', '20']);
      expect(fourth.headers.get('ratelimit')).toBe('"read";r=0;t=60');
      expect((await read(other)).status).toBe(200);
      expect((await slow.call('POST', '/v1/jobs', { token, json: { spec: mugSpec() } })).status).toBe(202);
      nowMs += 20_000;
      expect((await read(token)).status).toBe(200);
      nowMs -= 100_000;
      expect((await read(token)).status).toBe(429);
    } finally {
      await slow.close();
    }
  });
});
