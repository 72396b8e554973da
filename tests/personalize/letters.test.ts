import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemeCount, graphemesOf, initialsOf, sentence, title } from '../../src/personalize/template/letters.ts';

const whole = (text: string): readonly string[] =>
  Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);

describe('characters as people count them', () => {
  it('are the same in a long text as in a short one', () => {
    const piece = fc.constantFrom('a', ' ', 'é', 'e\u0301', '👩‍👩‍👧', '🇫🇷', '🇫', 'क्षि', 'กำ', '한', '\n', '👍🏽', '\u200d', 'ß');
    fc.assert(
      fc.property(fc.array(piece, { minLength: 150, maxLength: 500 }), (pieces) => {
        const text = pieces.join('');
        expect(graphemesOf(text)).toEqual(whole(text));
        expect(graphemeCount(text)).toBe(whole(text).length);
      }),
      { numRuns: 60 },
    );
  });

  it('are found in texts of megabytes, of one character without end too', () => {
    expect(graphemeCount('👩‍👩‍👧'.repeat(50_000))).toBe(50_000);
    expect(graphemesOf(`a${'\u0301'.repeat(100_000)}`).join('')).toHaveLength(100_001);
    expect(sentence('. '.repeat(200_000), 'en')).toHaveLength(400_000);
    expect(title('-'.repeat(500_000), 'en')).toHaveLength(500_000);
    expect(initialsOf('x'.repeat(500_000), 'en')).toEqual(['X']);
  });
});
