import { baseOf, languageOf } from './languages.ts';

/** A number, or a text that is one; null else. */
export const numberFrom = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[+-]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})\s*$/.test(value)) return null;
  return Number(value);
};

const grouped = (digits: string, mark: string, lakhs: boolean): string => {
  if (!lakhs) return digits.replace(/\B(?=(?:\d{3})+$)/g, mark);
  const last = digits.slice(-3);
  const before = digits.slice(0, -3);
  return before === '' ? last : `${before.replace(/\B(?=(?:\d{2})+$)/g, mark)}${mark}${last}`;
};

/** A number with the marks of a language; `decimals` digits after the mark, else as many as it has, at most 6. Unknown languages: 1234.5. */
export const formatNumber = (value: number, tag: string, decimals: number | undefined): string => {
  const size = Math.abs(value);
  if (size >= 1e21) return String(value);
  const fixed = decimals === undefined ? size.toFixed(6).replace(/\.?0+$/, '') : size.toFixed(decimals);
  const [whole = '0', part] = fixed.split('.');
  const row = languageOf(tag)?.row;
  const text = row && whole.length >= (row.groupsFrom ?? 4) ? grouped(whole, row.group, row.lakhs === true) : whole;
  const sign = value < 0 && /[1-9]/.test(fixed) ? '-' : '';
  return `${sign}${text}${part === undefined ? '' : `${row?.decimal ?? '.'}${part}`}`;
};

const english = (n: number): string => {
  const [tens, ones] = [n % 100, n % 10];
  if (tens >= 11 && tens <= 13) return 'th';
  return ones === 1 ? 'st' : ones === 2 ? 'nd' : ones === 3 ? 'rd' : 'th';
};

const catalan = (n: number): string => (n === 1 || n === 3 ? 'r' : n === 2 ? 'n' : n === 4 ? 't' : 'è');
const swedish = (n: number): string => ([1, 2].includes(n % 10) && ![11, 12].includes(n % 100) ? ':a' : ':e');

const SUFFIX: ReadonlyMap<string, (n: number) => string> = new Map([
  ['en', english],
  ['fr', (n) => (n === 1 ? 'er' : 'e')],
  ['es', () => '.º'],
  ['it', () => 'º'],
  ['pt', () => 'º'],
  ['nl', () => 'e'],
  ['ca', catalan],
  ['sv', swedish],
  ['ga', () => 'ú'],
  ['ru', () => '-й'],
  ['uk', () => '-й'],
  ['el', () => 'ος'],
  ['ja', () => '番目'],
  ['vi', () => ''],
]);

/** Languages that put something before the number. */
const PREFIX: ReadonlyMap<string, string> = new Map([
  ['zh', '第'],
  ['id', 'ke-'],
  ['vi', 'thứ '],
]);

/** 1st, 1er, 1.: the masculine form where a language has several; a full stop where it writes none of its own. */
export const formatOrdinal = (n: number, tag: string): string => {
  const base = baseOf(tag);
  const before = PREFIX.get(base);
  const after = SUFFIX.get(base)?.(n);
  return `${before ?? ''}${n}${after ?? (before === undefined ? '.' : '')}`;
};
