import type { DesignRule } from '../../model/design.ts';
import { didYouMean, InvalidInput, type Mistake } from '../../model/parse.ts';
import { readCsv } from './read-csv.ts';

type Table = NonNullable<DesignRule['table']>;

/**
 * The table of a rule out of a spreadsheet saved as CSV. Its first line names the columns; `keys` and `columns` say which of them rows are
 * found by and which they set, in whatever order they stand; others are left out. An empty key is `*`, which fits anything. Cells are kept as
 * text: zeros in front and what looks like a formula stay as they are.
 * @throws InvalidInput with every mistake; pointers are `/line/<number>`, as a text editor counts lines
 */
export const tableFromCsv = (text: string, keys: readonly string[], columns: readonly string[]): Table => {
  const { rows, open } = readCsv(text);
  const [head, ...body] = rows;
  const names = head?.cells.map((cell) => cell.trim()) ?? [];
  const wanted = [...keys, ...columns];
  const places = wanted.map((name) => names.indexOf(name));
  const mistakes: Mistake[] = [
    ...wanted.flatMap((name, i): readonly Mistake[] =>
      (places[i] ?? -1) >= 0
        ? []
        : [
            {
              pointer: `/line/${head?.line ?? 1}`,
              expected: `a column "${name}"`,
              got: names.join(', ') || 'nothing',
              hint: didYouMean(name, names),
            },
          ],
    ),
    ...(open === null ? [] : [{ pointer: `/line/${open}`, expected: 'a closing quote', got: 'the end of the file' }]),
    ...(body.length > 0 ? [] : [{ pointer: '/line/2', expected: 'at least one row below the names', got: 'none' }]),
    ...body.flatMap(({ line, cells }): readonly Mistake[] =>
      cells.length <= names.length
        ? []
        : [{ pointer: `/line/${line}`, expected: `at most ${names.length} cells`, got: String(cells.length) }],
    ),
  ];
  if (mistakes.length > 0) throw new InvalidInput('table', mistakes);
  const cellAt = (cells: readonly string[], i: number): string => (cells[places[i] ?? -1] ?? '').trim();
  return {
    keys: [...keys],
    columns: [...columns],
    rows: body.map(({ cells }) => wanted.map((_, i) => cellAt(cells, i) || (i < keys.length ? '*' : ''))),
  };
};
