import { LOOK_ALIKES } from './look-alikes.ts';

const ASCII = /^[\0-\x7f]*$/;

/** What shows nothing: joiners, soft hyphens, spaces of no width, variation selectors. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}+/gu;

/** Accents of Latin, Greek and Cyrillic letters. Vowel signs of other scripts belong to their letters and have scripts of their own. */
const ACCENTS = /(?=\p{Mn})\p{Script=Inherited}/gu;

/** Compatibility forms as what they stand for (ｓ, 𝐬 and ⓢ are s), no capitals, nothing unseen; accents are kept. */
export const foldedLetters = (text: string): string => {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').replace(UNSEEN, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFC');
};

/** The same without accents. */
export const bareLetters = (folded: string): string =>
  ASCII.test(folded) ? folded : folded.normalize('NFD').replace(ACCENTS, '').normalize('NFC');

const alike = (letter: string): string => {
  const small = letter.toLowerCase();
  return LOOK_ALIKES.get(small) ?? LOOK_ALIKES.get(letter)?.toLowerCase() ?? small;
};

/** Letters of other alphabets as the Latin ones that they look like, capitals by what capitals look like; bare and small. */
export const latinLetters = (text: string): string =>
  ASCII.test(text) ? text.toLowerCase() : [...text.normalize('NFKD').replace(UNSEEN, '').replace(ACCENTS, '')].map(alike).join('');

/** "shiiit" as its letters, "shit", and how often each stands there. */
export const runsOf = (word: string): { readonly letters: string; readonly counts: readonly number[] } => {
  const letters: string[] = [];
  const counts: number[] = [];
  for (const letter of word) {
    if (letters.at(-1) === letter) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      letters.push(letter);
      counts.push(1);
    }
  }
  return { letters: letters.join(''), counts };
};
