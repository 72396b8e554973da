import LineBreaker from 'linebreak';

// Scripts that write words without spaces and without break rules by character: a dictionary decides.
const DICTIONARY = /[\u0E01-\u0E5B\u0E81-\u0EDF\u1000-\u109F\u1780-\u17DF]+/g;
/** Repetition and ellipsis signs that close the word before them. */
const STAYS_WITH_WORD = /[\u0E2F\u0E46\u0EAF\u0EC6\u17D7]/;

/**
 * 1 at every UTF-16 offset of a paragraph where a new line may begin (UAX 14; words of Thai, Lao, Khmer and Burmese by dictionary).
 * Never inside a cluster.
 */
export const breakOpportunities = (text: string, clusters: readonly number[], locale: string): Uint8Array => {
  const allowed = new Uint8Array(text.length + 1);
  const breaker = new LineBreaker(text);
  for (let found = breaker.nextBreak(); found !== null; found = breaker.nextBreak()) allowed[found.position] = 1;
  for (const match of text.matchAll(DICTIONARY)) {
    const words = new Intl.Segmenter(locale, { granularity: 'word' }).segment(match[0]);
    for (const { index, segment } of words) {
      if (index > 0 && !STAYS_WITH_WORD.test(segment.charAt(0))) allowed[match.index + index] = 1;
    }
  }
  const safe = new Uint8Array(text.length + 1);
  for (const start of clusters) safe[start] = allowed[start] ?? 0;
  safe[0] = 0;
  safe[text.length] = 0;
  return safe;
};
