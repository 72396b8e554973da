import { z } from 'zod';
import { designSpecSchema, parseDesignSpec } from '../../../model/design-spec.ts';
import { InvalidInput } from '../../../model/parse.ts';
import { isProblem } from '../../../model/problem.ts';

/** What today's schema reads without further ado. */
const PLAIN_VERSIONS: readonly unknown[] = [undefined, 1];

/** Older specs become what the schema knows, by the model's own steps; newer ones are refused here. */
const upToDate = (raw: unknown, context: z.core.$RefinementCtx): unknown => {
  if (PLAIN_VERSIONS.includes(Reflect.get(Object(raw), 'version'))) return raw;
  try {
    return parseDesignSpec(raw);
  } catch (error) {
    if (!isProblem(error)) throw error;
    // What is wrong with its fields, the schema says with the right pointers.
    if (error instanceof InvalidInput) return raw;
    context.addIssue({ code: 'custom', message: error.message, path: ['version'] });
    return z.NEVER;
  }
};

/** A design spec inside a body: its mistakes come with those of the body, each with its pointer. */
export const specField = z.preprocess(upToDate, designSpecSchema);
