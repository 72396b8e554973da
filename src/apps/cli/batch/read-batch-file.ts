import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { decodeTableText, type TableEncoding } from '../../../intake/csv/decode-table-text.ts';
import { readCsv } from '../../../intake/csv/read-csv.ts';
import { Problem } from '../../../model/problem.ts';
import type { OpenDesign } from '../../../personalize/filled-design.ts';
import type { Mapping } from './mapping.ts';
import { readCsvRows, type TableRows } from './read-csv-rows.ts';
import { readNdjsonRows } from './read-ndjson-rows.ts';

/** 10,000 rows of 25 KB; larger batches are split. */
const MAX_BYTES = 256 * 1024 * 1024;

export type BatchFile = {
  /** As the user wrote it; "(standard input)" for "-". */
  readonly name: string;
  /** Relative sources are found from here. */
  readonly folder: string;
  readonly bytes: Uint8Array;
};

/** @throws Problem `file.unreadable`, `file.too-large` */
export const readBatchFile = async (path: string, stdin: NodeJS.ReadableStream, cwd: string): Promise<BatchFile> => {
  if (path === '-') return { name: '(standard input)', folder: cwd, bytes: await readAll(stdin) };
  const full = resolve(cwd, path);
  try {
    const { size } = await stat(full);
    if (size > MAX_BYTES) throw tooLarge();
    return { name: path, folder: dirname(full), bytes: await readFile(full) };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Problem('file.unreadable', `expected a readable file of rows, got ${reason}: ${path}`, { cause });
  }
};

const tooLarge = (): Problem =>
  new Problem('file.too-large', `expected a batch of at most ${MAX_BYTES} bytes, got more`, { hint: 'Split it into several batches.' });

const readAll = async (stream: NodeJS.ReadableStream): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

/** Lines of JSON begin with a brace, whatever the file is called; a table of column names does not. */
const isNdjson = (text: string): boolean => /^\ufeff?\s*\{/.test(text);

export type RowReading = {
  readonly encoding?: TableEncoding | undefined;
  readonly mapping: Mapping;
  readonly design?: string | undefined;
  readonly roster?: boolean | undefined;
  readonly designOf: (id: string) => Promise<OpenDesign>;
};

/** The rows of a batch, whichever of the two kinds of file it is. @throws Problem `csv.…`, `usage.invalid` */
export const readRows = async ({ bytes }: BatchFile, { encoding, ...reading }: RowReading): Promise<TableRows> => {
  const text = decodeTableText(bytes, encoding);
  if (isNdjson(text)) return { rows: readNdjsonRows(text, reading.design ?? reading.mapping.constants.design), notes: [] };
  const { mapping, design, roster = false, designOf } = reading;
  return readCsvRows({ table: readCsv(text), mapping, design, roster, designOf });
};
