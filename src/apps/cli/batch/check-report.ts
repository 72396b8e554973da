import { join } from 'node:path';
import { makeFolder } from '../../../drivers/make-folder.ts';
import { writeWhole } from '../write-whole.ts';
import { csvText } from './csv-text.ts';
import type { PlannedRow } from './planned-row.ts';

type Status = 'good' | 'warned' | 'wrong';

const statusOf = ({ spec, findings }: PlannedRow): Status => (spec === null ? 'wrong' : findings.length > 0 ? 'warned' : 'good');

const linesOf = ({ row, reference, line, findings }: PlannedRow): readonly (readonly string[])[] =>
  findings.map(({ severity, code, field, pointer, message, hint }) => [
    String(row),
    reference ?? '',
    line ?? '',
    severity,
    code,
    field ?? pointer ?? '',
    message,
    hint ?? '',
  ]);

const HEAD = ['row', 'reference', 'line', 'severity', 'code', 'where', 'message', 'hint'];

/** `check.csv`, a line for each finding, and `check.json`, an entry for each row. Returns their names. */
export const writeCheckReport = async (folder: string, rows: readonly PlannedRow[]): Promise<readonly string[]> => {
  await makeFolder(folder);
  const items = rows.map((one) => ({
    row: one.row,
    reference: one.reference,
    line: one.line,
    status: statusOf(one),
    findings: one.findings,
  }));
  const count = (status: Status): number => items.filter((one) => one.status === status).length;
  const counts = { rows: rows.length, good: count('good'), warned: count('warned'), wrong: count('wrong') };
  const [csv, json] = [join(folder, 'check.csv'), join(folder, 'check.json')];
  await writeWhole(csv, csvText([HEAD, ...rows.flatMap(linesOf)]));
  await writeWhole(json, `${JSON.stringify({ version: 1, ...counts, items }, null, 1)}\n`);
  return [csv, json];
};
