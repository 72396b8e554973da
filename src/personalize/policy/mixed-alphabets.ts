import { LOOK_ALIKES } from './look-alikes.ts';

const ALPHABETS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic', 'Lisu'].map(
  (name) => new RegExp(`^\\p{Script=${name}}$`, 'u'),
);

const PLAIN = /^[\0-\u024f\u2000-\u206f]*$/;
const WORDS = /[\p{L}\p{M}]+/gu;

/** Letters of ASCII that letters of other alphabets are taken for. */
const TAKEN_FOR: ReadonlySet<string> = new Set(
  [...LOOK_ALIKES.values()].flatMap((letter) => [letter, letter.toLowerCase(), letter.toUpperCase()]),
);

const looksAlike = (letter: string): boolean => LOOK_ALIKES.has(letter) || LOOK_ALIKES.has(letter.toLowerCase()) || TAKEN_FOR.has(letter);

const isMixed = (word: string): boolean => {
  const letters = [...word.normalize('NFD')].filter((letter) => /\p{L}/u.test(letter));
  const byAlphabet = ALPHABETS.map((alphabet) => letters.filter((letter) => alphabet.test(letter))).filter(({ length }) => length > 0);
  const fewest = Math.min(...byAlphabet.map(({ length }) => length));
  // A stranger that is mistaken for nothing shows everybody that the mixture is meant.
  return byAlphabet.length > 1 && byAlphabet.some((own) => own.length === fewest && own.every(looksAlike));
};

/**
 * Whether a word of the text is written with letters of two alphabets, of which one could be mistaken for the other: a Cyrillic "а" among
 * Latin letters. Words of different alphabets beside each other are none, nor is a letter of Greek that looks like no other.
 */
export const mixesAlphabets = (text: string): boolean => !PLAIN.test(text) && (text.match(WORDS) ?? []).some(isMixed);
