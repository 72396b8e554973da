import { describe, expect, it } from 'vitest';
import { multiply, rotation, translation } from '../../../src/geometry/affine.ts';
import { PathBuilder } from '../../../src/geometry/path.ts';
import type { PdfDocument, PdfSheet } from '../../../src/render/pdf/document.ts';
import { box, CUT, documentOf, line, linear, lookUp, pageOf, picture, pixels, solid, stops } from './sample-scenes.ts';
import { at, drawnBy, objectsOf, platesOf, run, withPdf, write } from './tools.ts';

const DPI = 72;
const photo = pixels('p', 60, 40, (x, y) => [x * 4, y * 6, 90, 255]);

/** 100 x 70 mm: a fade that tells left from right, a photo, a cut line in a layer. */
const part = pageOf(
  [box(-3, -3, 106, 76, linear([0, 0], [100, 0], stops([0, '#ff0000', 1], [1, '#0000ff', 1]))), picture(photo, [30, 0, 0, 20, 10, 10])],
  { over: [{ layer: 'Cut', nodes: [box(0, 0, 100, 70, null, line(solid(CUT), 0.2))] }] },
);

const rect = (width: number, height: number) => ({ x: 0, y: 0, width, height });

const sheet = (places: PdfSheet['places']): PdfSheet => ({
  boxes: { trim: rect(240, 170), bleed: rect(240, 170), media: rect(240, 170) },
  places,
  marks: new PathBuilder().moveTo(120, 2).lineTo(120, 8).finish(),
});

const places = [
  { page: 0, at: translation(10, 10), clip: null },
  { page: 0, at: translation(120, 10), clip: null },
  { page: 0, at: multiply(translation(110, 160), rotation(180)), clip: rect(100, 70) },
  { page: 0, at: multiply(translation(220, 90), rotation(90)), clip: null },
];

const document: PdfDocument = documentOf([part], {
  overprint: { spots: ['CutContour'] },
  layers: [{ name: 'Cut', processingStep: { group: 'Structural', type: 'Cutting' } }],
  sheets: [sheet(places), sheet(places.slice(0, 1))],
});

describe('imposed sheets', () => {
  it('are the pages of the file, and hold every part once', async () => {
    const bytes = await write(document, lookUp(photo));
    const { all } = await objectsOf(bytes);
    expect(all.filter((dict) => dict['/Type'] === '/Page')).toHaveLength(2);
    expect(all.filter((dict) => dict['/Subtype'] === '/Form')).toHaveLength(1);
    expect(all.filter((dict) => dict['/Subtype'] === '/Image')).toHaveLength(1);
    const one = await write({ ...document, sheets: [sheet(places.slice(0, 1))] }, lookUp(photo));
    expect(bytes.length - one.length).toBeLessThan(1000);
    await withPdf(bytes, (file) => expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors'));
  });

  it('show each part where it was placed, turned as told', async () => {
    const bytes = await write(document, lookUp(photo));
    for (const reader of ['pdftoppm', 'mutool', 'gs'] as const) {
      const seen = await drawnBy(reader, bytes, DPI);
      const reddish = (x: number, y: number): boolean => {
        const [r = 0, , b = 0] = at(seen, x, y, DPI);
        return r > b;
      };
      expect([reddish(15, 50), reddish(105, 50)], reader).toEqual([true, false]);
      expect([reddish(125, 50), reddish(215, 50)], reader).toEqual([true, false]);
      expect([reddish(105, 120), reddish(15, 120)], reader).toEqual([true, false]);
      expect([reddish(180, 95), reddish(180, 165)], reader).toEqual([true, false]);
      // Outside the clip of the third part, which shows its trim only, the sheet is bare.
      expect(at(seen, 8.5, 120, DPI), reader).toEqual([255, 255, 255]);
    }
  });

  it('keep overprint and plates through the placing', async () => {
    const plates = await platesOf(await write({ ...document, sheets: [sheet(places)] }, lookUp(photo)), 144);
    expect([...plates.keys()].sort()).toEqual(['Black', 'CutContour', 'Cyan', 'Magenta', 'Yellow']);
    const [cut, magenta] = [plates.get('CutContour'), plates.get('Magenta')];
    if (!cut || !magenta) throw new Error('expected plates');
    const line = [10, 10, 9.95, 10.05].find((x) => (at(cut, x, 40, 144)[0] ?? 0) > 100);
    expect(line).toBeDefined();
    expect(at(magenta, line ?? 0, 40, 144)[0]).toBeGreaterThan(150);
    expect(at(plates.get('Cyan') ?? cut, 120, 5, 144)[0]).toBeGreaterThan(50);
  });

  it('refuse a page that is not there', async () => {
    const bad = { ...document, sheets: [sheet([{ page: 1, at: translation(0, 0), clip: null }])] };
    await expect(write(bad, lookUp(photo))).rejects.toMatchObject({ code: 'pdf.pages' });
  });
});
