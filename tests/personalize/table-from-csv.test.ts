import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/intake/csv/read-csv.ts';
import { InvalidInput } from '../../src/model/parse.ts';
import { tableFromCsv } from '../../src/personalize/rules/table-from-csv.ts';
import { textOf } from './fill.ts';
import { makeDesign } from './make-design.ts';

const mistakesOf = (text: string): readonly string[] => {
  try {
    tableFromCsv(readCsv(text), ['customer.city'], ['word']);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.mistakes.map(({ pointer, expected }) => `${pointer} ${expected}`);
  }
};

describe('a table out of a spreadsheet', () => {
  it('has its keys and columns by name, whatever stands between them', () => {
    const text = '\ufeffword,note,customer.city\r\n"Bon, ""jour""",x,Lyon\r\n=1+1,,\r\n\r\n007,x,Wien\r\n';
    const table = tableFromCsv(readCsv(text), ['customer.city'], ['word']);
    expect(table).toEqual({
      keys: ['customer.city'],
      columns: ['word'],
      rows: [
        ['Lyon', 'Bon, "jour"'],
        ['*', '=1+1'],
        ['Wien', '007'],
      ],
    });
    const open = makeDesign({ data: [{ path: 'customer.city' }], rules: [{ id: 'city', table }] }, '{{word}}');
    expect(textOf(open, {}, { customer: { city: 'lyon' } })).toBe('Bon, "jour"');
  });

  it('may be written with semicolons or tabs, and lines within cells', () => {
    for (const mark of [';', '\t']) {
      const text = `customer.city${mark}word\n"Lyon"${mark}"a,b\nc"\n`;
      expect(tableFromCsv(readCsv(text), ['customer.city'], ['word']).rows).toEqual([['Lyon', 'a,b\nc']]);
    }
  });

  it('tells every mistake with its line', () => {
    expect(mistakesOf('nothing\n')).toEqual([
      '/line/1 a column "customer.city"',
      '/line/1 a column "word"',
      '/line/2 at least one row below the names',
    ]);
    expect(mistakesOf('customer.city,wrd\n"a\nb",c\nx,y,z\nq,"r"s\n')).toEqual([
      '/line/1 a column "word"',
      '/line/4 at most 2 cells',
      '/line/5 a separator after the closing quote in column 2',
    ]);
  });
});
