import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Problem } from '../../model/problem.ts';

/**
 * Written beside, then renamed: nobody, and no machine, ever finds half a file under the name.
 * @throws Problem `output.unwritable`
 */
export const writeWhole = async (target: string, data: Uint8Array | string): Promise<void> => {
  const beside = `${target}.partial-${randomUUID()}`;
  try {
    await writeFile(beside, data);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('output.unwritable', `expected to write ${target}, got: ${reason}`, { cause: error });
  }
};
