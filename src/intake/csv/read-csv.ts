import { Problem } from '../../model/problem.ts';

/** A row below the names. `row` counts as spreadsheets do (the names are row 1), `line` as text editors do. */
export type CsvRow = {
  readonly row: number;
  readonly line: number;
  /** As many as there are columns. */
  readonly cells: readonly string[];
  /** Why the row cannot be trusted. */
  readonly errors: readonly string[];
  /** What was odd, and how it was taken. */
  readonly warnings: readonly string[];
};

export type CsvTable = {
  readonly separator: string;
  /** Trimmed; a column may have no name. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
};

export type CsvLimits = { readonly rows: number; readonly columns: number; readonly cellChars: number };

/** A cell may hold a small picture as a data: URL; sheets of spreadsheets end at 1,048,576 rows and few orders have 1000 columns. */
export const CSV_LIMITS: CsvLimits = { rows: 200_000, columns: 1000, cellChars: 500_000 };

const SEPARATORS = [',', ';', '\t'] as const;
const QUOTE = 34;
const RETURN = 13;
const FEED = 10;

type Declared = { readonly separator: string | null; readonly at: number };

/** Some spreadsheets say the separator in a line of its own before the names: `sep=;`. */
const declared = (text: string): Declared => {
  const match = /^\ufeff?sep=([^\r\n])(?:\r\n|\r|\n|$)/i.exec(text);
  if (match?.[1] !== undefined) return { separator: match[1], at: match[0].length };
  return { separator: null, at: text.startsWith('\ufeff') ? 1 : 0 };
};

/** Half the world's spreadsheets write semicolons: it is the mark that the line of names has most of, outside of quotes. */
const separatorOf = (text: string, from: number): string => {
  const counts = [0, 0, 0];
  let isQuoted = false;
  for (let at = from; at < text.length && at < from + 100_000; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && (code === FEED || code === RETURN)) break;
    else if (!isQuoted) {
      const mark = SEPARATORS.findIndex((one) => one.charCodeAt(0) === code);
      if (mark >= 0) counts[mark] = (counts[mark] ?? 0) + 1;
    }
  }
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
};

type Record_ = { readonly line: number; readonly cells: string[]; readonly cellCount: number; readonly errors: readonly string[] };

/** Walks over the text once; records come one by one. */
class Records {
  readonly #text: string;
  readonly #separator: number;
  readonly #limits: CsvLimits;
  #at: number;
  #line: number;
  #errors: string[] = [];

  constructor(text: string, at: number, line: number, separator: string, limits: CsvLimits) {
    this.#text = text;
    this.#at = at;
    this.#line = line;
    this.#separator = separator.charCodeAt(0);
    this.#limits = limits;
  }

  /** Null at the end of the text. @throws Problem `csv.quote` for a quote that never closes */
  next(): Record_ | null {
    if (this.#at >= this.#text.length) return null;
    const line = this.#line;
    const cells: string[] = [];
    let cellCount = 0;
    this.#errors = [];
    for (;;) {
      const cell = this.#cell(cellCount + 1);
      cellCount += 1;
      // A row that is far too long is told by its count; its cells are not kept.
      if (cellCount <= this.#limits.columns) cells.push(cell);
      const code = this.#text.charCodeAt(this.#at);
      this.#at += 1;
      if (code === this.#separator) continue;
      if (code === RETURN && this.#text.charCodeAt(this.#at) === FEED) this.#at += 1;
      this.#line += 1;
      return { line, cells, cellCount, errors: this.#errors };
    }
  }

  #cell(column: number): string {
    const cell = this.#text.charCodeAt(this.#at) === QUOTE ? this.#quoted(column) : this.#plain();
    const { cellChars } = this.#limits;
    if (cell.length <= cellChars) return cell;
    this.#errors.push(`expected a cell of at most ${cellChars} characters in column ${column}, got ${cell.length}`);
    return '';
  }

  #plain(): string {
    const from = this.#at;
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === this.#separator || code === FEED || code === RETURN) break;
      this.#at += 1;
    }
    return this.#text.slice(from, this.#at);
  }

  #quoted(column: number): string {
    const opened = this.#line;
    let cell = '';
    for (;;) {
      const close = this.#text.indexOf('"', this.#at + 1);
      if (close < 0)
        throw new Problem('csv.quote', `expected a closing quote for the one that opens in line ${opened}, got the end of the file`);
      cell += this.#text.slice(this.#at + 1, close);
      this.#at = close + 1;
      if (this.#text.charCodeAt(this.#at) !== QUOTE) break;
      cell += '"';
    }
    const lines = cell.includes('\n') || cell.includes('\r') ? cell.replace(/\r\n?/g, '\n') : cell;
    if (lines !== cell || lines.includes('\n')) this.#line += lines.split('\n').length - 1;
    const rest = this.#plain();
    if (rest.trim() !== '')
      this.#errors.push(`expected a separator after the closing quote in column ${column}, got "${rest.trim().slice(0, 20)}"`);
    return lines;
  }
}

const isBlank = ({ cells }: Record_): boolean => cells.every((cell) => cell.trim() === '');

const columnsOf = (head: Record_ | null, { columns }: CsvLimits): readonly string[] => {
  if (head === null || isBlank(head)) throw new Problem('csv.empty', 'expected a table with a row of column names, got none');
  if (head.cellCount > columns) throw new Problem('csv.columns', `expected at most ${columns} columns, got ${head.cellCount}`);
  const [error] = head.errors;
  if (error !== undefined) throw new Problem('csv.names', `expected a row of column names, got a broken one: ${error}`);
  const names = head.cells.map((cell) => cell.trim());
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (twice !== undefined) throw new Problem('csv.names', `expected every column name once, got "${twice.slice(0, 60)}" twice`);
  return names;
};

const rowOf = ({ line, cells, cellCount, errors }: Record_, row: number, width: number): CsvRow => {
  const beyond = cells.slice(width).some((cell) => cell.trim() !== '') || (cellCount > cells.length && cellCount > width);
  return {
    row,
    line,
    cells: Array.from({ length: width }, (_, i) => cells[i] ?? ''),
    errors: beyond ? [...errors, `expected at most ${width} cells, got ${cellCount}`] : errors,
    warnings: cellCount < width ? [`expected ${width} cells, got ${cellCount}: the others count as empty`] : [],
  };
};

/**
 * A table after RFC 4180 as spreadsheets write it: `,` `;` or tab, found or said in a line `sep=;`, any line ends, quoted cells with doubled
 * quotes and line breaks. Cells stay text: zeros in front and what looks like a formula are kept. Blank rows are left out, but counted.
 * @throws Problem `csv.empty`, `csv.names`, `csv.columns`, `csv.rows`, `csv.quote`; a row that is broken by itself carries its errors
 */
export const readCsv = (text: string, limits: CsvLimits = CSV_LIMITS): CsvTable => {
  const { separator: said, at } = declared(text);
  const separator = said ?? separatorOf(text, at);
  const records = new Records(text, at, said === null ? 1 : 2, separator, limits);
  const columns = columnsOf(records.next(), limits);
  const rows: CsvRow[] = [];
  let row = said === null ? 1 : 2;
  for (let record = records.next(); record !== null; record = records.next()) {
    row += 1;
    if (isBlank(record) && record.errors.length === 0 && record.cellCount <= limits.columns) continue;
    if (rows.length >= limits.rows) throw new Problem('csv.rows', `expected at most ${limits.rows} rows, got more`);
    rows.push(rowOf(record, row, columns.length));
  }
  return { separator, columns, rows };
};
