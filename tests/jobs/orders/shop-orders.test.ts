import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionsSchema, findConnection, ruleFor } from '../../../src/jobs/orders/connection.ts';
import { acceptableOrder } from '../../../src/jobs/orders/shop-order.ts';
import { isSignedByShop } from '../../../src/jobs/orders/shop-signature.ts';
import { readShopifyOrder } from '../../../src/jobs/orders/shopify.ts';
import { readWooCommerceOrder } from '../../../src/jobs/orders/woocommerce.ts';
import { InvalidInput, parseWith } from '../../../src/model/parse.ts';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/inbound/${name}.json`, import.meta.url), 'utf8'));

const { connections } = parseWith(
  connectionsSchema,
  {
    connections: [
      {
        source: 'shopify',
        shop: 'Paper-and-Mugs.myshopify.com',
        tenant: 'mugs',
        secretEnv: 'MUGS',
        rules: [{ sku: 'MUG-*', fields: { Title: 'song' } }],
      },
      {
        source: 'woocommerce',
        shop: 'https://shop.example',
        tenant: 'tags',
        secretEnv: 'TAGS',
        rules: [
          { sku: 'TAG-CROC-*', design: 'tag-initials', fields: { Initials: 'initials' }, constants: { material: 'croc' } },
          { sku: '*', design: 'anything' },
        ],
      },
    ],
  },
  'connections',
);
const connected = (source: 'shopify' | 'woocommerce', shop: string) => {
  const found = findConnection(connections, source, shop);
  if (!found) throw new Error(`expected a connection of ${shop}`);
  return found;
};
const mugs = connected('shopify', 'paper-and-mugs.myshopify.com');
const tags = connected('woocommerce', 'https://shop.example/');

describe('a Shopify order', () => {
  const order = readShopifyOrder(fixture('shopify-order-paid').body, mugs);

  it('becomes the lines that have something personal, under ids that never change', () => {
    expect(acceptableOrder(order, mugs)).toEqual({
      source: 'shopify.paper-and-mugs.myshopify.com',
      reference: '5512345678901',
      cancelled: false,
      updatedAt: '2026-05-04T13:30:00.000Z',
      lane: 'interactive',
      metadata: { order: '#1042', shop: 'Paper-and-Mugs.myshopify.com' },
      data: {
        customer: { id: '7012345678901', firstName: 'Zoë', lastName: 'Martin' },
        shipping: { firstName: 'Iñigo', lastName: 'Ruiz', city: 'Lyon', country: 'France', countryCode: 'FR', postcode: '69002' },
        shop: { orderName: '#1042', orderDate: '2026-05-04', currency: 'EUR', name: 'Paper-and-Mugs.myshopify.com' },
        language: 'fr-FR',
      },
      lines: [
        {
          line: '14112345678901',
          quantity: 2,
          design: 'song-mug',
          fields: { song: 'Our song', Artist: 'Zoë & Iñigo' },
          metadata: { sku: 'MUG-SONG-11', title: 'Song mug' },
        },
      ],
      removed: ['14112345678903'],
    });
  });

  it('waits for its money unless the shop wants it otherwise', () => {
    const unpaid = { ...order, paid: false };
    expect(acceptableOrder(unpaid, mugs)).toBeUndefined();
    expect(acceptableOrder(unpaid, { ...mugs, makeWhen: 'created' })?.lines).toHaveLength(1);
  });

  it('is passed on when it is called off, paid or not', () => {
    const body = { ...fixture('shopify-order-paid').body, cancelled_at: '2026-11-22T10:00:00Z', financial_status: 'refunded' };
    expect(acceptableOrder(readShopifyOrder(body, mugs), mugs)?.cancelled).toBe(true);
  });

  it('is refused with every wrong member named', () => {
    const read = () => readShopifyOrder({ id: {}, line_items: [{ id: 1, quantity: -1 }] }, mugs);
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow(/\/id.*\/line_items\/0\/quantity/s);
  });
});

describe('a Shopify order that shrinks', () => {
  const paid = fixture('shopify-order-paid').body;
  const first = paid.line_items[0];

  it('of which nothing is left on a line tells that the line is gone', () => {
    const body = { ...paid, line_items: [{ ...first, current_quantity: 0 }] };
    expect(acceptableOrder(readShopifyOrder(body, mugs), mugs)).toMatchObject({ cancelled: false, lines: [], removed: [String(first.id)] });
  });

  it('by a part of a line is made in the number that is left', () => {
    const body = { ...paid, line_items: [{ ...first, quantity: 3, current_quantity: 1 }] };
    expect(readShopifyOrder(body, mugs).lines).toMatchObject([{ line: { quantity: 1 } }]);
  });

  it.each(['refunded', 'voided'])('and is %s is called off, also when it is made before it is paid', (financial_status) => {
    const order = readShopifyOrder({ ...paid, financial_status }, mugs);
    for (const makeWhen of ['paid', 'created'] as const) expect(acceptableOrder(order, { ...mugs, makeWhen })?.cancelled).toBe(true);
  });
});

describe('a WooCommerce order', () => {
  it('takes design, fields and constants from the rule of the article and leaves plugins alone', () => {
    const order = acceptableOrder(readWooCommerceOrder(fixture('woocommerce-order-updated').body, tags), tags);
    expect(order?.source).toBe('woocommerce.shop.example');
    expect(order?.lines).toEqual([
      {
        line: '315',
        quantity: 1,
        design: 'tag-initials',
        fields: { initials: 'A.B.', foil: 'gold', material: 'croc' },
        metadata: { sku: 'TAG-CROC-BLACK', title: 'Leather tag' },
      },
    ]);
  });

  it('tells which lines are left of it, also those that have nothing personal', () => {
    const { body } = fixture('woocommerce-order-updated');
    const order = (line_items: readonly object[]) => acceptableOrder(readWooCommerceOrder({ ...body, line_items }, tags), tags);
    const [first] = body.line_items;
    expect(order([first, { ...first, id: 316, quantity: 0 }])).toMatchObject({ left: ['315', '316'], removed: ['316'] });
    expect(order([])).toMatchObject({ lines: [], left: [] });
  });

  it('tells when it last changed by the clock of the shop, in UTC', () => {
    const { body } = fixture('woocommerce-order-updated');
    const read = (date_modified_gmt: unknown) => readWooCommerceOrder({ ...body, date_modified_gmt }, tags).updatedAt;
    expect(read('2026-05-04T13:30:00')).toBe('2026-05-04T13:30:00.000Z');
    expect(read('2026-05-04T13:30:00Z')).toBe('2026-05-04T13:30:00.000Z');
    for (const none of [null, undefined, 'yesterday']) expect(read(none)).toBeUndefined();
  });

  it.each(['cancelled', 'refunded', 'failed', 'trash'])('with the status %s is called off', (status) => {
    const body = { ...fixture('woocommerce-order-updated').body, status };
    expect(acceptableOrder(readWooCommerceOrder(body, tags), tags)?.cancelled).toBe(true);
  });
});

describe('the rule of an article', () => {
  it('is the first that fits the whole sku', () => {
    expect(ruleFor(tags, 'TAG-CROC-RED')?.design).toBe('tag-initials');
    expect(ruleFor(tags, 'TAG-RED')?.design).toBe('anything');
    expect(ruleFor(mugs, 'PLAIN-MUG-1')).toBeUndefined();
  });

  it('fits as the same pattern of a regular expression would, however many stars there are', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 }), (sku, name) => {
        const pattern = new RegExp(`^${sku.split('*').join('.*')}$`);
        expect(ruleFor({ ...tags, rules: [{ sku, fields: {}, constants: {} }] }, name) !== undefined).toBe(pattern.test(name));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('connections', () => {
  it('name every shop once', () => {
    const twice = [connections[0], { ...connections[0], shop: 'PAPER-and-mugs.myshopify.com/' }];
    expect(() => parseWith(connectionsSchema, { connections: twice }, 'connections')).toThrow(/once/);
  });
});

describe("a shop's signature", () => {
  // Worked out with: printf '%s' "$BODY" | openssl dgst -sha256 -hmac hush -binary | base64
  const body = Buffer.from('{"id":1,"name":"Zoë"}');
  const signature = 'eZOK7QamRUr3fT2m8G5gvkS28GDxmZhbOm4P1cy9SRk=';

  it('fits its body and its secret only, also while a secret is replaced', () => {
    expect(isSignedByShop(body, signature, ['hush'])).toBe(true);
    expect(isSignedByShop(body, signature, ['new', 'hush'])).toBe(true);
    expect(isSignedByShop(Buffer.from('{"id":1, "name":"Zoë"}'), signature, ['hush'])).toBe(false);
    for (const secrets of [['other'], [], ['']]) expect(isSignedByShop(body, signature, secrets)).toBe(false);
    for (const wrong of [undefined, '', 'x', signature.slice(1), `${signature}AAAA`])
      expect(isSignedByShop(body, wrong, ['hush'])).toBe(false);
  });

  it('is never that of an empty secret', () => {
    expect(isSignedByShop(body, createHmac('sha256', '').update(body).digest('base64'), [''])).toBe(false);
  });
});
