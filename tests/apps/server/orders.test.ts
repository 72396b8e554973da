import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionsSchema } from '../../../src/jobs/orders/connection.ts';
import { parseWith } from '../../../src/model/parse.ts';
import { type Api, startApi } from './support/api-server.ts';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/inbound/${name}.json`, import.meta.url), 'utf8'));

const { connections } = parseWith(
  connectionsSchema,
  {
    connections: [
      { source: 'shopify', shop: 'paper-and-mugs.myshopify.com', tenant: 'mugs', secretEnv: 'MUGS' },
      { source: 'woocommerce', shop: 'https://shop.example', tenant: 'tags', secretEnv: 'TAGS', rules: [{ sku: 'TAG-*', design: 'tag' }] },
    ],
  },
  'connections',
);

const spec = (title: string) => ({
  version: 1,
  product: 'crew-tee',
  title,
  placements: [{ placement: 'front', method: 'dtg', layers: [] }],
});

describe('orders over HTTP', () => {
  let api: Api;
  let token: string;
  beforeAll(async () => {
    api = await startApi({ parts: () => ({ connections: connections.map((connection) => ({ connection, secrets: ['hush', 'older'] })) }) });
    token = await api.key(['submit', 'read']);
  });
  afterAll(() => api.close());

  const shopify = (body: string, secret = 'hush', more: Readonly<Record<string, string>> = {}) =>
    api.call('POST', '/v1/inbound/shopify', {
      token: null,
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-Shopify-Topic': 'orders/paid',
        'X-Shopify-Shop-Domain': 'paper-and-mugs.myshopify.com',
        'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
        ...more,
      },
    });

  it('become jobs that a person can follow, and only once', async () => {
    const order = { source: 'my-shop', reference: '77', lines: [{ line: '1', spec: spec('a') }] };
    const first = await api.call('POST', '/v1/orders', { token, json: order });
    expect(first.status).toBe(200);
    const [line] = first.json.lines as { outcome: string; jobId: string; link: string }[];
    expect(line?.outcome).toBe('accepted');
    const job = await api.call('GET', `/v1/jobs/${line?.jobId}`, { token });
    expect(job.json).toMatchObject({ state: 'queued', origin: { source: 'my-shop', reference: '77', line: '1' } });
    const again = await api.call('POST', '/v1/orders', { token, json: order });
    expect(again.json.lines).toEqual([{ ...line, outcome: 'repeated' }]);
  });

  it('with mistakes in the order itself are refused with a pointer for each', async () => {
    const answer = await api.call('POST', '/v1/orders', { token, json: { reference: '', lines: [{ line: '1' }], extra: 1 } });
    expect(answer.status).toBe(422);
    const pointers = (answer.json.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/reference', '/lines/0', '/extra']));
  });

  it('need a key that may submit', async () => {
    const reader = await api.key(['read']);
    const order = { reference: '1', lines: [{ line: '1', spec: spec('a') }] };
    expect((await api.call('POST', '/v1/orders', { token: reader, json: order })).status).toBe(403);
    expect((await api.call('POST', '/v1/orders', { token: null, json: order })).status).toBe(401);
  });

  it('of a shop are taken when its signature fits, and a missing design needs attention instead of a print', async () => {
    const body = JSON.stringify(fixture('shopify-order-paid').body);
    const answer = await shopify(body);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      source: 'shopify.paper-and-mugs.myshopify.com',
      reference: '5512345678901',
      lines: [{ line: '14112345678901', outcome: 'accepted', state: 'needs_attention' }],
    });
    const [line] = answer.json.lines as { jobId: string }[];
    const job = await api.parts.ledger.jobs.get('mugs', line?.jobId ?? '');
    expect(job?.problem?.code).toBe('design.unknown');
    expect(job?.spec).toMatchObject({ design: 'song-mug', fields: { Title: 'Our song' } });
    for (const secret of ['hush', 'older']) {
      const repeat = await shopify(body, secret);
      expect(repeat.json.lines).toMatchObject([{ outcome: 'repeated', jobId: line?.jobId }]);
    }
  });

  it('that a shop has cancelled are not brought back by an earlier webhook that comes late', async () => {
    const { body } = fixture('shopify-order-paid');
    const paid = JSON.stringify({ ...body, id: 77, updated_at: '2026-05-04T10:00:00Z' });
    const cancelled = JSON.stringify({ ...body, id: 77, updated_at: '2026-05-04T11:00:00Z', cancelled_at: '2026-05-04T11:00:00Z' });
    await shopify(paid);
    await shopify(cancelled, 'hush', { 'X-Shopify-Topic': 'orders/cancelled' });
    const late = await shopify(paid);
    expect(late.json.lines).toMatchObject([{ outcome: 'outdated' }]);
  });

  it('signed by nobody we know are refused alike, whether the shop is known or not', async () => {
    const body = JSON.stringify(fixture('shopify-order-paid').body);
    const wrong = await shopify(body, 'wrong');
    const unknown = await shopify(body, 'hush', { 'X-Shopify-Shop-Domain': 'other.myshopify.com' });
    const changed = await shopify(body, 'hush', {
      'X-Shopify-Hmac-Sha256': createHmac('sha256', 'hush').update(`${body} `).digest('base64'),
    });
    for (const answer of [wrong, unknown, changed]) {
      expect(answer.status).toBe(401);
      expect({ ...answer.json, requestId: '' }).toEqual({ ...wrong.json, requestId: '' });
    }
  });

  it('of other topics, unpaid ones and pings are acknowledged and left alone', async () => {
    const body = JSON.stringify(fixture('shopify-order-paid').body);
    expect((await shopify(body, 'hush', { 'X-Shopify-Topic': 'products/update' })).json).toHaveProperty('ignored');
    expect((await shopify(JSON.stringify({ ...JSON.parse(body), id: 9, financial_status: 'pending' }))).json).toHaveProperty('ignored');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const ping = await api.call('POST', '/v1/inbound/woocommerce', { token: null, body: 'webhook_id=5', headers });
    expect(ping.json).toEqual({ ignored: 'a ping' });
  });

  it('that are no orders are refused by name', async () => {
    const answer = await shopify('{"id":1,"line_items":"none"}');
    expect(answer.status).toBe(422);
    expect(answer.json.errors).toMatchObject([{ pointer: '/line_items' }]);
    expect((await shopify('not json')).status).toBe(400);
  });

  const wooCommerce = (order: object) => {
    const body = JSON.stringify(order);
    return api.call('POST', '/v1/inbound/woocommerce', {
      token: null,
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-WC-Webhook-Topic': 'order.updated',
        'X-WC-Webhook-Source': 'https://shop.example/',
        'X-WC-Webhook-Signature': createHmac('sha256', 'hush').update(body).digest('base64'),
      },
    });
  };

  it('of a WooCommerce shop come in the same way', async () => {
    const answer = await wooCommerce(fixture('woocommerce-order-updated').body);
    expect(answer.json.lines).toMatchObject([{ line: '315', outcome: 'accepted', state: 'needs_attention' }]);
  });

  it('of a WooCommerce shop lose the lines that are taken out of them', async () => {
    const { body } = fixture('woocommerce-order-updated');
    await wooCommerce({ ...body, id: 9 });
    const empty = await wooCommerce({ ...body, id: 9, line_items: [] });
    expect(empty.json.lines).toMatchObject([{ line: '315', outcome: 'stopped', state: 'cancelled' }]);
    expect((await wooCommerce({ ...body, id: 9, line_items: [] })).json).toHaveProperty('ignored');
  });
});
