import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { parseJson } from '../../../intake/json-text.ts';
import type { NewJob } from '../../../jobs/job.ts';
import { digestOf } from '../../../model/digest.ts';
import { parseWith } from '../../../model/parse.ts';
import { isProblem } from '../../../model/problem.ts';
import { requireForce } from '../auth/authenticate.ts';
import { type Line, type LineLimits, ndjsonLines } from '../http/ndjson-lines.ts';
import type { RequestMistake } from '../problems/http-problem.ts';
import { mistakesOf } from '../problems/problem-document.ts';
import type { Conversation } from '../route.ts';
import { jobRequestFields } from '../schemas/job-schema.ts';
import { isOneSubject, ONE_SUBJECT } from '../schemas/subject-schema.ts';
import { checkedCallback, newJob, specToMake } from './submit-job.ts';

export const rowSchema = z.strictObject(jobRequestFields).refine(isOneSubject, ONE_SUBJECT).meta({ id: 'BatchRow' });

/** A row as it came. `number`: its line, or its place in the list, counted from 1. */
export type RawRow = { readonly number: number; readonly value: unknown; readonly mistake?: string };

export type RowError = {
  readonly row: number;
  readonly code: string;
  readonly message: string;
  readonly errors: readonly RequestMistake[];
};

export type ReadRow = { readonly row: number; readonly job: NewJob } | RowError;

export const isRowError = (row: ReadRow): row is RowError => 'errors' in row;

/** A row costs a fraction of a millisecond: other requests get their turn after so many. */
const ROWS_AT_ONCE = 20;

/** Parses every row; what is wrong with one does not touch the others. */
export const readRows = async (rows: readonly RawRow[], lane: NewJob['lane'], call: Conversation): Promise<readonly ReadRow[]> => {
  const read: ReadRow[] = [];
  const callbacks = new Map<string, string>();
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe();
    call.signal.throwIfAborted();
    read.push(await readRow(row, lane, call, callbacks));
  }
  return read;
};

/** One digest for each row, whatever the order of its members. */
export const digestsOf = async (rows: readonly RawRow[]): Promise<readonly string[]> => {
  const digests: string[] = [];
  for (const [at, { value, mistake }] of rows.entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe();
    digests.push(digestOf(mistake ?? value));
  }
  return digests;
};

const readRow = async (
  { number: row, value, mistake }: RawRow,
  lane: NewJob['lane'],
  call: Conversation,
  callbacks: Map<string, string>,
): Promise<ReadRow> => {
  if (mistake !== undefined) return { row, code: 'json.syntax', message: mistake, errors: [] };
  try {
    const request = parseWith(rowSchema, value, 'row');
    requireForce(call.caller, request.options);
    const spec = await specToMake(value, request, call.parts);
    return { row, job: newJob(spec, request, lane, await checkedCallback(request.callbackUrl, call, callbacks)) };
  } catch (error) {
    if (!isProblem(error) || error.retry === 'later') throw error;
    return {
      row,
      code: error.code,
      message: error.message.slice(0, 2000),
      errors: mistakesOf(error),
    };
  }
};

/** @throws HttpProblem as `ndjsonLines` */
export const rawRowsOf = async (chunks: AsyncIterable<Uint8Array>, limits: LineLimits): Promise<readonly RawRow[]> => {
  const rows: RawRow[] = [];
  for await (const line of ndjsonLines(chunks, limits)) rows.push(rawRow(line, limits));
  return rows;
};

const rawRow = (line: Line, { maxLineBytes }: LineLimits): RawRow => {
  if (line.text === null) return { number: line.number, value: null, mistake: line.why };
  try {
    return { number: line.number, value: parseJson(line.text, { maxDepth: 64, maxValues: 1_000_000, maxBytes: maxLineBytes }) };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { number: line.number, value: null, mistake: error.message };
  }
};
