import { dayOf, formatDay, yearsBetween } from './dates.ts';
import { baseOf } from './languages.ts';
import { graphemeCount, graphemesOf, initialsOf, lower, sentence, title, upper, wordsOf } from './letters.ts';
import { formatNumber, formatOrdinal, numberFrom } from './numbers.ts';

/** One formatter: how many values it takes, and what it makes of a value; undefined when it can make nothing of it. */
type Formatter = {
  readonly args: readonly [least: number, most: number];
  readonly apply: (value: unknown, args: readonly unknown[], language: string) => unknown;
  /** Takes a list as a whole; the others are applied to each of its items. */
  readonly takesList?: boolean;
};

/** A value as text: what stands where a text holds it. Lists and objects have none. */
export const asText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
};

const MAX_PAD = 100;

const ofText = (
  apply: (text: string, language: string, args: readonly unknown[]) => unknown,
  args: Formatter['args'] = [0, 0],
): Formatter => ({
  args,
  apply: (value, given, language) => {
    const text = asText(value);
    return text === undefined ? undefined : apply(text, language, given);
  },
});

const ofNumber = (apply: (n: number, args: readonly number[]) => number): Formatter => ({
  args: [1, 1],
  apply: (value, given) => {
    const [n, by] = [numberFrom(value), numberFrom(given[0])];
    if (n === null || by === null) return undefined;
    const result = apply(n, [by]);
    // Quantised, so that 0.1 + 0.2 is no surprise in a length.
    return Number.isFinite(result) ? Math.round(result * 1e6) / 1e6 : undefined;
  },
});

const ofDay = (apply: (iso: unknown, args: readonly unknown[], language: string) => unknown, args: Formatter['args']): Formatter => ({
  args,
  apply,
});

const truncate = (text: string, most: number): string => {
  // Enough of a text of megabytes to know that it is longer.
  const letters = graphemesOf(text.slice(0, Math.max(0, most) * 64 + 64));
  if (letters.length <= most) return text;
  return `${letters
    .slice(0, Math.max(0, most - 1))
    .join('')
    .trimEnd()}…`;
};

/** Longest text that a replacement may make, in UTF-16 units. */
const MAX_REPLACED = 1_000_000;

const replaced = (text: string, old: string, by: string): string | undefined => {
  if (old === '') return text;
  const pieces = text.split(old);
  return text.length + pieces.length * by.length > MAX_REPLACED ? undefined : pieces.join(by);
};

/** The owner's form of a name; languages without one of their own keep the name. */
const possessive = (text: string, language: string): string => {
  switch (baseOf(language)) {
    case 'en':
      return /s$/i.test(text) ? `${text}’` : `${text}’s`;
    case 'de':
      return /(?:s|ß|x|z|tz|ce)$/i.test(text) ? `${text}’` : `${text}s`;
    case 'nl':
      return /[aiouy]$/i.test(text) ? `${text}’s` : /(?:s|x|z)$/i.test(text) ? `${text}’` : `${text}s`;
    case 'sv':
    case 'da':
    case 'nb':
      return /(?:s|x|z)$/i.test(text) ? `${text}’` : `${text}s`;
    default:
      return text;
  }
};

/** "and" of a list by language. */
const AND: Readonly<Record<string, string>> = {
  cs: 'a',
  da: 'og',
  de: 'und',
  en: 'and',
  es: 'y',
  fi: 'ja',
  fr: 'et',
  hr: 'i',
  hu: 'és',
  it: 'e',
  nb: 'og',
  nl: 'en',
  pl: 'i',
  pt: 'e',
  ro: 'și',
  ru: 'и',
  sk: 'a',
  sl: 'in',
  sv: 'och',
  tr: 've',
  uk: 'і',
};

/** Names in a row as people say them: "Ada, Ben and Chi". Spanish y and Italian e change before a like sound. */
const listed = (items: readonly string[], language: string): string => {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  const base = baseOf(language);
  const usual = AND[base] ?? '&';
  const and = base === 'es' && /^h?[ií](?![aeou])/i.test(last) ? 'e' : base === 'it' && /^e/i.test(last) ? 'ed' : usual;
  return `${items.slice(0, -1).join(', ')} ${and} ${last}`;
};

