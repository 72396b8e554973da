import { z } from 'zod';
import { decodeTableText, TABLE_ENCODINGS, type TableEncoding, tableEncodingOf } from '../../../intake/csv/decode-table-text.ts';
import type { NewJob } from '../../../jobs/job.ts';
import { digestOf } from '../../../model/digest.ts';
import { isProblem } from '../../../model/problem.ts';
import { requireForce } from '../auth/authenticate.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Conversation, StreamFacts, Upload } from '../route.ts';
import { yesOrNo } from '../schemas/fields.ts';
import { metadataSchema } from '../schemas/job-schema.ts';
import type { ServerConfig } from '../server-parts.ts';
import { digestsOf, type RawRow, rawRowsOf, readRows, rowSchema } from './batch-rows.ts';
import { readTable, type TableRead, type TableRequest, tableSchema } from './table-rows.ts';

/** A list is parsed in one go, and nobody else is answered meanwhile; lines are parsed one by one. */
const MAX_LIST_BYTES = 8_000_000;

export const maxListBytes = ({ maxBatchBytes }: ServerConfig): number => Math.min(maxBatchBytes, MAX_LIST_BYTES);

/** The rows are checked one by one when the list has been read: what is wrong with one must not refuse the others. */
const anyRow = z.unknown().meta({ $ref: '#/components/schemas/BatchRow' });

/** For a table that comes as it is; in JSON these are members of `table`. */
export const tableQuery = z.strictObject({
  design: z.string().min(1).max(64).optional().describe('Of the rows of a CSV table that have no column "design"'),
  roster: yesOrNo.default(false).describe('The rows of a CSV table are the players of a team'),
});

type TableQuery = z.output<typeof tableQuery>;

export const batchBody = z
  .strictObject({ items: z.array(anyRow).min(1).optional(), table: tableSchema.optional(), metadata: metadataSchema.default({}) })
  .refine(({ items, table }) => (items === undefined) !== (table === undefined), { error: 'expected either items or a table' })
  .meta({ id: 'BatchRequest' });

const CSV = 'text/csv';

export const batchStreams: Readonly<Record<string, StreamFacts>> = {
  'application/x-ndjson': { description: 'A row on each line', maxBytes: ({ maxBatchBytes }) => maxBatchBytes, schema: rowSchema },
  [CSV]: {
    description: 'A table as spreadsheets save it: fields, order, data and variant by heading, or the list of a team (docs/batch.md)',
    maxBytes: maxListBytes,
  },
};

/** What was sent, row by row; `digests` stand for all of it. */
export type BatchRead = TableRead & { readonly digests: () => Promise<readonly string[]> };

type Lane = NewJob['lane'];

const fromTable = async (call: Conversation, table: TableRequest, lane: Lane): Promise<BatchRead> => {
  requireForce(call.caller, table.options, '/table/options/force');
  return { ...(await readTable(table, lane, call)), digests: async () => [digestOf(table)] };
};

const fromRows = async (call: Conversation, rows: readonly RawRow[], lane: Lane): Promise<BatchRead> => ({
  rows: await readRows(rows, lane, call),
  warnings: [],
  notes: [],
  digests: () => digestsOf(rows),
});

/** A JSON body. @throws HttpProblem for what is wrong with it as a whole */
export const readBody = async (call: Conversation, { items, table }: z.output<typeof batchBody>, lane: Lane): Promise<BatchRead> => {
  if (table) return fromTable(call, table, lane);
  const { maxBatchRows } = call.parts.config;
  const rows = (items ?? []).map((value, at): RawRow => ({ number: at + 1, value }));
  if (rows.length > maxBatchRows) throw new HttpProblem('request.too-large', `expected at most ${maxBatchRows} rows, got ${rows.length}`);
  return fromRows(call, rows, lane);
};

/** Lines of JSON, or a table. @throws HttpProblem for what is wrong with it as a whole */
export const receiveBody = async (call: Conversation & { readonly body: Upload }, query: TableQuery, lane: Lane): Promise<BatchRead> => {
  if (call.body.mediaType === CSV) return fromTable(call, await csvTable(call.body, query), lane);
  const { maxBodyBytes, maxBatchRows } = call.parts.config;
  const rows = await rawRowsOf(call.body.chunks, { maxLineBytes: maxBodyBytes, maxLines: maxBatchRows });
  if (rows.length === 0) throw new HttpProblem('input.invalid', 'expected at least one row, got none');
  return fromRows(call, rows, lane);
};

/** As the header says: "text/csv; charset=windows-1252". A byte order mark is believed before it. */
const declaredEncoding = (contentType: string): TableEncoding | undefined => {
  const [, quoted, plain] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(contentType) ?? [];
  const name = quoted ?? plain;
  if (name === undefined) return undefined;
  const encoding = tableEncodingOf(name);
  if (encoding) return encoding;
  throw new HttpProblem(
    'request.media-type',
    `expected a charset that tables come in (${TABLE_ENCODINGS.join(', ')}), got ${JSON.stringify(name.slice(0, 40))}`,
  );
};

const csvTable = async ({ contentType, chunks }: Upload, { design, roster }: TableQuery): Promise<TableRequest> => {
  const encoding = declaredEncoding(contentType);
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  try {
    const csv = decodeTableText(Buffer.concat(parts), encoding);
    if (csv.trim() === '') throw new HttpProblem('input.invalid', 'expected a table with a row of column names, got none');
    return tableSchema.parse({ csv, roster, ...(design === undefined ? {} : { design }) });
  } catch (error) {
    if (!isProblem(error) || error instanceof HttpProblem) throw error;
    const hint = error.code === 'csv.encoding' || error.code === 'csv.nul' ? '; say the charset in Content-Type' : '';
    throw new HttpProblem('input.invalid', `${error.message}${hint}`, { cause: error });
  }
};
