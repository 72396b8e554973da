import type { DesignRule } from '../../model/design.ts';
import { folded } from '../conditions.ts';
import { compared, isMissing, type Path, pathOf, type Scope } from '../scope.ts';

type Table = NonNullable<DesignRule['table']>;

export type TableRow = { readonly index: number; readonly set: Readonly<Record<string, unknown>> };

/** Finds the first row that fits: rows are filed by which of their keys are `*`, so that 20,000 rows cost as little as 20. */
export type RowFinder = (scope: Scope, looked: Map<string, unknown>) => TableRow | null;

const ANY = '*';

/** The text that a value is filed under: 3 and "3", "Lyon" and " lyon " are the same. */
const filed = (value: unknown): string => {
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '\u0000';
  const plain = String(folded(text));
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain;
};

const joined = (values: readonly string[]): string => values.join('\u0001');

/** Combinations of list values that are tried; one value each is the rule, lists are rare. */
const MAX_COMBINATIONS = 200;

const combinations = (values: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  values.reduce<readonly (readonly string[])[]>(
    (before, next) => before.flatMap((one) => next.map((value) => [...one, value])).slice(0, MAX_COMBINATIONS),
    [[]],
  );

const isAny = (cell: unknown): boolean => typeof cell === 'string' && cell.trim() === ANY;

/** Mistakes of a table: rows whose cells are not keys and columns together. */
export const rowsOfWrongLength = ({ keys, columns, rows }: Table): readonly number[] =>
  rows.flatMap((row, i) => (row.length === keys.length + columns.length ? [] : [i]));

/** Rows with the same keys of their own, the others being `*`: the first of each combination. */
type RowFile = { readonly exact: readonly number[]; readonly rows: Map<string, number> };

const filesOf = ({ keys, rows }: Table): ReadonlyMap<string, RowFile> => {
  const files = new Map<string, RowFile>();
  for (const [index, row] of rows.entries()) {
    const exact = keys.flatMap((_, k) => (isAny(row[k]) ? [] : [k]));
    const name = exact.join();
    const file = files.get(name) ?? { exact, rows: new Map<string, number>() };
    files.set(name, file);
    const key = joined(exact.map((k) => filed(row[k])));
    if (!file.rows.has(key)) file.rows.set(key, index);
  }
  return files;
};

/** Rows that nobody ever gets, by index, each with a row above it that takes all that it would. */
export const coveredRows = (table: Table): readonly { readonly row: number; readonly by: number }[] => {
  const files = [...filesOf(table).values()];
  return table.rows.flatMap((cells, row) => {
    const above = files.flatMap(({ exact, rows }) => {
      if (exact.some((k) => isAny(cells[k]))) return [];
      const first = rows.get(joined(exact.map((k) => filed(cells[k]))));
      return first === undefined || first >= row ? [] : [first];
    });
    return above.length === 0 ? [] : [{ row, by: Math.min(...above) }];
  });
};

export const compileTable = (table: Table): RowFinder => {
  const { keys, columns, rows } = table;
  const paths: readonly Path[] = keys.map(pathOf);
  const files = filesOf(table);
  const found = (index: number): TableRow => ({
    index,
    set: Object.fromEntries(columns.map((column, c) => [column, rows[index]?.[keys.length + c]])),
  });
  return (scope, looked) => {
    const values = paths.map((path) => {
      const value = compared(scope, path);
      looked.set(path.text, value);
      return isMissing(value) ? [] : (Array.isArray(value) ? value : [value]).map(filed);
    });
    let best = Number.POSITIVE_INFINITY;
    for (const { exact, rows: byKey } of files.values()) {
      for (const one of combinations(exact.map((k) => values[k] ?? []))) best = Math.min(best, byKey.get(joined(one)) ?? best);
    }
    return Number.isFinite(best) ? found(best) : null;
  };
};
