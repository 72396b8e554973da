import { readFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pathLength } from '../../src/geometry/measure.ts';
import { boundsOfPath } from '../../src/geometry/path.ts';
import { areaOfPath } from '../../src/geometry/polygons.ts';
import { stampArt } from '../../src/methods/hot-stamp/dies.ts';
import { hotStamp } from '../../src/methods/hot-stamp/index.ts';
import { hotStampSettings } from '../../src/methods/hot-stamp/settings.ts';
import type { MadeFile, MakeContext } from '../../src/methods/method.ts';
import type { Finding } from '../../src/model/finding.ts';
import { plateOf } from '../../src/model/palette.ts';
import { BLIND, FOIL } from '../../src/render/finishes.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { expectGolden } from '../golden/golden.ts';
import { type Dict, objectsOf, type Pixels, platesOf, run, withPdf } from '../render/pdf/tools.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';
import { areaOfPoints, linesOfDxf, readDxf } from '../support/read-dxf.ts';

const FOILS = bundledPalette('foils');

const foil = (id: string) => {
  const swatch = FOILS.swatches.find((one) => one.id === id);
  if (!swatch) throw new Error(`expected a foil, got ${id}`);
  return { spot: plateOf(swatch), alternate: swatch.colour };
};
const GOLD = foil('gold');
const NAVY = foil('navy');

const rect = (x: number, y: number, width: number, height: number, fill: unknown = GOLD) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});
const words = (text: string, size: number, more: object = {}) => ({
  type: 'text',
  text,
  font: { family: 'Lora', weight: 700 },
  size,
  fill: GOLD,
  align: 'center',
  valign: 'middle',
  box: { x: 10, y: 5, width: 80, height: 30 },
  ...more,
});
const disc = (x: number, y: number, size: number, fill: unknown = GOLD) => ({
  ...rect(x, y, size, size, fill),
  shape: { kind: 'ellipse' },
});

/** Initials in gold over a stripe in navy, with a ring drawn by a pen. */
const INITIALS = [
  words('MR', 20),
  rect(20, 45, 60, 2, NAVY),
  { type: 'shape', shape: { kind: 'ellipse' }, stroke: { paint: NAVY, width: 1.2 }, box: { x: 5, y: 15, width: 10, height: 10 } },
];

const contextWith = async (): Promise<MakeContext> => {
  const bytes = new Uint8Array(await readFile(new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url)));
  return {
    articleColour: '#8a4a26',
    picture: () => testPicture(4, 4),
    profile: (name) => ({ name, digest: '', bytes, conditionId: 'FOGRA39', description: 'Coated paper' }),
    palette: bundledPalette,
    lettering: () => [],
    signal: new AbortController().signal,
  };
};

const sceneOf = async (layers: readonly unknown[]): Promise<Scene> =>
  (await composeLayers({ layers, images: { p: testPicture(70, 42) } })).scene;

const make = async (layers: readonly unknown[], settings: object = {}): Promise<ReadonlyMap<string, MadeFile>> => {
  const work = {
    name: 'front',
    pages: [await sceneOf(layers)],
    settings: hotStampSettings.parse(settings),
    title: 'Tag',
    date: '2026-03-01T00:00:00Z',
    label: 'A-1',
  };
  const { files } = await hotStamp.make(work, await contextWith());
  return new Map(files.map((file) => [file.name, file]));
};

const bytesOf = (files: ReadonlyMap<string, MadeFile>, name: string): Uint8Array => {
  const file = files.get(name);
  if (!file) throw new Error(`expected a file ${name}, got ${[...files.keys()].join(', ')}`);
  return file.data;
};

const check = async (layers: readonly unknown[], settings: object = {}, articleColour: string | null = null): Promise<readonly Finding[]> =>
  hotStamp.check(await sceneOf(layers), hotStampSettings.parse(settings), {
    articleColour,
    pointer: '/placements/0',
    picture: () => testPicture(4, 4),
    palette: bundledPalette,
  });
const codes = (findings: readonly Finding[]): readonly string[] => findings.map(({ code }) => code);

const DPI = 200;
/** Area that a plate covers, mm². */
const inked = ({ data, channels }: Pixels): number => (data.reduce((sum, v) => sum + v, 0) / 255 / channels) * (25.4 / DPI) ** 2;
const inkedPlates = async (bytes: Uint8Array) =>
  new Map([...(await platesOf(bytes, DPI))].filter(([, plate]) => inked(plate) > 0.01).map(([name, plate]) => [name, inked(plate)]));

