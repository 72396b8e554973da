import type { DesignShelf } from '../../../../src/apps/server/server-parts.ts';
import { Problem } from '../../../../src/model/problem.ts';

const unknown = async (id: string): Promise<never> => {
  throw new Problem('design.unknown', `expected a known design, got "${id.slice(0, 100)}"`);
};

/** A shelf without designs. */
export const emptyDesigns: DesignShelf = {
  list: async () => [],
  get: unknown,
  open: unknown,
  answersSchema: unknown,
  form: unknown,
  fill: unknown,
};
