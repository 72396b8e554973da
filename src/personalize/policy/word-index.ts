import { bareLetters, foldedLetters, runsOf } from './plain-letters.ts';

export type PolicyReason = 'word' | 'block' | 'trademark';
export type PolicyLevel = 'refuse' | 'hold';
/** What is known of a word: whether it is refused or held, and by whose list. */
export type Known = { readonly level: PolicyLevel; readonly reason: PolicyReason };

export type ListedWord = Known & { readonly text: string };

type Stretched = Known & { readonly counts: readonly number[] };

/** Letters, numbers and single spaces: what words and phrases are compared by. */
export const plainPhrase = (text: string): string =>
  foldedLetters(text)
    .replace(/['’ʼ`´]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

const WORSE: Readonly<Record<PolicyLevel, number>> = { hold: 0, refuse: 1 };

export const worse = (one: Known | null, other: Known | null): Known | null =>
  one === null || (other !== null && WORSE[other.level] > WORSE[one.level]) ? other : one;

const held = (known: Known): Known => (known.level === 'hold' ? known : { ...known, level: 'hold' });

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Words and phrases, found by what is left of them without capitals and accents. */
export class WordIndex {
  readonly #exact = new Map<string, Known>();
  readonly #bare = new Map<string, Known>();
  readonly #stretched = new Map<string, Stretched[]>();
  readonly #begins: (readonly [string, Known])[] = [];
  readonly #within: (readonly [string, Known])[] = [];
  readonly #withinOther: (readonly [string, Known])[] = [];
  /** Latin words, for those with letters hidden behind stars. */
  readonly #latin: (readonly [string, Known])[] = [];
  /** First words of phrases, bare, and how many words the longest of them has. */
  readonly #phrases = new Map<string, number>();

  /** @param allowed - plain phrases that are left out */
  constructor(words: readonly ListedWord[], allowed: ReadonlySet<string>) {
    for (const { text, level, reason } of words) this.#add(text, { level, reason }, allowed);
  }

  #add(text: string, known: Known, allowed: ReadonlySet<string>): void {
    const phrase = plainPhrase(text);
    if (phrase === '' || allowed.has(phrase)) return;
    const bare = bareLetters(phrase);
    if (text.endsWith('*')) {
      const list = !text.startsWith('*') ? this.#begins : isAscii(bare) ? this.#within : this.#withinOther;
      list.push([bare, known]);
    }
    const [first = '', ...more] = bare.split(' ');
    if (more.length > 0) this.#phrases.set(first, Math.max(this.#phrases.get(first) ?? 0, more.length + 1));
    this.#exact.set(phrase, worse(this.#exact.get(phrase) ?? null, known) ?? known);
    // "Mose" may be what is left of a word with dots, or a name: a person sees.
    const ofBare = bare === phrase ? known : held(known);
    this.#bare.set(bare, worse(this.#bare.get(bare) ?? null, ofBare) ?? ofBare);
    if (more.length > 0) return;
    const { letters, counts } = runsOf(bare);
    this.#stretched.set(letters, [...(this.#stretched.get(letters) ?? []), { ...ofBare, counts }]);
    if (isAscii(bare)) this.#latin.push([bare, ofBare]);
  }

  /** Words of the longest phrase that begins with this one; 1 when none does. */
  phraseFrom(word: string): number {
    return this.#phrases.get(bareLetters(word)) ?? 1;
  }

  /** A plain word or phrase as it stands, or its beginning or middle where the list says so. */
  find(phrase: string): Known | null {
    const exact = this.#exact.get(phrase);
    if (exact) return exact;
    const bare = bareLetters(phrase);
    const known = this.#bare.get(bare);
    if (known) return known;
    if (phrase.includes(' ')) return null;
    const begun = this.#begins.find(([start]) => bare.startsWith(start));
    if (begun) return begun[1];
    const within = (isAscii(bare) ? this.#within : [...this.#within, ...this.#withinOther]).find(([part]) => bare.includes(part));
    return within?.[1] ?? null;
  }

  /** A word with letters written again and again: "shiiit". Two of a letter are spelling, three are not. */
  findStretched(word: string): Known | null {
    const { letters, counts } = runsOf(bareLetters(word));
    const all = counts.every((count) => count > 1);
    const known = this.#stretched.get(letters)?.find(({ counts: own }) =>
      own.every((count, i) => {
        const got = counts[i] ?? 0;
        return got === count || got > 2 || (all && got > count);
      }),
    );
    return known ? { level: known.level, reason: known.reason } : null;
  }

  /** A word with some letters hidden: "f**k". Held at most, since it may be another. */
  findHidden(word: string): Known | null {
    const found = this.#latin.find(
      ([own, { level }]) =>
        level === 'refuse' && own.length === word.length && [...word].every((letter, i) => letter === '*' || letter === own[i]),
    );
    return found ? held(found[1]) : null;
  }
}
