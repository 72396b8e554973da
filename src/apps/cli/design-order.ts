import { z } from 'zod';
import type { DesignSpec } from '../../model/design-spec.ts';
import type { Finding } from '../../model/finding.ts';
import { parseWith } from '../../model/parse.ts';
import type { Resources } from '../../model/resources.ts';
import { AnswersRefused, refusedOrder, specOf } from '../../personalize/answers-refused.ts';
import { loadDesign } from '../../personalize/load-design.ts';
import { personalize } from '../../personalize/personalize.ts';

const record = z.record(z.string().min(1).max(200), z.unknown()).default({});

/** A design with answers and data, as the API takes it. */
const designOrderSchema = z.strictObject({
  $schema: z.string().optional(),
  design: z.string().min(1).max(64),
  answers: record,
  data: record,
});

/** Whether JSON names a design to be filled. A finished spec may name the design it came from, but as an object. */
export const isDesignOrder = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && typeof Reflect.get(json, 'design') === 'string';

/** `findings`: what was left out, is held for a person or was not used; their pointers are places in the order. */
export type FilledOrder = { readonly spec: DesignSpec; readonly findings: readonly Finding[] };

/**
 * The spec that an order of a design stands for; pointers of its problems are places in the order.
 * @throws InvalidInput; Problem for an unknown design; AnswersRefused with every reason
 */
export const fillDesignOrder = async (json: unknown, library: Resources): Promise<FilledOrder> => {
  const { design, answers, data } = parseWith(designOrderSchema, json, 'order of a design');
  const open = await loadDesign(design, library);
  try {
    const filled = personalize(open, answers, data);
    return { spec: specOf(filled, design), findings: filled.findings.map(inOrder) };
  } catch (error) {
    if (error instanceof AnswersRefused) throw refusedOrder(error);
    throw error;
  }
};

const inOrder = (finding: Finding): Finding =>
  finding.pointer.startsWith('/data/') ? finding : { ...finding, pointer: `/answers${finding.pointer}` };
