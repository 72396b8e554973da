import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { sizeMm } from './length.ts';
import { hexColour } from './paint.ts';

export const recordId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: () => 'expected an id of small letters, digits and hyphens' });

/** Fields are named in texts and conditions, so their names have no dots. */
export const fieldId = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, { error: () => 'expected a name of letters, digits, _ and -, beginning with a letter' });

/** One text for all, or one per language (BCP 47): {"en": "Name", "de": "Name", "fr": "Prénom"}. */
export const wordingSchema = z
  .union([z.string().min(1).max(2000), z.record(z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/), z.string().min(1).max(2000))])
  .meta({ id: 'Wording' });
export type Wording = z.output<typeof wordingSchema>;

/** Passed through to the storefront: Platen does no sums with money. */
const price = z.record(z.string(), z.unknown()).optional().describe('For the storefront; passed through unread');

/** Something to choose. `value` is what `{{field}}` stands for; left out, the id. */
export const optionSchema = z
  .strictObject({
    id: z.string().min(1).max(100),
    label: wordingSchema.optional(),
    value: z.json().optional(),
    colour: hexColour.optional().describe('For the swatch in the storefront; of a colour field also its value'),
    picture: z.string().max(2000).optional(),
    price,
    when: conditionSchema.optional().describe('Offered only then: {"of": "variant.size", "in": ["L", "XL"]}'),
  })
  .meta({ id: 'DesignOption' });
export type DesignOption = z.output<typeof optionSchema>;

const optionList = z.array(optionSchema).min(1).max(5000);
/** The options themselves, or the name of a set that several designs share (`templates/option-sets/<id>/option-set.json`). */
const options = z.union([optionList, z.strictObject({ set: recordId })]);

const common = {
  id: fieldId,
  label: wordingSchema,
  help: wordingSchema.optional(),
  group: wordingSchema.optional().describe('Heading of the form it stands under'),
  required: z
    .union([z.boolean(), conditionSchema])
    .default(true)
    .describe('Whether an answer must come when the field is shown and has no default'),
  when: conditionSchema.optional().describe('Shown only then; an answer to a field that is not shown is kept aside'),
  default: z.json().optional().describe('Taken when no answer came; a text may hold {{…}} of data: "{{customer.firstName}}"'),
  price,
} as const;

const textLimits = {
  minLength: z.int().min(0).default(0).describe('In characters as people count them'),
  maxLength: z.int().min(1).max(100_000).default(100),
  characters: z
    .union([
      z.enum(['any', 'letters', 'digits', 'letters-digits', 'latin', 'ascii', 'name']),
      z.strictObject({ only: z.string().min(1).max(500).describe('Every allowed character; a-z for a range, - last for itself') }),
    ])
    .default('any')
    .describe('name: letters of any script, marks, spaces, apostrophes, hyphens, full stops'),
  case: z.enum(['as-typed', 'upper', 'lower', 'title']).default('as-typed'),
  policy: z.boolean().default(true).describe('Whether the shop’s word lists apply'),
} as const;

/** Sets of numbers that rule books allow on jerseys; `any` is 0 to 99 with 00. */
export const NUMBER_RULES = [
  'any',
  'football-1-99',
  'nfhs-basketball',
  'ncaa-basketball',
  'fiba-basketball',
  '0-99',
  '1-99',
  '0-999',
] as const;

export const fieldSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('text'),
      ...common,
      ...textLimits,
      words: z.strictObject({ min: z.int().min(0).default(0), max: z.int().min(1).default(1000) }).optional(),
      numbers: z.enum(NUMBER_RULES).optional().describe('The text is a number of this set; leading zeros are kept'),
    }),
    z.strictObject({
      kind: z.literal('long-text'),
      ...common,
      ...textLimits,
      maxLength: z.int().min(1).max(100_000).default(2000),
      maxLines: z.int().min(1).max(2000).optional(),
    }),
    z.strictObject({
      kind: z.literal('number'),
      ...common,
      min: z.number().optional(),
      max: z.number().optional(),
      step: z.number().positive().optional(),
    }),
    z.strictObject({ kind: z.literal('date'), ...common, min: z.iso.date().optional(), max: z.iso.date().optional() }),
    z.strictObject({
      kind: z.literal('choice'),
      ...common,
      options,
      many: z
        .strictObject({ min: z.int().min(0).default(0), max: z.int().min(1).max(1000).default(1000) })
        .optional()
        .describe('Several may be chosen; the answer and {{field}} are lists'),
    }),
    z.strictObject({
      kind: z.literal('colour'),
      ...common,
      options: options.optional().describe('Colours to choose from'),
      palette: recordId.optional().describe('Or the swatches of a palette; {{field}} then is a swatch paint'),
      swatches: z.array(z.string()).min(1).max(2000).optional().describe('Of the palette, only these'),
      any: z.boolean().default(false).describe('Or any "#rrggbb"'),
    }),
    z.strictObject({
      kind: z.literal('font'),
      ...common,
      options: options.describe('Each id or value a family, or {family, weight, italic}'),
    }),
    z.strictObject({ kind: z.literal('clipart'), ...common, options: options.describe('Each value a source of the library') }),
    z.strictObject({
      kind: z.literal('photo'),
      ...common,
      print: z
        .strictObject({ width: sizeMm, height: sizeMm, minDpi: z.number().min(1).default(150) })
        .optional()
        .describe('The size it will be printed at: the storefront can tell at once when a photo is too small'),
    }),
    z.strictObject({
      kind: z.literal('photos'),
      ...common,
      min: z.int().min(0).default(1),
      max: z.int().min(1).max(400).default(100),
      print: z.strictObject({ width: sizeMm, height: sizeMm, minDpi: z.number().min(1).default(150) }).optional(),
    }),
    z.strictObject({ kind: z.literal('boolean'), ...common }),
    z.strictObject({
      kind: z.literal('monogram'),
      ...common,
      letters: z.strictObject({ min: z.int().min(1).max(5).default(1), max: z.int().min(1).max(5).default(3) }).prefault({}),
    }),
    z.strictObject({
      kind: z.literal('component'),
      ...common,
      component: z.string().min(1).max(64).describe('A component of the product'),
      choose: z.enum(['colour', 'material']),
      only: z.array(z.string()).min(1).max(500).optional().describe('Of what the product offers, only these'),
    }),
    z.strictObject({
      kind: z.literal('variant'),
      ...common,
      option: z.string().min(1).max(64).describe('An option of the product: size, colour'),
      only: z.array(z.string()).min(1).max(500).optional(),
    }),
    z.strictObject({ kind: z.literal('placement'), ...common, only: z.array(z.string()).min(1).max(100).optional() }),
    z.strictObject({ kind: z.literal('product'), ...common, only: z.array(recordId).min(1).max(500) }),
  ])
  .meta({ id: 'DesignField' });

/** What a customer may answer, with its limits. */
export type DesignField = z.output<typeof fieldSchema>;
