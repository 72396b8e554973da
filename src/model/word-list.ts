import { z } from 'zod';
import { recordId } from './design-field.ts';
import { migrate, type RecordVersion } from './migrate.ts';
import { parseWith } from './parse.ts';

const words = z.array(z.string().trim().min(1).max(200)).max(20_000).default([]);

const VERSION: RecordVersion = { what: 'word list', field: 'version', current: 1, migrations: [] };

/**
 * Words and phrases that customers may not have printed, by language (BCP 47). Small and capital letters, accents, spacing and disguises
 * do not matter; a `*` at an end stands for any letters.
 */
export const wordListSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id: recordId,
    name: z.string().min(1).max(200),
    source: z.string().max(1000).optional().describe('Where the words are from, and under which licence'),
    languages: z.record(
      z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/),
      z.strictObject({
        refuse: words.describe('Refused'),
        hold: words.describe('For a person to look at: names, double meanings'),
        innocent: words.describe('Harmless in this language whatever other lists say of them: words and phrases'),
      }),
    ),
  })
  .meta({ id: 'WordList', title: 'Platen word list' });

export type WordList = z.output<typeof wordListSchema>;

/** Unknown data to a word list. @throws InvalidInput with every mistake */
export const parseWordList = (input: unknown): WordList => parseWith(wordListSchema, migrate(input, VERSION), VERSION.what);
