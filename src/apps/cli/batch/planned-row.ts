import { z } from 'zod';
import type { DesignSpec } from '../../../model/design-spec.ts';
import { SEVERITIES } from '../../../model/finding.ts';
import type { RowFinding } from './order-row.ts';

/** What a spec was filled from, kept so that a row can be filled again when its design has changed. */
const originSchema = z.strictObject({
  design: z.string(),
  answers: z.record(z.string(), z.unknown()),
  data: z.record(z.string(), z.unknown()),
  variant: z.record(z.string(), z.string()),
});

export type RowOrigin = z.output<typeof originSchema>;

const findingLine = z.strictObject({
  severity: z.enum(SEVERITIES),
  code: z.string(),
  message: z.string(),
  hint: z.string().exactOptional(),
  pointer: z.string().exactOptional(),
  field: z.string().exactOptional(),
});

/** One row of a plan as its file has it; the spec is parsed again when it is rendered. */
export const planLineSchema = z.strictObject({
  row: z.int(),
  folder: z.string(),
  reference: z.string().nullable(),
  line: z.string().nullable(),
  quantity: z.int(),
  notes: z.string(),
  digest: z.string().nullable(),
  origin: originSchema.nullable(),
  spec: z.unknown(),
  mistakes: z.array(findingLine),
  findings: z.array(findingLine),
});

/** A row that is ready to be made, or (`spec` null) that cannot be. */
export type PlannedRow = {
  readonly row: number;
  /** Of its files, within that of the batch. */
  readonly folder: string;
  readonly reference: string | null;
  readonly line: string | null;
  readonly quantity: number;
  readonly notes: string;
  /** Of the spec: what the journal knows a row by. */
  readonly digest: string | null;
  readonly origin: RowOrigin | null;
  readonly spec: DesignSpec | null;
  /** Errors of the row itself, as one of a table or of a team: no other design mends them. */
  readonly mistakes: readonly RowFinding[];
  /** All of them, those included. */
  readonly findings: readonly RowFinding[];
};

/** How people find a row: "row 7 (A-1007 / 2)". */
export const rowName = ({ row, reference, line }: Pick<PlannedRow, 'row' | 'reference' | 'line'>): string => {
  const name = [reference, line].filter((part) => part !== null).join(' / ');
  return name === '' ? `row ${row}` : `row ${row} (${name})`;
};
