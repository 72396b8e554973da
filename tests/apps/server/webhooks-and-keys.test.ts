import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unseal } from '../../../src/jobs/callbacks/seal.ts';
import { type Answer, type Api, mugSpec, startApi } from './support/api-server.ts';
import { finishJob } from './support/finish-job.ts';

let api: Api;
let woken = 0;
const wake = (): void => {
  woken += 1;
};
beforeAll(async () => {
  api = await startApi({ parts: ({ callbacks }) => ({ callbacks: { ...callbacks, wake } }) });
});
afterAll(() => api.close());

const subscribe = (more: object = {}): Promise<Answer> =>
  api.call('POST', '/v1/webhooks', { json: { url: 'https://shop.example/hook', ...more } });

describe('a webhook', () => {
  it('is told its secret once', async () => {
    const made = await subscribe({ description: 'orders', events: ['job.succeeded'] });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      kind: 'subscription',
      enabled: true,
      events: ['job.succeeded'],
      secret: expect.stringMatching(/^whsec_/),
    });
    const seen = await api.call('GET', made.headers.get('location') ?? '');
    expect(seen.text).not.toContain('whsec_');
    expect(seen.json).toMatchObject({ id: made.json.id, description: 'orders' });
    const listed = await api.call('GET', '/v1/webhooks');
    expect(listed.text).not.toContain('whsec_');
    expect(listed.json.items).toContainEqual(seen.json);
  });

  it('can be changed, turned over and removed', async () => {
    const { json } = await subscribe();
    const changed = await api.call('PATCH', `/v1/webhooks/${json.id}`, {
      json: { enabled: false, events: ['job.failed'], url: 'https://shop.example/other' },
    });
    expect(changed.json).toMatchObject({ enabled: false, events: ['job.failed'], url: 'https://shop.example/other' });
    expect((await api.call('PATCH', `/v1/webhooks/${json.id}`, { json: { url: 'http://10.0.0.1/' } })).status).toBe(422);
    const rotated = await api.call('POST', `/v1/webhooks/${json.id}/rotate`);
    expect(rotated.json.secret).not.toBe(json.secret);
    const endpoint = await api.parts.ledger.callbacks.endpoint('acme', String(json.id));
    expect(endpoint?.sealedSecrets.map(({ sealed }) => unseal(api.parts.callbacks.ring, sealed, 'acme'))).toEqual([
      rotated.json.secret,
      json.secret,
    ]);
    expect((await api.call('DELETE', `/v1/webhooks/${json.id}`)).status).toBe(204);
    expect((await api.call('GET', `/v1/webhooks/${json.id}`)).status).toBe(404);
  });

  it('is refused at addresses that may not be called, and with events that are none', async () => {
    expect((await subscribe({ url: 'http://127.0.0.1/' })).json.code).toBe('endpoint.scheme');
    expect((await subscribe({ events: ['job.started'] })).status).toBe(422);
    expect((await subscribe({ events: [] })).status).toBe(422);
    expect((await subscribe({ secret: 'whsec_mine' })).json.errors).toMatchObject([{ pointer: '/secret' }]);
  });

  it('shows what was sent, and sends it again', async () => {
    const { json: hook } = await subscribe({ events: ['job.succeeded'] });
    for (let at = 0; at < 3; at++)
      await finishJob(api, String((await api.call('POST', '/v1/jobs', { json: { spec: mugSpec() } })).json.id));
    const first = await api.call('GET', `/v1/webhooks/${hook.id}/deliveries?limit=2&state=pending`);
    expect(first.json.items).toMatchObject([{ state: 'pending', eventType: 'job.succeeded', attempts: [] }, {}]);
    const second = await api.call('GET', String(first.json.next));
    expect([(second.json.items as unknown[]).length, second.json.next]).toEqual([1, null]);
    const [delivery] = first.json.items as { id: string; eventId: string }[];
    const before = woken;
    const again = await api.call('POST', `/v1/webhooks/${hook.id}/deliveries/${delivery?.id}/replay`);
    expect([again.status, again.json.eventId, woken]).toEqual([202, delivery?.eventId, before + 1]);
    expect((await api.call('POST', `/v1/webhooks/${hook.id}/deliveries/dlv_none/replay`)).json.code).toBe('delivery.unknown');
    const recovered = await api.call('POST', `/v1/webhooks/${hook.id}/recover`, {
      json: { since: new Date(Date.now() - 3_600_000).toISOString() },
    });
    expect([recovered.status, recovered.json]).toEqual([202, { replayed: 0 }]);
    const early = await api.call('POST', `/v1/webhooks/${hook.id}/recover`, { json: { since: '2001-01-01' } });
    expect([early.status, early.json.pointer]).toEqual([422, '/since']);
    await api.call('PATCH', `/v1/webhooks/${hook.id}`, { json: { enabled: false } });
    const disabled = await api.call('POST', `/v1/webhooks/${hook.id}/recover`, { json: { since: new Date().toISOString() } });
    expect([disabled.status, disabled.json.code]).toEqual([409, 'endpoint.disabled']);
  });

  it('of a job is signed with the secret of the tenant', async () => {
    const { json } = await api.call('GET', '/v1/callback-secrets');
    expect(json.secrets).toEqual([expect.stringMatching(/^whsec_/)]);
    const other = await api.key(['admin'], { tenant: 'other' });
    expect((await api.call('GET', '/v1/callback-secrets', { token: other })).json).not.toEqual(json);
  });
});

