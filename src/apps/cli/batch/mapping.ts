import { z } from 'zod';
import { parseJson } from '../../../intake/json-text.ts';
import { parseWith } from '../../../model/parse.ts';

const text = z.string().max(500);

const fullSchema = z.strictObject({
  $schema: z.string().optional(),
  columns: z
    .record(text, text)
    .default({})
    .describe('Name in the table -> what it is: a field, data.…, order.…, variant.…, or - for nothing'),
  constants: z.record(text, text).default({}).describe('What every row has, by the same names: {"sport": "football"}'),
});

const shortSchema = z.record(text, text);

/** How the columns of a table are to be understood. */
export type Mapping = { readonly columns: Readonly<Record<string, string>>; readonly constants: Readonly<Record<string, string>> };

export const NO_MAPPING: Mapping = { columns: {}, constants: {} };

/** `{"Shirt no.": "number"}`, or the same in `columns` with `constants` beside it. @throws InvalidInput, Problem `json.…` */
export const parseMapping = (json: string): Mapping => {
  const value = parseJson(json);
  const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  const isFull = keys.some(([key, one]) => (key === 'columns' || key === 'constants') && typeof one === 'object');
  if (!isFull) return { columns: parseWith(shortSchema, value, 'mapping of columns'), constants: {} };
  const { columns, constants } = parseWith(fullSchema, value, 'mapping of columns');
  return { columns, constants };
};
