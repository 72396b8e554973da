import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTableText } from '../../../src/intake/csv/decode-table-text.ts';
import { CSV_LIMITS, readCsv } from '../../../src/intake/csv/read-csv.ts';

const bytesOf = (name: string): Uint8Array => readFileSync(new URL(`exported/${name}`, import.meta.url));

const COLUMNS = ['name', 'number', 'message', 'price', 'phone'];
const ROWS = [
  ['Zoë Ångström', '07', 'She said "hi"', '12,50', '+49 30 1234'],
  ['O’Connell', '00', 'two\nlines; one, cell', '=1+1', '-5'],
  ['李雷', '10', '@home', '0,5', '0049'],
];

describe('a table as spreadsheets save it', () => {
  it.each([
    ['utf8-mark-comma-crlf.csv', ','],
    ['utf8-mark-semicolon-crlf.csv', ';'],
    ['utf16le-tab-crlf.txt', '\t'],
    ['utf16be-tab-crlf.txt', '\t'],
    ['utf8-comma-lf-all-quoted.csv', ','],
    ['utf8-comma-cr.csv', ','],
    ['sep-line-semicolon.csv', ';'],
  ])('reads %s', (name, separator) => {
    const table = readCsv(decodeTableText(bytesOf(name)));
    expect(table.separator).toBe(separator);
    expect(table.columns).toEqual(COLUMNS);
    expect(table.rows.map(({ cells }) => cells)).toEqual(ROWS);
    expect(table.rows.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  });

  it('reads Windows-1252 only when that is said', () => {
    const bytes = bytesOf('windows1252-semicolon-crlf.csv');
    expect(() => decodeTableText(bytes)).toThrow('expected UTF-8 text, got other bytes in line 2');
    expect(readCsv(decodeTableText(bytes, 'windows-1252')).rows.map(({ cells }) => cells)).toEqual(ROWS.slice(0, 2));
  });

  it('takes the byte order mark over what is said', () => {
    expect(readCsv(decodeTableText(bytesOf('utf16le-tab-crlf.txt'), 'windows-1252')).columns).toEqual(COLUMNS);
  });

  it('counts rows as spreadsheets do and lines as editors do', () => {
    const { rows } = readCsv('a,b\n"1\n2",x\n\n3,y\n');
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [2, 2],
      [4, 5],
    ]);
  });

  it('tells ragged rows by row and goes on', () => {
    const { rows } = readCsv('a,b,c\n1,2\n1,2,3,,\n1,2,3,4\n1,2,3');
    expect(rows.map(({ row, errors, warnings }) => [row, errors, warnings])).toEqual([
      [2, [], ['expected 3 cells, got 2: the others count as empty']],
      [3, [], []],
      [4, ['expected at most 3 cells, got 4'], []],
      [5, [], []],
    ]);
  });

  it('tells what stands behind a closing quote', () => {
    const { rows } = readCsv('a,b\n"5" tall,x\n6" tall,x\n');
    expect(rows.map(({ cells, errors }) => [cells[0], errors])).toEqual([
      ['5', ['expected a separator after the closing quote in column 1, got "tall"']],
      ['6" tall', []],
    ]);
  });

  it('gives back every table that is written by the rules', () => {
    const cell = fc.stringMatching(/^[a-z "',;\n=+@0-9äß-]{0,12}$/);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, separator, end) => {
          const text = [['one', 'two'], ...rows].map((row) => row.map(quoted).join(separator)).join(end);
          const kept = rows.filter((row) => row.some((one) => one.trim() !== ''));
          expect(readCsv(text).rows.map(({ cells }) => [...cells])).toEqual(kept);
        },
      ),
    );
  });
});

describe('a hostile table', () => {
  it.each([
    ['nothing', '', 'expected a table with a row of column names, got none'],
    ['a quote that never closes', 'a,b\n1,2\n3,"4\n5,6\n', 'expected a closing quote for the one that opens in line 3'],
    ['a name twice', 'a,b,a\n', 'expected every column name once, got "a" twice'],
    ['10,000 columns', `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`, 'expected at most 1000 columns, got 10000'],
  ])('with %s ends with a message', (_, text, message) => {
    expect(() => readCsv(text)).toThrow(message);
  });

  it('with NUL characters ends with a message', () => {
    expect(() => decodeTableText(Buffer.from('a,b\n1,\0\n'))).toThrow('expected text without NUL characters, got one in line 2');
    expect(() => decodeTableText(Buffer.from('a,b\n', 'utf16le'))).toThrow('NUL');
    for (const text of ['a,b\n', 'a,ü\n'])
      expect(() => decodeTableText(Buffer.from(text, 'utf16le'))).toThrow(
        expect.objectContaining({ hint: expect.stringContaining('utf-16le') }),
      );
  });

  it('fails only the rows with a cell of a megabyte and with 10,000 cells', () => {
    const { rows } = readCsv(`a,b\n${'x'.repeat(1_000_000)},1\n${'y,'.repeat(10_000)}\nfine,1\n`);
    expect(rows.map(({ errors }) => errors)).toEqual([
      ['expected a cell of at most 500000 characters in column 1, got 1000000'],
      ['expected at most 2 cells, got 10001'],
      [],
    ]);
    expect(rows.at(-1)?.cells).toEqual(['fine', '1']);
  });

  it('with too many rows ends with a message', () => {
    expect(() => readCsv('a\n1\n2\n3\n', { ...CSV_LIMITS, rows: 2 })).toThrow('expected at most 2 rows, got more');
  });

  it('of any bytes gives a table or a Problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\t', ' ') }), (text) => {
        try {
          const { columns, rows } = readCsv(text);
          expect(rows.every(({ cells }) => cells.length === columns.length)).toBe(true);
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^csv\./));
        }
      }),
    );
  });
});
