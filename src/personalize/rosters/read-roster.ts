import type { DesignField } from '../../model/design-field.ts';
import type { Finding } from '../../model/finding.ts';
import { allowedNumbers, isAllowedNumber, type NumberRule } from '../answers/jersey-numbers.ts';
import type { Answers, OpenDesign } from '../filled-design.ts';
import { formFields } from '../form-fields.ts';
import { policyFindings } from '../policy/policy-findings.ts';
import { quoted, say } from '../say.ts';
import { wordingIn } from '../wording.ts';
import { type RosterColumn, rosterColumn } from './roster-columns.ts';

/** Cells of one row by the headings of their columns. */
export type RosterRow = {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  /** What is known of this row besides: its sport, say. */
  readonly answers?: Answers;
};

export type RosterRules = {
  /** What holds for the whole team: the sport, the colours. */
  readonly answers?: Answers;
  /** Instead of the set that the field of the design has. */
  readonly numbers?: NumberRule;
  readonly language?: string;
  /** Letters of a name that the lettering cannot show; without it nobody looks. */
  readonly missingLetters?: (name: string) => readonly string[];
};

export type Player = {
  readonly row: number;
  readonly team: string;
  readonly name: string;
  /** As it was written: `07` is no `7`. */
  readonly number: string;
  readonly quantity: number;
  /** Empty when there is none; `variant` has it where the product knows sizes. */
  readonly size: string;
  readonly position: string;
  readonly notes: string;
  readonly answers: Answers;
  readonly variant: Readonly<Record<string, string>>;
};

export type RosterFinding = Finding & { readonly row: number };
export type Roster = { readonly players: readonly Player[]; readonly findings: readonly RosterFinding[] };

type TextField = DesignField & { readonly kind: 'text' };

/** Fields that hold a jersey number: a design may have one for each sport, of which one is shown. */
const numberFields = ({ design }: OpenDesign): readonly (TextField & { readonly numbers: NumberRule })[] =>
  design.fields.flatMap((field) => (field.kind === 'text' && field.numbers !== undefined ? [{ ...field, numbers: field.numbers }] : []));

/** Whether a design is for players: it asks for a jersey number. */
export const isRosterDesign = (open: OpenDesign): boolean => numberFields(open).length > 0;

const nameField = ({ design }: OpenDesign): TextField | undefined => {
  const texts = design.fields.filter((field): field is TextField => field.kind === 'text' && field.numbers === undefined);
  return texts.find(({ id }) => id === 'name') ?? texts.find(({ id }) => /name/i.test(id)) ?? texts[0];
};

const sizeOption = (open: OpenDesign): string | undefined =>
  open.products.get(open.design.product)?.options.find(({ id, label }) => id === 'size' || rosterColumn(label) === 'size')?.id;

const cellsOf = ({ cells }: RosterRow): Readonly<Record<RosterColumn, string>> => {
  const found: Record<RosterColumn, string> = { row: '', team: '', name: '', number: '', size: '', position: '', quantity: '', notes: '' };
  for (const [heading, cell] of Object.entries(cells)) {
    const column = rosterColumn(heading);
    if (column !== null && found[column] === '') found[column] = cell.trim();
  }
  return found;
};

const QUANTITY = /^\d{1,5}$/;

