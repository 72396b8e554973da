import type { LetterCase } from '../../model/text-layer.ts';

/** The four letters whose title form is neither the upper nor the lower one. */
const TITLE_FORMS: Readonly<Record<string, string>> = { ǆ: 'ǅ', ǉ: 'ǈ', ǌ: 'ǋ', ǳ: 'ǲ' };

const titleWord = (word: string, locale: string): string => {
  const dutch = locale.toLowerCase().startsWith('nl') && /^ij/i.test(word);
  const first = dutch ? word.slice(0, 2) : (/^.\p{M}*/su.exec(word)?.[0] ?? '');
  const title = TITLE_FORMS[first.toLowerCase()];
  if (title !== undefined) return title + word.slice(first.length);
  const upper = first.toLocaleUpperCase(locale);
  // One letter may become two capitals (ß, ﬁ): a title keeps only the first of them high.
  const raised = dutch || upper.length <= first.length ? upper : upper.slice(0, 1) + upper.slice(1).toLocaleLowerCase(locale);
  return raised + word.slice(first.length);
};

/** `text` in the wanted case by the rules of `locale` (a BCP 47 tag); title raises the first letter of each word and keeps the rest. */
export const withCase = (text: string, letterCase: LetterCase, locale: string): string => {
  switch (letterCase) {
    case 'none':
      return text;
    case 'upper':
      return text.toLocaleUpperCase(locale);
    case 'lower':
      return text.toLocaleLowerCase(locale);
    case 'title': {
      const words = new Intl.Segmenter(locale, { granularity: 'word' }).segment(text);
      return [...words].map(({ segment, isWordLike }) => (isWordLike ? titleWord(segment, locale) : segment)).join('');
    }
  }
};
