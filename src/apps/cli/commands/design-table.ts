import { join, resolve } from 'node:path';
import { decodeTableText, type TableEncoding } from '../../../intake/csv/decode-table-text.ts';
import { readCsv } from '../../../intake/csv/read-csv.ts';
import { type DesignRule, parseDesign } from '../../../model/design.ts';
import { didYouMean } from '../../../model/parse.ts';
import { plural } from '../../../model/plural.ts';
import { Problem } from '../../../model/problem.ts';
import { tableFromCsv } from '../../../personalize/rules/table-from-csv.ts';
import { ownMember } from '../../../personalize/scope.ts';
import { readBatchFile } from '../batch/read-batch-file.ts';
import { EXIT } from '../exit-codes.ts';
import { spanOf } from '../json-position.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import { libraryFolders } from '../session.ts';
import { jsonOfText, readSpecText } from '../spec-text.ts';
import { writeWhole } from '../write-whole.ts';

export type TableFlags = OutputFlags & {
  readonly keys?: string;
  readonly columns?: string;
  readonly encoding?: TableEncoding;
  readonly output?: string;
};

type Table = NonNullable<DesignRule['table']>;

const namesIn = (said: string | undefined): readonly string[] | null => said?.split(',').map((name) => name.trim()) ?? null;

const textsOf = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;

/** Where a rule stands in a design as it was written, which need not be right yet. @throws Problem `usage.invalid` */
const ruleIn = (design: unknown, id: string): { readonly index: number; readonly rule: unknown } => {
  const rules = ownMember(design, 'rules');
  const ids = Array.isArray(rules) ? rules.map((one) => String(ownMember(one, 'id'))) : [];
  const index = ids.indexOf(id);
  if (index >= 0) return { index, rule: Array.isArray(rules) ? rules[index] : undefined };
  throw new Problem('usage.invalid', `expected a rule of the design (${ids.join(', ') || 'it has none'}), got "${id}"`, {
    hint: didYouMean(id, ids),
  });
};

/** Those that are said, else those that the rule has by now. @throws Problem `usage.invalid` when there are neither */
const namesFor = (what: 'keys' | 'columns', said: string | undefined, rule: unknown): readonly string[] => {
  const names = namesIn(said) ?? textsOf(ownMember(ownMember(rule, 'table'), what));
  if (names) return names;
  throw new Problem('usage.invalid', `expected --${what} for a rule that has no table yet, got none`, {
    hint:
      what === 'keys'
        ? 'The columns that rows are found by: --keys customer.country'
        : 'The columns that a row sets: --columns language,tone',
  });
};

const listText = (items: readonly unknown[]): string => `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;

/** A row a line, as people read and compare tables. */
const tableText = ({ keys, columns, rows }: Table, indent: string): string => {
  const body = rows.map((row) => `${indent}    ${listText(row)}`).join(',\n');
  return `{\n${indent}  "keys": ${listText(keys)},\n${indent}  "columns": ${listText(columns)},\n${indent}  "rows": [\n${body}\n${indent}  ]\n${indent}}`;
};

const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';

/** The text of a design with another table in one of its rules; everything else stays as it was written. */
const withTable = (text: string, index: number, table: Table): string => {
  const old = spanOf(text, `/rules/${index}/table`);
  if (old) return text.slice(0, old.from) + tableText(table, indentAt(text, old.from)) + text.slice(old.to);
  const rule = spanOf(text, `/rules/${index}`);
  if (!rule) throw new Problem('usage.invalid', 'expected a rule in the text of the design, got none');
  const before = text.slice(0, rule.to - 1).trimEnd();
  const indent = indentAt(text, rule.from);
  return `${before},\n${indent}  "table": ${tableText(table, `${indent}  `)}\n${indent}${text.slice(rule.to - 1)}`;
};

/** `platen designs table DESIGN RULE CSV`: a spreadsheet becomes the table of a rule, in the file of the design. */
export const designTableCommand = (
  environment: Environment,
  design: string,
  rule: string,
  csv: string,
  flags: TableFlags,
): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const path = design.endsWith('.json')
      ? resolve(environment.cwd, design)
      : join(libraryFolders(environment.env).templates, 'designs', design.toLowerCase(), 'design.json');
    const source = await readSpecText(path, environment.stdin);
    const written = ruleIn(jsonOfText(source), rule);
    const keys = namesFor('keys', flags.keys, written.rule);
    const columns = namesFor('columns', flags.columns, written.rule);
    const { bytes } = await readBatchFile(csv, environment.stdin, environment.cwd);
    const table = tableFromCsv(readCsv(decodeTableText(bytes, flags.encoding)), keys, columns);
    const text = withTable(source.text, written.index, table);
    parseDesign(jsonOfText({ ...source, text }));
    const target = flags.output === undefined ? path : resolve(environment.cwd, flags.output);
    await writeWhole(target, text);
    terminal.event({ event: 'done', file: target, rule, rows: table.rows.length });
    terminal.say(`${plural(table.rows.length, 'row')} in the rule ${rule} of ${target}`);
    return EXIT.done;
  });
