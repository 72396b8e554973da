import { z } from 'zod';
import { parseJson } from '../../../intake/json-text.ts';
import { type Connection, findConnection } from '../../../jobs/orders/connection.ts';
import { acceptableOrder, type ShopOrder } from '../../../jobs/orders/shop-order.ts';
import { isSignedByShop } from '../../../jobs/orders/shop-signature.ts';
import { readShopifyOrder } from '../../../jobs/orders/shopify.ts';
import { readWooCommerceOrder } from '../../../jobs/orders/woocommerce.ts';
import { json, type Reply } from '../http/reply.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { type Call, type Conversation, type Route, route, type Upload } from '../route.ts';
import { ORDERS_TAG, orderAnswer, takeOrder } from './orders.ts';

/** How a shop system wraps its orders. */
type ShopSystem = {
  readonly source: Connection['source'];
  readonly summary: string;
  readonly shopHeader: string;
  readonly signatureHeader: string;
  readonly topicHeader: string;
  readonly isOrder: (topic: string) => boolean;
  readonly read: (payload: unknown, connection: Connection) => ShopOrder;
};

const SYSTEMS: readonly ShopSystem[] = [
  {
    source: 'shopify',
    summary: 'Webhook of a Shopify shop',
    shopHeader: 'x-shopify-shop-domain',
    signatureHeader: 'x-shopify-hmac-sha256',
    topicHeader: 'x-shopify-topic',
    isOrder: (topic) => /^orders\/(?:create|paid|updated|edited|cancelled)$/.test(topic),
    read: readShopifyOrder,
  },
  {
    source: 'woocommerce',
    summary: 'Webhook of a WooCommerce shop',
    shopHeader: 'x-wc-webhook-source',
    signatureHeader: 'x-wc-webhook-signature',
    topicHeader: 'x-wc-webhook-topic',
    isOrder: (topic) => /^order\.(?:created|updated|restored)$/.test(topic),
    read: readWooCommerceOrder,
  },
];

const ignored = z.strictObject({ ignored: z.string().describe('Why there was nothing to do') }).meta({ id: 'OrderIgnored' });
const headerText = z.string().max(500).optional();

type ShopCall = Call<unknown, unknown, Readonly<Record<string, string | undefined>>, Upload>;

/** The signed bytes, whole. */
const bytesOf = async ({ chunks }: Upload): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
};

/** The shop that sent it. An unknown shop and a wrong signature get one answer: who asks learns nothing of either. */
const signedConnection = (system: ShopSystem, body: Uint8Array, { headers, parts }: ShopCall): Connection => {
  const connections = parts.connections ?? [];
  const shop = headers[system.shopHeader] ?? '';
  const connection = findConnection(
    connections.map((one) => one.connection),
    system.source,
    shop,
  );
  const secrets = connections.find((one) => one.connection === connection)?.secrets ?? ['nobody'];
  const signed = isSignedByShop(body, headers[system.signatureHeader], secrets);
  if (connection && signed) return connection;
  throw new HttpProblem('auth.invalid', 'expected a webhook signed by a connected shop, got another one');
};

const NOTHING = 'nothing to make: not paid yet, or nothing personal about it';

const receive = async (system: ShopSystem, call: ShopCall & Conversation): Promise<Reply> => {
  const body = await bytesOf(call.body);
  const topic = call.headers[system.topicHeader] ?? '';
  // What WooCommerce sends to see whether anybody listens: unsigned, and not JSON.
  if (call.body.mediaType === 'application/x-www-form-urlencoded') return json(200, { ignored: 'a ping' });
  const connection = signedConnection(system, body, call);
  if (!system.isOrder(topic)) return json(200, { ignored: `the topic ${JSON.stringify(topic)} is about no order` });
  const payload = parseJson(new TextDecoder().decode(body));
  const order = acceptableOrder(system.read(payload, connection), connection);
  if (!order) return json(200, { ignored: NOTHING });
  const outcomes = await takeOrder(connection.tenant, order, call);
  return json(200, outcomes.lines.length === 0 ? { ignored: NOTHING } : outcomes);
};

/** One address for each shop system. */
export const INBOUND_ROUTES: readonly Route[] = SYSTEMS.map((system) =>
  route({
    id: `inbound-${system.source}`,
    method: 'post',
    path: `/v1/inbound/${system.source}`,
    tag: ORDERS_TAG,
    summary: system.summary,
    description: `Takes order webhooks as they are. The shop is known by ${system.shopHeader} and proven by the signature over the raw body in ${system.signatureHeader}; no key is asked.`,
    access: 'signed',
    rate: 'submit',
    headers: z.object({ [system.shopHeader]: headerText, [system.signatureHeader]: headerText, [system.topicHeader]: headerText }),
    streams: {
      'application/json': { description: 'The order as the shop tells it', maxBytes: ({ maxBodyBytes }) => maxBodyBytes },
      'application/x-www-form-urlencoded': { description: 'A ping', maxBytes: () => 10_000 },
    },
    answers: { 200: { description: 'What became of each line, or why there was nothing to do', schema: z.union([orderAnswer, ignored]) } },
    problems: ['auth.invalid', 'input.invalid', 'quota.jobs', 'ledger.full'],
    receive: (call) => receive(system, call),
  }),
);
