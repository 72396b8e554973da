import { baseOf } from './languages.ts';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One character, one UTF-16 unit: no cluster to look for. */
const isPlain = (text: string): boolean => /^[\n -~\u00a0-\u02ff]*$/.test(text);

/** Characters as people count them. */
export const graphemesOf = (text: string): readonly string[] =>
  isPlain(text) ? [...text] : Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);

export const graphemeCount = (text: string): number => {
  if (isPlain(text)) return text.length;
  let count = 0;
  for (const _ of GRAPHEMES.segment(text)) count++;
  return count;
};

/** The language alone decides letters (Turkish i, Lithuanian dots); what is no language of two or three letters would make the engine throw. */
const lettersOf = (language: string): string => {
  const base = baseOf(language);
  return /^[a-z]{2,3}$/.test(base) ? base : 'en';
};

export const upper = (text: string, language: string): string => {
  const tag = lettersOf(language);
  return text.toLocaleUpperCase(tag);
};

export const lower = (text: string, language: string): string => {
  const tag = lettersOf(language);
  return text.toLocaleLowerCase(tag);
};

const firstUp = (word: string, language: string): string => {
  const [first = '', ...rest] = graphemesOf(word);
  return upper(first, language) + rest.join('');
};

/** Raises the first letter of every word and leaves the others: McDonald stays McDonald. A hyphen begins a new word, an apostrophe does not. */
export const title = (text: string, language: string): string => text.replace(/[\p{L}\p{M}\p{N}'’]+/gu, (word) => firstUp(word, language));

/** Raises the first letter of the text and of every sentence in it. */
export const sentence = (text: string, language: string): string =>
  text.replace(
    /(^|[.!?…]\s+)([^\p{L}]*)(\p{L}\p{M}*)/gu,
    (_, before: string, between: string, letter: string) => before + between + upper(letter, language),
  );

export const wordsOf = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

/** The first letter of every word, raised; of words joined by a hyphen, of each. */
export const initialsOf = (text: string, language: string): readonly string[] =>
  text.split(/[\s\-‐]+/u).flatMap((word) => {
    const letter = graphemesOf(word).find((one) => /[\p{L}\p{N}]/u.test(one));
    return letter === undefined ? [] : [upper(letter, language)];
  });
