import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenResources } from '../session.ts';
import type { JournalEntry } from './journal.ts';
import { PICK_LIST_NAME, type PickLine, pickList } from './pick-list.ts';
import type { PlannedRow } from './planned-row.ts';
import { type ProofRow, writeProofs } from './proof-sheets.ts';
import { manifestAt } from './settled-rows.ts';

export const SUMMARY_NAME = 'summary.json';

export type RowTrouble = {
  readonly row: number;
  readonly reference: string | null;
  readonly folder: string;
  readonly status: 'refused' | 'failed';
  readonly problems: readonly { readonly code: string; readonly message: string }[];
};

export type Summary = {
  readonly version: 1;
  readonly rows: number;
  readonly made: number;
  /** Mistakes in the row, or a design that preflight refused. */
  readonly refused: number;
  readonly failed: number;
  /** Not begun, since the batch was stopped. */
  readonly left: number;
  /** Of those made or refused, what an earlier run had done. */
  readonly resumed: number;
  readonly seconds: number;
  readonly troubles: readonly RowTrouble[];
};

export type Ends = ReadonlyMap<string, JournalEntry>;

const troubleOf = (row: PlannedRow, end: JournalEntry | undefined): RowTrouble | null => {
  const at = { row: row.row, reference: row.reference, folder: row.folder };
  if (row.spec === null) {
    const problems = row.findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => ({ code, message }));
    return { ...at, status: 'refused', problems };
  }
  if (!end || end.status === 'made') return null;
  return { ...at, status: end.status, problems: [{ code: end.code ?? end.status, message: end.message ?? '' }] };
};

export const summaryOf = (
  rows: readonly PlannedRow[],
  ends: Ends,
  more: { readonly resumed: number; readonly seconds: number },
): Summary => {
  const endOf = ({ folder, digest }: PlannedRow): JournalEntry | undefined => {
    const end = ends.get(folder);
    return end?.digest === digest ? end : undefined;
  };
  const troubles = rows.flatMap((row) => troubleOf(row, endOf(row)) ?? []);
  const made = rows.filter((row) => endOf(row)?.status === 'made').length;
  const count = (status: RowTrouble['status']): number => troubles.filter((one) => one.status === status).length;
  const [refused, failed] = [count('refused'), count('failed')];
  return {
    version: 1,
    rows: rows.length,
    made,
    refused,
    failed,
    left: rows.length - made - refused - failed,
    resumed: more.resumed,
    seconds: Math.round(more.seconds * 10) / 10,
    troubles,
  };
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.partial`, text);
  await rename(`${path}.partial`, path);
};

/** Writes the summary, the pick list and, unless `proof` is false, pages of pictures. Returns the names of those pages. */
export const writeReport = async (
  out: string,
  rows: readonly PlannedRow[],
  ends: Ends,
  summary: Summary,
  { proof, resources, signal }: { readonly proof: boolean; readonly resources: OpenResources; readonly signal: AbortSignal },
): Promise<readonly string[]> => {
  const picks: PickLine[] = [];
  const proofs: ProofRow[] = [];
  for (const row of rows) {
    const end = ends.get(row.folder);
    // An end of another spec is that of the row as it was before its table was changed.
    if (row.spec === null || end?.status !== 'made' || end.digest !== row.digest) continue;
    const manifest = await manifestAt(join(out, row.folder));
    if (!manifest) continue;
    const { product, variant } = row.spec;
    picks.push({
      reference: row.reference ?? '',
      line: row.line ?? '',
      product,
      variant,
      quantity: row.quantity,
      notes: row.notes,
      folder: row.folder,
      manifest,
    });
    proofs.push({ label: row.folder, folder: row.folder, manifest });
  }
  await writeWhole(join(out, PICK_LIST_NAME), pickList(picks));
  await writeWhole(join(out, SUMMARY_NAME), `${JSON.stringify(summary, null, 2)}\n`);
  return proof ? writeProofs(out, proofs, resources, signal) : [];
};
