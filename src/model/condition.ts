import { z } from 'zod';

/** A name of an answer, of something a rule chose, or a path into the data: "engraving", "customer.address.city". */
export const pathText = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/, { error: () => 'expected a name or a path such as "customer.firstName"' });

const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);
const bound = z.union([z.number(), z.string().max(40)]);

/** One test of one value. Texts are compared without regard to case and outer spaces; dates as ISO text; a list passes when one item does. */
const test = z
  .strictObject({
    of: pathText,
    is: scalar.optional(),
    not: scalar.optional(),
    in: z.array(scalar).min(1).max(5000).optional(),
    notIn: z.array(scalar).min(1).max(5000).optional(),
    given: z.boolean().optional().describe('true: there is a value that is not empty; false: there is none'),
    atLeast: bound.optional(),
    atMost: bound.optional(),
    above: bound.optional(),
    below: bound.optional(),
    like: z.string().max(200).optional().describe('The whole text, * standing for anything: "*@example.org"'),
    contains: scalar.optional().describe('Part of a text, or an item of a list'),
    longerThan: z.int().min(0).optional().describe('Characters of a text, items of a list'),
    shorterThan: z.int().min(1).optional(),
    between: z
      .tuple([z.string().regex(/^\d{2}-\d{2}$/), z.string().regex(/^\d{2}-\d{2}$/)])
      .optional()
      .describe('A date from one day of the year to another, both included, over the turn of the year too: ["12-01", "01-06"]'),
  })
  .refine((one) => Object.keys(one).length > 1, { error: 'expected a test beside "of": is, not, in, notIn, given, atLeast, like …' });

/** Every test beside `of` must pass. A value that is missing passes none but `given: false`, `not` and `notIn`. */
export type Test = z.output<typeof test>;

/** Tests joined by all, any and not. Data, never code: nothing of an answer or a record is ever run. */
export type Condition =
  | Test
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const conditions = z
  .array(z.lazy(() => conditionSchema))
  .min(1)
  .max(200);

export const conditionSchema: z.ZodType<Condition> = z
  .union(
    [
      test,
      z.strictObject({ all: conditions }),
      z.strictObject({ any: conditions }),
      z.strictObject({ not: z.lazy(() => conditionSchema) }),
    ],
    { error: () => 'expected a condition: {"of": path, "is": value}, {"all": […]}, {"any": […]} or {"not": …}' },
  )
  .meta({ id: 'Condition' });
