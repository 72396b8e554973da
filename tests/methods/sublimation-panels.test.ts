import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { pathFromSvg } from '../../src/geometry/path-text.ts';
import { sha256 } from '../../src/model/digest.ts';
import type { Scene, SceneArea } from '../../src/scene/scene.ts';
import { expectGolden } from '../golden/golden.ts';
import { platesOf, run, withPdf } from '../render/pdf/tools.ts';
import { composeLayers } from '../support/compose-spec.ts';
import { boundsOf, box, checkSublimation, contextWith, fileOf, filled, makeSublimation, sceneOf, svgLines } from './support/sublimation.ts';

const DPI = 127;
const PX = DPI / 25.4;

/** A house-shaped front of 200 x 300 mm and two slanted sleeves; 8 mm of bleed. */
const FRONT = pathFromSvg('M0 80 L100 0 L200 80 L200 300 L0 300 Z');
const SLEEVE = pathFromSvg('M20 0 L100 0 L120 90 L0 90 Z');
const panel = (placementId: string, trim: SceneArea['trim'], widthMm: number, heightMm: number, colour: string): Scene =>
  sceneOf({ productId: 'tee', placementId, widthMm, heightMm, bleedMm: 8, trim }, [box(-8, -8, widthMm + 16, heightMm + 16, colour)]);
const PAGES = [
  panel('front', FRONT, 200, 300, '#cc0000'),
  panel('left-sleeve', SLEEVE, 120, 90, '#0000cc'),
  panel('right-sleeve', SLEEVE, 120, 90, '#008800'),
];
const PANELS = { rollWidth: 420, rollLength: 1000, margin: 10, gap: 10, seamAllowance: 10, labelHeight: 6 };
const SETTINGS = { dpi: DPI, panels: PANELS };

const rawOf = async (data: Uint8Array) => {
  const { data: pixels, info } = await sharp(data).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): readonly number[] => {
    const i = (Math.floor(y * PX) * info.width + Math.floor(x * PX)) * 4;
    return [...pixels.subarray(i, i + 4)];
  };
  return { width: info.width, height: info.height, at };
};

