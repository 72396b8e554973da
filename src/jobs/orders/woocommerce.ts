import { z } from 'zod';
import { parseWith } from '../../model/parse.ts';
import type { Connection } from './connection.ts';
import { mapLine, type ShopLine } from './shop-line.ts';
import { known, momentOf, type ShopData, type ShopOrder } from './shop-order.ts';

const id = z.union([z.int(), z.string().min(1)]).transform(String);

const word = z.string().nullish();
const person = z.object({ first_name: word, last_name: word, city: word, state: word, country: word, postcode: word });

const orderSchema = z.object({
  id,
  number: id.optional(),
  status: z.string(),
  date_created: word,
  customer_note: word,
  currency: word,
  customer_id: id.nullish(),
  billing: person.nullish(),
  shipping: person.nullish(),
  date_modified_gmt: z.string().nullish(),
  line_items: z.array(
    z.object({
      id,
      sku: z.string().nullish(),
      name: z.string().nullish(),
      quantity: z.int().min(0),
      meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).nullish(),
    }),
  ),
});

const PAID = new Set(['processing', 'completed']);
const CALLED_OFF = new Set(['cancelled', 'refunded', 'failed', 'trash']);

/**
 * An order of a WooCommerce webhook (`order.created`, `order.updated`).
 * Source: WooCommerce REST API v3, Order properties; only members that are read are checked.
 * @throws InvalidInput with every member that is not as expected
 */
export const readWooCommerceOrder = (payload: unknown, connection: Connection): ShopOrder => {
  const order = parseWith(orderSchema, payload, 'WooCommerce order');
  const lines = order.line_items
    .filter(({ quantity }) => quantity > 0)
    .map(
      (item): ShopLine => ({
        id: item.id,
        sku: item.sku ?? '',
        title: item.name ?? '',
        quantity: item.quantity,
        properties: new Map((item.meta_data ?? []).flatMap(({ key, value }) => (isPlain(value) ? [[key, String(value)] as const] : []))),
      }),
    );
  return {
    reference: order.id,
    name: order.number ?? order.id,
    cancelled: CALLED_OFF.has(order.status),
    paid: PAID.has(order.status),
    // In UTC, and without a letter that says so.
    updatedAt: momentOf(order.date_modified_gmt?.replace(/(?<!Z)$/, 'Z')),
    data: dataOf(order),
    lines: lines.map((line) => mapLine(line, connection)),
    // A line that is taken out leaves no trace in the order.
    left: order.line_items.map((item) => item.id),
    removed: order.line_items.filter(({ quantity }) => quantity === 0).map((item) => item.id),
  };
};

const dataOf = ({ billing, shipping, ...order }: z.output<typeof orderSchema>): ShopData => {
  // Goods that are fetched have no address to be sent to, and then its members are empty.
  const to = shipping?.city ? shipping : billing;
  return {
    customer: known({
      id: order.customer_id === '0' ? null : order.customer_id,
      firstName: billing?.first_name,
      lastName: billing?.last_name,
    }),
    shipping: known({
      firstName: to?.first_name,
      lastName: to?.last_name,
      city: to?.city,
      region: to?.state,
      countryCode: to?.country,
      postcode: to?.postcode,
    }),
    shop: known({
      orderName: order.number,
      orderDate: order.date_created?.slice(0, 10),
      note: order.customer_note,
      currency: order.currency,
    }),
  };
};

/** Plugins keep lists and objects of their own there: those are no answers. */
const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
