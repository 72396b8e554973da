import { join } from 'node:path';
import { digestOf } from '../../../model/digest.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { ManifestInput } from '../../../scene/resolve.ts';
import type { InputDigests } from './input-digests.ts';
import type { JournalEntry } from './journal.ts';
import { fillRow, type PlanParts } from './plan-batch.ts';
import type { PlannedRow } from './planned-row.ts';
import type { RowStatus } from './row-statuses.ts';
import { manifestAt } from './settled-rows.ts';

/** Which rows of a batch are meant; all that are given must hold. Times are milliseconds of the epoch. */
export type RowFilter = {
  readonly product?: string | undefined;
  readonly design?: string | undefined;
  readonly order?: string | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly status?: RowStatus | undefined;
};

const statusOf = ({ spec }: PlannedRow, end: JournalEntry | undefined): RowStatus =>
  spec === null ? 'refused' : (end?.status ?? 'unmade');

const isWithin = (end: JournalEntry | undefined, { sinceMs, untilMs }: RowFilter): boolean => {
  if (sinceMs === undefined && untilMs === undefined) return true;
  if (!end) return false;
  const at = Date.parse(end.at);
  return at >= (sinceMs ?? Number.NEGATIVE_INFINITY) && at <= (untilMs ?? Number.POSITIVE_INFINITY);
};

/** By what is known without reading a file of the row. */
export const isMeant = (row: PlannedRow, end: JournalEntry | undefined, filter: RowFilter): boolean => {
  const { product, design, order, status } = filter;
  return (
    (product === undefined || row.spec?.product === product) &&
    (design === undefined || (row.origin?.design ?? row.spec?.design?.id) === design) &&
    (order === undefined || row.reference === order) &&
    (status === undefined || statusOf(row, end) === status) &&
    isWithin(end, filter)
  );
};

export type Selected = {
  /** As it would be made today. */
  readonly row: PlannedRow;
  /** What is not as it was; empty when nothing is known to have changed. */
  readonly reasons: readonly string[];
  readonly before: Manifest | null;
  /** Of a row that is made as it was: the records that are to be as they were, all of them kept. */
  readonly pins?: readonly ManifestInput[];
};

/** A row of a design is filled again: its design may have changed since. */
export const asOfToday = async (row: PlannedRow, parts: PlanParts): Promise<PlannedRow> => {
  if (row.origin === null) return row;
  const order = {
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...(row.line === null ? {} : { line: row.line }),
    quantity: row.quantity,
  };
  const filled = await fillRow(row.origin, order, parts);
  const spec = row.mistakes.length > 0 ? null : filled.spec;
  return { ...row, spec, digest: spec === null ? null : digestOf(spec), findings: [...filled.findings, ...row.mistakes] };
};

/** What is different today for one row, as far as inputs tell; `version` is that of this program. */
export const selectRow = async (
  row: PlannedRow,
  {
    out,
    parts,
    digests,
    version,
  }: { readonly out: string; readonly parts: PlanParts; readonly digests: InputDigests; readonly version: string },
): Promise<Selected> => {
  const before = await manifestAt(join(out, row.folder));
  const today = await asOfToday(row, parts);
  if (!before) return { row: today, reasons: today.spec === null ? [] : ['not made before'], before };
  const design = today.origin?.design ?? today.spec?.design?.id;
  const reasons = [
    ...(before.specDigest === today.digest ? [] : [design === undefined ? 'spec' : `design ${design}`]),
    ...(before.platen === version ? [] : [`platen ${before.platen} to ${version}`]),
    ...(await digests.changedSince(before)),
  ];
  return { row: today, reasons, before };
};
