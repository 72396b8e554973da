import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/intake/json-text.ts';

const refused = expect.objectContaining({ code: 'json.syntax' });

describe('hostile JSON', () => {
  it.each([
    ['a hundred thousand nested arrays', '['.repeat(100_000)],
    ['a hundred thousand nested objects', '{"a":'.repeat(100_000)],
    ['a million and one values', `[${'1,'.repeat(1_000_000)}1]`],
    ['a prototype by name', '{"__proto__":{"admin":true}}'],
    ['a prototype by escape', '{"__pr\\u006fto__":{"admin":true}}'],
    ['a constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['a doubled name', '{"qty":1,"qty":1000}'],
    ['a doubled name by escape', '{"qty":1,"\\u0071ty":1000}'],
    ['a number without end', '{"qty":1e400}'],
    ['words that are no numbers', '{"qty":NaN}'],
    ['a comment', '{} // x'],
  ])('43 refuses %s', (_, text) => {
    expect(() => parseJson(text)).toThrow(refused);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it('43 reads a hundred thousand names, and -0 as 0', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `"n${i}":${i}`).join(',');
    expect(Object.keys(Object(parseJson(`{${names}}`)))).toHaveLength(100_000);
    expect(Object.is(parseJson('-0'), 0)).toBe(true);
  });
});