/** Ghostscript inks every pixel that an area touches: up to a pixel along its whole outline too much. */
const rimOf = async (layers: readonly unknown[], id: string): Promise<number> => {
  const die = stampArt(await sceneOf(layers), hotStampSettings.parse({}), FOILS).dies.find((one) => one.id === id);
  return die ? (pathLength(die.path) * 25.4) / DPI : Number.NaN;
};

const areaOf = async (layers: readonly unknown[], id: string, settings: object = {}): Promise<number> => {
  const die = stampArt(await sceneOf(layers), hotStampSettings.parse(settings), FOILS).dies.find((one) => one.id === id);
  return die ? areaOfPath(die.path) : Number.NaN;
};

describe('files', () => {
  test('there is a die for each foil in each format, and one position sheet', async () => {
    const files = await make(INITIALS);
    expect([...files.keys()]).toEqual([
      'front-gold.pdf',
      'front-gold.svg',
      'front-gold.dxf',
      'front-navy.pdf',
      'front-navy.svg',
      'front-navy.dxf',
      'front-position.pdf',
    ]);
    for (const file of files.values()) expect(file).toMatchObject({ widthMm: 100, heightMm: 60, mirrored: false, method: 'hot-stamp' });
  });

  test('a die PDF has its one plate at full strength, and as much of it as the art', async () => {
    const files = await make(INITIALS);
    for (const [id, { spot }] of [
      ['gold', GOLD],
      ['navy', NAVY],
    ] as const) {
      const plates = await inkedPlates(bytesOf(files, `front-${id}.pdf`));
      expect([...plates.keys()]).toEqual([spot]);
      const extra = (plates.get(spot) ?? 0) - (await areaOf(INITIALS, id));
      expect(extra).toBeGreaterThan(0);
      expect(extra).toBeLessThan(await rimOf(INITIALS, id));
    }
  });

  test('the PDF is sound, its plate overprints and stands on a processing step', async () => {
    const bytes = bytesOf(await make(INITIALS), 'front-gold.pdf');
    await withPdf(bytes, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      const trace = run('mutool', 'trace', file, '1');
      expect(trace.match(/<fill_path /g)).toHaveLength(1);
      expect(trace).not.toContain('<stroke_path');
      expect(trace).toMatch(/<fill_path winding="nonzero" colorspace="Separation\(DeviceCMYK,Foil Gold\)" color="1"[^>]* op="1"/);
    });
    const { all } = await objectsOf(bytes);
    const layers = all.filter((one) => one['/Type'] === '/OCG').map((one) => one['/GTS_Metadata'] as Dict | undefined);
    expect(layers).toEqual([{ '/GTS_ProcStepsGroup': '/Structural', '/GTS_ProcStepsType': '/FoilStamping' }]);
  });

  test('the SVG is true to size and covers what the art covers', async () => {
    const text = new TextDecoder().decode(bytesOf(await make(INITIALS), 'front-gold.svg'));
    expect(text).toContain('width="100mm" height="60mm" viewBox="0 0 100 60"');
    const { pixels } = new Resvg(text, { fitTo: { mode: 'width', value: 2000 } }).render();
    const { data } = await sharp(pixels, { raw: { width: 2000, height: 1200, channels: 4 } })
      .raw()
      .toBuffer({ resolveWithObject: true });
    let covered = 0;
    for (let i = 3; i < data.length; i += 4) covered += (data[i] ?? 0) / 255;
    expect(covered / 400).toBeCloseTo(await areaOf(INITIALS, 'gold'), 0);
  });

  test('the DXF has closed lines of the same area at the same place', async () => {
    const lines = linesOfDxf(readDxf(bytesOf(await make(INITIALS), 'front-navy.dxf')));
    expect(lines.map(({ layer, closed }) => [layer, closed])).toEqual(lines.map(() => ['FOIL_NAVY', true]));
    const area = lines.reduce((sum, { points }) => sum + areaOfPoints(points), 0);
    expect(Math.abs(area)).toBeCloseTo(await areaOf(INITIALS, 'navy'), 0);
    const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
    const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
    expect(Math.min(...xs)).toBeCloseTo(4.4, 1);
    expect(Math.max(...xs)).toBeCloseTo(80, 3);
    expect(Math.min(...ys)).toBeCloseTo(60 - 47, 3);
  });

  test('outlines have few nodes', async () => {
    const text = new TextDecoder().decode(bytesOf(await make([words('MR', 20)]), 'front-gold.svg'));
    expect((text.match(/[LC]/g) ?? []).length).toBeLessThan(120);
    const pen = new TextDecoder().decode(bytesOf(await make([INITIALS[2]]), 'front-navy.svg'));
    expect((pen.match(/C/g) ?? []).length).toBe(8);
  });

  test('the listing of a die is as committed', async () => {
    const files = await make([rect(20, 20, 20, 10), disc(50, 20, 12, NAVY)], { formats: ['svg'], positionSheet: false });
    expectGolden(
      'methods/hot-stamp-dies',
      [...files.values()].map(({ name, data }) => `${name}\n${new TextDecoder().decode(data)}`).join('\n'),
    );
  });

  test('mirrored dies are mirrored in every format, the position sheet never', async () => {
    const files = await make([rect(10, 10, 20, 10)], { mirror: true });
    expect([...files.values()].map(({ name, mirrored }) => [name, mirrored])).toEqual([
      ['front-gold.pdf', true],
      ['front-gold.svg', true],
      ['front-gold.dxf', true],
      ['front-position.pdf', false],
    ]);
    const box = new Resvg(new TextDecoder().decode(bytesOf(files, 'front-gold.svg'))).getBBox();
    expect([box?.x, box?.width].map((mm) => Math.round(mm ?? 0))).toEqual([70, 20]);
    const [line] = linesOfDxf(readDxf(bytesOf(files, 'front-gold.dxf')));
    expect(Math.min(...(line?.points ?? []).map(([x]) => x))).toBeCloseTo(70, 3);
    const plates = await platesOf(bytesOf(files, 'front-gold.pdf'), 72);
    const plate = plates.get('Foil Gold');
    const { width = 0, channels = 1 } = plate ?? {};
    const columns = Array.from({ length: width }, (_, x) => (plate?.data[(x + 40 * width) * channels] ?? 0) > 128);
    expect(columns.indexOf(true) / 72).toBeCloseTo(70 / 25.4, 1);
  });

  test('the position sheet has every foil on its plate, in place', async () => {
    const sheet = bytesOf(await make(INITIALS, { formats: ['svg'] }), 'front-position.pdf');
    const plates = await platesOf(sheet, DPI);
    for (const [id, { spot }] of [
      ['gold', GOLD],
      ['navy', NAVY],
    ] as const) {
      const plate = plates.get(spot);
      // The patch of 9 mm² in the list and the register marks come on top.
      const extra = plate ? inked(plate) - (await areaOf(INITIALS, id)) : Number.NaN;
      expect(extra).toBeGreaterThan(9);
      expect(extra).toBeLessThan((await rimOf(INITIALS, id)) + 25);
    }
    await withPdf(sheet, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
    });
  });
});

