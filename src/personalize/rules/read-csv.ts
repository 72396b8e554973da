/** Rows of cells, with the line each begins on, from 1; `open` is the line of a quote that never closes. */
export type CsvText = {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly open: number | null;
};

const SEPARATORS = [',', ';', '\t'] as const;

/** Spreadsheets of half the world write semicolons: the separator is the one that the first line has most of, outside of quotes. */
const separatorOf = (text: string): string => {
  const first = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text.slice(0, 20_000))?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = SEPARATORS.map((mark) => first.split(mark).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
};

/** CSV after RFC 4180, as spreadsheets write it: byte order mark, any line ends, quoted cells with doubled quotes and line breaks in them. */
export const readCsv = (input: string): CsvText => {
  const text = input.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(text);
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let [at, line, began] = [0, 1, 1];
  let open: number | null = null;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      const from = line;
      for (;;) {
        const close = text.indexOf('"', at + 1);
        const piece = text.slice(at + 1, close < 0 ? text.length : close);
        cell += piece;
        line += piece.split('\n').length - 1;
        at = close < 0 ? text.length : close + 1;
        if (close < 0) open = from;
        if (close < 0 || text[at] !== '"') break;
        cell += '"';
      }
    }
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end++;
    cells.push(cell + text.slice(at, end));
    at = end + 1;
    if (text[end] === separator && at < text.length) continue;
    if (text[end] === separator) cells.push('');
    rows.push({ line: began, cells });
    cells = [];
    line++;
    began = line;
  }
  return { rows: rows.filter((row) => row.cells.some((one) => one.trim() !== '')), open };
};
