import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseDesignSpec } from '../../../model/design-spec.ts';
import { Problem } from '../../../model/problem.ts';
import { type PlannedRow, planLineSchema } from './planned-row.ts';

export const PLAN_NAME = 'batch.plan.ndjson';

export const hasPlan = async (folder: string): Promise<boolean> =>
  stat(join(folder, PLAN_NAME)).then(
    () => true,
    () => false,
  );

/** What the batch is to make, a row a line: whole or not there at all. It is what a batch is made again from. */
export const writePlan = async (folder: string, rows: readonly PlannedRow[]): Promise<void> => {
  const path = join(folder, PLAN_NAME);
  const file = await open(`${path}.partial`, 'w').catch((error: unknown) => {
    throw new Problem('output.unwritable', `expected to write ${path}, got: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    for (const row of rows) await file.write(`${JSON.stringify(row)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
};

/** @throws Problem `file.unreadable`, `batch.plan` for a file that was changed by hand */
export const readPlan = async (folder: string): Promise<readonly PlannedRow[]> => {
  if (!(await hasPlan(folder)))
    throw new Problem('file.unreadable', `expected the folder of a batch, got one without ${PLAN_NAME}: ${folder}`);
  const rows: PlannedRow[] = [];
  for await (const line of createInterface({ input: createReadStream(join(folder, PLAN_NAME)), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue;
    rows.push(rowOf(line, rows.length + 1));
  }
  return rows;
};

const rowOf = (line: string, number: number): PlannedRow => {
  try {
    const { spec, ...row } = planLineSchema.parse(JSON.parse(line));
    return { ...row, spec: spec === null || spec === undefined ? null : parseDesignSpec(spec) };
  } catch (cause) {
    throw new Problem('batch.plan', `expected a row of a batch in line ${number} of ${PLAN_NAME}, got something else`, { cause });
  }
};
