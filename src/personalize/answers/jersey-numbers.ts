import type { NUMBER_RULES } from '../../model/design-field.ts';

export type NumberRule = (typeof NUMBER_RULES)[number];

type NumberSet = { readonly allows: RegExp /** As a customer reads it; digits and ranges need no translation. */; readonly shown: string };

/**
 * What rule books allow on a jersey, as it is written: 07 is no 7. Football, as FIFA and UEFA have it, takes whole numbers from 1 to 99;
 * school basketball (NFHS) digits up to 5 alone, so that a referee can show every number with two hands; college (since 2023-24)
 * and FIBA basketball 0, 00 and 1 to 99. Where each set was found, and how sure it is, stands in docs/special-layers.md.
 */
const SETS: Readonly<Record<NumberRule, NumberSet>> = {
  any: { allows: /^\d{1,2}$/, shown: '0–99, 00' },
  'football-1-99': { allows: /^[1-9]\d?$/, shown: '1–99' },
  'nfhs-basketball': { allows: /^(?:00|[0-5]|[1-5][0-5])$/, shown: '0–5, 00, 10–15, 20–25, 30–35, 40–45, 50–55' },
  'ncaa-basketball': { allows: /^(?:00|0|[1-9]\d?)$/, shown: '0, 00, 1–99' },
  'fiba-basketball': { allows: /^(?:00|0|[1-9]\d?)$/, shown: '0, 00, 1–99' },
  '0-99': { allows: /^(?:0|[1-9]\d?)$/, shown: '0–99' },
  '1-99': { allows: /^[1-9]\d?$/, shown: '1–99' },
  '0-999': { allows: /^(?:0|[1-9]\d{0,2})$/, shown: '0–999' },
};

export const isAllowedNumber = (text: string, rule: NumberRule): boolean => SETS[rule].allows.test(text);

export const allowedNumbers = (rule: NumberRule): string => SETS[rule].shown;

/** The set as a pattern, for schemas. */
export const numberPattern = (rule: NumberRule): string => SETS[rule].allows.source;
