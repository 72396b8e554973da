import { describe, expect, it } from 'vitest';
import { SRGB_PROFILE } from '../../../src/colour/srgb-profile.ts';
import type { PdfDocument } from '../../../src/render/pdf/document.ts';
import { pageBoxes } from '../../../src/render/pdf/page-boxes.ts';
import { writePdf } from '../../../src/render/pdf/write-pdf.ts';
import type { SceneNode } from '../../../src/scene/scene.ts';
import { box, CUT, documentOf, FOGRA, group, line, linear, pageOf, sceneOf, solid, stops, textLine } from './sample-scenes.ts';
import { objectsOf, run, withPdf, write } from './tools.ts';

const scene = sceneOf([box(-3, -3, 106, 76, solid('#fde68a')), textLine('HIO', 10, 40, 10, solid('#000000'))]);
const fullPage = {
  scene,
  boxes: pageBoxes(scene.area, 10),
  marks: { crop: true, registration: true, slug: [textLine('OHIO', 10, 80, 3, solid('#000000'))] },
  mirror: false,
  over: [{ layer: 'Cut lines', nodes: [box(1, 1, 98, 68, null, line(solid(CUT), 0.25))] }],
};
const full: PdfDocument = documentOf([fullPage, pageOf([])], {
  title: 'Größe (A6) 名刺',
  layers: [{ name: 'Cut lines', processingStep: { group: 'Structural', type: 'Cutting' } }],
});

describe('the file', () => {
  it('passes qpdf, names no font, and states its boxes to the ten-thousandth of a point', async () => {
    const bytes = await write(full);
    await withPdf(bytes, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      expect(run('qpdf', '--show-encryption', file)).toContain('not encrypted');
      expect(run('pdffonts', file).trim().split('\n')).toHaveLength(2);
      const info = run('pdfinfo', '-box', file);
      expect(info).toContain('Größe (A6) 名刺');
      expect(info).toMatch(/PDF version:\s+1\.6/);
      expect(info).toMatch(/TrimBox:\s+36\.85\s+36\.85\s+320\.31\s+235\.28/);
    });
    const { all } = await objectsOf(bytes);
    const [page] = all.filter((dict) => dict['/Type'] === '/Page');
    expect(page?.['/MediaBox']).toEqual([0, 0, 357.1654, 272.126]);
    expect(page?.['/BleedBox']).toEqual([28.3465, 28.3465, 328.8189, 243.7795]);
    expect(page?.['/TrimBox']).toEqual([36.8504, 36.8504, 320.315, 235.2756]);
    for (const absent of ['/CropBox', '/ArtBox', '/Rotate', '/UserUnit', '/Annots', '/AA']) expect(page).not.toHaveProperty(absent);
  });

  it('carries one output intent with the profile inside, and PDF/X-4 marks in its metadata', async () => {
    const bytes = await write(full);
    const { all, trailer, byRef } = await objectsOf(bytes);
    const root = byRef(trailer['/Root']);
    const intents = root['/OutputIntents'];
    expect(intents).toHaveLength(1);
    const intent = byRef(Array.isArray(intents) ? intents[0] : null);
    expect(intent).toMatchObject({
      '/S': '/GTS_PDFX',
      '/OutputConditionIdentifier': 'u:FOGRA39',
      '/RegistryName': 'u:http://www.color.org',
    });
    expect(byRef(intent['/DestOutputProfile'])).toMatchObject({ '/N': 4, '/Length': FOGRA.bytes.length });
    expect(Buffer.from(bytes).includes(Buffer.from(FOGRA.bytes))).toBe(true);
    expect(byRef(trailer['/Info'])).toMatchObject({ '/Trapped': '/False', '/CreationDate': "u:D:20260301120000+00'00'" });
    expect(trailer).not.toHaveProperty('/Encrypt');
    const xmp = Buffer.from(bytes).toString('utf8');
    expect(xmp).toContain('<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>');
    expect(xmp).toContain('<xmp:ModifyDate>2026-03-01T12:00:00+00:00</xmp:ModifyDate>');
    expect(xmp).toMatch(/<xmpMM:DocumentID>uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}</);
    const groups = all.filter((dict) => dict['/Type'] === '/Page').map((dict) => dict['/Group']);
    expect(groups).toHaveLength(2);
    for (const each of groups) expect(each).toMatchObject({ '/CS': '/DeviceCMYK' });
    expect(all.some((dict) => ['/JavaScript', '/Launch', '/URI'].includes(String(dict['/S'])))).toBe(false);
  });

  it('lists its layers as visible and says what they do on the press', async () => {
    const { all, trailer, byRef } = await objectsOf(await write(full));
    const [layer] = all.filter((dict) => dict['/Type'] === '/OCG');
    expect(layer).toMatchObject({
      '/Name': 'u:Cut lines',
      '/GTS_Metadata': { '/GTS_ProcStepsGroup': '/Structural', '/GTS_ProcStepsType': '/Cutting' },
    });
    expect(byRef(trailer['/Root'])['/OCProperties']).toMatchObject({ '/D': { '/BaseState': '/ON' } });
  });

  it('is the same byte for byte when written again, and has another id when anything changes', async () => {
    const [one, two, other] = [await write(full), await write(full), await write({ ...full, title: 'Another' })];
    expect(Buffer.compare(one, two)).toBe(0);
    const id = /\/ID \[<([0-9A-F]{32})> <\1>\]/;
    const idOf = (bytes: Uint8Array): string | undefined => id.exec(Buffer.from(bytes).toString('latin1'))?.[1];
    expect(idOf(one)).toMatch(/^[0-9A-F]{32}$/);
    expect(idOf(other)).not.toBe(idOf(one));
  });

  it('uses RGB throughout, with an sRGB intent, when asked to', async () => {
    const bytes = await write({ ...full, colour: { mode: 'rgb' } });
    const { all } = await objectsOf(bytes);
    expect(all.filter((dict) => dict['/S'] === '/GTS_PDFX')).toMatchObject([{ '/OutputConditionIdentifier': 'u:sRGB IEC61966-2.1' }]);
    for (const dict of all) expect(JSON.stringify(dict)).not.toContain('/DeviceCMYK');
  });
});

