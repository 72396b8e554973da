import { describe, expect, it } from 'vitest';
import type { OpenDesign } from '../../../src/personalize/filled-design.ts';
import { isRosterDesign, type RosterRules, readRoster } from '../../../src/personalize/rosters/read-roster.ts';
import { rosterColumn } from '../../../src/personalize/rosters/roster-columns.ts';
import { makeDesign } from '../make-design.ts';

const jersey = (numbers = 'fiba-basketball'): OpenDesign =>
  makeDesign({
    fields: [
      { id: 'name', kind: 'text', label: 'Name', maxLength: 12, required: false },
      { id: 'number', kind: 'text', label: { en: 'Number', de: 'Nummer' }, numbers },
    ],
  });

const list = (...players: readonly (readonly [name: string, number: string, quantity?: string, team?: string])[]) =>
  players.map(([Name, number, qty = '', Team = ''], i) => ({ row: i + 2, cells: { Name, 'No.': number, Qty: qty, Team } }));

const told = (rows: ReturnType<typeof list>, open = jersey(), rules: RosterRules = {}) =>
  readRoster(rows, open, rules).findings.map(({ row, code, severity }) => `${row} ${severity} ${code}`);

describe('a roster', () => {
  it('gives answers by player, with numbers as they were written', () => {
    const { players, findings } = readRoster(list(['Okafor', '00', '2'], ['Ann', '#7']), jersey(), { answers: { name: 'nobody' } });
    expect(findings).toEqual([]);
    expect(players.map(({ row, answers, quantity }) => [row, answers, quantity])).toEqual([
      [2, { name: 'Okafor', number: '00' }, 2],
      [3, { name: 'Ann', number: '7' }, 1],
    ]);
  });

  it('finds numbers that two players of one team have', () => {
    expect(told(list(['Okafor', '7'], ['Ann', '8'], ['Bea', '7']))).toEqual(['4 error roster.number-twice']);
    expect(told(list(['Okafor', '7', '', 'A'], ['Bea', '7', '', 'B']))).toEqual([]);
    expect(told(list(['Okafor', '7'], ['okafor ', '7']))).toEqual(['3 warning roster.player-twice']);
  });

  it.each([
    ['football-1-99', '00', 'error'],
    ['football-1-99', '07', 'error'],
    ['football-1-99', '100', 'error'],
    ['nfhs-basketball', '16', 'error'],
    ['nfhs-basketball', '15', null],
    ['fiba-basketball', '00', null],
  ])('holds numbers to the rules of the field: %s, %s', (numbers, number, severity) => {
    expect(told(list(['Ann', number]), jersey(numbers))).toEqual(severity ? [`2 ${severity} answer.number-rule`] : []);
  });

  it('lets the caller say other rules', () => {
    expect(told(list(['Ann', '99']), jersey(), { numbers: 'nfhs-basketball' })).toEqual(['2 error answer.number-rule']);
  });

  it('finds a 0 beside a 00', () => {
    expect(told(list(['Ann', '0'], ['Bea', '4'], ['Cleo', '00']))).toEqual(['4 error roster.zeros']);
    expect(told(list(['Ann', '00', '', 'A'], ['Cleo', '0', '', 'B']))).toEqual([]);
  });

  it('finds quantities that are none, letters that are not there and names left out', () => {
    const rows = list(['Ann', '1', 'two'], ['Łukasz', '2'], ['', '3'], ['Cleo', '4']);
    const missingLetters = (name: string): readonly string[] => (name.includes('Ł') ? ['Ł'] : []);
    expect(told(rows, jersey(), { missingLetters })).toEqual([
      '2 error roster.quantity',
      '3 error roster.letters',
      '4 warning roster.name-missing',
    ]);
  });

  it('takes the field that is shown where sports have fields of their own', () => {
    const open = makeDesign({
      fields: [
        { id: 'sport', kind: 'choice', label: 'Sport', options: [{ id: 'football' }, { id: 'school' }] },
        { id: 'a', kind: 'text', label: 'Number', numbers: 'football-1-99', when: { of: 'sport', is: 'football' } },
        { id: 'b', kind: 'text', label: 'Number', numbers: 'nfhs-basketball', when: { of: 'sport', is: 'school' } },
      ],
    });
    expect(told(list(['', '16']), open, { answers: { sport: 'school' } })).toEqual(['2 error answer.number-rule']);
    expect(told(list(['', '16']), open, { answers: { sport: 'football' } })).toEqual([]);
  });

  it('says in the language of the order what is wrong', () => {
    const [finding] = readRoster(list(['Ann', 'x']), jersey(), { language: 'de' }).findings;
    expect(finding?.message).toContain('Nummer');
  });

  it('is for designs that ask for a number', () => {
    expect(isRosterDesign(jersey())).toBe(true);
    expect(isRosterDesign(makeDesign({ fields: [{ id: 'name', kind: 'text', label: 'Name' }] }))).toBe(false);
  });

  it('knows columns by the headings of several languages', () => {
    expect(['Rückennummer', 'NO.', 'Qty', 'Größe', 'shirt_size', 'colour'].map(rosterColumn)).toEqual([
      'number',
      'number',
      'quantity',
      'size',
      'size',
      null,
    ]);
  });
});
