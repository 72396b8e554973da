import { z } from 'zod';
import { parseWith } from '../../model/parse.ts';
import type { Connection } from './connection.ts';
import { mapLine, type ShopLine } from './shop-line.ts';
import type { ShopOrder } from './shop-order.ts';

const id = z.union([z.int(), z.string().min(1)]).transform(String);

const orderSchema = z.object({
  id,
  name: z.string().optional(),
  cancelled_at: z.string().nullish(),
  financial_status: z.string().nullish(),
  line_items: z.array(
    z.object({
      id,
      sku: z.string().nullish(),
      title: z.string().nullish(),
      quantity: z.int().min(0),
      properties: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) })).nullish(),
    }),
  ),
});

const PAID = new Set(['paid', 'partially_refunded']);

/**
 * An order of a Shopify webhook (`orders/create`, `orders/paid`, `orders/updated`, `orders/cancelled`).
 * Source: shopify.dev, Admin REST Order resource; only members that are read are checked.
 * @throws InvalidInput with every member that is not as expected
 */
export const readShopifyOrder = (payload: unknown, connection: Connection): ShopOrder => {
  const order = parseWith(orderSchema, payload, 'Shopify order');
  const lines = order.line_items
    .filter(({ quantity }) => quantity > 0)
    .map(
      (item): ShopLine => ({
        id: item.id,
        sku: item.sku ?? '',
        title: item.title ?? '',
        quantity: item.quantity,
        properties: new Map((item.properties ?? []).map(({ name, value }) => [name, value === null ? '' : String(value)])),
      }),
    );
  return {
    reference: order.id,
    name: order.name ?? order.id,
    cancelled: typeof order.cancelled_at === 'string',
    paid: PAID.has(order.financial_status ?? ''),
    lines: lines.map((line) => mapLine(line, connection)),
  };
};
