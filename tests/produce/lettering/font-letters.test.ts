import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { lettersOfFont } from '../../../src/produce/lettering/font-letters.ts';

type ReadFont = { readonly characterSet: readonly number[]; hasGlyphForCodePoint(point: number): boolean };
const fontkit = createRequire(import.meta.url)('fontkit') as { create(bytes: Uint8Array): ReadFont };

const FONTS = new URL('../../../fonts/', import.meta.url);
const files = readdirSync(FONTS, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ttf|otf)$/.test(name));

describe('the letters of a font', () => {
  it('are those that another reader finds, for every bundled font', () => {
    expect(files.length).toBeGreaterThan(30);
    for (const name of files) {
      const bytes = readFileSync(new URL(name, FONTS));
      const font = fontkit.create(bytes);
      const expected = font.characterSet.filter((point) => point !== 0xffff && font.hasGlyphForCodePoint(point));
      const letters = lettersOfFont(bytes);
      const wrong = expected.filter((point) => !letters?.has(point));
      expect([wrong.length, (letters?.size ?? 0) - new Set(expected).size], name).toEqual([0, 0]);
    }
  });

  it('of bytes that are no font, or cut off, are nothing or null', () => {
    expect(lettersOfFont(new Uint8Array(64))).toBeNull();
    const bytes = readFileSync(new URL(files[0] ?? '', FONTS));
    for (let cut = 0; cut < bytes.length; cut += 997) expect(() => lettersOfFont(bytes.subarray(0, cut))).not.toThrow();
  });
});
