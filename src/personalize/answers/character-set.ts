import type { DesignField } from '../../model/design-field.ts';
import { graphemesOf } from '../template/letters.ts';

export type CharacterRule = (DesignField & { readonly kind: 'text' })['characters'];

/** Spaces between words are part of every set but digits: "letters" are those of a name of two words too. */
const SETS: ReadonlyMap<string, RegExp> = new Map([
  ['letters', /^[\p{L}\p{M}\s]+$/u],
  ['digits', /^[0-9]+$/],
  ['letters-digits', /^[\p{L}\p{M}\p{N}\s]+$/u],
  ['latin', /^[\p{Script=Latin}\p{M}0-9\s!-/:-@[-`{-~\u00a0-\u00bf‘’‚“”„‹›–—…•€™]+$/u],
  ['ascii', /^[\s!-~]+$/],
  ['name', /^[\p{L}\p{M}\s.'’‘ʼ´`\-‐‑]+$/u],
]);

/** "a-zäöü .-" as the characters it stands for: ranges, and single ones; a hyphen at either end is itself. */
const listed = (only: string): readonly (readonly [from: number, to: number])[] => {
  const points = [...only].map((letter) => letter.codePointAt(0) ?? 0);
  const hyphen = 0x2d;
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < points.length; i++) {
    const [from = 0, between, to] = points.slice(i, i + 3);
    if (between === hyphen && to !== undefined) {
      ranges.push(from <= to ? [from, to] : [to, from]);
      i += 2;
    } else ranges.push([from, from]);
  }
  return ranges;
};

const isListed = (letter: string, ranges: readonly (readonly [number, number])[]): boolean =>
  [...letter].every((one) => {
    const point = one.codePointAt(0) ?? 0;
    return point === 0x0a || ranges.some(([from, to]) => point >= from && point <= to);
  });

/** Characters of a text that a rule does not allow, each once, in the order in which they come. */
export const foreignCharacters = (text: string, rule: CharacterRule): readonly string[] => {
  if (rule === 'any' || text === '') return [];
  if (typeof rule !== 'string') {
    const ranges = listed(rule.only);
    return [...new Set(graphemesOf(text).filter((letter) => !isListed(letter, ranges)))];
  }
  const set = SETS.get(rule);
  if (!set || set.test(text)) return [];
  return [...new Set(graphemesOf(text).filter((letter) => !set.test(letter)))];
};