/** Every formatter by name. The one explicit list; docs/designs.md describes each. */
export const FORMATTERS: ReadonlyMap<string, Formatter> = new Map<string, Formatter>([
  ['text', ofText((text) => text)],
  ['trim', ofText((text) => text.trim())],
  ['upper', ofText(upper)],
  ['lower', ofText(lower)],
  ['title', ofText(title)],
  ['sentence', ofText(sentence)],
  ['initials', ofText((text, language, [joint]) => initialsOf(text, language).join(asText(joint) ?? ''), [0, 1])],
  ['first-word', ofText((text) => wordsOf(text)[0])],
  ['last-word', ofText((text) => wordsOf(text).at(-1))],
  ['digits', ofText((text) => text.replace(/\D/gu, ''))],
  ['truncate', ofText((text, _, [most]) => truncate(text, numberFrom(most) ?? 0), [1, 1])],
  ['pad', ofText((text, _, [width, filler]) => text.padStart(Math.min(MAX_PAD, numberFrom(width) ?? 0), asText(filler) ?? '0'), [1, 2])],
  ['replace', ofText((text, _, [old, by]) => replaced(text, asText(old) ?? '', asText(by) ?? ''), [2, 2])],
  ['possessive', ofText(possessive)],
  [
    'number',
    {
      args: [0, 1],
      apply: (value, [decimals], language) => {
        const n = numberFrom(value);
        const places = numberFrom(decimals);
        return n === null
          ? undefined
          : formatNumber(n, language, places === null ? undefined : Math.min(10, Math.max(0, Math.round(places))));
      },
    },
  ],
  [
    'ordinal',
    {
      args: [0, 0],
      apply: (value, _, language) => {
        const n = numberFrom(value);
        return n === null || !Number.isInteger(n) || n < 0 ? undefined : formatOrdinal(n, language);
      },
    },
  ],
  ['plus', ofNumber((n, [by = 0]) => n + by)],
  ['times', ofNumber((n, [by = 0]) => n * by)],
  ['per', ofNumber((n, [by = 0]) => Math.floor(n / by))],
  ['mod', ofNumber((n, [by = 0]) => n - by * Math.floor(n / by))],
  [
    'date',
    ofDay(
      (iso, [pattern], language) => {
        const day = dayOf(iso);
        return day ? (formatDay(day, asText(pattern) ?? 'D MMMM YYYY', language) ?? undefined) : undefined;
      },
      [0, 1],
    ),
  ],
  ['year', ofDay((iso) => dayOf(iso)?.year.toString(), [0, 0])],
  [
    'age',
    ofDay(
      (iso, [on]) => {
        const [from, to] = [dayOf(iso), dayOf(on)];
        return from && to ? yearsBetween(from, to) : undefined;
      },
      [1, 1],
    ),
  ],
  [
    'count',
    {
      args: [0, 0],
      takesList: true,
      apply: (value) => (Array.isArray(value) ? value.length : typeof value === 'string' ? graphemeCount(value) : undefined),
    },
  ],
  [
    'join',
    {
      args: [0, 2],
      takesList: true,
      apply: (value, [between, last]) => {
        const list = (Array.isArray(value) ? value : [value]).map(asText).filter((one) => one !== undefined);
        const joint = asText(between) ?? ', ';
        if (last === undefined || list.length < 2) return list.join(joint);
        return `${list.slice(0, -1).join(joint)}${asText(last) ?? joint}${list.at(-1)}`;
      },
    },
  ],
  [
    'list',
    {
      args: [0, 0],
      takesList: true,
      apply: (value, _, language) => {
        const items = (Array.isArray(value) ? value : [value]).map(asText).filter((one) => one !== undefined && one !== '');
        return items.length === 0 ? undefined : listed(items as readonly string[], language);
      },
    },
  ],
  [
    'lines',
    ofText((text) =>
      text
        .split('\n')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    ),
  ],
  ['first', { args: [0, 0], takesList: true, apply: (value) => (Array.isArray(value) ? value[0] : value) }],
  ['last', { args: [0, 0], takesList: true, apply: (value) => (Array.isArray(value) ? value.at(-1) : value) }],
  ['fallback', { args: [1, 1], takesList: true, apply: (value) => value }],
  ['optional', { args: [0, 0], takesList: true, apply: (value) => value }],
]);
