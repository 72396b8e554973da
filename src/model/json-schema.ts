import { z } from 'zod';
import { designSchema, optionSetSchema } from './design.ts';
import { designSpecSchema } from './design-spec.ts';
import { manifestSchema } from './manifest.ts';
import { paletteSchema } from './palette.ts';
import { productSchema } from './product.ts';
import { shopSchema } from './shop.ts';
import { viewSchema } from './view.ts';
import { wordListSchema } from './word-list.ts';

/** JSON Schema (2020-12) of what people write and read, by file name, for editors: what may be left out is optional. */
export const jsonSchemas = (): Readonly<Record<string, unknown>> => ({
  'design-spec.schema.json': z.toJSONSchema(designSpecSchema, { io: 'input' }),
  'design.schema.json': z.toJSONSchema(designSchema, { io: 'input' }),
  'option-set.schema.json': z.toJSONSchema(optionSetSchema, { io: 'input' }),
  'product.schema.json': z.toJSONSchema(productSchema, { io: 'input' }),
  'shop.schema.json': z.toJSONSchema(shopSchema, { io: 'input' }),
  'palette.schema.json': z.toJSONSchema(paletteSchema, { io: 'input' }),
  'word-list.schema.json': z.toJSONSchema(wordListSchema, { io: 'input' }),
  'view.schema.json': z.toJSONSchema(viewSchema, { io: 'input' }),
  'manifest.schema.json': z.toJSONSchema(manifestSchema, { io: 'output' }),
});
