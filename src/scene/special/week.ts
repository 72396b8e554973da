import type { CalendarFields } from '../../model/special-layers.ts';

const setOf = (codes: string): ReadonlySet<string> => new Set(codes.split(' '));

/**
 * Where weeks begin on Sunday or Saturday, and which days end them (CLDR 48, supplemental data), by region and by language without one;
 * elsewhere weeks begin on Monday and end with Saturday and Sunday.
 */
const REGIONS_SUNDAY = setOf(
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW',
);
const REGIONS_SATURDAY = setOf('AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY');
const LANGUAGES_SUNDAY = setOf('en pt ja ko he hi th id ur bn ta');
const LANGUAGES_SATURDAY = setOf('ar fa');
const WEEKDAYS = { sunday: 0, monday: 1, saturday: 6 } as const;

const FRIDAY_SATURDAY = setOf('BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE');
const WEEKENDS: Readonly<Record<string, readonly number[]>> = { IR: [5], IN: [0], UG: [0], AF: [4, 5] };
const WEEKENDS_OF_LANGUAGES: Readonly<Record<string, readonly number[]>> = { ar: [5, 6], he: [5, 6], fa: [5], hi: [0], ta: [0] };

const LEFTWARD_LANGUAGES = setOf('ar he fa ur yi ps sd ug dv ckb syr');
const LEFTWARD_SCRIPTS = setOf('arab hebr syrc thaa nkoo adlm');

const partsOf = (
  locale: string,
): { readonly language: string; readonly script: string | undefined; readonly region: string | undefined } => {
  const [language = '', ...more] = locale.split('-');
  return {
    language: language.toLowerCase(),
    script: more.find((part) => /^[A-Za-z]{4}$/.test(part))?.toLowerCase(),
    region: more.find((part) => /^[A-Za-z]{2}$/.test(part))?.toUpperCase(),
  };
};

/** The day in the first column, 0 for Sunday. */
export const weekStartOf = ({ weekStart, locale }: CalendarFields): number => {
  if (weekStart) return WEEKDAYS[weekStart];
  const { language, region } = partsOf(locale);
  const sunday = region ? REGIONS_SUNDAY.has(region) : LANGUAGES_SUNDAY.has(language);
  const saturday = region ? REGIONS_SATURDAY.has(region) : LANGUAGES_SATURDAY.has(language);
  return sunday ? 0 : saturday ? 6 : 1;
};

/** The days of rest of a week, 0 for Sunday. */
export const weekendOf = (locale: string): readonly number[] => {
  const { language, region } = partsOf(locale);
  if (!region) return WEEKENDS_OF_LANGUAGES[language] ?? [0, 6];
  return FRIDAY_SATURDAY.has(region) ? [5, 6] : (WEEKENDS[region] ?? [0, 6]);
};

/** Whether a week is read from the right: by its script where the locale names one, else by its language. */
export const runsLeftwards = (locale: string): boolean => {
  const { language, script } = partsOf(locale);
  return script ? LEFTWARD_SCRIPTS.has(script) : LEFTWARD_LANGUAGES.has(language);
};
