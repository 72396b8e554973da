import createHyphenator, { type Hyphenate, type Patterns } from 'hyphen';

/** Divides words of one language: the same text with soft hyphens where a line may break. */
export type Hyphenation = (text: string) => string;

type Load = () => Promise<{ readonly default: Patterns }>;

/**
 * Patterns by language, each under the MIT or BSD licence or one as free (docs/decisions/dependencies.md); Swedish ones are under the
 * LPPL and left out. Loaded when a book asks for them: those of German alone take 70 ms.
 */
const PATTERNS: Readonly<Record<string, Load>> = {
  da: () => import('hyphen/patterns/da.js'),
  de: () => import('hyphen/patterns/de-1996.js'),
  en: () => import('hyphen/patterns/en-us.js'),
  'en-gb': () => import('hyphen/patterns/en-gb.js'),
  es: () => import('hyphen/patterns/es.js'),
  fi: () => import('hyphen/patterns/fi-x-school.js'),
  fr: () => import('hyphen/patterns/fr.js'),
  it: () => import('hyphen/patterns/it.js'),
  nb: () => import('hyphen/patterns/nb.js'),
  nl: () => import('hyphen/patterns/nl.js'),
  pl: () => import('hyphen/patterns/pl.js'),
  pt: () => import('hyphen/patterns/pt.js'),
};

const SAME: Readonly<Record<string, string>> = { 'en-au': 'en-gb', 'en-ie': 'en-gb', 'en-nz': 'en-gb', no: 'nb', nn: 'nb' };

/** Shorter words stay whole, and so do fewer letters than these before and after a hyphen. */
const LEAST_WORD = 5;
const LEAST_BEFORE = 2;
const LEAST_AFTER = 3;

/** Names stay whole, but for those that would not fit a line; German gives every noun a capital. */
const LONGEST_WHOLE_NAME = 16;

const WORD = /[\p{L}\p{M}]+/gu;
const SOFT_HYPHEN = '\u00AD';

/** The key of the patterns for a language tag; null for a language whose words are not divided. */
const keyOf = (language: string): string | null => {
  const tag = language.toLowerCase();
  const base = tag.split('-')[0] ?? '';
  return [SAME[tag], tag, SAME[base], base].find((key) => key !== undefined && key in PATTERNS) ?? null;
};

/** Hyphens too near the ends of a word taken out. */
const withoutShortEnds = (word: string): string => {
  const parts = word.split(SOFT_HYPHEN);
  let [from, to] = [0, parts.length];
  let [before, after] = [parts[0] ?? '', parts.at(-1) ?? ''];
  while (before.length < LEAST_BEFORE && from + 1 < to) before += parts[++from] ?? '';
  while (after.length < LEAST_AFTER && to - 1 > from) after = (parts[--to - 1] ?? '') + after;
  if (to - from < 2) return parts.join('');
  return [before, ...parts.slice(from + 1, to - 1), after].join(SOFT_HYPHEN);
};

const dividing = (hyphenate: Hyphenate, dividesNames: boolean): Hyphenation => {
  const known = new Map<string, string>();
  const divide = (word: string): string => {
    if (word.length < LEAST_WORD) return word;
    if (!dividesNames && word.length <= LONGEST_WHOLE_NAME && /^\p{Lu}/u.test(word)) return word;
    const seen = known.get(word);
    if (seen !== undefined) return seen;
    const divided = withoutShortEnds(hyphenate(word));
    known.set(word, divided);
    return divided;
  };
  // A word with a soft hyphen of its own is divided there and nowhere else.
  return (text) => text.replace(/[\p{L}\p{M}\u00AD]+/gu, (run) => (run.includes(SOFT_HYPHEN) ? run : run.replace(WORD, divide)));
};

/** Languages whose words are not divided at the ends of lines. */
const NEVER_DIVIDED = new Set('ja zh ko ar he fa ur yi th lo km my vi'.split(' '));

/** Whether words of a language would be divided by anybody else, and are not here. */
export const lacksPatterns = (language: string): boolean =>
  keyOf(language) === null && !NEVER_DIVIDED.has(language.toLowerCase().split('-')[0] ?? '');

/** The hyphenation of a language tag ("de-AT"); text stays as it is in languages without patterns. */
export const openHyphenation = async (language: string): Promise<Hyphenation> => {
  const key = keyOf(language);
  const load = key === null ? undefined : PATTERNS[key];
  if (!load) return (text) => text;
  const { default: patterns } = await load();
  return dividing(createHyphenator(patterns, { async: false, html: false, minWordLength: LEAST_WORD }), key === 'de');
};