test('the position sheet draws round foils that are as pale as itself', async () => {
  const black = async (fill: unknown): Promise<number> => {
    const plate = (await platesOf(bytesOf(await make([rect(20, 10, 40, 30, fill)], { formats: ['svg'] }), 'front-position.pdf'), DPI)).get(
      'Black',
    );
    return plate ? inked(plate) : Number.NaN;
  };
  const outline = (await black(foil('white'))) - (await black(GOLD));
  // 140 mm of a line of 0.15 mm at half of black; coarse pixels make it wider.
  expect(outline).toBeGreaterThan(5);
  expect(outline).toBeLessThan(25);
});

describe('two foils', () => {
  const overlapping = [rect(20, 20, 20, 20), rect(30, 20, 20, 20, NAVY)];

  test('knock out reaches beneath the upper foil by the trap', async () => {
    expect(await areaOf(overlapping, 'gold')).toBeCloseTo(10.2 * 20, 1);
    expect(await areaOf(overlapping, 'gold', { foilTrapMm: 0 })).toBeCloseTo(200, 1);
    expect(await areaOf(overlapping, 'navy')).toBeCloseTo(400, 1);
  });

  test('overlap leaves the lower die whole', async () => {
    expect(await areaOf(overlapping, 'gold', { foils: 'overlap' })).toBeCloseTo(400, 1);
  });

  test('a foil that something lies on does not grow at its other edges', async () => {
    const { dies } = stampArt(await sceneOf(overlapping), hotStampSettings.parse({}), FOILS);
    expect(boundsOfPath(dies[0]?.path ?? { verbs: new Uint8Array(), coords: new Float64Array() })).toMatchObject({
      x: 20,
      y: 20,
      height: 20,
    });
  });

  test('too near without touching is told', async () => {
    const near = await check([rect(20, 20, 10, 10), rect(30.3, 20, 10, 10, NAVY)]);
    expect(near).toContainEqual(expect.objectContaining({ code: 'gap.narrow', severity: 'warning', measured: 0.3 }));
    expect(codes(await check([rect(20, 20, 10, 10), rect(31, 20, 10, 10, NAVY)]))).toEqual([]);
  });

  test('foils edge to edge are told, and those that overlap or follow one curve are not', async () => {
    const meeting = await check([rect(20, 20, 10, 10), rect(30, 20, 10, 10, NAVY)]);
    expect(meeting).toMatchObject([{ code: 'gap.narrow', severity: 'warning', measured: 0, pointer: '/placements/0/layers/1' }]);
    const disc = { ...rect(22, 22, 10, 10, NAVY), shape: { kind: 'ellipse' } };
    expect(codes(await check([rect(20, 20, 14, 14), disc]))).toEqual([]);
    expect(codes(await check([rect(20, 20, 14, 14), disc], { foils: 'overlap' }))).toEqual([]);
    expect(codes(await check([rect(20, 20, 14, 14), disc], { foilTrapMm: 0 }))).toEqual(['gap.narrow']);
  });

  test('more than the shop stamps are refused', async () => {
    const three = [rect(10, 20, 10, 10), rect(30, 20, 10, 10, NAVY), rect(50, 20, 10, 10, foil('silver'))];
    expect(codes(await check(three))).toContain('colours.too-many');
    expect(codes(await check(three, { maxFoils: 3 }))).toEqual([]);
  });
});

