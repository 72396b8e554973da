import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../model/problem.ts';

const FACTS_NAME = 'batch.json';

const factsSchema = z.strictObject({
  version: z.literal(1),
  /** Relative sources are found from here. */
  baseDir: z.string(),
  assets: z.string().optional(),
  only: z.enum(['production', 'preview', 'mockup']).optional(),
  force: z.boolean().optional(),
});

/** How a batch was called, kept so that rows are made again in the same way. */
export type BatchFacts = z.output<typeof factsSchema>;

export const writeFacts = (out: string, facts: BatchFacts): Promise<void> =>
  writeFile(join(out, FACTS_NAME), `${JSON.stringify(facts, null, 2)}\n`);

/** @throws Problem `file.unreadable` for a folder that is none of a batch */
export const readFacts = async (out: string): Promise<BatchFacts> => {
  try {
    return factsSchema.parse(JSON.parse(await readFile(join(out, FACTS_NAME), 'utf8')));
  } catch (cause) {
    throw new Problem('file.unreadable', `expected the folder of a batch, got one without a readable ${FACTS_NAME}: ${out}`, { cause });
  }
};
