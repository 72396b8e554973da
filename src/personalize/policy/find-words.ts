import { foldedLetters, latinLetters } from './plain-letters.ts';
import { type Known, plainPhrase, type WordIndex, worse } from './word-index.ts';

/** Marks and digits that stand for letters; 1 is i or l. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
  '€': 'e',
};

const COVERED = /[0-9@$!|+€]/;
const HIDDEN = /^[a-z*#]*[a-z][*#]+[a-z*#]*$/;
const REPEATED = /(\p{L})\1\1|^(?:(\p{L})\2)+$/u;
const MOST_SPELLED = 14;
const LEAST_SPELLED = 3;
/** Shorter ones are initials and codes more often than disguises. */
const SURE_LENGTH = 4;

const unsure = (known: Known | null): Known | null => known && { ...known, level: 'hold' };
const ifLong = (word: string, known: Known | null): Known | null =>
  word.length < SURE_LENGTH && known?.reason === 'word' ? unsure(known) : known;

const isLetter = (piece: string): boolean => [...piece].length === 1 && /^\p{L}$/u.test(piece);

/** "$h1t" and "5hi7": what is at an end is read as a letter only where a mark is no punctuation. */
const uncovered = (chunk: string): readonly string[] => {
  const core = chunk.replace(/^[^\p{L}\p{N}@$]+|[^\p{L}\p{N}@$]+$/gu, '');
  if (!COVERED.test(core) || !/\p{L}/u.test(core)) return [];
  const read = [...core].map((mark) => STANDS_FOR[mark] ?? mark).join('');
  return core.includes('1') || core.includes('|') || core.includes('!')
    ? [read, [...core].map((mark) => (/[1|!]/.test(mark) ? 'l' : (STANDS_FOR[mark] ?? mark))).join('')]
    : [read];
};

/** One word between spaces, in all the ways it may be disguised. */
const inChunk = (chunk: string, index: WordIndex): Known | null => {
  const folded = foldedLetters(chunk);
  let found: Known | null = null;
  for (const read of uncovered(folded)) {
    const word = plainPhrase(read).replaceAll(' ', '');
    found = worse(found, ifLong(word, index.find(word)));
  }
  if (HIDDEN.test(folded)) found = worse(found, index.findHidden(folded.replaceAll('#', '*')));
  const phrase = plainPhrase(chunk);
  if (phrase.includes(' ')) found = worse(found, unsure(index.find(phrase.replaceAll(' ', ''))));
  for (const word of phrase.split(' ')) if (REPEATED.test(word)) found = worse(found, index.findStretched(word));
  const latin = plainPhrase(latinLetters(chunk));
  // A word that is all of another alphabet is hardly ever meant for its looks.
  if (latin !== phrase)
    for (const word of latin.split(' ')) found = worse(found, /[a-z]/i.test(chunk) ? index.find(word) : unsure(index.find(word)));
  return found;
};

/** "s.h.i.t" and "s h i t": single letters in a row, and every word of four and more among them. */
const spelled = (pieces: readonly string[], index: WordIndex): Known | null => {
  let found: Known | null = null;
  for (let from = 0; from < pieces.length; from += 1) {
    if (!isLetter(pieces[from] ?? '')) continue;
    let word = pieces[from] ?? '';
    for (let to = from + 1; to < pieces.length && to - from < MOST_SPELLED && isLetter(pieces[to] ?? ''); to += 1) {
      word += pieces[to] ?? '';
      if (word.length >= LEAST_SPELLED) found = worse(found, ifLong(word, index.find(word)));
    }
  }
  return found;
};

/** Places of pieces that are part of a phrase that is fine. */
const fineAt = (pieces: readonly string[], fine: ReadonlySet<string>, longest: number): ReadonlySet<number> => {
  const places = new Set<number>();
  if (fine.size === 0) return places;
  for (let from = 0; from < pieces.length; from += 1)
    for (let to = from + 1; to <= Math.min(pieces.length, from + longest); to += 1)
      if (fine.has(pieces.slice(from, to).join(' '))) for (let at = from; at < to; at += 1) places.add(at);
  return places;
};

const isCovered = (places: ReadonlySet<number>, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (!places.has(at)) return false;
  return true;
};

export type FinePhrases = { readonly phrases: ReadonlySet<string>; readonly longest: number };

/** Takes fine words out of texts that have no spaces to find them by. */
const without = (text: string, { phrases }: FinePhrases): string => {
  if (/^[\0-\u2fff]*$/.test(text)) return text;
  return [...phrases].filter((one) => !/^[\0-\u0dff]*$/.test(one)).reduce((left, one) => left.replaceAll(one, ' '), text);
};

/** The worst that a list says of a text: of its words and phrases, and of what is disguised as something else. */
export const findWords = (text: string, index: WordIndex, fine: FinePhrases): Known | null => {
  const left = without(text, fine);
  const chunks = left.split(/\s+/u).filter((chunk) => chunk !== '');
  const parts = chunks.map((chunk) => ({
    chunk,
    pieces: plainPhrase(chunk.replace(/['’ʼ`´]/gu, ' '))
      .split(' ')
      .filter(Boolean),
    joined: plainPhrase(chunk),
  }));
  const pieces = parts.flatMap((part) => part.pieces);
  const places = fineAt(pieces, fine.phrases, fine.longest);
  let found: Known | null = null;
  let at = 0;
  for (const part of parts) {
    const isFine = part.pieces.every((_, i) => places.has(at + i)) || fine.phrases.has(part.joined);
    at += part.pieces.length;
    if (!isFine && part.chunk !== '')
      found = worse(worse(found, inChunk(part.chunk, index)), /['’ʼ`´]/u.test(part.chunk) ? index.find(part.joined) : null);
  }
  for (const [from, piece] of pieces.entries())
    for (let to = from + 1; to <= Math.min(pieces.length, from + index.phraseFrom(piece)); to += 1)
      if (!isCovered(places, from, to)) found = worse(found, index.find(pieces.slice(from, to).join(' ')));
  return worse(found, spelled(pieces, index));
};
