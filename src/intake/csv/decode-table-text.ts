import { Problem } from '../../model/problem.ts';

export const TABLE_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TableEncoding = (typeof TABLE_ENCODINGS)[number];

const markOf = (bytes: Uint8Array): TableEncoding | null => {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
};

/** What programs call these, as the Encoding Standard lists it: what says Latin-1 is Windows-1252. */
const ALIASES: Readonly<Record<string, TableEncoding>> = {
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
};

/** The encoding that goes by a name, in letters of any case; null for one that tables are not read in. */
export const tableEncodingOf = (name: string): TableEncoding | null => {
  const plain = name.trim().toLowerCase();
  return TABLE_ENCODINGS.find((one) => one === plain) ?? (Object.hasOwn(ALIASES, plain) ? (ALIASES[plain] ?? null) : null);
};

/**
 * The text of a table as spreadsheets save it. A byte order mark says the encoding; without one it is UTF-8, or what `said` says. Nothing is
 * guessed from the letters: a wrong guess would print a wrong name.
 * @throws Problem `csv.encoding` with the line of the first byte that does not fit, `csv.nul`
 */
export const decodeTableText = (bytes: Uint8Array, said?: TableEncoding): string => {
  const encoding = markOf(bytes) ?? said ?? 'utf-8';
  const text = decoded(bytes, encoding);
  const nul = text.indexOf('\0');
  if (nul < 0) return text;
  throw new Problem('csv.nul', `expected text without NUL characters, got one in line ${lineAt(text, nul)}`, {
    hint: looksWide(bytes, encoding) ? WIDE_HINT : undefined,
  });
};

/**
 * 0x80 to 0x9f of Windows-1252, as the Encoding Standard has them; the five that are not assigned stay controls. Written out because some
 * versions of Node decode them as Latin-1.
 */
const UPPER_CONTROLS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const westernText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (char) => UPPER_CONTROLS[char.charCodeAt(0) - 0x80] ?? char);

const NARROW_HINT = 'Save the table as "CSV UTF-8", or say --encoding windows-1252 when it is in that.';
const WIDE_HINT = 'It looks like UTF-16 without a byte order mark: say --encoding utf-16le or utf-16be.';

/** Every other byte of a name of a column is zero in UTF-16. */
const looksWide = ([first, second]: Uint8Array, encoding: TableEncoding): boolean => encoding === 'utf-8' && (first === 0 || second === 0);

const decoded = (bytes: Uint8Array, encoding: TableEncoding): string => {
  if (encoding === 'windows-1252') return westernText(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('csv.encoding', `expected ${encoding.toUpperCase()} text, got other bytes in line ${brokenLine(bytes, encoding)}`, {
      hint: looksWide(bytes, encoding) ? WIDE_HINT : encoding === 'utf-8' ? NARROW_HINT : undefined,
      cause,
    });
  }
};

const lineAt = (text: string, at: number): number => text.slice(0, at).split(/\r\n?|\n/).length;

/** Where the text stops being what it should: the replacement character that the forgiving decoder writes there. */
const brokenLine = (bytes: Uint8Array, encoding: TableEncoding): number => {
  const text = new TextDecoder(encoding).decode(bytes);
  return lineAt(text, Math.max(0, text.indexOf('\ufffd')));
};
