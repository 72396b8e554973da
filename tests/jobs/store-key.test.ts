import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOfKey } from '../../src/drivers/store/fs-store.ts';
import { checkPrefix, keySegments } from '../../src/jobs/store-key.ts';
import { hostileKeys } from '../support/hostile-keys.ts';

/** Text of the pieces that path tricks are made of, so that most of it is nearly a key. */
const tricky = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '.',
        '..',
        '/',
        '//',
        '\\',
        '%2e',
        '%2f',
        '%00',
        '\0',
        '~',
        ':',
        'CON',
        'nul',
        'a',
        'Z9',
        '_',
        '=',
        '+',
        '-',
        ' ',
        '\n',
        'é',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const accepts = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'store.key' });
    return false;
  }
};

describe('a store key', () => {
  it('never leads out of the root, whatever it is made of', () => {
    let taken = 0;
    fc.assert(
      fc.property(tricky, fc.constantFrom('/srv/files', '/', '/srv/files/'), (key, root) => {
        const isKey = accepts(() => keySegments(key));
        expect(accepts(() => pathOfKey(root, key))).toBe(isKey);
        if (!isKey) return;
        taken += 1;
        const path = pathOfKey(root, key);
        const below = root.replace(/\/$/, '') + sep;
        expect(path.startsWith(below)).toBe(true);
        // Nothing was normalised away: what is written is what was asked for.
        expect(path.slice(below.length)).toBe(key.split('/').join(sep));
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('is made of segments of the key alphabet alone', () => {
    fc.assert(
      fc.property(tricky, (key) => {
        if (!accepts(() => keySegments(key))) return;
        for (const segment of keySegments(key)) {
          expect(segment).toMatch(/^[A-Za-z0-9._=+-]{1,200}$/);
          expect(segment).not.toMatch(/\.$|^(con|nul)$/i);
        }
      }),
    );
  });

  it.each(hostileKeys.map((key) => [encodeURIComponent(key).slice(0, 40), key]))('is not %s', (_, key) => {
    expect(() => keySegments(key)).toThrow(/expected segments of/);
  });

  it('is shown short and on one line when it is refused', () => {
    expect(() => keySegments(`a\n${'b'.repeat(5_000)}`)).toThrow(/got "a\\nb{78}…"$/);
  });

  it('may begin anywhere for a list', () => {
    for (const prefix of ['', 'a', 'a/', 'a/b', 'a/b.', 'tenant/jobs/']) expect(() => checkPrefix(prefix)).not.toThrow();
    for (const prefix of ['/', 'a//', '../', 'a/../b', 'a b', 'a~']) expect(() => checkPrefix(prefix)).toThrow(/beginning of a store key/);
  });
});
