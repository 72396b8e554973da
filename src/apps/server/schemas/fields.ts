import { z } from 'zod';

/** A whole number written in an address. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess((text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text), z.int().min(least).max(most));

export const yesOrNo = z.preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean());

/** RFC 3339 with a zone, or a day: in UTC. To milliseconds since 1970. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: () => 'expected a time such as 2026-03-01T12:00:00Z, or a day' })
  .transform((text) => Date.parse(text));

/** A list of words with commas between them, in one parameter. */
export const listOf = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.preprocess((text) => (typeof text === 'string' ? text.split(',', 50) : text), z.array(z.enum(words)).min(1));

export const timestamp = z.iso.datetime().describe('RFC 3339, UTC');

export const timestampOf = (ms: number): string => new Date(ms).toISOString();
export const maybeTimestampOf = (ms: number | null): string | null => (ms === null ? null : timestampOf(ms));

/** Ids of any kind: whether one exists, the ledger says. */
export const id = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, { error: () => 'expected an id' });

/** Text without control characters and without half characters: safe in headers, logs and rows. */
export const plainText = (longest: number, shortest = 1) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    // Not as a pattern: JSON Schema has no flags, and without one half characters could not be told from whole ones.
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), { error: 'expected text without control characters' });

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('sha256, lower-case hex');

/** Visible ASCII, as it stands in headers. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(IDEMPOTENCY_KEY, { error: () => 'expected 1 to 255 visible ASCII characters' })
    .optional()
    .describe(
      'Yours, one for each request: the same key and body give the same answer for a week. 422 with another body, 409 while the first runs',
    ),
});

export const preferHeader = {
  prefer: z.string().max(1000).optional().describe('`wait=N`: hold the answer back up to N seconds (25 at most) until there is news'),
} as const;

export const conditionalHeaders = z.object({
  'if-none-match': z.string().max(8000).optional().describe('ETag of what you have: 304 while it is still the newest'),
});

export const pageQuery = {
  limit: wholeNumber(1, 200).default(50).describe('Entries on a page'),
  cursor: z.string().max(500).optional().describe('From a `next` link; opaque, lives for a day'),
} as const;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable().describe('Address of the next page; null on the last one') });
