import type { Finding } from '../../../model/finding.ts';

export type OrderFacts = { readonly reference?: string; readonly line?: string; readonly quantity?: number };

/** What is wrong with a row, and which of its columns or fields it is about, as people call them. */
export type RowFinding = Pick<Finding, 'severity' | 'code' | 'message' | 'hint'> & { readonly pointer?: string; readonly field?: string };

/** One row of a batch as it was read, before any design is filled. */
export type OrderRow = {
  /** As the file counts: rows of a spreadsheet with the names as row 1, lines of NDJSON. */
  readonly row: number;
  readonly order: OrderFacts;
  readonly findings: readonly RowFinding[];
  readonly content: RowContent;
  /** What the floor must know and nothing else says. */
  readonly notes?: string;
};

/** A whole spec; a design with its answers; or cells that a design has yet to give a meaning. */
export type RowContent =
  | { readonly kind: 'spec'; readonly spec: unknown }
  | {
      readonly kind: 'answers';
      readonly design: string;
      readonly answers: Readonly<Record<string, unknown>>;
      readonly data: Readonly<Record<string, unknown>>;
      readonly variant: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'unreadable' };

export const unreadable = (row: number, finding: RowFinding): OrderRow => ({
  row,
  order: {},
  findings: [finding],
  content: { kind: 'unreadable' },
});
