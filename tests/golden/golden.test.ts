import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectGolden } from './golden.ts';
import { type GoldenChecker, goldenChecker } from './golden-checker.ts';
import { goldenJson } from './golden-json.ts';
import { lineDiff } from './line-diff.ts';
import { pixelDiff } from './pixel-diff.ts';

const SQUARE = 8;

/** A PNG of one colour with one pixel of another. */
const picture = (colour: readonly number[], dot: readonly number[] = colour, size = SQUARE): Uint8Array => {
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < png.data.length; at += 4) png.data.set(at === 4 * (size + 1) ? dot : colour, at);
  return PNG.sync.write(png);
};
const RED = [200, 10, 10, 255];

describe('goldens on disk', () => {
  let folder = '';
  let used: string[] = [];
  const checker = (update: boolean): GoldenChecker =>
    goldenChecker({ goldens: join(folder, 'goldens'), report: join(folder, 'report'), update, noteUse: (file) => used.push(file) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'platen-golden-test-'));
    used = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('pass when they are what was written', () => {
    const cases: readonly (readonly [string, unknown])[] = [
      ['a/text', 'two\nlines'],
      ['a/cut.dxf', '0\nSECTION\n'],
      ['a/data', { b: 1, a: new Float64Array([1, 2.5]) }],
      ['a/deep/picture', picture(RED)],
    ];
    for (const [name, value] of cases) checker(true)(name, value);
    for (const [name, value] of cases) checker(false)(name, value);
    expect(new Set(used)).toEqual(new Set(['a/text.txt', 'a/cut.dxf', 'a/data.json', 'a/deep/picture.png']));
    expect(existsSync(join(folder, 'report'))).toBe(false);
  });

  it('fail when the text differs, and show both in one report', () => {
    checker(true)('a/text', 'one\ntwo\nthree');
    checker(true)('a/picture', picture(RED));
    expect(() => checker(false)('a/text', 'one\n2 < 3\nthree')).toThrow(/golden a\/text\.txt: the text differs.*-two\n\+2 < 3/s);
    expect(() => checker(false)('a/picture', picture(RED, [0, 0, 255, 255]))).toThrow(/1 pixels \(1\.563 %\) differ/);
    const page = readFileSync(join(folder, 'report/index.html'), 'utf8');
    expect(page).toContain('2 goldens differ');
    expect(page).toContain('+2 &lt; 3');
    for (const caption of ['expected', 'actual', 'difference']) {
      expect(page).toContain(`src="a/picture.${caption}.png"`);
      expect(existsSync(join(folder, `report/a/picture.${caption}.png`))).toBe(true);
    }
  });

  it('fail when they are missing, also in a report', () => {
    expect(() => checker(false)('a/none', 'x')).toThrow(/no such golden yet/);
    expect(() => checker(false)('a/picture', picture(RED))).toThrow(/no such golden yet/);
    expect(existsSync(join(folder, 'report/a/picture.actual.png'))).toBe(true);
    expect(existsSync(join(folder, 'goldens'))).toBe(false);
  });

  it('stay untouched by an update that changes nothing one can see', () => {
    checker(true)('a/picture', picture(RED));
    const before = readFileSync(join(folder, 'goldens/a/picture.png'));
    checker(true)('a/picture', picture(RED, [201, 10, 10, 255]));
    expect(readFileSync(join(folder, 'goldens/a/picture.png')).equals(before)).toBe(true);
    checker(true)('a/picture', picture(RED, [0, 10, 10, 255]));
    expect(readFileSync(join(folder, 'goldens/a/picture.png')).equals(before)).toBe(false);
  });

  it('have names and sizes that a reviewer can live with', () => {
    expect(() => checker(false)('picture', 'x')).toThrow(/expected "area\/case"/);
    expect(() => checker(false)('../a/picture', 'x')).toThrow(/expected "area\/case"/);
    expect(() => checker(false)('a/long', 'x'.repeat(300_000))).toThrow(/expected at most 262144 bytes/);
  });
});

describe('a picture', () => {
  const exact = { channel: 0, share: 0 };

  it('may differ by rounding, by no more than told, and in no colour that cannot be seen', () => {
    expect(pixelDiff(picture(RED), picture(RED, [202, 10, 10, 255]), { channel: 2, share: 0 }).problem).toBeNull();
    expect(pixelDiff(picture(RED), picture(RED, [203, 10, 10, 255]), { channel: 2, share: 0 }).problem).toMatch(/worst channel by 3/);
    expect(pixelDiff(picture(RED), picture(RED, [0, 0, 0, 255]), { channel: 2, share: 1 / 64 }).problem).toBeNull();
    expect(pixelDiff(picture([1, 2, 3, 0]), picture([200, 100, 50, 0]), exact).problem).toBeNull();
    expect(pixelDiff(picture([1, 2, 3, 255]), picture([1, 2, 3, 250]), { channel: 2, share: 0 }).problem).toMatch(/64 pixels/);
  });

  it('of another size differs', () => {
    expect(pixelDiff(picture(RED), picture(RED, RED, 9), exact)).toEqual({ problem: 'expected 8 x 8 px, got 9 x 9 px', picture: null });
  });
});

describe('a line diff', () => {
  it('is empty for equal texts and applies to the first to give the second', () => {
    expect(lineDiff('a\nb', 'a\nb')).toBe('');
    const [before, after] = ['a b c a b b a', 'c b a b a c'].map((text) => text.replaceAll(' ', '\n'));
    const lines = lineDiff(before ?? '', after ?? '')
      .split('\n')
      .slice(1);
    const pick = (mark: string): string =>
      lines
        .filter((line) => line[0] !== mark)
        .map((line) => line.slice(1))
        .join('\n');
    expect(pick('+')).toBe(before);
    expect(pick('-')).toBe(after);
    expect(lines.filter((line) => line[0] !== ' ')).toHaveLength(5);
  });

  it('leaves far common lines out and says where it is', () => {
    const lines = Array.from({ length: 100 }, (_, at) => `line ${at + 1}`);
    const changed = lines.with(49, 'changed');
    const diff = lineDiff(lines.join('\n'), changed.join('\n')).split('\n');
    expect(diff[0]).toBe('@@ line 47 @@');
    expect(diff).toHaveLength(1 + 3 + 2 + 3);
  });
});

describe('golden JSON', () => {
  const value = {
    kind: 'path',
    verbs: new Uint8Array([0, 1, 3]),
    nothing: undefined,
    coords: Float64Array.from({ length: 60 }, (_, at) => at * 1.25),
    empty: [],
    none: {},
    long: Array.from({ length: 12 }, (_, at) => ({ at, label: `label number ${at}`, point: [at, at / 2] })),
  };

  it('reads back as the same value', () => {
    expect(JSON.parse(goldenJson(value))).toEqual({ ...JSON.parse(JSON.stringify(value)), verbs: [0, 1, 3], coords: [...value.coords] });
  });

  it('looks as committed', () => {
    expectGolden('golden-runner/layout', value);
  });

  it('refuses what JSON would lose', () => {
    expect(() => goldenJson({ a: Number.NaN })).toThrow(/finite/);
    expect(() => goldenJson([() => 1])).toThrow(/plain data/);
  });
});