describe('panels on a roll', () => {
  test('lie on one page as wide as the roll, at true size, printed to their bleed and no farther', async () => {
    const made = await makeSublimation(PAGES, SETTINGS);
    const file = fileOf(made, 'wrap.png');
    // The front with its bleed and label is 324 mm high; both sleeves lie under one another beside it.
    expect(file).toMatchObject({ widthMm: 420, heightMm: 344, widthPx: 2100, heightPx: 1720, placement: 'front+left-sleeve+right-sleeve' });
    const raw = await rawOf(file.data);
    const RED = [204, 0, 0, 255];
    const CLEAR = [0, 0, 0, 0];
    // The trim of the front begins at 18, 18.
    expect(raw.at(118, 200)).toEqual(RED);
    expect([raw.at(10.5, 200), raw.at(9.5, 200)]).toEqual([RED, CLEAR]);
    expect([raw.at(118, 325.5), raw.at(118, 326.5)]).toEqual([RED, CLEAR]);
    // Beside the roof, across its slope of 80 in 100: the bleed is measured square to the cut.
    const off = (mm: number): readonly number[] => raw.at(68 - (mm * 80) / Math.hypot(80, 100), 58 - (mm * 100) / Math.hypot(80, 100));
    expect([off(7.5), off(8.5)]).toEqual([RED, CLEAR]);
    expect([raw.at(236 + 18 + 50, 60), raw.at(236 + 18 + 50, 60 + 106 + 18)]).toEqual([
      [0, 0, 204, 255],
      [0, 136, 0, 255],
    ]);
  });

  test('are labelled STYLE-PANEL-SIZE outside the art', async () => {
    const said: string[] = [];
    const made = await makeSublimation(PAGES, SETTINGS, { context: contextWith(said), variant: { size: 'xl', colour: 'white' } });
    expect(said).toEqual(['TEE-FRONT-XL', 'TEE-LEFT-SLEEVE-XL', 'TEE-RIGHT-SLEEVE-XL']);
    const raw = await rawOf(fileOf(made, 'wrap.png').data);
    expect([raw.at(20, 327), raw.at(20, 331), raw.at(20, 335)]).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 255],
      [0, 0, 0, 0],
    ]);
    const own: string[] = [];
    await makeSublimation(
      PAGES.slice(0, 1),
      { dpi: 72, panels: { ...PANELS, style: 'ab12', sizeOption: 'fit' } },
      { context: contextWith(own) },
    );
    expect(own).toEqual(['AB12-FRONT']);
  });

  test('have cut and seam lines where independent readers find them', async () => {
    const made = await makeSublimation(PAGES, SETTINGS);
    const svg = fileOf(made, 'guide.svg').data;
    const cuts = svgLines(svg, 'CutContour')
      .map(boundsOf)
      .sort((a, b) => a.x - b.x || a.y - b.y);
    expect(cuts.map(({ x, y, width, height }) => [x, y, width, height].map((v) => Math.round(v * 100) / 100))).toEqual([
      [18, 18, 200, 300],
      [244, 18, 120, 90],
      [244, 142, 120, 90],
    ]);
    const [seam] = svgLines(svg, 'SewLine')
      .map(boundsOf)
      .sort((a, b) => a.x - b.x);
    expect([seam?.x, seam?.width, (seam?.y ?? 0) + (seam?.height ?? 0)].map((v) => Math.round((v ?? 0) * 100) / 100)).toEqual([
      28, 180, 308,
    ]);
    const { data } = fileOf(made, 'guide.pdf');
    const plates = await platesOf(data, 50.8);
    expect([...plates.keys()].filter((name) => !['Cyan', 'Magenta', 'Yellow', 'Black'].includes(name)).sort()).toEqual([
      'CutContour',
      'SewLine',
    ]);
    const inked = (name: string, x: number, y: number): boolean => {
      const plate = plates.get(name);
      if (!plate) return false;
      const [u, v] = [Math.round(x * 2), Math.round(y * 2)];
      return [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => (plate.data[((v + dy) * plate.width + u + dx) * plate.channels] ?? 0) > 60));
    };
    expect([inked('CutContour', 18, 200), inked('CutContour', 28, 200), inked('SewLine', 28, 200), inked('SewLine', 18, 200)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    await withPdf(data, (path) => {
      expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors found');
      expect(run('pdfinfo', path)).toMatch(/Pages:\s+1/);
    });
    expect(Buffer.from(data).toString('latin1')).toMatch(/\/GTS_ProcStepsGroup \/Structural/);
  });

  test('are flipped as a page when they are mirrored, and their labels in the guides stay readable', async () => {
    const made = await makeSublimation(PAGES, { ...SETTINGS, mirror: true });
    const raw = await rawOf(fileOf(made, 'wrap.png').data);
    expect(raw.at(420 - 118, 200)).toEqual([204, 0, 0, 255]);
    const front = svgLines(fileOf(made, 'guide.svg').data, 'CutContour')
      .map(boundsOf)
      .find(({ height }) => height > 200);
    expect(front?.x).toBeCloseTo(420 - 18 - 200, 2);
    // The label (a box of 20 mm in this test) begins at the left of its panel, as readers read it.
    const plates = await platesOf(fileOf(made, 'guide.pdf').data, 50.8);
    const black = plates.get('Black');
    const dark = (x: number): number => black?.data[(331 * 2 * black.width + x * 2) * black.channels] ?? 0;
    expect([dark(204) > 200, dark(420 - 20) > 200]).toEqual([true, false]);
  });

  test('go onto further pages when one is too short, each with its own guide', async () => {
    const made = await makeSublimation(PAGES, { dpi: 72, panels: { ...PANELS, rollWidth: 250, rollLength: 400 } });
    expect(made.files.map(({ name }) => name)).toEqual([
      'wrap-1.png',
      'wrap-2.png',
      'wrap-guide.pdf',
      'wrap-1-guide.svg',
      'wrap-2-guide.svg',
    ]);
    expect(fileOf(made, 'guide.pdf')).toMatchObject({ pages: 2 });
  });

  test('are the same bytes twice, as JPEG too, and stop when they are told to', async () => {
    const digests = async () =>
      (await makeSublimation(PAGES, { ...SETTINGS, format: 'jpeg' })).files.map(({ name, data }) => [name, sha256(data)]);
    const once = await digests();
    expect(once.map(([name]) => name)).toEqual(['wrap.jpg', 'wrap-guide.pdf', 'wrap-guide.svg']);
    expect(await digests()).toEqual(once);
    const stop = new AbortController();
    const making = makeSublimation(PAGES, SETTINGS, { context: contextWith([], stop.signal) });
    stop.abort();
    await expect(making).rejects.toThrow();
  });

  test('have no guides when none are wanted', async () => {
    expect((await makeSublimation(PAGES, { ...SETTINGS, guides: false })).files.map(({ name }) => name)).toEqual(['wrap.png']);
  });
});

test('panels on a roll and their guides look as they did', async () => {
  const made = await makeSublimation(PAGES, { ...SETTINGS, dpi: 72 }, { variant: { size: 'm' } });
  expectGolden('methods/sublimation-panels', fileOf(made, 'wrap.png').data, { channel: 2, share: 0 });
  expectGolden('methods/sublimation-panels-guide.svg', new TextDecoder().decode(fileOf(made, 'guide.svg').data));
});

