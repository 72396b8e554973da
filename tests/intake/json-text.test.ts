import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/intake/json-text.ts';

const messageOf = (text: string): string => {
  try {
    parseJson(text);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'parsed';
};

const hasForbidden = (value: unknown): boolean => /"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value));

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        fc.pre(!hasForbidden(value));
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '-',
      '0',
      '.5',
      'e9',
      'true',
      'nul',
      ' ',
      '\n',
      '\\',
      '\\u12',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const text = words.join('');
        let ours = true;
        let theirs = true;
        try {
          parseJson(text);
        } catch (error) {
          ours = false;
          // Stricter on purpose: doubled names.
          if (/each name once/.test(String(error))) return;
        }
        try {
          JSON.parse(text);
        } catch {
          theirs = false;
        }
        expect(ours, text).toBe(theirs);
      }),
      { numRuns: 3000 },
    );
  });

  it('names line and column of a mistake and what was expected there', () => {
    expect(messageOf('{\n  "a": 1\n  "b": 2\n}')).toBe('expected "," or "}" at line 3, column 3 of the JSON text, got "\\""');
    expect(messageOf('{"a": }')).toContain('expected a value at line 1, column 7');
    expect(messageOf('[1, 2')).toContain('got the end of the text');
    expect(messageOf("{'a': 1}")).toContain('expected a name in double quotes at line 1, column 2');
    expect(messageOf('[1] x')).toContain('expected the end of the text at line 1, column 5');
    expect(messageOf('')).toContain('expected a value at line 1, column 1');
  });

  it('refuses doubled, prototype and oversized things', () => {
    expect(messageOf('{"a":1,"b":{},\n"a":2}')).toContain('expected each name once, got "a" again at line 2, column 1');
    for (const name of ['__proto__', 'constructor', 'prototype']) expect(messageOf(`[{"${name}":{}}]`)).toContain(`any name but "${name}"`);
    expect(messageOf('{"\\u005f_proto__":1}')).toContain('any name but');
    expect(messageOf('1e400')).toContain('a number that a computer can hold');
    expect(Object.is(parseJson('-0'), 0)).toBe(true);
    expect(() => parseJson('"aaaa"', { maxBytes: 5 })).toThrow(/at most 5 bytes/);
    expect(() => parseJson('[1,2,3]', { maxValues: 3 })).toThrow(/at most 3 values/);
  });

  it('survives a depth bomb of any size', () => {
    expect(messageOf('['.repeat(100_000))).toContain('at most 64 levels');
    expect(messageOf('{"a":'.repeat(100_000))).toContain('at most 64 levels');
    const deep = parseJson(`${'['.repeat(500_000)}${']'.repeat(500_000)}`, { maxDepth: 1_000_000 });
    expect(Array.isArray(deep)).toBe(true);
  });
});
