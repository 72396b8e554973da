import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Blob, Face, Font, shape, Buffer as Text } from 'harfbuzzjs';
import { describe, expect, it } from 'vitest';
import { openFontLibrary } from '../../src/drivers/resources/font-library.ts';

type ReadFont = {
  readonly familyName: string;
  readonly numGlyphs: number;
  readonly unitsPerEm: number;
  readonly variationAxes: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
  hasGlyphForCodePoint(point: number): boolean;
};
const fontkit = createRequire(import.meta.url)('fontkit') as { create(bytes: Uint8Array): ReadFont };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FONTS = join(ROOT, 'fonts');
const faces = (await openFontLibrary(FONTS)).list();
const bytesOf = (file: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(FONTS, file)));
const fontOf = (file: string): Font => new Font(new Face(new Blob(bytesOf(file))));

const shapeText = (font: Font, text: string): readonly number[] => {
  const buffer = new Text();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(font, buffer);
  return buffer.getGlyphInfos().map((glyph) => glyph.codepoint);
};

const familiesCovering = (script: string): readonly string[] => [
  ...new Set(faces.filter((face) => face.scripts.includes(script)).map((face) => face.family)),
];

describe('the bundled fonts', () => {
  it('have an index that is what the script makes of the files', () => {
    const made = execFileSync(process.execPath, [join(ROOT, 'scripts/index-fonts.mjs'), '--print'], { encoding: 'utf8' });
    expect(made).toBe(readFileSync(join(FONTS, 'index.json'), 'utf8'));
  });

  it('are all indexed, and every indexed file is the one that was hashed', () => {
    const files = readdirSync(FONTS, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ttf|otf|woff2?|ttc)$/.test(name));
    expect(faces.map((face) => face.file).sort()).toEqual(files.sort());
    for (const face of faces) expect(createHash('sha256').update(bytesOf(face.file)).digest('hex'), face.file).toBe(face.sha256);
  });

  it('carry an open licence with a copyright line beside every face', () => {
    for (const face of faces) {
      const licence = readFileSync(join(FONTS, face.licenceFile), 'utf8');
      const folder = face.file.split('/')[0] ?? '';
      const notice = (name: string): string => readFileSync(join(FONTS, folder, name), 'utf8');
      if (face.licence === 'OFL-1.1') {
        expect(licence, face.file).toMatch(/^\uFEFF?Copyright/);
        expect(licence, face.file).toMatch(/SIL OPEN FONT LICENSE Version 1\.1/);
      } else if (face.licence === 'Apache-2.0') {
        expect(licence, face.file).toMatch(/Apache License\s+Version 2\.0/);
        expect(notice('COPYRIGHT.txt'), face.file).toMatch(/copyright/i);
      } else {
        expect(face.licence).toBe('OFL-1.1 AND CC-BY-4.0');
        expect(licence).toMatch(/SIL OPEN FONT LICENSE/);
        expect(notice('ATTRIBUTION.md')).toMatch(/copyright .*CC-BY 4\.0/is);
      }
    }
  });

  it('may all be embedded in a document', () => {
    for (const face of faces) expect(['installable', 'editable'], face.file).toContain(face.embedding);
  });

  it('open in two independent readers that agree with the index', () => {
    for (const face of faces) {
      const bytes = bytesOf(face.file);
      const read = fontkit.create(bytes);
      expect(read.numGlyphs, face.file).toBeGreaterThan(60);
      expect(read.unitsPerEm, face.file).toBe(face.unitsPerEm);
      expect(Object.keys(read.variationAxes), face.file).toEqual(face.axes.map((axis) => axis.tag));
      const shaper = new Face(new Blob(bytes));
      const points = shaper.collectUnicodes();
      expect(points.length, face.file).toBeGreaterThan(60);
      for (const point of points.slice(0, 400)) expect(read.hasGlyphForCodePoint(point), `${face.file} U+${point.toString(16)}`).toBe(true);
    }
  });

  it('draw an outline for the digits or letters they claim', () => {
    const sample: Readonly<Record<string, string>> = {
      Latn: 'A7',
      Arab: 'م',
      Hebr: 'ש',
      Deva: 'क',
      Thai: 'ก',
      Hang: '한',
      Hans: '爱',
      Jpan: '桜',
    };
    let drawn = 0;
    for (const face of faces) {
      const font = fontOf(face.file);
      for (const script of face.scripts) {
        for (const glyph of shapeText(font, sample[script] ?? '')) {
          expect(glyph, `${face.file} ${script}`).not.toBe(0);
          expect(font.glyphToPath(glyph).length, `${face.file} ${script}`).toBeGreaterThan(20);
          drawn += 1;
        }
      }
    }
    expect(drawn).toBeGreaterThan(150);
  });

  it('stay small enough to ship', () => {
    const sizes = faces.map((face) => statSync(join(FONTS, face.file)).size);
    expect(sizes).toEqual(faces.map((face) => face.bytes));
    expect(Math.max(...sizes)).toBeLessThan(6e6);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30e6);
  });

  it('cover the scripts customers write their names in', () => {
    const wanted = { Latn: 40, Cyrl: 10, Grek: 5, Arab: 3, Hebr: 4, Deva: 3, Thai: 2, Jpan: 2, Hans: 1, Hant: 1, Hang: 1, Zsye: 1 };
    for (const [script, count] of Object.entries(wanted)) expect(familiesCovering(script).length, script).toBeGreaterThanOrEqual(count);
  });

  it('offer every kind of lettering a personalisation shop sells', () => {
    const kinds = new Set(faces.map((face) => face.category));
    const wanted = 'serif sans slab script calligraphic brush college numbers stencil western typewriter monogram handwriting children';
    for (const kind of [...wanted.split(' '), 'display', 'engraved', 'non-latin', 'emoji']) expect(kinds, kind).toContain(kind);
  });

  it('give every joined, toned and flag emoji as one glyph made of solid colour layers', () => {
    const [emoji] = faces.filter((face) => face.category === 'emoji');
    expect(emoji?.colour).toBe('colr-v0');
    const font = fontOf(emoji?.file ?? '');
    const palette = font.face.getColorPalettes()[0]?.colors ?? [];
    for (const text of ['😀', '👍🏽', '👩🏾‍🚀', '👨‍👩‍👧‍👦', '🇸🇪', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏳️‍🌈', '❤️‍🔥', '1️⃣', '🧑🏿‍🤝‍🧑🏻', '🐦‍⬛', '🫷🏿']) {
      const glyphs = shapeText(font, text);
      expect(glyphs, text).toHaveLength(1);
      const layers = font.face.getGlyphColorLayers(glyphs[0] ?? 0);
      expect(layers.length, text).toBeGreaterThan(1);
      for (const layer of layers) expect(palette[layer.colorIndex ?? -1], text).toBeDefined();
    }
  });

  it('draw a flag for all 258 region pairs of Emoji 15', () => {
    const font = fontOf('twemoji-mozilla/TwemojiMozilla.ttf');
    const letters = Array.from({ length: 26 }, (_, at) => 0x1f1e6 + at);
    const pairs = letters.flatMap((first) => letters.map((second) => String.fromCodePoint(first, second)));
    const flags = pairs.filter((pair) => {
      const [glyph, ...more] = shapeText(font, pair);
      return glyph !== undefined && more.length === 0 && font.face.getGlyphColorLayers(glyph).length > 0;
    });
    expect(flags).toHaveLength(258);
  });
});
