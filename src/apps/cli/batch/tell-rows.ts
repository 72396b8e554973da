import type { Terminal } from '../terminal.ts';
import type { RowFinding } from './order-row.ts';
import { type PlannedRow, rowName } from './planned-row.ts';

/** More than this nobody reads in a terminal; `--json` has all of them. */
const MOST_LINES = 200;

const PREFIX = { error: '', warning: 'warning: ', info: 'note: ' } as const;

const lineOf = (row: PlannedRow, { severity, field, pointer, message, hint }: RowFinding): string => {
  // A message for customers names its field already.
  const place = field !== undefined && !message.includes(field) ? ` ${field}:` : field === undefined && pointer ? ` ${pointer}:` : '';
  return `${rowName(row)}${place} ${PREFIX[severity]}${message}${hint === undefined ? '' : ` (${hint})`}`;
};

/** Everything that is wrong with the rows of a batch: one event each, or one line each for people. Returns how many rows cannot be made. */
export const tellRows = (rows: readonly PlannedRow[], notes: readonly string[], terminal: Terminal): number => {
  for (const message of notes) {
    terminal.say(message);
    terminal.event({ event: 'note', message });
  }
  const told = rows.flatMap((row) => row.findings.map((finding) => ({ row, finding })));
  for (const { row, finding } of told) terminal.event({ event: 'finding', row: row.row, reference: row.reference, ...finding });
  const errorsFirst = [...told].sort((a, b) => Number(b.finding.severity === 'error') - Number(a.finding.severity === 'error'));
  const shown = errorsFirst.slice(0, MOST_LINES).sort((a, b) => a.row.row - b.row.row);
  for (const { row, finding } of shown)
    if (finding.severity === 'error') terminal.complain(lineOf(row, finding));
    else terminal.say(lineOf(row, finding));
  if (told.length > shown.length) terminal.complain(`and ${told.length - shown.length} more; --json tells all of them`);
  return rows.filter(({ spec }) => spec === null).length;
};
