import type { ShopTextPolicy } from '../../model/text-policy.ts';
import type { WordList } from '../../model/word-list.ts';
import { baseOf } from '../template/languages.ts';
import { type FinePhrases, findWords } from './find-words.ts';
import { mixesAlphabets } from './mixed-alphabets.ts';
import { type ListedWord, type PolicyLevel, type PolicyReason, plainPhrase, WordIndex } from './word-index.ts';

/** Why a text is refused or held. The word itself is never repeated. */
export type PolicyVerdict = { readonly level: PolicyLevel; readonly reason: PolicyReason | 'alphabets' };

type Compiled = { readonly index: WordIndex; readonly fine: FinePhrases };

/** English is understood, and misunderstood, nearly everywhere. */
const ALWAYS = 'en';

const SHORT_LENGTH = 4;

/** Words of a text are few; beyond this no list is asked about the rest, since no answer is so long. */
const MOST_UNITS = 100_000;

/** What a shop lets customers have printed, ready to be asked. The same text and language always give the same verdicts. */
export class TextPolicy {
  readonly #rules: ShopTextPolicy;
  readonly #lists: readonly WordList[];
  readonly #byLanguage = new Map<string, Compiled>();

  constructor(rules: ShopTextPolicy, lists: readonly WordList[]) {
    this.#rules = rules;
    this.#lists = lists;
  }

  /** What is wrong with a text in a language (BCP 47), each reason once, the worst first; empty when all is well. */
  verdicts(text: string, language: string): readonly PolicyVerdict[] {
    const seen = text.slice(0, MOST_UNITS);
    const { index, fine } = this.#compiled(baseOf(language));
    const word = findWords(seen, index, fine);
    const { mixedAlphabets: mixed } = this.#rules;
    const found: PolicyVerdict[] = [
      ...(word ? [word] : []),
      ...(mixed !== 'allow' && mixesAlphabets(seen) ? [{ level: mixed, reason: 'alphabets' as const }] : []),
    ];
    return found.sort((a, b) => Number(b.level === 'refuse') - Number(a.level === 'refuse'));
  }

  #compiled(language: string): Compiled {
    const known = this.#byLanguage.get(language);
    if (known) return known;
    const made = compile(this.#rules, this.#lists, language);
    this.#byLanguage.set(language, made);
    return made;
  }
}

const listed = (texts: readonly string[], level: PolicyLevel, reason: PolicyReason): readonly ListedWord[] =>
  texts.map((text) => ({ text, level, reason }));

const compile = (rules: ShopTextPolicy, lists: readonly WordList[], language: string): Compiled => {
  const applies = (own: string): boolean =>
    rules.languages === 'all' || own === language || own === ALWAYS || rules.languages.map(baseOf).includes(own);
  // Among all languages, what is short is somebody's name: Huy, Kuk, Lund, Pina.
  const isSure = (text: string, own: string): boolean =>
    rules.languages !== 'all' || [language, ALWAYS].includes(baseOf(own)) || text.length > SHORT_LENGTH;
  const parts = lists.flatMap(({ languages }) => Object.entries(languages)).filter(([own]) => applies(baseOf(own)));
  const words = [
    ...listed(rules.trademarks, 'refuse', 'trademark'),
    ...listed(rules.block, 'refuse', 'block'),
    ...listed(rules.hold, 'hold', 'block'),
    ...parts.flatMap(([own, { refuse, hold }]) => [
      ...refuse.flatMap((text) => listed([text], isSure(text, own) ? 'refuse' : 'hold', 'word')),
      ...listed(hold, 'hold', 'word'),
    ]),
  ];
  const allowed = new Set(rules.allow.map(plainPhrase));
  // Another language's harmless words are no excuse: only that of the order is surely spoken.
  const innocent = parts.filter(([own]) => baseOf(own) === language || own === ALWAYS).flatMap(([, part]) => part.innocent);
  const phrases = new Set([...allowed, ...innocent.map(plainPhrase)]);
  const longest = Math.max(1, ...[...phrases].map((phrase) => phrase.split(' ').length));
  return { index: new WordIndex(words, allowed), fine: { phrases, longest } };
};
