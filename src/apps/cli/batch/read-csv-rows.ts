import type { CsvRow, CsvTable } from '../../../intake/csv/read-csv.ts';
import { Problem } from '../../../model/problem.ts';
import type { OpenDesign } from '../../../personalize/filled-design.ts';
import { isRosterDesign } from '../../../personalize/rosters/read-roster.ts';
import { rosterColumn } from '../../../personalize/rosters/roster-columns.ts';
import { applyRoster } from './apply-roster.ts';
import { type Column, columnTargets, headingOf, targetOf } from './column-targets.ts';
import type { Mapping } from './mapping.ts';
import { type OrderRow, type RowFinding, unreadable } from './order-row.ts';

export type TableReading = {
  readonly table: CsvTable;
  readonly mapping: Mapping;
  /** Of all rows that name none. */
  readonly design: string | undefined;
  /** Rows are players: true, or of themselves where the design asks for a jersey number. */
  readonly roster: boolean;
  /** @throws Problem for an unknown design */
  readonly designOf: (id: string) => Promise<OpenDesign>;
};

const isDesignColumn = (name: string, mapping: Mapping): boolean => headingOf(name, mapping).trim().toLowerCase() === 'design';

/** What the cells of a row come to, written into as they are read. */
type Reading = {
  readonly answers: Record<string, unknown>;
  readonly data: Record<string, unknown>;
  readonly variant: Record<string, string>;
  reference?: string;
  line?: string;
  quantity?: number;
  readonly findings: RowFinding[];
};

const setPath = (data: Record<string, unknown>, [head = '', ...rest]: readonly string[], value: string): void => {
  if (rest.length === 0) {
    data[head] = value;
    return;
  }
  const inner = Object.hasOwn(data, head) ? data[head] : undefined;
  const next: Record<string, unknown> = inner !== null && typeof inner === 'object' ? { ...inner } : {};
  data[head] = next;
  setPath(next, rest, value);
};

const takeOrder = (reading: Reading, member: 'reference' | 'line' | 'quantity', value: string, field: string): void => {
  if (member === 'reference') reading.reference = value.slice(0, 200);
  else if (member === 'line') reading.line = value.slice(0, 200);
  else if (/^\d{1,7}$/.test(value) && Number(value) >= 1 && Number(value) <= 1_000_000) reading.quantity = Number(value);
  else
    reading.findings.push({
      severity: 'error',
      code: 'row.quantity',
      field,
      message: `expected a whole number from 1, got "${value.slice(0, 40)}"`,
    });
};

const takeCell = (reading: Reading, { name, target }: Column, cell: string): void => {
  const value = cell.trim();
  if (value === '') return;
  switch (target.kind) {
    case 'fields':
      for (const id of target.ids) reading.answers[id] = cell;
      return;
    case 'data':
      setPath(reading.data, target.path, value);
      return;
    case 'order':
      takeOrder(reading, target.member, value, name);
      return;
    case 'variant':
      reading.variant[target.option] = value;
      return;
    case 'design':
    case 'ignored':
    case 'unknown':
  }
};

const rowOf = (
  { row, cells, errors, warnings }: CsvRow,
  columns: readonly Column[],
  constants: readonly (Column & { readonly value: string })[],
  design: string,
): OrderRow => {
  const reading: Reading = { answers: {}, data: {}, variant: {}, findings: [] };
  for (const constant of constants) takeCell(reading, constant, constant.value);
  for (const [i, column] of columns.entries()) takeCell(reading, column, cells[i] ?? '');
  const told = (severity: 'error' | 'warning', messages: readonly string[]): readonly RowFinding[] =>
    messages.map((message) => ({ severity, code: 'row.cells', message }));
  const { answers, data, variant, reference, line, quantity } = reading;
  return {
    row,
    order: {
      ...(reference === undefined ? {} : { reference }),
      ...(line === undefined ? {} : { line }),
      ...(quantity === undefined ? {} : { quantity }),
    },
    findings: [...told('error', errors), ...told('warning', warnings), ...reading.findings],
    content: { kind: 'answers', design, answers, data, variant },
  };
};

export type TableRows = {
  readonly rows: readonly OrderRow[];
  /** About columns, so about every row alike. */
  readonly notes: readonly string[];
};

type Constant = Column & { readonly value: string };

