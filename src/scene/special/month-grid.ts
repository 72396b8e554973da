import { LANGUAGE_TABLE } from '../../model/language-table.ts';
import { Problem } from '../../model/problem.ts';
import type { CalendarFields } from '../../model/special-layers.ts';
import { withCase } from '../text/letter-case.ts';

/** One week of a month: the days in its seven columns, null where there is none. */
export type Week = { readonly number: number; readonly days: readonly (number | null)[] };

/** Days since 1970-01-01 in the Gregorian calendar, carried on before it was made (H. Hinnant, "chrono-compatible low-level date algorithms"). */
const dayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
};

/** 0 is Sunday; 1970-01-01 was a Thursday. */
const weekdayOf = (number: number): number => (((number + 4) % 7) + 7) % 7;

export const daysIn = (year: number, month: number): number =>
  (month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)) - dayNumber(year, month, 1);

/** ISO 8601: a week belongs to the year of its Thursday, and the first one has the first Thursday. */
const weekNumber = (thursday: number, year: number): number => {
  const own = [year + 1, year, year - 1].find((one) => dayNumber(one, 1, 1) <= thursday) ?? year;
  return Math.floor((thursday - dayNumber(own, 1, 1)) / 7) + 1;
};

/** The weeks of a month. @param start - the day in the first column, 0 for Sunday */
export const weeksOf = (year: number, month: number, start: number): readonly Week[] => {
  const first = dayNumber(year, month, 1);
  const lead = (weekdayOf(first) - start + 7) % 7;
  const count = daysIn(year, month);
  return Array.from({ length: Math.ceil((lead + count) / 7) }, (_, row) => {
    const days = Array.from({ length: 7 }, (_day, column) => {
      const day = row * 7 + column - lead + 1;
      return day >= 1 && day <= count ? day : null;
    });
    const thursday = first - lead + row * 7 + ((4 - start + 7) % 7);
    return { number: weekNumber(thursday, year), days };
  });
};

type Names = { readonly title: string; readonly days: readonly string[] };

const firstLetter = (text: string): string => /^.\p{M}*/su.exec(text)?.[0] ?? '';

/** Month and days by the locale's own rules. @throws Problem `calendar.language-unknown` unless every name was given */
export const namesOf = (layer: CalendarFields, pointer: string): Names => {
  const base = (layer.locale.split('-')[0] ?? '').toLowerCase();
  const language = base === 'no' || base === 'nn' ? 'nb' : base;
  const row = LANGUAGE_TABLE[language];
  const { month, days } = layer.names;
  if (!row && (month === undefined || days === undefined)) {
    throw new Problem('calendar.language-unknown', `expected a language whose months and days are known, got "${layer.locale}"`, {
      pointer: `${pointer}/locale`,
      hint: `give names.month and names.days, or use one of ${Object.keys(LANGUAGE_TABLE).join(', ')}`,
    });
  }
  const own = (row?.monthsAlone ?? row?.months ?? '').split('|')[layer.month - 1] ?? '';
  const name = month ?? withCase(own, 'title', layer.locale);
  const long = days ?? (row?.days ?? '').split('|');
  const short = days ?? (row?.daysShort ?? '').split('|').map((one) => one.replace(/\.$/u, ''));
  const shown =
    layer.days === 'long' ? long : layer.days === 'short' ? short : short.map((one) => firstLetter(withCase(one, 'title', layer.locale)));
  return { title: layer.title === 'month' ? name : withYear(name, layer.year, language), days: shown };
};

const withYear = (month: string, year: number, language: string): string => {
  if (language === 'ja' || language === 'zh') return `${year}年${month}`;
  if (language === 'ko') return `${year}년 ${month}`;
  return language === 'hu' ? `${year}. ${withCase(month, 'lower', 'hu')}` : `${month} ${year}`;
};