describe('a key', () => {
  it('is shown once, works, and is over when it is revoked', async () => {
    const made = await api.call('POST', '/v1/keys', { json: { name: 'shop', scopes: ['read', 'submit'], expiresAt: '2099-01-01' } });
    expect(made.json).toMatchObject({
      scopes: ['submit', 'read'],
      expiresAt: '2099-01-01T00:00:00.000Z',
      token: expect.stringMatching(/^platen_/),
    });
    const token = String(made.json.token);
    expect((await api.call('GET', '/v1/jobs', { token })).status).toBe(200);
    const listed = await api.call('GET', '/v1/keys');
    expect(listed.text).not.toContain(token.split('_')[2] ?? '');
    expect(listed.text).not.toMatch(/digest/i);
    expect((listed.json.items as { keyId: string }[]).map(({ keyId }) => keyId)).toContain(made.json.keyId);
    expect((await api.call('DELETE', `/v1/keys/${made.json.keyId}`)).status).toBe(204);
    expect((await api.call('GET', '/v1/jobs', { token })).status).toBe(401);
  });

  it('belongs to the tenant of who made it, whatever is asked', async () => {
    const answer = await api.call('POST', '/v1/keys', { json: { name: 'x', scopes: ['read'], tenant: 'other' } });
    expect(answer.json.errors).toMatchObject([{ pointer: '/tenant' }]);
    const other = await api.key(['admin'], { tenant: 'third' });
    expect((await api.call('GET', '/v1/keys', { token: other })).json.items).toHaveLength(1);
  });

  it('opens its page to browsers at once', async () => {
    const origin = 'https://new.example';
    const ask = (): Promise<Answer> =>
      api.call('OPTIONS', '/v1/checks', { token: null, headers: { origin, 'access-control-request-method': 'POST' } });
    expect((await ask()).status).toBe(403);
    await api.call('POST', '/v1/keys', { json: { name: 'page', scopes: ['preview'], origins: [`${origin}/`] } });
    expect((await ask()).status).toBe(204);
    expect((await api.call('POST', '/v1/keys', { json: { name: 'page', scopes: ['preview'], origins: ['*'] } })).json.code).toBe(
      'key.invalid',
    );
  });

  it('tells when it was last used, to the minute', async () => {
    const made = await api.call('POST', '/v1/keys', { json: { name: 'used', scopes: ['read'] } });
    await api.call('GET', '/v1/jobs', { token: String(made.json.token) });
    const { items } = (await api.call('GET', '/v1/keys')).json as { items: { keyId: string; lastUsedAt: string | null }[] };
    expect(items.find(({ keyId }) => keyId === made.json.keyId)?.lastUsedAt).toEqual(expect.any(String));
  });
});
