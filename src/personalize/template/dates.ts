import { languageOf } from './languages.ts';

/** A day of the Gregorian calendar, month 1 to 12. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysIn = (year: number, month: number): number => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** "2026-11-22", also with a time after it, which is left out; null for what is no day. */
export const dayOf = (value: unknown): Day | null => {
  const match = typeof value === 'string' ? /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ][0-9:.+\-Z]{1,40})?\s*$/.exec(value) : null;
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? { year, month, day } : null;
};

const two = (number: number): string => String(number).padStart(2, '0');

export const isoOf = ({ year, month, day }: Day): string => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** 0 for Sunday. Zeller's congruence, with the year beginning in March. */
const weekday = ({ year, month, day }: Day): number => {
  const y = month < 3 ? year - 1 : year;
  const m = month < 3 ? month + 12 : month;
  const zeller = (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return (zeller + 6) % 7;
};

/** Whole years from one day to another; a birthday on 29 February comes on 1 March of other years. */
export const yearsBetween = (from: Day, to: Day): number =>
  to.year - from.year - (to.month < from.month || (to.month === from.month && to.day < from.day) ? 1 : 0);

const TOKENS = /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|dddd|ddd|DD|D/g;

/**
 * A day after a pattern: YYYY YY, MMMM MMM MM M, DD D, dddd ddd; [anything] as it is. Names are of the language; null when the pattern asks
 * for names that the language table lacks.
 */
export const formatDay = (day: Day, pattern: string, tag: string): string | null => {
  const language = languageOf(tag);
  if (!language && /MMM|ddd/.test(pattern.replace(/\[[^\]]*\]/g, ''))) return null;
  // Where a day stands beside the month, many languages bend its name.
  const isBeside = /D/.test(pattern.replace(/\[[^\]]*\]/g, ''));
  const months = (isBeside ? language?.months : language?.monthsAlone) ?? [];
  return pattern.replace(TOKENS, (token, literal: string | undefined) => {
    if (literal !== undefined) return literal;
    switch (token) {
      case 'YYYY':
        return String(day.year).padStart(4, '0');
      case 'YY':
        return two(day.year % 100);
      case 'MMMM':
        return months[day.month - 1] ?? '';
      case 'MMM':
        return language?.monthsShort[day.month - 1] ?? '';
      case 'MM':
        return two(day.month);
      case 'M':
        return String(day.month);
      case 'DD':
        return two(day.day);
      case 'D':
        return String(day.day);
      case 'dddd':
        return language?.days[weekday(day)] ?? '';
      default:
        return language?.daysShort[weekday(day)] ?? '';
    }
  });
};
