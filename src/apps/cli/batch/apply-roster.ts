import type { CsvTable } from '../../../intake/csv/read-csv.ts';
import type { OpenDesign } from '../../../personalize/filled-design.ts';
import { type Player, type RosterFinding, readRoster } from '../../../personalize/rosters/read-roster.ts';
import { rosterColumn } from '../../../personalize/rosters/roster-columns.ts';
import { wordingIn } from '../../../personalize/wording.ts';
import { headingOf } from './column-targets.ts';
import type { Mapping } from './mapping.ts';
import type { OrderRow, RowFinding } from './order-row.ts';

/** What a player is called among the lines of an order: "10 Okafor". */
const lineOf = ({ number, name }: Player): string | undefined =>
  [number, name]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 200) || undefined;

/** What the floor must know of a player and no variant says. */
const notesOf = ({ size, position, notes, variant }: Player): string =>
  [Object.values(variant).includes(size) || size === '' ? '' : `size ${size}`, position, notes].filter((part) => part !== '').join(', ');

const withPlayer = (row: OrderRow, player: Player, findings: readonly RosterFinding[], { design }: OpenDesign): OrderRow => {
  const { content } = row;
  if (content.kind !== 'answers') return row;
  const line = row.order.line ?? lineOf(player);
  const reference = row.order.reference ?? (player.team === '' ? undefined : player.team.slice(0, 200));
  const labelOf = (pointer: string): { readonly field?: string } => {
    const field = design.fields.find(({ id }) => pointer === `/${id}`);
    return field ? { field: wordingIn(field.label, [design.language]) } : {};
  };
  // A column "quantity" is told already.
  const own = findings.filter(({ code }) => code !== 'roster.quantity' || !row.findings.some((one) => one.code === 'row.quantity'));
  const told = own.map(
    ({ severity, code, message, pointer, hint }): RowFinding => ({
      severity,
      code,
      message,
      pointer,
      ...labelOf(pointer),
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  return {
    ...row,
    order: {
      ...row.order,
      quantity: row.order.quantity ?? player.quantity,
      ...(line === undefined ? {} : { line }),
      ...(reference === undefined ? {} : { reference }),
    },
    findings: [...row.findings, ...told],
    notes: notesOf(player),
    content: { ...content, answers: { ...content.answers, ...player.answers }, variant: { ...player.variant, ...content.variant } },
  };
};

/** Rows of one design as the players of teams: numbers, sizes and quantities by the headings of clubs, and what teams must keep to. */
export const applyRoster = (rows: readonly OrderRow[], table: CsvTable, mapping: Mapping, open: OpenDesign): readonly OrderRow[] => {
  const cellsByRow = new Map(table.rows.map(({ row, cells }) => [row, cells]));
  const headings = table.columns.map((name) => headingOf(name, mapping));
  const hasTeams = headings.some((heading) => rosterColumn(heading) === 'team');
  const listed = rows.map(({ row, order, content }) => {
    const cells = cellsByRow.get(row) ?? [];
    // Where no column says the team, an order is one.
    const team = order.reference === undefined ? {} : { team: order.reference };
    return {
      row,
      cells: { ...Object.fromEntries(headings.map((heading, i) => [heading, cells[i] ?? ''])), ...(hasTeams ? {} : team) },
      answers: content.kind === 'answers' ? content.answers : {},
    };
  });
  const { players, findings } = readRoster(listed, open);
  const byRow = new Map<number, RosterFinding[]>();
  for (const finding of findings) byRow.set(finding.row, [...(byRow.get(finding.row) ?? []), finding]);
  return rows.map((row, i) => {
    const player = players[i];
    return player ? withPlayer(row, player, byRow.get(row.row) ?? [], open) : row;
  });
};
