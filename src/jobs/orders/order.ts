import { z } from 'zod';
import { LANES } from '../job.ts';

const text = (most: number) => z.string().min(1).max(most);

const answer = z.union([z.string().max(10_000), z.number(), z.boolean(), z.array(z.string().max(10_000)).max(400)]);

/** What a customer chose, by the names the shop uses. */
export const answersSchema = z.record(text(200), answer);

/** What the business knows: {"customer": {"firstName": "Ana"}}. Designs read what they declare of it. */
const dataSchema = z.record(text(200), z.unknown());

const lineSchema = z
  .strictObject({
    line: text(200).describe('Id of the line in the order: with source and reference it names the line for ever'),
    quantity: z.int().min(1).max(1_000_000).default(1),
    spec: z.record(z.string(), z.unknown()).optional().describe('A whole design spec'),
    design: text(64).optional().describe('Id of a design, filled with `fields`'),
    fields: answersSchema.optional(),
    data: dataSchema.optional().describe('Business data of this line, before that of the order'),
    metadata: z.record(text(100), z.string().max(1000)).default({}),
  })
  .refine(({ spec, design }) => (spec === undefined) !== (design === undefined), {
    error: 'expected either a spec or a design with fields',
  });

/** An order as any shop can tell it: one job per line. */
export const orderSchema = z
  .strictObject({
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{0,99}$/)
      .default('api')
      .describe('Which shop or system the order is from'),
    reference: text(200).describe('Number of the order there'),
    cancelled: z.boolean().default(false).describe('Called off: lines that wait are stopped, finished ones are reported'),
    updatedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When the order last changed, by the clock of the shop: a message older than the last one seen changes nothing'),
    lane: z.enum(LANES).default('interactive'),
    callbackUrl: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    metadata: z.record(text(100), z.string().max(1000)).default({}),
    data: dataSchema.optional().describe('Business data that designs read: {"customer": {"firstName": "Ana"}, "language": "de"}'),
    lines: z.array(lineSchema).min(1).max(500),
  })
  .refine(({ lines }) => new Set(lines.map(({ line }) => line)).size === lines.length, {
    path: ['lines'],
    error: 'expected every line once, got an id twice',
  })
  .meta({ id: 'Order' });

export type Order = z.output<typeof orderSchema>;
export type OrderLine = Order['lines'][number];

/** Of a shop that also tells which lines are gone from it, or else which are left: lines of ours that are not among them are gone. */
export type ShopLinesOrder = Order & { readonly removed?: readonly string[]; readonly left?: readonly string[] };
