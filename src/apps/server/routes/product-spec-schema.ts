import { z } from 'zod';
import { designSpecSchema } from '../../../model/design-spec.ts';
import type { Product } from '../../../model/product.ts';

/** JSON Schema of the design specs for one product: its id, options, placements and methods are the only ones allowed. */
export const productSpecSchema = (product: Product): Readonly<Record<string, unknown>> => {
  const { $schema, $defs, ...spec } = z.toJSONSchema(designSpecSchema, { io: 'input' });
  return {
    $schema,
    title: `Design spec for ${product.name}`,
    allOf: [spec],
    type: 'object',
    required: ['product'],
    properties: {
      product: { const: product.id },
      variant: { type: 'object', additionalProperties: false, properties: Object.fromEntries(product.options.map(optionSchema)) },
      placements: { type: 'array', items: { anyOf: product.placements.map(placementSchema) } },
      ...(product.components.length === 0
        ? {}
        : { components: { type: 'object', propertyNames: { enum: product.components.map((component) => component.id) } } }),
    },
    $defs,
  };
};

const optionSchema = ({ id, label, values }: Product['options'][number]) =>
  [id, { title: label, enum: values.map((value) => value.id) }] as const;

const placementSchema = ({ id, label, methods }: Product['placements'][number]) => ({
  title: label,
  type: 'object',
  required: ['placement'],
  properties: { placement: { const: id }, method: { enum: Object.keys(methods) } },
});
