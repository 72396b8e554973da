import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../src/model/problem.ts';
import type { FontFile } from '../../../src/model/resources.ts';
import { FontLibrary } from '../../../src/scene/text/font-library.ts';
import { FontSet } from '../../../src/scene/text/font-set.ts';
import { clusterStarts, isEmojiCluster } from '../../../src/scene/text/itemise.ts';
import { fontRequestsOf, layoutText } from '../../../src/scene/text/layout-text.ts';
import { loadFont } from '../../../src/scene/text/loaded-font.ts';
import { codesOf, FAMILIES, fontOf, fontPath, fonts, layOut, openFont, textLayer } from './bundled-fonts.ts';

const sansFile: FontFile = { family: 'Open Sans', digest: 'aa', bytes: new Uint8Array(readFileSync(fontPath('sans'))) };

describe('loadFont', () => {
  it('reads metrics in font units', () => {
    const { unitsPerEm, metrics } = loadFont(sansFile);
    expect([unitsPerEm, metrics.capHeight > 0.65 * unitsPerEm, metrics.xHeight < metrics.capHeight]).toEqual([
      metrics.ascent > 1500 ? 2048 : 1000,
      true,
      true,
    ]);
    expect(metrics.ascent).toBeGreaterThan(metrics.capHeight);
    expect(metrics.descent).toBeGreaterThan(0);
  });

  it('draws outlines with y down: a capital stands above the baseline', () => {
    const font = loadFont(sansFile);
    const { bounds } = font.outline(font.glyphFor(0x48));
    expect(bounds?.y).toBeCloseTo(-font.metrics.capHeight, -1);
    expect((bounds?.y ?? 0) + (bounds?.height ?? 0)).toBeCloseTo(0, 6);
  });

  it('refuses bytes that are no font, or a font cut short', () => {
    for (const bytes of [new Uint8Array(0), new TextEncoder().encode('<html>not a font</html>'), sansFile.bytes.slice(0, 300)]) {
      expect(() => loadFont({ ...sansFile, bytes })).toThrowError(/^expected a/);
      try {
        loadFont({ ...sansFile, bytes });
      } catch (error) {
        expect(isProblem(error) && error.code).toBe('font.unreadable');
      }
    }
  });

  it('survives a font with garbage in its tables', () => {
    const bytes = Uint8Array.from(sansFile.bytes, (byte, i) => (i > 3000 && i % 97 === 0 ? (byte + i) & 255 : byte));
    let outcome = 'drawn';
    try {
      const font = loadFont({ ...sansFile, bytes });
      for (let glyph = 0; glyph < 200; glyph++) font.outline(glyph);
      font.shape({
        before: '',
        text: 'Office',
        after: '',
        direction: 'ltr',
        script: 'Latn',
        language: '',
        features: { key: '', list: [] },
      });
    } catch (error) {
      outcome = isProblem(error) ? 'refused' : 'crashed';
    }
    expect(['drawn', 'refused']).toContain(outcome);
  });

  it('refuses to work after dispose', () => {
    const font = loadFont(sansFile);
    font.dispose();
    expect(() => font.outline(40)).toThrowError(/after dispose/);
  });
});

describe('variable fonts', () => {
  const file: FontFile = {
    family: 'Inter',
    digest: 'ff',
    bytes: new Uint8Array(readFileSync(new URL('../../../fonts/inter/Inter-Variable.ttf', import.meta.url))),
  };
  const stemOf = (axes: Record<string, number>): number => {
    const font = loadFont(file, axes);
    return font.outline(font.glyphFor(0x6c)).bounds?.width ?? 0;
  };

  it('draw at the place of their axes, clamped to what the font covers', () => {
    expect(stemOf({ wght: 700 })).toBeGreaterThan(stemOf({}) * 1.3);
    expect(stemOf({ wght: 5000 })).toBe(stemOf({ wght: 900 }));
    expect(stemOf({ NOPE: 3 })).toBe(stemOf({}));
  });

  it('are told apart by a key that names the axes', () => {
    expect([loadFont(file).key, loadFont(file, { wght: 700 }).key]).toEqual(['ff', 'ff#wght=700']);
  });

  it('follow the weight a layer asks for, unless the layer sets the axis', async () => {
    const set = await FontSet.open([{ request: { family: 'Inter', weight: 400, italic: false }, file }]);
    const bold = { family: 'Inter', weight: 700, italic: false };
    expect(set.font(bold, {})?.key).toBe('ff#wght=700');
    expect(set.font(bold, { wght: 800 })?.key).toBe('ff#wght=800');
    set.dispose();
  });
});

