import { z } from 'zod';
import { parseWith } from '../../model/parse.ts';
import type { Connection } from './connection.ts';
import { mapLine, type ShopLine } from './shop-line.ts';
import { known, momentOf, type ShopData, type ShopOrder } from './shop-order.ts';

const id = z.union([z.int(), z.string().min(1)]).transform(String);

const word = z.string().nullish();
const person = z.object({ first_name: word, last_name: word });

const orderSchema = z.object({
  id,
  name: z.string().optional(),
  updated_at: z.string().nullish(),
  cancelled_at: z.string().nullish(),
  financial_status: z.string().nullish(),
  created_at: z.string().nullish(),
  note: z.string().nullish(),
  currency: z.string().nullish(),
  customer_locale: z.string().nullish(),
  customer: person.extend({ id: id.nullish() }).nullish(),
  shipping_address: person.extend({ city: word, province: word, country: word, country_code: word, zip: word }).nullish(),
  line_items: z.array(
    z.object({
      id,
      sku: z.string().nullish(),
      title: z.string().nullish(),
      quantity: z.int().min(0),
      current_quantity: z.int().min(0).nullish(),
      properties: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) })).nullish(),
    }),
  ),
});

const PAID = new Set(['paid', 'partially_refunded']);
const MONEY_BACK = new Set(['refunded', 'voided']);

/**
 * An order of a Shopify webhook (`orders/create`, `orders/paid`, `orders/updated`, `orders/cancelled`).
 * Source: shopify.dev, Admin REST Order resource; only members that are read are checked.
 * @throws InvalidInput with every member that is not as expected
 */
export const readShopifyOrder = (payload: unknown, connection: Connection): ShopOrder => {
  const order = parseWith(orderSchema, payload, 'Shopify order');
  const [wanted, removed] = [
    order.line_items.filter((item) => quantityOf(item) > 0),
    order.line_items.filter((item) => quantityOf(item) === 0),
  ];
  const lines = wanted.map(
    (item): ShopLine => ({
      id: item.id,
      sku: item.sku ?? '',
      title: item.title ?? '',
      quantity: quantityOf(item),
      properties: new Map((item.properties ?? []).map(({ name, value }) => [name, value === null ? '' : String(value)])),
    }),
  );
  return {
    reference: order.id,
    name: order.name ?? order.id,
    cancelled: typeof order.cancelled_at === 'string' || MONEY_BACK.has(order.financial_status ?? ''),
    paid: PAID.has(order.financial_status ?? ''),
    updatedAt: momentOf(order.updated_at),
    data: dataOf(order),
    lines: lines.map((line) => mapLine(line, connection)),
    removed: removed.map((item) => item.id),
  };
};

const dataOf = (order: z.output<typeof orderSchema>): ShopData => {
  const { customer, shipping_address: to, customer_locale: locale } = order;
  const { first_name: firstName, last_name: lastName } = customer ?? to ?? {};
  return {
    customer: known({ id: customer?.id, firstName, lastName }),
    shipping: known({
      firstName: to?.first_name,
      lastName: to?.last_name,
      city: to?.city,
      region: to?.province,
      country: to?.country,
      countryCode: to?.country_code,
      postcode: to?.zip,
    }),
    shop: known({ orderName: order.name, orderDate: order.created_at?.slice(0, 10), note: order.note, currency: order.currency }),
    ...(locale ? { language: locale } : {}),
  };
};

/** What is left of it: an edited or partly refunded order keeps the number that was bought beside it. */
const quantityOf = ({
  quantity,
  current_quantity: left,
}: {
  readonly quantity: number;
  readonly current_quantity?: number | null | undefined;
}): number => left ?? quantity;
