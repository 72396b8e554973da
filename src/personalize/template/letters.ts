import { baseOf } from './languages.ts';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One character, one UTF-16 unit: no cluster to look for. */
const isPlain = (text: string): boolean => /^[\n -~\u00a0-\u02ff]*$/.test(text);

/** Units that are segmented at a time: the engine's cost grows with the square of the text it is given. */
const WINDOW = 256;

/** Windows begin where a character does; the last character of one may go on, so that the next begins with it. */
const segmented = (text: string): readonly string[] => {
  const letters: string[] = [];
  for (let at = 0; at < text.length; ) {
    // A pair of units that is cut in two would part what stands before it from what belongs to it.
    const end = /[\ud800-\udbff]/.test(text.charAt(at + WINDOW - 1)) ? at + WINDOW - 1 : at + WINDOW;
    const isLast = end >= text.length;
    const found = Array.from(GRAPHEMES.segment(text.slice(at, end)), ({ segment }) => segment);
    const whole = isLast || found.length < 2 ? found : found.slice(0, -1);
    for (const letter of whole) {
      letters.push(letter);
      at += letter.length;
    }
  }
  return letters;
};

/** Characters as people count them. */
export const graphemesOf = (text: string): readonly string[] => (isPlain(text) ? [...text] : segmented(text));

export const graphemeCount = (text: string): number => (isPlain(text) ? text.length : segmented(text).length);

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