/** A table as one design understands it. */
type Understood = {
  readonly open: OpenDesign;
  readonly columns: readonly Column[];
  readonly constants: readonly Constant[];
  readonly isRoster: boolean;
};

const noteOf = ({ name, heading = name, target }: Column, design: string): readonly string[] =>
  target.kind === 'unknown'
    ? [
        `column "${name}"${heading === name ? '' : ` (as "${heading}")`} is no field of ${design} and is not used${target.hint === undefined ? '' : ` (${target.hint})`}`,
      ]
    : [];

const hasNumbers = (columns: readonly Column[], open: OpenDesign): boolean =>
  isRosterDesign(open) && columns.some(({ name, heading }) => rosterColumn(heading ?? name) === 'number');

/** Orders of customers may share a number; a list of players without orders is a team's. */
const looksLikeRoster = (columns: readonly Column[], open: OpenDesign): boolean =>
  hasNumbers(columns, open) && !columns.some(({ target }) => target.kind === 'order' && target.member === 'reference');

/** A heading that only a list of players has, in a table that was not taken for one. */
const rosterNotes = (columns: readonly Column[], open: OpenDesign, isRoster: boolean): readonly string[] => {
  const isLost = ({ name, heading, target }: Column): boolean => target.kind === 'unknown' && rosterColumn(heading ?? name) === 'number';
  if (isRoster || !hasNumbers(columns, open) || !columns.some(isLost)) return [];
  return ['rows with an order reference are taken for orders of their own: say "roster" when they are the players of teams'];
};

const understand = (open: OpenDesign, { table, mapping, roster }: TableReading, notes: string[]): Understood => {
  const { id } = open.design;
  const columns = columnTargets(table.columns, mapping, open);
  const constants = Object.entries(mapping.constants).map(([name, value]) => ({ name, value, target: targetOf(name, open) }));
  const isRoster = roster || looksLikeRoster(columns, open);
  const isTold = ({ name, heading }: Column): boolean => !(isRoster && rosterColumn(heading ?? name) !== null);
  notes.push(...[...columns.filter(isTold), ...constants].flatMap((one) => noteOf(one, id)), ...rosterNotes(columns, open, isRoster));
  return { open, columns, constants, isRoster };
};

/** Rows of a table as orders. A row that cannot be read fails alone. @throws Problem `usage.invalid`, or that of an unknown design of all */
export const readCsvRows = async (reading: TableReading): Promise<TableRows> => {
  const { table, mapping, design, designOf } = reading;
  const designAt = table.columns.findIndex((name) => isDesignColumn(name, mapping));
  const usual = design ?? mapping.constants.design;
  if (designAt < 0 && usual === undefined)
    throw new Problem('usage.invalid', 'expected a design for the rows of the table, got none', {
      hint: 'Say --design ID, or add a column "design".',
    });
  const stray = Object.keys(mapping.columns).filter((name) => !table.columns.includes(name));
  const notes: string[] = stray.map((name) => `the mapping names a column "${name}" that the table does not have`);
  const known = new Map<string, Promise<Understood>>();
  const understood = (id: string): Promise<Understood> => {
    const found = known.get(id) ?? designOf(id).then((open) => understand(open, reading, notes));
    known.set(id, found);
    return found;
  };
  if (usual !== undefined) await understood(usual);
  const rows: OrderRow[] = [];
  const teams = new Map<Understood, OrderRow[]>();
  const teamOf = (how: Understood): OrderRow[] => {
    const players = teams.get(how) ?? [];
    teams.set(how, players);
    return players;
  };
  for (const one of table.rows) {
    const id = one.cells[designAt]?.trim() || usual;
    if (id === undefined) {
      rows.push(unreadable(one.row, { severity: 'error', code: 'row.design', field: 'design', message: 'expected a design, got none' }));
      continue;
    }
    try {
      const how = await understood(id);
      const row = rowOf(one, how.columns, how.constants, id);
      if (how.isRoster) teamOf(how).push(row);
      else rows.push(row);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      rows.push(unreadable(one.row, { severity: 'error', code: error.code, field: 'design', message: error.message }));
    }
  }
  for (const [{ open }, players] of teams) rows.push(...applyRoster(players, table, mapping, open));
  return { rows: rows.sort((a, b) => a.row - b.row), notes };
};
