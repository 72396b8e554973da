import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { FAMILIES, fontOf, fontPath, glyphsOf, layOut, openFont } from './bundled-fonts.ts';

type Script = 'sans' | 'script' | 'arabic' | 'devanagari' | 'thai' | 'hebrew';

const NAMES: Readonly<Record<Script, readonly string[]>> = {
  sans: ['Amélie', 'AVATAR', 'Wolfgang Tö', 'Office fluff', 'O’Connor & Søn', 'Łukasz', 'Nguyễn Thị', 'Юлия', 'Ελένη'],
  script: ['Amélie', 'Office', 'Wolfgang', 'Great Tiffany'],
  arabic: ['محمد', 'فاطمة الزهراء', 'عبد الله', 'لؤلؤة', 'خديجة بنت خويلد', 'الإسلام'],
  devanagari: ['श्रीमान', 'क्षत्रिय', 'प्रिया शर्मा', 'विक्रम सिंह', 'लक्ष्मी', 'ज्ञान', 'किर्ति'],
  thai: ['สวัสดี', 'น้ำผึ้ง', 'กำลังใจ'],
  hebrew: ['שלום', 'יִשְׂרָאֵל', 'דוד המלך'],
};

const independentGlyphs = (family: Script, text: string): readonly number[] => {
  const font = fontkit.openSync(fontPath(family));
  return font.layout(text).glyphs.map(({ id }) => id);
};

const ourGlyphs = (family: Script, text: string): readonly number[] => {
  const rtl = family === 'arabic' || family === 'hebrew';
  const script = { sans: 'Latn', script: 'Latn', arabic: 'Arab', devanagari: 'Deva', thai: 'Thai', hebrew: 'Hebr' }[family];
  const direction = rtl ? 'rtl' : 'ltr';
  const run = openFont(family).shape({ before: '', text, after: '', direction, script, language: '', features: { key: '', list: [] } });
  return [...run.glyphs];
};

describe('shaping', () => {
  for (const family of ['sans', 'script', 'arabic', 'devanagari'] as const) {
    it(`chooses the same glyphs as an independent shaper for names in ${FAMILIES[family]}`, () => {
      for (const name of NAMES[family]) expect([name, ourGlyphs(family, name)]).toEqual([name, independentGlyphs(family, name)]);
    });
  }

  it('lays out the glyphs the shaper chose, in every bundled script', () => {
    for (const family of ['arabic', 'devanagari', 'thai', 'hebrew'] as const) {
      for (const name of NAMES[family]) {
        const laid = layOut({ text: name, font: fontOf(family), size: 8 });
        const blank = (glyph: number): boolean => openFont(family).outline(glyph).bounds === null;
        const words = name.split(' ').map((word) => ourGlyphs(family, word).filter((glyph) => !blank(glyph)));
        expect([name, [...glyphsOf(laid).map(({ glyph }) => glyph)].sort()]).toEqual([name, words.flat().sort()]);
        expect(laid.findings).toEqual([]);
      }
    }
  });

  it('kerns: A and V stand closer together than their advances say', () => {
    const font = openFont('serif');
    const width = (text: string): number =>
      [
        ...font.shape({ before: '', text, after: '', direction: 'ltr', script: 'Latn', language: '', features: { key: '', list: [] } })
          .advances,
      ].reduce((a, b) => a + b, 0);
    expect(width('AV')).toBeLessThan(width('A') + width('V'));
  });

  it('joins f and i where the font has a ligature, unless switched off or spaced out', () => {
    const count = (more: object): number => glyphsOf(layOut({ text: 'fi', font: fontOf('script'), ...more })).length;
    expect([count({}), count({ features: { liga: 0 } }), count({ tracking: 50 })]).toEqual([1, 2, 2]);
  });

  it('shares the outline of equal glyphs', () => {
    const [node] = layOut({ text: 'anna' }).nodes;
    const outlines = node?.kind === 'glyphs' ? node.glyphs.map(({ outline }) => outline) : [];
    expect(outlines[0]).toBe(outlines[3]);
    expect(outlines[1]).toBe(outlines[2]);
  });

  it('keeps Arabic letters joined across a change of colour', () => {
    const font = fontOf('arabic');
    const plain = glyphsOf(layOut({ text: 'محمد', font })).map(({ glyph }) => glyph);
    const twoColours = layOut({
      font,
      runs: [
        { text: 'مح', fill: '#ff0000' },
        { text: 'مد', fill: '#0000ff' },
      ],
    });
    expect(glyphsOf(twoColours).map(({ glyph }) => glyph)).toEqual(plain);
    expect(twoColours.nodes).toHaveLength(2);
  });

  it('does not space joined letters apart, and says so', () => {
    const font = fontOf('arabic');
    const spaced = layOut({ text: 'محمد', font, tracking: 300 });
    expect(glyphsOf(spaced)).toEqual(glyphsOf(layOut({ text: 'محمد', font })));
    expect(spaced.findings.map(({ code }) => code)).toEqual(['text.tracking-ignored']);
  });

  it('puts tracking between letters only', () => {
    const [plain, spaced] = [layOut({ text: 'HHH', size: 10 }), layOut({ text: 'HHH', size: 10, tracking: 100 })];
    expect((spaced.ink?.width ?? 0) - (plain.ink?.width ?? 0)).toBeCloseTo(2, 6);
    const inMm = layOut({ text: 'HHH', size: 10, trackingMm: 1 });
    expect(inMm.ink?.width).toBeCloseTo(spaced.ink?.width ?? 0, 6);
  });
});