const playerOf = (row: RosterRow, open: OpenDesign, { answers = {} }: RosterRules): Player => {
  const { team, name, size, position, notes, ...cells } = cellsOf(row);
  // Lists write "#7" and "No. 7" alike.
  const number = cells.number.replace(/^(?:#|no\.?|nr\.?)\s*/i, '');
  const named = nameField(open);
  const option = sizeOption(open);
  const sizeField = open.design.fields.find((field) => field.kind === 'variant' && field.option === option);
  return {
    row: row.row,
    team,
    name,
    number,
    quantity: QUANTITY.test(cells.quantity) ? Number(cells.quantity) : 1,
    size,
    position,
    notes,
    answers: {
      ...answers,
      ...row.answers,
      ...(named && name !== '' ? { [named.id]: name } : {}),
      ...(number === '' ? {} : Object.fromEntries(numberFields(open).map(({ id }) => [id, number]))),
      ...(sizeField && size !== '' ? { [sizeField.id]: size } : {}),
    },
    variant: option !== undefined && !sizeField && size !== '' ? { [option]: size } : {},
  };
};

/** The number field that such answers show, with its set of numbers. */
const shownNumber = (open: OpenDesign, { answers }: Player, language: string) => {
  const fields = numberFields(open);
  if (fields.length === 1) return fields[0];
  const shown = new Set(formFields(open, answers, language).flatMap(({ id, shown: isShown }) => (isShown ? [id] : [])));
  return fields.find(({ id }) => shown.has(id));
};

/** Rule books of basketball have no team with both a 0 and a 00: officials could not tell them apart. */
const ZEROS_APART: readonly NumberRule[] = ['nfhs-basketball', 'ncaa-basketball', 'fiba-basketball', 'any'];

const quantityFinding = (row: RosterRow): readonly RosterFinding[] => {
  const { quantity } = cellsOf(row);
  if (quantity === '' || (QUANTITY.test(quantity) && Number(quantity) > 0)) return [];
  const message = `expected a whole number of pieces from 1, got ${quoted(quantity)}`;
  return [{ row: row.row, severity: 'error', code: 'roster.quantity', pointer: '/quantity', message }];
};

const plainName = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** What a team as a whole must keep to; walks over its players in their order. */
class Team {
  readonly #numbers = new Map<string, Player>();
  readonly findings: RosterFinding[] = [];

  add(player: Player, field: { readonly id: string } | undefined, rule: NumberRule | undefined): void {
    const { number, name, row } = player;
    if (number === '') return;
    const pointer = `/${field?.id ?? 'number'}`;
    const before = this.#numbers.get(number);
    if (before) {
      const who = before.name === '' ? `row ${before.row}` : `${before.name} in row ${before.row}`;
      const isSame = plainName(before.name) === plainName(name);
      this.findings.push(
        isSame
          ? {
              row,
              severity: 'warning',
              code: 'roster.player-twice',
              pointer,
              message: `number ${number} is the same player as in row ${before.row}`,
              hint: 'A quantity says that a shirt is wanted twice.',
            }
          : { row, severity: 'error', code: 'roster.number-twice', pointer, message: `number ${number} is also that of ${who}` },
      );
    } else this.#numbers.set(number, player);
    const other = number === '0' ? '00' : number === '00' ? '0' : null;
    const zero = other === null ? undefined : this.#numbers.get(other);
    if (zero && other !== null && rule !== undefined && ZEROS_APART.includes(rule))
      this.findings.push({
        row,
        severity: 'error',
        code: 'roster.zeros',
        pointer,
        message: `a team has a 0 or a 00, and row ${zero.row} has ${other}`,
      });
  }
}

const own = (player: Player, open: OpenDesign, rules: RosterRules, language: string): readonly RosterFinding[] => {
  const { row, number, name } = player;
  const field = shownNumber(open, player, language);
  const rule = rules.numbers ?? field?.numbers;
  const findings: RosterFinding[] = [];
  if (number !== '' && field && rule !== undefined && !isAllowedNumber(number, rule)) {
    const allowed = allowedNumbers(rule);
    const label = wordingIn(field.label, [language, open.design.language]);
    const message = say(language, 'number-rule', { label, got: quoted(number), allowed });
    findings.push({
      row,
      severity: 'error',
      code: 'answer.number-rule',
      pointer: `/${field.id}`,
      message,
      measured: number,
      required: allowed,
    });
  }
  const named = nameField(open);
  if (named?.policy && name !== '') {
    const asked = { field: named, language, languages: [language, open.design.language], policy: open.policy };
    findings.push(...policyFindings(asked, name).map((finding) => ({ ...finding, row })));
  }
  const missing = name === '' ? [] : (rules.missingLetters?.(name) ?? []);
  if (missing.length > 0) {
    const pointer = `/${named?.id ?? 'name'}`;
    findings.push({
      row,
      severity: 'error',
      code: 'roster.letters',
      pointer,
      message: `the lettering has no ${missing.join(' ')} for the name ${quoted(name)}`,
    });
  }
  return findings;
};

/** A shirt without a name among shirts with names is more often a slip than a wish. */
const nameless = (players: readonly Player[], open: OpenDesign): readonly RosterFinding[] => {
  const field = nameField(open);
  const without = players.filter(({ name }) => name === '');
  // Where the design asks for a name, the answer that is missing is told by itself.
  if (!field || field.required === true || without.length === 0 || without.length * 2 > players.length) return [];
  return without.map(({ row }) => ({
    row,
    severity: 'warning',
    code: 'roster.name-missing',
    pointer: `/${field.id}`,
    message: 'this player has no name, and others of the list have',
  }));
};

/**
 * A team's list to answers for a design, a player a row, with what is wrong in each row: numbers that two players have or that the rules do
 * not allow, 0 beside 00, a quantity that is none, letters that cannot be shown, a name left out. Teams of one list are kept apart by their
 * column. What a name or another answer is wrong in by itself, `personalize` tells. Pure; never throws for what a list holds.
 */
export const readRoster = (rows: readonly RosterRow[], open: OpenDesign, rules: RosterRules = {}): Roster => {
  const language = rules.language ?? open.design.language;
  const players = rows.map((row) => playerOf(row, open, rules));
  const teams = new Map<string, Team>();
  for (const player of players) {
    const team = teams.get(plainName(player.team)) ?? new Team();
    teams.set(plainName(player.team), team);
    const field = shownNumber(open, player, language);
    team.add(player, field, rules.numbers ?? field?.numbers);
  }
  const findings = [
    ...rows.flatMap(quantityFinding),
    ...players.flatMap((player) => own(player, open, rules, language)),
    ...[...teams.values()].flatMap((team) => team.findings),
    ...nameless(players, open),
  ];
  return { players, findings: [...findings].sort((a, b) => a.row - b.row) };
};
