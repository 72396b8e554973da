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

/** Units among which the first character of a text is looked for. */
const FIRST_WITHIN = 64;

const firstOf = (text: string): string => graphemesOf(text.slice(0, FIRST_WITHIN))[0] ?? '';

const firstUp = (word: string, language: string): string => {
  const first = firstOf(word);
  return upper(first, language) + word.slice(first.length);
};

/** Raises the first letter of every word and leaves the others: McDonald stays McDonald. A hyphen begins a new word, an apostrophe does not. */
export const title = (text: string, language: string): string => text.replace(/[\p{L}\p{M}\p{N}'’]+/gu, (word) => firstUp(word, language));

/** Raises the first letter of the text and of every sentence in it. */
export const sentence = (text: string, language: string): string => {
  let [made, isFirst, isAfterStop] = ['', true, false];
  for (const letter of text) {
    const isLetter = /\p{L}/u.test(letter);
    made += isFirst && isLetter ? upper(letter, language) : letter;
    if (isLetter || /\p{N}/u.test(letter)) isFirst = false;
    if (isAfterStop && /\s/u.test(letter)) isFirst = true;
    isAfterStop = /[.!?…]/u.test(letter) || (isAfterStop && /["'’”»)]/u.test(letter));
  }
  return made;
};

export const wordsOf = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

/** The first letter of every word, raised; of words joined by a hyphen, of each. */
export const initialsOf = (text: string, language: string): readonly string[] =>
  text.split(/[\s\-‐]+/u).flatMap((word) => {
    const letter = graphemesOf(word.slice(0, FIRST_WITHIN)).find((one) => /[\p{L}\p{N}]/u.test(one));
    return letter === undefined ? [] : [upper(letter, language)];
  });
