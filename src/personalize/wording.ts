import type { Wording } from '../model/design-field.ts';

/** "de-AT" is served by "de-AT", then "de". */
const inLanguage = (wording: Readonly<Record<string, string>>, language: string): string | undefined => {
  const wanted = language.toLowerCase();
  const entries = Object.entries(wording);
  const find = (tag: string): string | undefined => entries.find(([own]) => own.toLowerCase() === tag)?.[1];
  const base = wanted.split('-')[0] ?? wanted;
  return find(wanted) ?? find(base) ?? entries.find(([own]) => own.toLowerCase().startsWith(`${base}-`))?.[1];
};

/** A wording in the first of the languages that it has, else in English, else in its first. */
export const wordingIn = (wording: Wording, languages: readonly string[]): string => {
  if (typeof wording === 'string') return wording;
  for (const language of [...languages, 'en']) {
    const text = inLanguage(wording, language);
    if (text !== undefined) return text;
  }
  return Object.values(wording)[0] ?? '';
};
