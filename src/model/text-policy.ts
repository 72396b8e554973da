import { z } from 'zod';
import { recordId } from './design-field.ts';

const words = z.array(z.string().trim().min(1).max(200)).max(5000).default([]);

const approvalSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .describe('Asked by the service before a job is rendered; https, or http in an allowed private network'),
    timeoutSeconds: z.number().min(0.1).max(60).default(10),
    otherwise: z.enum(['hold', 'pass']).default('hold').describe('What happens to a job when no answer comes'),
  })
  .meta({ id: 'TextApproval' });

/** What a shop lets customers have printed. Words match as in a word list. */
export const textPolicySchema = z
  .strictObject({
    lists: z.array(recordId).max(20).default(['offensive']).describe('Word lists of the library; [] for none'),
    languages: z
      .union([z.literal('all'), z.array(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/)).max(100)])
      .default([])
      .describe('Languages of the lists that apply beside English and that of the order'),
    allow: words.describe('Words and phrases that are fine here, whatever the lists say'),
    block: words.describe('Further words that are refused'),
    hold: words.describe('Further words that a person looks at'),
    trademarks: words.describe('Names of others that the shop may not print: refused, with that as the reason'),
    mixedAlphabets: z
      .enum(['refuse', 'hold', 'allow'])
      .default('refuse')
      .describe('What becomes of a word with letters of two alphabets that look alike'),
    specs: z.boolean().default(false).describe('Whether texts of every spec are checked before it is made, not only answers'),
    approval: approvalSchema.optional().describe('Somebody else who has the last word'),
  })
  .meta({ id: 'TextPolicy' });

export type ShopTextPolicy = z.output<typeof textPolicySchema>;
export type TextApproval = z.output<typeof approvalSchema>;

/** What holds where a shop says nothing. */
export const STANDARD_TEXT_POLICY: ShopTextPolicy = textPolicySchema.parse({});