describe('dies without foil', () => {
  test.each([
    ['deboss', 'Deboss', 'Debossing'],
    ['emboss', 'Emboss', 'Embossing'],
    ['registered-emboss', 'Emboss', 'Embossing'],
  ])('%s is one die on the plate %s', async (impression, plate, step) => {
    const files = await make(INITIALS, { impression, formats: ['pdf'], positionSheet: false });
    expect([...files.keys()]).toEqual([`front-${impression}.pdf`]);
    const bytes = bytesOf(files, `front-${impression}.pdf`);
    expect([...(await inkedPlates(bytes)).keys()]).toEqual([plate]);
    const { all } = await objectsOf(bytes);
    expect(all.find((one) => one['/Type'] === '/OCG')).toMatchObject({ '/GTS_Metadata': { '/GTS_ProcStepsType': `/${step}` } });
  });

  test('the blind swatch is a die beside those of foils', async () => {
    const { dies } = stampArt(await sceneOf([words('MR', 20), rect(20, 45, 60, 2, foil('blind'))]), hotStampSettings.parse({}), FOILS);
    expect(dies.map(({ id, impression, foil: film }) => [id, impression, film?.name ?? null])).toEqual([
      ['gold', 'foil', 'Gold'],
      ['blind', 'deboss', null],
    ]);
  });

  test('no colour becomes blind by chance', async () => {
    const { dies } = stampArt(await sceneOf([rect(20, 20, 10, 10, '#8c8c8c')]), hotStampSettings.parse({}), FOILS);
    expect(dies[0]?.foil).not.toBeNull();
  });
});

describe('print beneath', () => {
  test('the plate to leave out is the stamping drawn in by the trap', async () => {
    const files = await make([rect(20, 20, 20, 10)], { printKnockout: true, printTrapMm: 0.5, formats: ['pdf'] });
    const plates = await inkedPlates(bytesOf(files, 'front-gold.pdf'));
    expect([...plates.keys()].sort()).toEqual(['Foil Gold', 'Print Knockout']);
    expect(Math.abs((plates.get('Foil Gold') ?? 0) - 200)).toBeLessThan(5);
    expect(Math.abs((plates.get('Print Knockout') ?? 0) - 19 * 9)).toBeLessThan(5);
  });
});

