import { z } from 'zod';
import { LANES } from '../job.ts';

const text = z.string().min(1).max(500);

const ruleSchema = z
  .strictObject({
    sku: text.describe('Stock keeping unit of the line; * stands for anything'),
    design: text.optional().describe('Design that is filled; without it the line must name one'),
    fields: z.record(text, text).default({}).describe('Name the shop uses for an answer -> field of the design'),
    constants: z.record(text, z.string()).default({}).describe('Field of the design -> its value for these articles'),
  })
  .meta({ id: 'ConnectionRule' });

/** One shop whose orders come in by its own webhooks, and how its articles map to designs. */
export const connectionSchema = z
  .strictObject({
    source: z.enum(['shopify', 'woocommerce']),
    shop: text.describe('How the shop names itself in its webhooks: my-shop.myshopify.com, or https://shop.example/'),
    tenant: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
    secretEnv: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .describe(
        'Environment variable with the secret that signs its webhooks; several secrets, separated by spaces, while one is replaced',
      ),
    makeWhen: z.enum(['paid', 'created']).default('paid').describe('Which orders are made'),
    lane: z.enum(LANES).default('interactive'),
    callbackUrl: z.url({ protocol: /^https?$/ }).optional(),
    designProperty: text.default('_platen_design').describe('Property of a line that names its design'),
    rules: z.array(ruleSchema).default([]).describe('The first whose sku fits a line is its rule'),
  })
  .meta({ id: 'Connection' });

export const connectionsSchema = z
  .strictObject({ $schema: z.string().optional(), connections: z.array(connectionSchema) })
  .refine(({ connections }) => new Set(connections.map(nameOf)).size === connections.length, {
    path: ['connections'],
    error: 'expected every shop once, got one twice',
  })
  .meta({ id: 'Connections', title: 'Platen connections' });

export type Connection = z.output<typeof connectionSchema>;
export type ConnectionRule = z.output<typeof ruleSchema>;

/** Shops are told apart without regard to case and a slash at the end. */
export const shopName = (text_: string): string => text_.trim().toLowerCase().replace(/\/+$/, '');

const nameOf = ({ source, shop }: { readonly source: string; readonly shop: string }): string => `${source} ${shopName(shop)}`;

export const findConnection = (connections: readonly Connection[], source: Connection['source'], shop: string): Connection | undefined =>
  connections.find((one) => one.source === source && shopName(one.shop) === shopName(shop));

/** The rule of an article: the first whose pattern fits the whole sku. */
export const ruleFor = ({ rules }: Connection, sku: string): ConnectionRule | undefined => rules.find((rule) => fits(rule.sku, sku));

/** Stars stand for any run of characters; each part is looked for from left to right, so no pattern is slow. */
const fits = (pattern: string, sku: string): boolean => {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return sku === pattern;
  const last = rest.pop() ?? '';
  if (!sku.startsWith(first) || !sku.endsWith(last) || sku.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = sku.indexOf(part, at);
    if (found < 0 || found + part.length > sku.length - last.length) return false;
    at = found + part.length;
  }
  return true;
};
