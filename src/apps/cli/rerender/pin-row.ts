import { join } from 'node:path';
import type { Manifest } from '../../../model/manifest.ts';
import type { InputDigests } from '../batch/input-digests.ts';
import type { PlannedRow } from '../batch/planned-row.ts';
import type { Selected } from '../batch/select-rows.ts';
import { manifestAt } from '../batch/settled-rows.ts';
import { isKeptKind, type KeptRecords } from './kept-records.ts';

type Pinning = {
  readonly out: string;
  readonly records: KeptRecords;
  readonly digests: InputDigests;
  /** Of this program. */
  readonly version: string;
};

/**
 * A row as it was made, whatever its design and product are today. One that cannot be made so has no spec, and a finding for each thing that
 * is not as it was: nothing half old, half new is made.
 */
export const pinRow = async (row: PlannedRow, pinning: Pinning): Promise<Selected> => {
  const before = await manifestAt(join(pinning.out, row.folder));
  if (!before) return { row: refused(row, ['it was not made before']), reasons: [], before, pins: [] };
  const changed = await pinning.digests.changedInputs(before);
  const kept = new Set<string>();
  for (const { sha256 } of before.inputs.filter(isKeptKind)) if (await pinning.records.has(sha256)) kept.add(sha256);
  const lost = changed.filter((input) => !(isKeptKind(input) && kept.has(input.sha256)));
  const reasons = before.platen === pinning.version ? [] : [`platen ${before.platen} to ${pinning.version}`];
  const pins = before.inputs.filter((input) => isKeptKind(input) && kept.has(input.sha256));
  const asItWas = await specAsItWas(row, before, pinning.records);
  const troubles = [
    ...(asItWas ? [] : ['its spec was replaced and is not kept']),
    ...lost.map(({ kind, name }) => `the ${kind} ${name} is another today, or gone`),
  ];
  return { row: asItWas && troubles.length === 0 ? asItWas : refused(row, troubles), reasons, before, pins };
};

const specAsItWas = async (row: PlannedRow, { specDigest }: Manifest, records: KeptRecords): Promise<PlannedRow | null> => {
  if (row.spec !== null && row.digest === specDigest) return row;
  if (!(await records.has(specDigest))) return null;
  return { ...row, spec: await records.spec(specDigest), digest: specDigest, mistakes: [], findings: [] };
};

const refused = (row: PlannedRow, troubles: readonly string[]): PlannedRow => ({
  ...row,
  spec: null,
  digest: null,
  findings: troubles.map((trouble) => ({
    severity: 'error',
    code: 'row.not-pinned',
    message: `expected everything as it was when the row was made, got a change: ${trouble}`,
  })),
});