describe('checks', () => {
  test('fine letters are too thin for leather and good enough for paper', async () => {
    const small = [words('Mira', 7)];
    expect(await check(small)).toContainEqual(expect.objectContaining({ code: 'stroke.thin', required: 0.8 }));
    expect(codes(await check(small, { material: 'paper' }))).not.toContain('stroke.thin');
  });

  test('a hairline is refused, with the layer and both figures', async () => {
    expect(await check([rect(20, 20, 30, 0.2)])).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'stroke.thin', pointer: '/placements/0/layers/0', measured: 0.2, required: 0.3 }),
    );
  });

  test.each([
    ['picture', { type: 'image', source: 'p', box: { x: 20, y: 20, width: 20, height: 12 } }],
    [
      'fade',
      rect(20, 20, 20, 10, {
        linear: {
          stops: [
            { offset: 0, colour: '#000' },
            { offset: 1, colour: '#fff' },
          ],
        },
      }),
    ],
  ])('a %s is refused', async (_what, layer) => {
    expect(await check([layer])).toContainEqual(expect.objectContaining({ severity: 'error', code: 'art.not-solid' }));
  });

  test('small lettering, large areas, dies near the edge and dies too large are told', async () => {
    expect(codes(await check([words('mira', 2)]))).toContain('text.small');
    expect(codes(await check([rect(10, 10, 40, 40)]))).toContain('solid.large');
    expect(codes(await check([rect(10, 10, 40, 20)]))).not.toContain('solid.large');
    expect(codes(await check([rect(0.5, 20, 20, 10)]))).toContain('die.near-edge');
    expect(codes(await check([rect(10, 20, 80, 5)], { maxDieWidthMm: 60 }))).toContain('die.too-large');
  });

  test('a pigment foil in the colour of the article is refused, metal and blind are not', async () => {
    expect(await check([rect(20, 20, 20, 10, NAVY)], {}, '#1d2a4d')).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'contrast.low' }),
    );
    expect(codes(await check([rect(20, 20, 20, 10)], {}, '#c9a04a'))).toEqual([]);
    expect(codes(await check([rect(20, 20, 20, 10, foil('blind'))], {}, '#8c8c8c'))).toEqual([]);
  });

  test('a colour that no foil comes near is told, and one foil can be set for all', async () => {
    expect(codes(await check([rect(20, 20, 20, 10, '#00ffee')]))).toContain('foil.far');
    expect(codes(await check([rect(20, 20, 20, 10, '#00ffee')], { foil: 'silver' }))).toEqual([]);
    await expect(check([rect(20, 20, 20, 10)], { foil: 'unobtainium' })).rejects.toMatchObject({ code: 'swatch.unknown' });
  });
});

describe('looks', () => {
  const request = { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 600, heightPx: 360 };
  const looks = async (layers: readonly unknown[], settings: object = {}) =>
    hotStamp.appearance(await sceneOf(layers), hotStampSettings.parse(settings), request, await contextWith());
  const middle = (360 / 2) * 600 + 300;
  const block = (fill: unknown) => [rect(40, 20, 20, 20, fill)];

  test('metal foil is metal, pressed in by its depth', async () => {
    const [layer, ...more] = await looks(block(GOLD));
    expect(more).toEqual([]);
    expect(layer).toMatchObject({ process: 'ink', surface: { finish: FOIL } });
    expect([...(layer?.rgba.subarray(4 * middle, 4 * middle + 4) ?? [])]).toEqual([0xc9, 0xa0, 0x4a, 255]);
    expect(layer?.surface?.height?.[middle]).toBeCloseTo(-0.25, 3);
    expect(layer?.surface?.height?.[0]).toBe(0);
  });

  test('pigment foil scatters light', async () => {
    const [layer] = await looks(block(NAVY));
    expect(layer?.surface?.finish).toMatchObject({ diffuse: 1, tinted: false });
  });

  test('a blind die has no colour of its own, darkens leather, and has walls', async () => {
    const [layer] = await looks(block(foil('blind')));
    expect(layer).toMatchObject({ process: 'dye', surface: { finish: { grain: BLIND.grain, mirror: 0 } } });
    expect([...(layer?.rgba.subarray(4 * middle, 4 * middle + 4) ?? [])]).toEqual([215, 215, 215, 255]);
    const heights = Array.from({ length: 12 }, (_, i) => layer?.surface?.height?.[180 * 600 + 234 + i] ?? 0);
    expect(heights.every((height, i) => i === 0 || height <= (heights[i - 1] ?? 0))).toBe(true);
    expect(new Set(heights).size).toBeGreaterThan(3);
  });

  test('an emboss rises', async () => {
    const [layer] = await looks(block(GOLD), { impression: 'emboss', material: 'paper' });
    expect(layer?.surface?.height?.[middle]).toBeCloseTo(0.3, 3);
  });
});
