import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { inspectFont } from '../../src/intake/inspect-font.ts';

type OtherFont = {
  readonly numGlyphs: number;
  readonly unitsPerEm: number;
  readonly postscriptName: string;
  readonly variationAxes: object;
};
const fontkit = createRequire(import.meta.url)('fontkit') as { create(bytes: Uint8Array): OtherFont };

const FONTS = new URL('../../fonts/', import.meta.url);
const files = readdirSync(FONTS, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ttf|otf)$/i.test(name));
const bytesOf = (name: string): Buffer => readFileSync(new URL(name, FONTS));

describe('inspectFont', () => {
  it('agrees with an independent reader on every bundled font', () => {
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const facts = inspectFont(bytesOf(name));
      const font = fontkit.create(bytesOf(name));
      expect([name, facts.glyphs, facts.unitsPerEm, facts.postScriptName]).toEqual([
        name,
        font.numGlyphs,
        font.unitsPerEm,
        font.postscriptName,
      ]);
      expect(facts.axes.map(({ tag }) => tag)).toEqual(Object.keys(font.variationAxes));
    }
  });

  it.each([
    ['a collection', 'ttcf', 'font.format'],
    ['a web font', 'wOF2', 'font.format'],
    ['a picture', '\u0089PNG\r\n\u001a\n', 'font.format'],
    ['nothing', '', 'font.empty'],
    ['a bare header', '\u0000\u0001\u0000\u0000', 'font.corrupt'],
  ])('refuses %s', (_, text, code) => {
    expect(() => inspectFont(Buffer.from(text, 'latin1'))).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a font cut off anywhere', () => {
    const bytes = bytesOf(files[0] ?? '');
    for (let tenth = 1; tenth < 10; tenth += 1)
      expect(() => inspectFont(bytes.subarray(0, (bytes.length * tenth) / 10))).toThrow(expect.objectContaining({ code: 'font.corrupt' }));
  });
});