describe('the preflight of panels', () => {
  const finding = (nodes: Scene['nodes'], settings: object = { ...SETTINGS, seamClear: 30 }) =>
    checkSublimation(
      { ...(PAGES[0] ?? sceneOf({ widthMm: 1, heightMm: 1 }, [])), nodes: [...(PAGES[0]?.nodes ?? []), ...nodes] },
      settings,
    ).filter(({ code }) => code === 'art.near-seam' || code.startsWith('panel.'));

  it('tells how far art is from the nearest seam, along slopes too', () => {
    expect(finding([box(90, 150, 20, 20, '#ffffff')])).toEqual([]);
    expect(finding([box(30, 150, 20, 20, '#ffffff', '/a')])).toMatchObject([
      { severity: 'warning', pointer: '/a', measured: 20, required: 30 },
    ]);
    // The seam under the roof runs 10 mm square to the cut, which is 10 · hypot(80, 100) / 100 below it.
    const under = 80 - 0.8 * 60 + (10 * Math.hypot(80, 100)) / 100;
    const [roof] = finding([box(60, under + 15, 40, 20, '#ffffff', '/b')]);
    expect(roof?.measured).toBeCloseTo((15 * 100) / Math.hypot(80, 100), 0);
  });

  it('tells that art runs into a seam, and leaves out what covers the panel', () => {
    expect(finding([box(5, 150, 20, 20, '#ffffff', '/c')])).toMatchObject([{ measured: 0, message: 'This runs into a seam.' }]);
    expect(finding([box(-8, 100, 216, 40, '#ffffff')])).toEqual([]);
    expect(finding([filled(pathFromSvg('M5 150 L25 150 L25 170 Z'), '#ffffff')], SETTINGS)).toEqual([]);
  });

  it('refuses panels wider than the roll, and such that are nothing but seam', () => {
    expect(finding([], { panels: { ...PANELS, rollWidth: 230 } })).toMatchObject([
      { severity: 'error', code: 'panel.too-wide', measured: 236, required: 230 },
    ]);
    expect(finding([], { panels: { ...PANELS, seamAllowance: 110 } })).toMatchObject([{ severity: 'error', code: 'panel.no-seam' }]);
  });
});

describe('white art', () => {
  const scene = sceneOf({ widthMm: 100, heightMm: 100 }, [box(0, 0, 100, 50, '#336699', '/a'), box(10, 10, 20, 20, '#fefefe', '/b')]);
  const whites = (settings: object, articleColour: string | null) =>
    checkSublimation(scene, settings, { articleColour })
      .filter(({ code }) => code === 'art.white')
      .map(({ severity, pointer }) => [severity, pointer]);

  it('is right on a white blank', () => {
    expect(whites({}, '#ffffff')).toEqual([]);
    expect(whites({ base: '#fbfbf9' }, '#000000')).toEqual([]);
    expect(whites({}, null)).toEqual([]);
  });

  it('is an error on a blank that is said to be coloured, and a warning on a coloured article', () => {
    expect(whites({ base: '#f2c230' }, '#ffffff')).toEqual([['error', '/b']]);
    expect(whites({}, '#f2c230')).toEqual([['warning', '/b']]);
  });

  it('is told of pictures with the share that is white', () => {
    const rgba = new Uint8Array(40 * 40 * 4).fill(255);
    for (let i = 0; i < 40 * 10 * 4; i += 1) rgba[i] = i % 4 < 3 ? 90 : 255;
    const picture = { digest: 'f'.repeat(64), widthPx: 40, heightPx: 40, hasAlpha: false, rgba, jpeg: null, warnings: [] };
    const photo = sceneOf({ widthMm: 10, heightMm: 10 }, [
      {
        kind: 'raster',
        pointer: '/p',
        image: { digest: picture.digest, widthPx: 40, heightPx: 40, hasAlpha: false },
        source: { x: 0, y: 0, width: 40, height: 40 },
        at: [10, 0, 0, 10, 0, 0],
        adjust: [],
        interpolation: 'smooth',
      },
    ]);
    const findings = checkSublimation(photo, { base: '#a9d1ee' }, { picture: () => picture });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'art.white', severity: 'warning', pointer: '/p', measured: 75, unit: '%' }),
    );
  });
});

describe('fine art', () => {
  const fine = (scene: Scene, settings: object) =>
    checkSublimation(scene, settings).filter(({ code }) => code === 'stroke.thin' || code === 'text.small');

  it('is judged by the thinnest line that the settings name', () => {
    const scene = sceneOf({ widthMm: 100, heightMm: 100 }, [box(10, 10, 40, 0.2, '#336699', '/a'), box(10, 30, 40, 0.5, '#336699', '/b')]);
    expect(fine(scene, {})).toEqual([]);
    expect(fine(scene, { minLine: 0.35 })).toMatchObject([
      { severity: 'warning', code: 'stroke.thin', pointer: '/a', measured: 0.2, required: 0.35 },
    ]);
  });

  it('is told of when letters are low', async () => {
    const { scene } = await composeLayers({ layers: [{ type: 'text', text: 'small', font: { family: 'Open Sans' }, size: 1.5 }] });
    expect(fine(scene, {})).toMatchObject([{ severity: 'warning', code: 'text.small', pointer: '/placements/0/layers/0' }]);
    expect(fine(scene, { minText: 4 })).toEqual([]);
  });
});
