import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/scene/text/clean-text.ts';
import { withCase } from '../../../src/scene/text/letter-case.ts';

describe('cleanText', () => {
  it('composes letters and marks', () => {
    expect(cleanText('Ame\u0301lie').text).toBe('Am\u00E9lie');
  });

  it('turns every line end into a line feed and tabs into spaces', () => {
    expect(cleanText('a\r\nb\rc\u2028d\u0085e\tf\u00AD').text).toBe('a\nb\nc\nd\ne f\u00AD');
  });

  it('drops control characters, lone surrogates and bidi overrides, and counts them', () => {
    expect(cleanText('a\u0000b\uD800c\u202Ed\uFEFFe')).toEqual({ text: 'abcde', removed: 4, marks: 0 });
  });

  it('keeps what text in other scripts needs: joiners, isolates, variation selectors, astral letters', () => {
    const needed = '\u0646\u200C\u0627 \u2067\u05D0\u2069 \u2764\uFE0F \u{1F468}\u200D\u{1F469} \u{20BB7}';
    expect(cleanText(needed)).toEqual({ text: needed, removed: 0, marks: 0 });
  });

  it('keeps the form of a compatibility ideograph, which a family name may insist on', () => {
    expect(cleanText('\uFA19\u793E e\u0301').text).toBe('\uFA19\u793E \u00E9');
  });

  it('drops marks beyond ten on one letter', () => {
    const { text, marks } = cleanText(`x${'\u0336'.repeat(40)}y`);
    expect([text.length, marks]).toEqual([12, 30]);
  });
});

describe('withCase', () => {
  it('follows the language given, not the machine', () => {
    expect([withCase('istanbul', 'upper', 'tr'), withCase('istanbul', 'upper', 'en')]).toEqual(['İSTANBUL', 'ISTANBUL']);
  });

  it('writes capitals of sharp s and final sigma as their languages do', () => {
    expect([withCase('Straße', 'upper', 'de'), withCase('ΟΔΟΣ', 'lower', 'el')]).toEqual(['STRASSE', 'οδος']);
  });

  it('raises first letters only and leaves the others', () => {
    expect(withCase("mary-jane o'neil mcDonald ǆ", 'title', 'en')).toBe("Mary-Jane O'neil McDonald ǅ");
  });

  it('raises the Dutch ij as one letter', () => {
    expect([withCase('ijsland', 'title', 'nl'), withCase('ijsland', 'title', 'en')]).toEqual(['IJsland', 'Ijsland']);
  });
});
