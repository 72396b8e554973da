import { z } from 'zod';
import { findingSchema } from '../../../model/finding.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { id } from '../schemas/fields.ts';
import { answersField, dataField } from '../schemas/subject-schema.ts';

const TAG = 'Catalogue';

const soFar = { answers: answersField.default({}), data: dataField.default({}) } as const;
const plain = z.record(z.string(), z.unknown());

const formField = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    label: z.string(),
    help: z.string().optional(),
    group: z.string().optional(),
    shown: z.boolean(),
    required: z.boolean(),
    value: z.unknown().describe('The answer as it was understood, or the default'),
    options: z
      .array(
        z.strictObject({
          id: z.string(),
          label: z.string(),
          colour: z.string().optional(),
          picture: z.string().optional(),
          price: plain.optional(),
          available: z.boolean(),
        }),
      )
      .optional(),
    limits: plain,
    price: plain.optional(),
  })
  .meta({ id: 'FormField' });

/** The form of a design in a storefront: asked again after every answer, it shows and hides fields as the design says. */
export const designForm = route({
  id: 'designForm',
  method: 'post',
  path: '/v1/designs/{id}/form',
  tag: TAG,
  summary: 'The form of a design',
  description: 'Fields in order, their texts in one language, and what is shown, required and to be had after the answers so far.',
  access: ['preview', 'read', 'submit'],
  rate: 'preview',
  params: z.strictObject({ id }),
  body: z
    .strictObject({ ...soFar, language: z.string().max(35).optional().describe('BCP 47; default: that of the data, else of the design') })
    .meta({ id: 'FormRequest' }),
  answers: { 200: { description: 'The fields', schema: z.strictObject({ fields: z.array(formField) }).meta({ id: 'Form' }) } },
  problems: ['design.unknown', 'input.invalid'],
  handle: async ({ params, body, parts }) =>
    json(200, { fields: await parts.designs.form(params.id, body.answers, body.data, body.language) }),
});

const decision = z.strictObject({
  rule: z.string(),
  chose: z.string().nullable(),
  set: plain,
  looked: plain.describe('Values the rule looked at'),
});

/** What a design becomes; also when it cannot become anything yet. */
export const fillDesign = route({
  id: 'fillDesign',
  method: 'post',
  path: '/v1/designs/{id}/fill',
  tag: TAG,
  summary: 'Fill a design',
  description: 'The design spec that answers and data make, all that is wrong with them, and which rule chose what. Nothing is rendered.',
  access: ['preview', 'submit'],
  rate: 'preview',
  params: z.strictObject({ id }),
  body: z
    .strictObject({ ...soFar, sample: z.boolean().optional().describe('Take what is missing from the first example') })
    .meta({ id: 'FillRequest' }),
  answers: {
    200: {
      description: 'The spec, or the findings that stand in its way',
      schema: z
        .strictObject({
          spec: plain.nullable().describe('Null while a finding is an error'),
          findings: z.array(findingSchema.meta({ id: 'Finding' })),
          answers: plain.describe('As they were understood'),
          aside: plain.describe('Answers that no shown field takes'),
          decisions: z.array(decision),
        })
        .meta({ id: 'FilledDesign' }),
    },
  },
  problems: ['design.unknown', 'input.invalid'],
  handle: async ({ params, body, parts }) =>
    json(200, await parts.designs.fill(params.id, body.answers, body.data, { sample: body.sample })),
});
