import { z } from 'zod';
import { parseJson } from '../../../intake/json-text.ts';
import { InvalidInput, mistakeText, parseWith } from '../../../model/parse.ts';
import { isProblem } from '../../../model/problem.ts';
import { type OrderRow, unreadable } from './order-row.ts';

const orderSchema = z.strictObject({
  reference: z.string().max(200).optional(),
  line: z.union([z.string().max(200), z.number().transform(String)]).optional(),
  quantity: z.int().min(1).max(1_000_000).optional(),
});

const answersSchema = z.strictObject({
  design: z.string().max(64).optional(),
  answers: z.record(z.string(), z.unknown()).default({}),
  data: z.record(z.string(), z.unknown()).default({}),
  variant: z.record(z.string(), z.string()).default({}),
  order: orderSchema.default({}),
});

const MAX_LINE_CHARS = 32 * 1024 * 1024;

const isSpec = (value: object): boolean => 'product' in value || 'placements' in value;

/** The order of a spec is read by the schema of specs; here it only names the row. */
const orderOfSpec = (spec: object): OrderRow['order'] => {
  const read = orderSchema.safeParse(Reflect.get(spec, 'order') ?? {});
  return read.success ? defined(read.data) : {};
};

const defined = ({ reference, line, quantity }: z.output<typeof orderSchema>): OrderRow['order'] => ({
  ...(reference === undefined ? {} : { reference }),
  ...(line === undefined ? {} : { line }),
  ...(quantity === undefined ? {} : { quantity }),
});

const rowOf = (text: string, row: number, design: string | undefined): OrderRow => {
  const value = parseJson(text, { maxDepth: 100, maxBytes: MAX_LINE_CHARS });
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return unreadable(row, {
      severity: 'error',
      code: 'row.kind',
      message: 'expected a design spec, or an object with a design and answers',
    });
  if (isSpec(value)) return { row, order: orderOfSpec(value), findings: [], content: { kind: 'spec', spec: value } };
  const { order, answers, data, variant, ...said } = parseWith(answersSchema, value, 'row');
  const id = said.design ?? design;
  if (id === undefined)
    return unreadable(row, { severity: 'error', code: 'row.design', message: 'expected a design in the row or by --design, got none' });
  return { row, order: defined(order), findings: [], content: { kind: 'answers', design: id, answers, data, variant } };
};

/** One JSON object a line; blank lines count but are no rows. A line that cannot be read fails alone. */
export const readNdjsonRows = (text: string, design: string | undefined): readonly OrderRow[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((line, i): readonly OrderRow[] => {
      if (line.trim() === '') return [];
      try {
        return [rowOf(line, i + 1, design)];
      } catch (error) {
        if (!isProblem(error)) throw error;
        const messages = error instanceof InvalidInput ? error.mistakes.map(mistakeText) : [error.message];
        return [{ ...unreadable(i + 1, { severity: 'error', code: error.code, message: messages.join('; ') }) }];
      }
    });
