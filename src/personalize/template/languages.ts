import { LANGUAGE_TABLE, type LanguageRow } from '../../model/language-table.ts';

type Language = {
  readonly months: readonly string[];
  readonly monthsAlone: readonly string[];
  readonly monthsShort: readonly string[];
  readonly days: readonly string[];
  readonly daysShort: readonly string[];
  readonly row: LanguageRow;
};

const split = ({ months, monthsAlone, monthsShort, days, daysShort }: LanguageRow, row: LanguageRow): Language => ({
  months: months.split('|'),
  monthsAlone: (monthsAlone ?? months).split('|'),
  monthsShort: monthsShort.split('|'),
  days: days.split('|'),
  daysShort: daysShort.split('|'),
  row,
});

const LANGUAGES: ReadonlyMap<string, Language> = new Map(Object.entries(LANGUAGE_TABLE).map(([tag, row]) => [tag, split(row, row)]));

/** Norwegian in both its tags. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['no', 'nb'],
  ['nn', 'nb'],
]);

/** The first part of a language tag, small: "de" of "de-AT". */
export const baseOf = (tag: string): string => {
  const base = (tag.split('-')[0] ?? '').toLowerCase();
  return SAME.get(base) ?? base;
};

/** Names and marks of a language; null for one that the table lacks. */
export const languageOf = (tag: string): Language | null => LANGUAGES.get(baseOf(tag)) ?? null;

/** Whether a text is a language tag as orders may give it: "de", "pt-BR". */
export const isLanguageTag = (tag: unknown): tag is string =>
  typeof tag === 'string' && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/.test(tag);
