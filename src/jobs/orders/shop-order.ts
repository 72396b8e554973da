import { type Connection, shopName } from './connection.ts';
import type { ShopLinesOrder } from './order.ts';
import type { MappedLine } from './shop-line.ts';

/** An order as a shop system tells it, its lines mapped to designs. */
export type ShopOrder = {
  readonly reference: string;
  /** What people call it: "#1001". */
  readonly name: string;
  readonly cancelled: boolean;
  readonly paid: boolean;
  /** When it last changed, by the clock of the shop. */
  readonly updatedAt: string | undefined;
  /** What the shop knows of the customer and the order, in our words. */
  readonly data: ShopData;
  readonly lines: readonly MappedLine[];
  /** Lines of which nothing is left. */
  readonly removed: readonly string[];
  /** All lines there are, when the shop does not tell of those that are gone. */
  readonly left?: readonly string[];
};

/** Business data as every shop tells it: what is not known is left out. */
export type ShopData = {
  readonly customer: Readonly<Record<string, string>>;
  readonly shipping: Readonly<Record<string, string>>;
  readonly shop: Readonly<Record<string, string>>;
  readonly language?: string;
};

/** Only what is known, as text. */
export const known = (facts: Readonly<Record<string, string | number | null | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );

/** What to accept of it; undefined when it waits for money or has nothing for us to make or to stop. */
export const acceptableOrder = (order: ShopOrder, connection: Connection): ShopLinesOrder | undefined => {
  if (!order.cancelled && connection.makeWhen === 'paid' && !order.paid) return undefined;
  const lines = order.lines.flatMap((mapped) => (mapped.kind === 'make' ? [mapped.line] : []));
  if (lines.length === 0 && order.removed.length === 0 && order.left === undefined) return undefined;
  return {
    source: sourceOf(connection),
    reference: order.reference,
    cancelled: order.cancelled,
    ...(order.updatedAt === undefined ? {} : { updatedAt: order.updatedAt }),
    lane: connection.lane,
    ...(connection.callbackUrl === undefined ? {} : { callbackUrl: connection.callbackUrl }),
    metadata: { order: order.name, shop: connection.shop },
    data: { ...order.data, shop: { ...order.data.shop, name: connection.shop } },
    lines,
    removed: order.removed,
    ...(order.left === undefined ? {} : { left: order.left }),
  };
};

/** A time as shops write it, as ours; undefined for none, and for what is no time. */
export const momentOf = (text: string | null | undefined): string | undefined => {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};

/** Two shops of one tenant may number their orders alike. */
const sourceOf = ({ source, shop }: Connection): string =>
  `${source}.${shopName(shop)
    .replace(/^https?:\/\//, '')
    .replace(/[^a-z0-9.]+/g, '-')}`.slice(0, 100);
