import { Resvg } from '@resvg/resvg-js';
import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { writeSvg } from '../../../src/render/vector/write-svg.ts';
import { layer, ring, SAMPLE } from './drawings.ts';

const textOf = (data: Uint8Array): string => new TextDecoder().decode(data);

type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };

const elementsOf = (text: string): readonly Element[] => {
  const out: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => out.push({ name, attributes }));
  parser.write(text).close();
  return out;
};

describe('writeSvg', () => {
  test('is true to size for a reader that knows nothing of us', async () => {
    // librsvg scales lengths in mm by the density twice: once for the unit and once for the picture.
    const density = 2540;
    const { width: across, height: down } = await sharp(writeSvg(SAMPLE), { density, limitInputPixels: false }).metadata();
    const mmOf = (px: number): number => ((px * 25.4) / density) * (72 / density);
    expect(mmOf(across)).toBeCloseTo(120, 2);
    expect(mmOf(down)).toBeCloseTo(80, 2);
    // In user units, and with the lines' width of 0.1.
    const box = new Resvg(textOf(writeSvg(SAMPLE))).getBBox();
    expect([box?.x, box?.y, box?.width, box?.height].map((mm) => Math.round((mm ?? 0) * 100) / 100)).toEqual([1.95, 2.95, 116.1, 74.1]);
  });

  test('paints areas as the fill rule says, with their holes', async () => {
    const drawing = { ...SAMPLE, layers: [layer('ENGRAVE', [ring(30, 30, 20, 12)], { work: 'fill', colour: '#000000' })] };
    const pixels = new Resvg(textOf(writeSvg(drawing)), { fitTo: { mode: 'width', value: 1200 } }).render();
    const { data, info } = await sharp(pixels.pixels, { raw: { width: 1200, height: 800, channels: 4 } })
      .raw()
      .toBuffer({ resolveWithObject: true });
    let covered = 0;
    for (let i = 3; i < data.length; i += info.channels) covered += (data[i] ?? 0) / 255;
    expect(covered / 100).toBeCloseTo(Math.PI * (20 * 20 - 12 * 12), -0.5);
  });

  test('has a group for each layer with the name it has, and the marks of no editor', () => {
    const text = textOf(writeSvg(SAMPLE));
    const groups = elementsOf(text).filter(({ name }) => name === 'g');
    expect(groups.map(({ attributes: { id, stroke, fill } }) => [id, stroke, fill])).toEqual([
      ['CUT', '#ff0000', 'none'],
      ['Thru_cut', '#0000ff', 'none'],
      ['SCORE', '#00ff00', 'none'],
    ]);
    expect(text).toContain('<title>Thru cut</title>');
    expect(text).toContain('<title>Order &lt;1042&gt; &amp; &quot;name&quot;</title>');
    expect(text).not.toMatch(/transform|style|xlink|inkscape|sodipodi|use|e-\d/);
  });

  test('keeps a piece and its holes in one path, the holes first', () => {
    const [cut] = textOf(writeSvg({ ...SAMPLE, layers: [layer('CUT', [ring(30, 30, 20, 12)])] })).match(/ d="[^"]*"/g) ?? [];
    const starts = [...(cut ?? '').matchAll(/M([\d.]+)/g)].map((one) => Number(one[1]));
    expect(starts).toEqual([42, 50]);
  });

  test('tells layers of one name apart, and writes an empty drawing', () => {
    const two = [layer('CUT', [rectPath(rectOf(0, 0, 5, 5))]), layer('CUT', []), layer('1 up', [])];
    const ids = elementsOf(textOf(writeSvg({ ...SAMPLE, title: 'A\u0000B', layers: two }))).flatMap(({ attributes: { id } }) => id ?? []);
    expect(ids).toEqual(['CUT', 'CUT_2', 'L1_up']);
    expect(textOf(writeSvg({ ...SAMPLE, layers: [] }))).toMatch(/^<svg [^>]*width="120mm"/);
  });
});
