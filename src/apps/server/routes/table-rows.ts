import { z } from 'zod';
import { CSV_LIMITS, type CsvTable, readCsv } from '../../../intake/csv/read-csv.ts';
import type { NewJob } from '../../../jobs/job.ts';
import { isProblem } from '../../../model/problem.ts';
import type { OpenDesign } from '../../../personalize/filled-design.ts';
import type { RowFinding } from '../../cli/batch/order-row.ts';
import { planBatch } from '../../cli/batch/plan-batch.ts';
import type { PlannedRow } from '../../cli/batch/planned-row.ts';
import { readCsvRows } from '../../cli/batch/read-csv-rows.ts';
import { HttpProblem, type RequestMistake } from '../problems/http-problem.ts';
import { mistakesOf } from '../problems/problem-document.ts';
import type { Conversation } from '../route.ts';
import { callbackUrl, optionsSchema } from '../schemas/job-schema.ts';
import type { ReadRow, RowError } from './batch-rows.ts';
import { checkedCallback, newJob } from './submit-job.ts';

const heading = z.string().max(500);
const cell = z.union([z.string().max(CSV_LIMITS.cellChars), z.number(), z.boolean(), z.null()]);

/** A list of orders or of the players of a team, by the headings that people write. */
export const tableSchema = z
  .strictObject({
    design: z.string().min(1).max(64).optional().describe('Of all rows that have no column "design"'),
    csv: z.string().min(1).optional().describe('The table as CSV, or'),
    rows: z.array(z.record(heading, cell)).min(1).optional().describe('its rows, each by heading: {"Name": "Okafor", "No.": "00"}'),
    columns: z
      .record(heading, heading)
      .default({})
      .describe('Heading -> what it is: a field, data.…, order.…, variant.…, or - for nothing'),
    constants: z.record(heading, heading).default({}).describe('What every row has, by the same names: {"sport": "football"}'),
    roster: z
      .boolean()
      .default(false)
      .describe('Rows are the players of a team; a table of numbers without order references is taken for that anyway'),
    source: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Of the orders: rows with reference and line then are order lines, and made once'),
    options: optionsSchema.prefault({}),
    callbackUrl: callbackUrl.optional(),
  })
  .refine(({ csv, rows }) => (csv === undefined) !== (rows === undefined), { error: 'expected either csv or rows' })
  .meta({ id: 'BatchTable' });

export type TableRequest = z.output<typeof tableSchema>;

export type RowNote = RequestMistake & { readonly row: number; readonly code: string };

export type TableRead = {
  readonly rows: readonly ReadRow[];
  /** Made, but to be looked at. */
  readonly warnings: readonly RowNote[];
  /** About columns. */
  readonly notes: readonly string[];
};

/** Other requests get their turn after so many rows. */
const ROWS_AT_ONCE = 20;

/** Jobs have no folders to share. */
const ABOUT_FOLDERS = 'row.folder-shared';

const textOf = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** Rows by heading as the table they stand for; a row counts from 1. */
const tableOf = (rows: NonNullable<TableRequest['rows']>): CsvTable => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    separator: ',',
    columns: columns.map((name) => name.trim()),
    rows: rows.map((row, i) => ({
      row: i + 1,
      line: i + 1,
      cells: columns.map((name) => textOf(Object.hasOwn(row, name) ? row[name] : undefined)),
      errors: [],
      warnings: [],
    })),
  };
};

const noteOf = ({ message, pointer, hint, field }: RowFinding): RequestMistake => ({
  ...(pointer === undefined ? {} : { pointer: field === undefined ? pointer : `/answers${pointer}` }),
  message: message.slice(0, 2000),
  ...(hint === undefined ? {} : { hint }),
});

const errorOf = ({ row, findings }: PlannedRow): RowError => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  return {
    row,
    code: first?.code ?? 'input.invalid',
    message: first?.message.slice(0, 2000) ?? 'expected a row that can be made',
    errors: errors.map(noteOf),
  };
};

const requestOf = ({ options, source }: TableRequest, { row, reference, line }: PlannedRow) => ({
  options,
  metadata: { row: String(row), ...(line === null ? {} : { line }) },
  ...(source === undefined || reference === null || line === null ? {} : { origin: { source, reference, line } }),
});

/** A row that is ready, when the library has what it names; its spec was checked against the design already. */
const readyRow = async (
  planned: PlannedRow,
  table: TableRequest,
  lane: NewJob['lane'],
  callback: string | null,
  { specGate }: Conversation['parts'],
): Promise<ReadRow> => {
  if (planned.spec === null) return errorOf(planned);
  try {
    await specGate?.(planned.spec);
    return { row: planned.row, job: newJob(planned.spec, requestOf(table, planned), lane, callback) };
  } catch (error) {
    if (!isProblem(error) || error.retry === 'later') throw error;
    return { row: planned.row, code: error.code, message: error.message.slice(0, 2000), errors: mistakesOf(error) };
  }
};

const readOrders = async (table: TableRequest, call: Conversation, designOf: (id: string) => Promise<OpenDesign>) => {
  const { maxBatchRows } = call.parts.config;
  const { csv, rows = [], design, roster, columns, constants } = table;
  if (rows.length > maxBatchRows) throw new HttpProblem('request.too-large', `expected at most ${maxBatchRows} rows, got ${rows.length}`);
  const cells = csv === undefined ? tableOf(rows) : readCsv(csv, { ...CSV_LIMITS, rows: maxBatchRows });
  return readCsvRows({ table: cells, mapping: { columns, constants }, design, roster, designOf });
};

/** What belongs to the table as a whole is a mistake of the request. */
const ofRequest = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!isProblem(error) || error.retry === 'later' || error instanceof HttpProblem || !/^(?:csv|usage)\./.test(error.code)) throw error;
    const [code, message] = [error.code === 'csv.rows' ? ('request.too-large' as const) : ('input.invalid' as const), error.message];
    throw new HttpProblem(code, message, {
      errors: [{ pointer: '/table', message, ...(error.hint === undefined ? {} : { hint: error.hint }) }],
    });
  }
};

/**
 * Every row of a table as a job, or with all that is wrong with it: answers that the design does not take, numbers that two players of a team
 * have or that the rules do not allow, names that are not printed. Rows fail alone.
 * @throws HttpProblem for a table that cannot be read; Problem `design.unknown` when no row has another design
 */
export const readTable = async (table: TableRequest, lane: NewJob['lane'], call: Conversation): Promise<TableRead> => {
  const { designs, library } = call.parts;
  const designOf = (id: string): Promise<OpenDesign> => designs.open(id.trim().toLowerCase());
  const { rows, notes } = await ofRequest(() => readOrders(table, call, designOf));
  if (rows.length === 0) throw new HttpProblem('input.invalid', 'expected at least one row below the names, got none');
  const callback = await checkedCallback(table.callbackUrl, call);
  const parts = { designOf, productOf: (id: string) => library.resources.product(id) };
  const planned = await planBatch(rows, parts, call.signal, ROWS_AT_ONCE);
  const read: ReadRow[] = [];
  for (const row of planned) read.push(await readyRow(row, table, lane, callback, call.parts));
  const warnings = planned.flatMap(({ row, findings }) =>
    findings
      .filter(({ severity, code }) => severity === 'warning' && code !== ABOUT_FOLDERS)
      .map((finding): RowNote => ({ row, code: finding.code, ...noteOf(finding) })),
  );
  return { rows: read, warnings, notes };
};
