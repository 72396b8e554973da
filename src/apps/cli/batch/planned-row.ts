import { z } from 'zod';
import type { DesignSpec } from '../../../model/design-spec.ts';
import type { RowFinding } from './order-row.ts';

/** What a spec was filled from, kept so that a row can be filled again when its design has changed. */
const originSchema = z.strictObject({
  design: z.string(),
  answers: z.record(z.string(), z.unknown()),
  data: z.record(z.string(), z.unknown()),
  variant: z.record(z.string(), z.string()),
});

export type RowOrigin = z.output<typeof originSchema>;

/** One row of a plan as its file has it; the spec is parsed again when it is rendered. */
export const planLineSchema = z.strictObject({
  row: z.int(),
  folder: z.string(),
  reference: z.string().nullable(),
  line: z.string().nullable(),
  quantity: z.int(),
  digest: z.string().nullable(),
  origin: originSchema.nullable(),
  spec: z.unknown(),
});

/** A row that is ready to be made, or (`spec` null) that cannot be. */
export type PlannedRow = {
  readonly row: number;
  /** Of its files, within that of the batch. */
  readonly folder: string;
  readonly reference: string | null;
  readonly line: string | null;
  readonly quantity: number;
  /** Of the spec: what the journal knows a row by. */
  readonly digest: string | null;
  readonly origin: RowOrigin | null;
  readonly spec: DesignSpec | null;
  readonly findings: readonly RowFinding[];
};

/** How people find a row: "row 7 (A-1007)". */
export const rowName = ({ row, reference }: { readonly row: number; readonly reference?: string | null | undefined }): string =>
  reference === null || reference === undefined ? `row ${row}` : `row ${row} (${reference})`;
