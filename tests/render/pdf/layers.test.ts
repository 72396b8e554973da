import { describe, expect, it } from 'vitest';
import type { SpotColour } from '../../../src/colour/colour.ts';
import type { PdfDocument, PlateImage } from '../../../src/render/pdf/document.ts';
import { box, CUT, documentOf, group, line, linear, lookUp, pageOf, picture, pixels, solid, stops, textLine } from './sample-scenes.ts';
import { at, mean, objectsOf, platesOf, run, withPdf, write } from './tools.ts';

const WHITE: SpotColour = { space: 'spot', name: 'RDG_WHITE', tint: 1, alternate: { space: 'cmyk', c: 0.2, m: 0, y: 0, k: 0 } };
const GLOSS: SpotColour = { space: 'spot', name: 'RDG_GLOSS', tint: 1, alternate: { space: 'cmyk', c: 0, m: 0, y: 0.3, k: 0 } };

/** Half white, half none, 2 x 1 pixels over the left 40 mm of the trim. */
const half: PlateImage = {
  spot: WHITE,
  widthPx: 2,
  heightPx: 1,
  data: Uint8Array.from([255, 128]),
  box: { x: 0, y: 0, width: 40, height: 70 },
};

const printed = pageOf([box(10, 10, 50, 50, solid({ space: 'cmyk', c: 1, m: 0, y: 0, k: 0 }))], {
  artLayer: 'CMYK',
  under: [{ layer: 'White', plates: [half], nodes: [box(50, 0, 20, 70, solid(WHITE))] }],
  over: [
    { layer: 'Gloss', nodes: [box(20, 20, 10, 10, solid(GLOSS))] },
    { layer: 'Cut', nodes: [box(5, 5, 90, 60, null, line(solid(CUT), 0.1))] },
  ],
});

const document: PdfDocument = documentOf([printed], {
  overprint: { spots: ['RDG_WHITE', 'RDG_GLOSS', 'CutContour'] },
  layers: [
    { name: 'White', processingStep: { group: 'White', type: null } },
    { name: 'CMYK', processingStep: null },
    { name: 'Gloss', processingStep: { group: 'Varnish', type: null } },
    { name: 'Cut', processingStep: { group: 'Structural', type: 'Cutting' } },
  ],
});

describe('layers', () => {
  it('stand below and above the art, in paint order', async () => {
    await withPdf(await write(document), (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      const trace = run('mutool', 'draw', '-F', 'trace', file, '1');
      const order = [...trace.matchAll(/<layer name="([^"]*)"/g)].map(([, name]) => name);
      expect(order).toEqual(['White', 'CMYK', 'Gloss', 'Cut']);
    });
  });

  it('are named as processing steps', async () => {
    const { all } = await objectsOf(await write(document));
    const steps = all.filter((dict) => dict['/Type'] === '/OCG').map((dict) => [dict['/Name'], dict['/GTS_Metadata']]);
    expect(steps).toEqual([
      ['u:White', { '/GTS_ProcStepsGroup': '/White' }],
      ['u:CMYK', undefined],
      ['u:Gloss', { '/GTS_ProcStepsGroup': '/Varnish' }],
      ['u:Cut', { '/GTS_ProcStepsGroup': '/Structural', '/GTS_ProcStepsType': '/Cutting' }],
    ]);
  });

  it('overprint: every plate holds exactly what was painted into it', async () => {
    const plates = await platesOf(await write(document), 72);
    expect([...plates.keys()].sort()).toEqual(['Black', 'CutContour', 'Cyan', 'Magenta', 'RDG_GLOSS', 'RDG_WHITE', 'Yellow']);
    const [white, cyan, gloss] = [plates.get('RDG_WHITE'), plates.get('Cyan'), plates.get('RDG_GLOSS')];
    if (!white || !cyan || !gloss) throw new Error('expected three plates');
    // The sheet begins 3 mm before the trim.
    expect(at(gloss, 28, 28, 72)[0]).toBe(255);
    expect(at(cyan, 28, 28, 72)[0]).toBe(255);
    expect(at(white, 8, 8, 72)[0]).toBe(255);
    expect(at(white, 33, 8, 72)[0]).toBe(128);
    expect(at(white, 63, 8, 72)[0]).toBe(255);
    expect(at(white, 48, 8, 72)[0]).toBe(0);
    // Art neither clears the white below it nor the cyan below the varnish.
    expect(at(white, 16, 28, 72)[0]).toBe(255);
    expect(at(white, 30, 28, 72)[0]).toBe(128);
    expect(mean(plates.get('Magenta') ?? white)).toBe(0);
  });

  it('keep the plate below whole under pictures, fades, masks and blends', async () => {
    const photo = pixels('p', 8, 8, (x, y) => [x * 30, y * 30, 90, 255]);
    const clear = pixels('c', 8, 8, (x) => [200, 30, 90, x * 32]);
    const nodes = [
      picture(photo, [20, 0, 0, 20, 5, 5]),
      picture(clear, [20, 0, 0, 20, 30, 5]),
      box(55, 5, 20, 20, linear([55, 0], [75, 0], stops([0, '#ff0000', 1], [1, '#0000ff', 0]))),
      group([box(5, 30, 20, 20, solid('#336699'))], { opacity: 0.5, blend: 'multiply' }),
      group([box(30, 30, 20, 20, solid('#336699')), box(35, 35, 30, 10, solid('#996633'))], { opacity: 0.5 }),
      textLine('HIO', 5, 65, 4, solid('#000000')),
      box(80, 5, 10, 40, solid('#ffffff')),
    ];
    const under = [{ layer: 'White', nodes: [box(0, 0, 100, 70, solid(WHITE))] }];
    const bytes = await write({ ...document, pages: [pageOf(nodes, { under })] }, lookUp(photo, clear));
    const white = (await platesOf(bytes, 72)).get('RDG_WHITE');
    if (!white) throw new Error('expected a white plate');
    const erased = [...Array(100 * 70).keys()].filter(
      (i) => (at(white, 3 + (i % 100) + 0.5, 3 + Math.floor(i / 100) + 0.5, 72)[0] ?? 0) < 255,
    );
    expect(erased).toEqual([]);
  });

  it('refuse a plate of another size than it says', async () => {
    const bad = { ...printed, under: [{ layer: 'White', plates: [{ ...half, widthPx: 3 }] }] };
    await expect(write({ ...document, pages: [bad] })).rejects.toMatchObject({ code: 'pdf.pixels' });
  });

  it('keep the look of a spot that was settled beforehand', async () => {
    const bytes = await write({ ...document, spots: [{ name: 'CutContour', alternate: { space: 'cmyk', c: 1, m: 0, y: 1, k: 0 } }] });
    await withPdf(bytes, (file) => {
      const trace = run('mutool', 'draw', '-F', 'trace', file, '1');
      expect(trace).toContain('CutContour');
    });
    expect(Buffer.from(bytes).toString('latin1')).toContain(
      '/Separation /CutContour /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 0 1 0]',
    );
  });
});
