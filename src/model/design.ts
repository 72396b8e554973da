import { z } from 'zod';
import { conditionSchema, pathText } from './condition.ts';
import { fieldId, fieldSchema, optionSchema, recordId, wordingSchema } from './design-field.ts';
import { migrate, type RecordVersion } from './migrate.ts';
import { parseWith } from './parse.ts';

/** What a rule sets: names that texts, conditions and later rules read like answers. Texts may hold {{…}}. */
const chosen = z.record(fieldId, z.json());

/** One step of deciding what data means for the design. First case that fits wins; `split` shares the rest out by a stable hash. */
const ruleSchema = z
  .strictObject({
    id: recordId,
    note: z.string().max(500).optional().describe('Why, for those who read the explanation'),
    cases: z
      .array(z.strictObject({ id: recordId.optional(), when: conditionSchema, set: chosen }))
      .max(5000)
      .default([]),
    table: z
      .strictObject({
        keys: z.array(pathText).min(1).max(20).describe('Values that a row is found by; * in a row fits anything'),
        columns: z.array(fieldId).min(1).max(50).describe('Names that the row sets'),
        rows: z
          .array(
            z
              .array(z.union([z.string().max(2000), z.number(), z.boolean()]))
              .min(2)
              .max(70),
          )
          .min(1)
          .max(20_000),
      })
      .optional()
      .describe('Cases as rows of a table: keys first, then columns; `platen designs table` makes one of a CSV file'),
    split: z
      .strictObject({
        by: pathText.describe('What stays with a person: "customer.id"; the same value always gets the same share'),
        shares: z
          .array(z.strictObject({ id: recordId, share: z.number().positive(), set: chosen }))
          .min(2)
          .max(100),
      })
      .optional(),
    otherwise: chosen.optional(),
  })
  .refine((rule) => rule.cases.length > 0 || rule.table !== undefined || rule.split !== undefined || rule.otherwise !== undefined, {
    error: 'expected cases, a table, a split or otherwise',
  })
  .meta({ id: 'DesignRule' });
export type DesignRule = z.output<typeof ruleSchema>;

/** Business data that the design reads. What is not declared is not read: a slip of the pen is found at once. */
const datumSchema = z.strictObject({
  path: pathText,
  required: z.boolean().default(false),
  sample: z.json().optional().describe('Stands in for previews of the design itself'),
  note: z.string().max(500).optional(),
});

const exclusion = z.strictObject({
  when: conditionSchema,
  message: wordingSchema.describe('Why this cannot be had, as the customer reads it'),
  field: fieldId.optional().describe('Where to show it'),
});

const VERSION: RecordVersion = { what: 'design', field: 'version', current: 1, migrations: [] };

/**
 * A reusable layout with fields. `spec` is a design spec as JSON in which
 * - texts hold `{{name}}`, `{{customer.firstName | upper}}`; a text that is nothing but one `{{…}}` becomes the value itself, of its own kind;
 * - an item of a list with `"when": condition` is left out unless the condition holds;
 * - `{"each": "photos", "as": "photo", "use": …}` in a list stands for one item per value;
 * - `{"pick": [{"when": condition, "use": …}], "otherwise": …}` stands for the first that fits, anywhere.
 * What an answer or a record holds is never read as a template.
 */
export const designSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id: recordId,
    name: z.string().min(1).max(200),
    title: wordingSchema.optional().describe('As customers read it; default: the name'),
    description: z.string().max(5000).optional(),
    language: z.string().max(35).default('en').describe('Of wordings and formats when neither answers nor data say another'),
    product: recordId.describe('The product of the spec; with a field of kind product, the one it begins with'),
    fields: z.array(fieldSchema).max(500).default([]),
    data: z.array(datumSchema).max(500).default([]),
    rules: z.array(ruleSchema).max(500).default([]),
    exclusions: z.array(exclusion).max(500).default([]).describe('Combinations that cannot be had'),
    spec: z.record(z.string(), z.json()),
    examples: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(100),
          answers: z.record(z.string(), z.json()).default({}),
          data: z.record(z.string(), z.json()).default({}),
        }),
      )
      .max(100)
      .default([])
      .describe('Filled examples: tested with the library, shown in the gallery'),
  })
  .superRefine(({ fields, rules }, context) => {
    const seen = new Set<string>();
    for (const [i, { id }] of fields.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: ['fields', i, 'id'], message: 'expected every name once' });
      seen.add(id);
    }
    const ruleIds = new Set<string>();
    for (const [i, { id }] of rules.entries()) {
      if (ruleIds.has(id)) context.addIssue({ code: 'custom', path: ['rules', i, 'id'], message: 'expected every id once' });
      ruleIds.add(id);
    }
  })
  .meta({ id: 'Design', title: 'Platen design' });

export type Design = z.output<typeof designSchema>;

/** Unknown data to a design. Names within it are checked by `checkDesign` of personalize. @throws InvalidInput with every mistake */
export const parseDesign = (input: unknown): Design => parseWith(designSchema, migrate(input, VERSION), VERSION.what);

const SET_VERSION: RecordVersion = { what: 'option set', field: 'version', current: 1, migrations: [] };

/** Options that several designs share. */
export const optionSetSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id: recordId,
    name: z.string().min(1).max(200),
    options: z.array(optionSchema).min(1).max(5000),
  })
  .meta({ id: 'OptionSet', title: 'Platen option set' });
export type OptionSet = z.output<typeof optionSetSchema>;

/** @throws InvalidInput with every mistake */
export const parseOptionSet = (input: unknown): OptionSet => parseWith(optionSetSchema, migrate(input, SET_VERSION), SET_VERSION.what);
