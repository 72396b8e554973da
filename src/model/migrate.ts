import { Problem } from './problem.ts';

/** One named step from a version of a record to the next. It works on plain data and never on a parsed value. */
export type Migration = {
  readonly name: string;
  /** The version it reads; it writes `from + 1`. */
  readonly from: number;
  readonly up: (record: Readonly<Record<string, unknown>>) => Record<string, unknown>;
};

/** A record's version, what it is called in messages, and the steps that lead to it. */
export type RecordVersion = {
  readonly what: string;
  readonly field: string;
  readonly current: number;
  readonly migrations: readonly Migration[];
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Brings an older record up to the current version, step by step. Data that is no record, or that names no whole version, is
 * returned untouched for the schema to report.
 * @throws Problem `input.version` when the record is newer than this Platen, or a step is missing
 */
export const migrate = (input: unknown, { what, field, current, migrations }: RecordVersion): unknown => {
  if (!isRecord(input)) return input;
  const version = input[field] ?? current;
  if (typeof version !== 'number' || !Number.isInteger(version)) return input;
  if (version > current) {
    throw new Problem('input.version', `expected ${what} version ${current} or older, got ${version}`, {
      pointer: `/${field}`,
      hint: 'this file was written for a newer Platen: update Platen',
    });
  }
  let record = input;
  for (let at = version; at < current; at += 1) {
    const step = migrations.find((migration) => migration.from === at);
    if (!step)
      throw new Problem('input.version', `expected a ${what} version that can still be read, got ${version}`, { pointer: `/${field}` });
    record = { ...step.up(record), [field]: at + 1 };
  }
  return record;
};