const tooSmall = { x: 0, y: 0, width: 50, height: 50 };

describe('what is refused', () => {
  it.each([
    ['boxes that stick out', { pages: [pageOf([], { boxes: { ...pageBoxes(scene.area, 0), media: tooSmall } })] }, 'pdf.boxes'],
    ['marks without room', { pages: [pageOf([], { marks: { crop: true, registration: false, slug: null } })] }, 'pdf.marks'],
    ['a date without a zone', { date: '2026-03-01' }, 'pdf.date'],
    ['a layer nobody listed', { pages: [pageOf([], { over: [{ layer: 'Foil', nodes: [] }] })] }, 'pdf.layer'],
    ['no pages', { pages: [] }, 'pdf.pages'],
    ['a number that is none', { pages: [pageOf([box(0, Number.NaN, 1, 1, solid('#ff0000'))])] }, 'pdf.number'],
    [
      'a profile that is none',
      { colour: { mode: 'cmyk', profile: { ...FOGRA, bytes: new Uint8Array(200) }, intent: 'relative', blackText: 'k100' } },
      'pdf.profile',
    ],
    [
      'an RGB profile for a CMYK file',
      { colour: { mode: 'cmyk', profile: { ...FOGRA, bytes: SRGB_PROFILE }, intent: 'relative', blackText: 'k100' } },
      'pdf.profile',
    ],
  ] as const)('%s', async (_, change, code) => {
    await expect(write({ ...full, ...change } as PdfDocument)).rejects.toMatchObject({ name: 'Problem', code });
  });

  it('work whose signal is aborted', async () => {
    await expect(writePdf(full, () => Promise.reject() as never, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

describe('sharing', () => {
  it('writes each glyph, form, shading and graphics state once for all pages', async () => {
    const fade = (): SceneNode =>
      group(
        [
          box(0, 0, 20, 10, linear([0, 0], [20, 0], stops([0, '#ff0000', 1], [1, '#0000ff', 0]))),
          textLine('HI', 0, 9, 8, solid('#0000ff')),
        ],
        { opacity: 0.5 },
      );
    const pages = (count: number): PdfDocument =>
      documentOf(Array.from({ length: count }, () => pageOf([fade(), textLine('HIO HIO', 5, 40, 10, solid('#000000'))])));
    const [one, ten] = [await objectsOf(await write(pages(1))), await objectsOf(await write(pages(10)))];
    expect(ten.all.length - one.all.length).toBe(9 * 2);
    expect(one.all.filter((dict) => dict['/Subtype'] === '/Form' && !('/Group' in dict))).toHaveLength(3);
  });
});

describe('the tree of groups', () => {
  it('is flat where nothing asks for transparency', async () => {
    const nested = group([group([box(0, 0, 10, 10, solid('#00ff00'))])]);
    const { all } = await objectsOf(await write(documentOf([pageOf([nested])])));
    expect(all.filter((dict) => dict['/Subtype'] === '/Form')).toHaveLength(0);
  });

  it('needs no object for one shape that fades', async () => {
    const faded = group([box(0, 0, 10, 10, solid('#00ff00'))], { opacity: 0.5, blend: 'multiply' });
    const { all } = await objectsOf(await write(documentOf([pageOf([faded])])));
    expect(all.filter((dict) => dict['/Subtype'] === '/Form')).toHaveLength(0);
    expect(all.filter((dict) => dict['/BM'] === '/Multiply')).toMatchObject([{ '/ca': 0.5, '/CA': 0.5 }]);
  });

  it('keeps a group apart when a child inside it blends, so the blend stays inside', async () => {
    const blended = group([
      box(0, 0, 10, 10, solid('#00ff00')),
      group([box(0, 0, 5, 5, solid('#ff0000')), box(5, 5, 5, 5, solid('#ff0000'))], { blend: 'multiply' }),
    ]);
    const { all } = await objectsOf(await write(documentOf([pageOf([blended])])));
    const forms = all.filter((dict) => dict['/Subtype'] === '/Form');
    expect(forms).toHaveLength(2);
    for (const form of forms) expect(form['/Group']).toMatchObject({ '/S': '/Transparency', '/CS': '/DeviceCMYK', '/I': true });
  });
});