describe('memory', () => {
  it('comes back on dispose: opening a large font over and over does not grow the process', () => {
    const file: FontFile = { family: 'Noto Sans JP', digest: 'jp', bytes: new Uint8Array(readFileSync(fontPath('japanese'))) };
    const openOften = (times: number): void => {
      for (let i = 0; i < times; i++) {
        const font = loadFont(file);
        font.outline(font.glyphFor(0x6771));
        font.dispose();
      }
    };
    openOften(5);
    const before = process.memoryUsage().rss;
    openOften(60);
    // Kept, the files alone would take 330 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });
});

describe('FontLibrary', () => {
  it('opens a file once and drops the least recently used beyond its limit', () => {
    const library = new FontLibrary(2);
    const first = library.load(sansFile);
    expect(library.load(sansFile)).toBe(first);
    library.load({ ...sansFile, digest: 'bb' });
    library.load({ ...sansFile, digest: 'cc' });
    expect(library.load(sansFile)).not.toBe(first);
  });
});

describe('FontSet', () => {
  it('answers with the nearest weight it was given and null for another family', async () => {
    const bold: FontFile = { family: 'Open Sans', digest: 'dd', bytes: new Uint8Array(readFileSync(fontPath('sans', 700))) };
    const set = await FontSet.open([sansFile, bold]);
    expect(set.font({ family: 'open sans', weight: 800, italic: false }, {})?.key).toBe('dd');
    expect(set.font({ family: 'open sans', weight: 300, italic: false }, {})?.key).toBe('aa');
    expect(set.font({ family: 'Other', weight: 400, italic: false }, {})).toBeNull();
    set.dispose();
  });

  it('names a family without a file in a finding', () => {
    const layout = layOut({ text: 'x', font: { family: 'Nowhere Sans' } });
    expect(layout.findings).toMatchObject([
      { severity: 'error', code: 'text.font-missing', message: expect.stringContaining('Nowhere Sans 400') },
    ]);
  });
});

describe('choosing fonts', () => {
  it('takes the first listed font that has all of a cluster', () => {
    const layout = layOut({ text: 'Ab東c', font: [fontOf('serif'), fontOf('japanese')] });
    const keys = layout.nodes.map((node) => (node.kind === 'glyphs' ? [node.text, node.fontDigest] : []));
    expect(keys).toEqual([
      ['Ab', openFont('serif').key],
      ['東', openFont('japanese').key],
      ['c', openFont('serif').key],
    ]);
  });

  it('never falls back to a font that is not listed: an error names characters and fonts', () => {
    const layout = layOut({ text: 'Ab 東京 𓀀', font: fontOf('serif') });
    expect(layout.findings).toMatchObject([{ severity: 'error', code: 'text.glyph-missing', pointer: '/layers/0', measured: 3 }]);
    const message = layout.findings[0]?.message ?? '';
    for (const part of ['東 (U+6771)', '京 (U+4EAC)', 'U+13000', 'Lora']) expect(message).toContain(part);
    expect(layout.nodes.map((node) => (node.kind === 'glyphs' ? node.text.trim() : ''))).toEqual(['Ab']);
  });

  it('points at the run whose fonts lack a character', () => {
    const layout = layOut({ runs: [{ text: 'fine' }, { text: 'محمد' }] });
    expect(layout.findings.map(({ pointer }) => pointer)).toEqual(['/layers/0/runs/1']);
  });

  it('asks for each font once, and for the emoji font only where it may be needed', () => {
    const families = (input: Parameters<typeof textLayer>[0]): readonly string[] =>
      fontRequestsOf(textLayer(input)).map(({ family }) => family);
    expect(families({ text: 'No 1' })).toEqual([FAMILIES.sans]);
    expect(families({ text: 'I ❤️ U' })).toEqual([FAMILIES.sans, FAMILIES.emoji]);
    expect(families({ text: 'I ❤️ U', emoji: false })).toEqual([FAMILIES.sans]);
    expect(
      families({
        runs: [
          { text: 'a', font: fontOf('serif') },
          { text: 'b', font: fontOf('serif') },
        ],
      }),
    ).toEqual([FAMILIES.serif]);
  });
});

describe('emoji', () => {
  const family = '👨‍👩‍👧‍👦';

  it('treats joined, toned, flag and keycap sequences as one cluster each', () => {
    for (const emoji of [family, '👍🏽', '🇩🇪', '1️⃣', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩🏾‍🚀']) {
      expect([emoji, clusterStarts(emoji), isEmojiCluster(emoji)]).toEqual([emoji, [0, emoji.length], true]);
    }
    expect([isEmojiCluster('1'), isEmojiCluster('❤\uFE0E'), isEmojiCluster('A')]).toEqual([false, false, false]);
  });

  it('sets each of them as one glyph', () => {
    const font = openFont('emoji');
    for (const text of [family, '👍🏽', '🇩🇪', '1️⃣', '👩🏾‍🚀']) {
      const run = font.shape({
        before: '',
        text,
        after: '',
        direction: 'ltr',
        script: 'Zyyy',
        language: '',
        features: { key: '', list: [] },
      });
      expect([text, [...run.glyphs].filter((glyph) => font.colourLayers(glyph) !== null).length]).toEqual([text, 1]);
      expect([text, run.advances.reduce((a, b) => a + b, 0)]).toEqual([text, font.unitsPerEm]);
    }
  });

  it('draws them as coloured outlines, a layer each', () => {
    const layout = layOut({ text: family, size: 10 });
    expect(layout.findings).toEqual([]);
    expect(layout.nodes.length).toBeGreaterThan(10);
    expect(layout.nodes.every((node) => node.kind === 'path' && node.fill?.kind === 'solid')).toBe(true);
    expect(layout.ink?.width).toBeGreaterThan(8);
    expect(layout.ink?.width).toBeLessThan(10.1);
  });

  it('keeps digits and the letters around them in the text font', () => {
    const layout = layOut({ text: 'No 1 👍' });
    expect(layout.nodes[0]?.kind === 'glyphs' && layout.nodes[0].text.trim()).toBe('No 1');
  });

  it('reports an emoji as missing when the layer does without the emoji font', () => {
    expect(codesOf(layOut({ text: '👍', emoji: false }))).toEqual(['text.glyph-missing']);
  });
});

describe('layoutText', () => {
  it('gives the same nodes twice', () => {
    const layer = textLayer({ text: 'Amélie 👍', size: 9, outlines: [{ width: 0.4, colour: '#ff0000' }] });
    const box = { widthMm: 60, heightMm: 30 };
    expect(layoutText(layer, box, fonts, '/x')).toEqual(layoutText(layer, box, fonts, '/x'));
  });

  it('draws nothing for empty text, without complaint', () => {
    expect(layOut({ text: '' })).toMatchObject({ nodes: [], findings: [], ink: null });
    expect(layOut({ text: ' \n ' })).toMatchObject({ nodes: [], findings: [], ink: null });
  });

  it('refuses a box without area', () => {
    expect(() => layOut({ text: 'x' }, 0, 10)).toThrowError(/box with an area/);
  });
});
