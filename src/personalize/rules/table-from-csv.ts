import type { DesignRule } from '../../model/design.ts';
import { didYouMean, InvalidInput, type Mistake } from '../../model/parse.ts';

type Table = NonNullable<DesignRule['table']>;

/** A table as a reader of CSV gives it: `columns` by the names in its first line, cells as they stand, lines as text editors count them. */
export type NamedCells = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[]; readonly errors: readonly string[] }[];
};

const missing = (wanted: readonly string[], names: readonly string[]): readonly Mistake[] =>
  wanted
    .filter((name) => !names.includes(name))
    .map((name) => ({
      pointer: '/line/1',
      expected: `a column "${name}"`,
      got: names.join(', ') || 'nothing',
      hint: didYouMean(name, names),
    }));

/** "expected at most 2 cells, got 3" as a mistake of its line. */
const broken = ({ line, errors }: NamedCells['rows'][number]): readonly Mistake[] =>
  errors.map((error) => {
    const [, expected = error, got = 'another'] = /^expected (.*), got (.*)$/s.exec(error) ?? [];
    return { pointer: `/line/${line}`, expected, got };
  });

/**
 * The table of a rule out of a spreadsheet saved as CSV. `keys` and `columns` say which of its columns rows are found by and which they set,
 * in whatever order they stand; others are left out. An empty key is `*`, which fits anything. Cells are kept as text: zeros in front and what
 * looks like a formula stay as they are.
 * @throws InvalidInput with every mistake; pointers are `/line/<number>`
 */
export const tableFromCsv = ({ columns: names, rows }: NamedCells, keys: readonly string[], columns: readonly string[]): Table => {
  const wanted = [...keys, ...columns];
  const mistakes: readonly Mistake[] = [
    ...missing(wanted, names),
    ...(rows.length > 0 ? [] : [{ pointer: '/line/2', expected: 'at least one row below the names', got: 'none' }]),
    ...rows.flatMap(broken),
  ];
  if (mistakes.length > 0) throw new InvalidInput('table', mistakes);
  const places = wanted.map((name) => names.indexOf(name));
  const cellAt = (cells: readonly string[], i: number): string => (cells[places[i] ?? -1] ?? '').trim();
  return {
    keys: [...keys],
    columns: [...columns],
    rows: rows.map(({ cells }) => wanted.map((_, i) => cellAt(cells, i) || (i < keys.length ? '*' : ''))),
  };
};
