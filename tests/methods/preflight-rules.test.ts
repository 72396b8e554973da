import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import type { Made, MakeContext } from '../../src/methods/method.ts';
import type { Finding } from '../../src/model/finding.ts';
import { loadDesign } from '../../src/personalize/load-design.ts';
import { readRoster } from '../../src/personalize/rosters/read-roster.ts';
import { at, objectsOf, platesOf, run, withPdf } from '../render/pdf/tools.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { openBundledResources } from '../support/bundled-resources.ts';
import { composeLayers } from '../support/compose-spec.ts';
import { type OnePlacement, ofCode, preflight, specOf } from './support/preflight.ts';

/** The thirty mistakes that floors return most, each made and just avoided. */

const resources = await openBundledResources();
afterAll(() => resources.close());

const findings = (one: OnePlacement): Promise<readonly Finding[]> => preflight(specOf(one), resources);
/** Severities with which a spec raises a code. */
const raised = async (code: string, one: OnePlacement): Promise<readonly string[]> =>
  ofCode(await findings(one), code).map(({ severity }) => severity);

const rect = (fill: unknown, x: number, y: number, width: number, height: number) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});
const line = (width: number, paint: unknown = '#000000') => ({
  type: 'shape',
  shape: { kind: 'rect' },
  stroke: { paint, width },
  box: { x: 12, y: 12, width: 40, height: 20 },
});
const text = (size: string, more: object = {}) => ({
  type: 'text',
  text: 'Hanna',
  font: { family: 'Open Sans', weight: 600 },
  size,
  box: { x: 40, y: 60, width: 160, height: 60 },
  ...more,
});
const spot = (name: string) => ({ spot: name, alternate: '#ff00ff' });

const TEE = { product: 'crew-tee', variant: { colour: 'white' } } as const;
const BLACK_TEE = { product: 'crew-tee', variant: { colour: 'black' } } as const;
const TAG = { product: 'luggage-tag', method: 'hot-stamp' } as const;
const BOARD = { product: 'cutting-board', method: 'engraving' } as const;

const dataUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

/** A picture with a colour of its own in every pixel. */
const photo = dataUrl(
  await sharp(Buffer.from(Uint8Array.from({ length: 300 * 200 * 3 }, (_, i) => (i * 7 + Math.floor(i / 900) * 3) % 251)), {
    raw: { width: 300, height: 200, channels: 3 },
  })
    .png()
    .toBuffer(),
);
/** Stairs in black and white. */
const lineArt = dataUrl(
  await sharp(Buffer.from(Uint8Array.from({ length: 600 * 400 }, (_, i) => ((i % 600) / 3 > i / 600 ? 255 : 0))), {
    raw: { width: 600, height: 400, channels: 1 },
  })
    .png()
    .toBuffer(),
);

/** A picture 300 x 200 pixels at a width in mm, whole. */
const photoAt = (widthMm: number, more: object = {}) => ({
  type: 'image',
  source: photo,
  box: { x: 20, y: 20, width: widthMm, height: (widthMm * 2) / 3 },
  ...more,
});

const paper = findMethod('paper-print');
if (!paper) throw new Error('expected the method paper-print');
const press = new Uint8Array(await readFile(new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url)));

const context: MakeContext = {
  articleColour: null,
  picture: () => {
    throw new Error('no pictures here');
  },
  profile: (name) => ({ name, digest: '', bytes: press, conditionId: 'FOGRA39', description: '' }),
  palette: bundledPalette,
  lettering: () => [],
  signal: new AbortController().signal,
};

/** The file of the card of 100 x 60 mm, and what was found on the way. */
const printed = async (layers: readonly unknown[], settings: object = {}): Promise<Made> =>
  paper.make(
    {
      name: 'card',
      pages: [(await composeLayers({ layers })).scene],
      settings: paper.settings.parse(settings),
      title: 'Card',
      date: '2026-03-01T00:00:00Z',
      label: '',
    },
    context,
  );

const pdfOf = async (layers: readonly unknown[], settings: object = {}): Promise<Uint8Array> =>
  (await printed(layers, settings)).files[0]?.data ?? new Uint8Array();

describe('preflight', () => {
  test('rule 1: a file of another shape than its print area is not pulled to fit without a word', async () => {
    const shown = (fit: string, height: number) => ({ layers: [{ ...photoAt(30, { fit }), box: { x: 20, y: 20, width: 30, height } }] });
    expect(await raised('image.stretched', shown('stretch', 30))).toEqual(['warning']);
    expect(await raised('image.stretched', shown('stretch', 20))).toEqual([]);
    expect(await raised('image.stretched', shown('cover', 30))).toEqual([]);
  });

  test('rule 1: how much of a picture a box of another shape cuts off, unless its crop was chosen', async () => {
    const shown = (width: number, height: number, more: object = {}) => ({
      layers: [{ ...photoAt(30, { fit: 'cover', ...more }), box: { x: 20, y: 20, width, height } }],
    });
    expect(await raised('image.cropped', shown(30, 20))).toEqual([]);
    expect(await raised('image.cropped', shown(30, 19))).toEqual([]);
    expect(ofCode(await findings(shown(20, 20)), 'image.cropped')).toMatchObject([
      {
        severity: 'info',
        pointer: '/placements/0/layers/0',
        measured: 33.3,
        required: 10,
        unit: '%',
        message: expect.stringMatching(/sides/),
      },
    ]);
    expect(ofCode(await findings(shown(40, 10)), 'image.cropped')).toMatchObject([
      { severity: 'warning', measured: 62.5, message: expect.stringMatching(/top and bottom/) },
    ]);
    expect(await raised('image.cropped', shown(20, 20, { fit: 'contain' }))).toEqual([]);
    expect(await raised('image.cropped', shown(20, 20, { focus: { x: 0.2, y: 0.5 } }))).toEqual([]);
    expect(await raised('image.cropped', shown(20, 20, { mask: { by: 'oval' } }))).toEqual([]);
  });

  test('rule 2: a photo with too few pixels for its size', async () => {
    const code = 'image.low-resolution';
    expect(await raised(code, { layers: [photoAt(60)] })).toEqual(['error']);
    expect(await raised(code, { layers: [photoAt(40)] })).toEqual(['warning']);
    expect(await raised(code, { layers: [photoAt(33)] })).toEqual([]);
    expect(await raised(code, { ...TEE, method: 'dtg', layers: [photoAt(80)] })).toEqual(['error']);
    expect(await raised(code, { ...TEE, method: 'dtg', layers: [photoAt(60)] })).toEqual(['warning']);
    expect(await raised(code, { ...TEE, method: 'dtg', layers: [photoAt(50)] })).toEqual([]);
  });

  test('rule 3: a scan of line art in black and white at the resolution of a photo', async () => {
    const scan = (widthMm: number) => ({ layers: [{ ...photoAt(widthMm), source: lineArt }] });
    expect(await raised('image.jagged', scan(30.5))).toEqual(['error']);
    expect(await raised('image.jagged', scan(25))).toEqual(['warning']);
    expect(await raised('image.jagged', scan(19))).toEqual([]);
    expect(await raised('image.jagged', { layers: [photoAt(15)] })).toEqual([]);
  });

  test('rule 4: a picture enlarged beyond its pixels', async () => {
    const [enlarged] = ofCode(await findings({ layers: [photoAt(25.4 * 3)] }), 'image.low-resolution');
    expect(enlarged).toMatchObject({ measured: 100, required: 225, hint: expect.stringContaining('never enlarges') });
    expect(enlarged).not.toHaveProperty('autofix');
    expect(await raised('image.low-resolution', { layers: [photoAt(25.4)] })).toEqual([]);
  });

  test('rule 5: a background that ends at the cut', async () => {
    const ground = (within: string) => ({ layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#204060', box: { within } }] });
    expect(await raised('bleed.missing', ground('trim'))).toEqual(['error']);
    expect(await raised('bleed.missing', ground('bleed'))).toEqual([]);
  });

  test('rule 5: a white ground on white paper leaves no line, and does on brown', async () => {
    const ground = (fill: string, more: object = {}) => ({
      ...more,
      layers: [{ type: 'shape', shape: { kind: 'rect' }, fill, box: { within: 'trim' } }, rect('#204060', 60, 60, 80, 80)],
    });
    expect((await findings(ground('#ffffff'))).map(({ code }) => code)).toEqual([]);
    expect(await raised('bleed.missing', ground('#fff3d0'))).toEqual(['error']);
  });

  test('rule 6: a name too near to the cut', async () => {
    const name = (x: number) => ({ layers: [text('40mm', { align: 'left', box: { x, y: 60, width: 160, height: 60 } })] });
    expect(await raised('art.unsafe', name(-1))).toEqual(['warning']);
    expect(await raised('art.unsafe', name(-12))).toEqual(['error']);
    expect(await raised('art.unsafe', name(5))).toEqual([]);
  });

  test('rule 6: a name too near to a fold, or across it', async () => {
    const card = (x: number, words = 'Hanna') => ({
      product: 'greeting-card',
      placement: 'outside',
      layers: [text('10mm', { text: words, align: 'left', box: { panel: 'front', x, y: 60, width: 100, height: 60 } })],
    });
    const [near, ...more] = (await findings(card(0))).filter(({ code }) => code.startsWith('art.'));
    expect(near).toMatchObject({ severity: 'warning', code: 'art.near-fold', pointer: '/placements/0/layers/0', required: 3, unit: 'mm' });
    expect(Number(near?.measured)).toBeGreaterThan(0);
    expect(Number(near?.measured)).toBeLessThan(3);
    expect(more).toEqual([]);
    expect((await findings(card(4))).filter(({ code }) => code.startsWith('art.'))).toEqual([]);
    expect((await findings(card(-20))).filter(({ code }) => code.startsWith('art.')).map(({ code }) => code)).toEqual(['art.on-fold']);
  });

  test('rule 7: a frame is told once, not as too near to the cut as well', async () => {
    const frame = {
      type: 'shape',
      shape: { kind: 'rect' },
      stroke: { paint: '#204060', width: 2 },
      box: { x: 3, y: 3, width: 291, height: 414 },
    };
    expect((await findings({ layers: [frame] })).map(({ code }) => code)).toEqual(['border.thin']);
  });

  test('rule 7: a thin frame along the cut, and the thin rim around a picture', async () => {
    const panel = (inset: number) => rect('#204060', inset, inset, 297 - 2 * inset, 420 - 2 * inset);
    expect(await raised('border.thin', { layers: [panel(5)] })).toEqual(['warning']);
    expect(await raised('border.thin', { layers: [panel(6)] })).toEqual([]);
    expect(await raised('border.thin', { layers: [panel(-3)] })).toEqual([]);
    const wrap = (inset: number) => ({
      product: 'mug-11oz',
      placement: 'wrap',
      method: 'sublimation',
      layers: [rect('#204060', inset, inset, 228.6 - 2 * inset, 88.9 - 2 * inset)],
    });
    expect(await raised('border.thin', wrap(4))).toEqual(['warning']);
    expect(await raised('border.thin', wrap(7))).toEqual([]);
    const frame = (inset: number, width: number) => ({
      type: 'shape',
      shape: { kind: 'rect' },
      stroke: { paint: '#204060', width },
      box: { x: inset, y: inset, width: 297 - 2 * inset, height: 420 - 2 * inset },
    });
    expect(await raised('border.thin', { layers: [frame(0.5, 4)] })).toEqual(['warning']);
    expect(await raised('border.thin', { layers: [frame(0.5, 14)] })).toEqual([]);
    expect(await raised('border.thin', { layers: [frame(8, 1)] })).toEqual([]);
  });

  test('rule 8: a letter that the font does not have', async () => {
    const greeting = (words: string) => ({ layers: [text('20mm', { text: words, emoji: false })] });
    expect(await raised('text.glyph-missing', greeting('漢字'))).toEqual(['error']);
    expect(await raised('text.glyph-missing', greeting('Grüße'))).toEqual([]);
  });

  test.each<{ what: string; on: Omit<OnePlacement, 'layers'>; bad: object; good: object; severity: string }>([
    { what: 'a poster', on: {}, bad: text('4pt'), good: text('5pt'), severity: 'warning' },
    {
      what: 'a poster, in several inks',
      on: {},
      bad: text('6pt', { fill: '#a04020' }),
      good: text('8pt', { fill: '#a04020' }),
      severity: 'warning',
    },
    { what: 'film', on: { ...TEE, method: 'dtf' }, bad: text('6pt'), good: text('8.5pt'), severity: 'warning' },
    { what: 'cloth by a screen', on: { ...TEE, method: 'screen-print' }, bad: text('6pt'), good: text('8.5pt'), severity: 'warning' },
    { what: 'vinyl', on: { ...TEE, method: 'vinyl' }, bad: text('6mm'), good: text('20mm'), severity: 'error' },
    {
      what: 'leather in foil',
      on: TAG,
      bad: text('2mm', { fill: '#d4af37', box: { x: 10, y: 10, width: 40, height: 12 } }),
      good: text('8mm', { fill: '#d4af37', box: { x: 10, y: 10, width: 40, height: 12 } }),
      severity: 'error',
    },
    {
      what: 'wood by a laser',
      on: BOARD,
      bad: text('2mm', { box: { x: 10, y: 10, width: 40, height: 12 } }),
      good: text('4mm', { box: { x: 10, y: 10, width: 40, height: 12 } }),
      severity: 'warning',
    },
  ])('rule 9: lettering too small for $what', async ({ on, bad, good, severity }) => {
    expect(await raised('text.small', { ...on, layers: [bad] })).toContain(severity);
    expect(await raised('text.small', { ...on, layers: [good] })).toEqual([]);
  });

  test.each<{ what: string; on: Omit<OnePlacement, 'layers'>; bad: number; good: number; severity: string }>([
    { what: 'paper', on: {}, bad: 0.05, good: 0.1, severity: 'warning' },
    { what: 'cloth', on: { ...TEE, method: 'dtg' }, bad: 0.3, good: 0.36, severity: 'warning' },
    { what: 'film', on: { ...TEE, method: 'dtf' }, bad: 0.3, good: 0.36, severity: 'warning' },
    { what: 'a screen', on: { ...TEE, method: 'screen-print' }, bad: 0.3, good: 0.36, severity: 'warning' },
    { what: 'vinyl', on: { ...TEE, method: 'vinyl' }, bad: 1, good: 1.5, severity: 'warning' },
    { what: 'vinyl, by half', on: { ...TEE, method: 'vinyl' }, bad: 0.6, good: 1.5, severity: 'error' },
    { what: 'foil on leather', on: TAG, bad: 0.3, good: 0.9, severity: 'warning' },
    { what: 'a laser on wood', on: BOARD, bad: 0.2, good: 0.25, severity: 'warning' },
  ])('rule 10: a line too thin for $what', async ({ on, bad, good, severity }) => {
    const paint = on.method === 'hot-stamp' ? '#d4af37' : '#000000';
    const within = on.product === 'luggage-tag' ? { box: { x: 10, y: 10, width: 40, height: 15 } } : {};
    expect(await raised('stroke.thin', { ...on, layers: [{ ...line(bad, paint), ...within }] })).toContain(severity);
    expect(await raised('stroke.thin', { ...on, layers: [{ ...line(good, paint), ...within }] })).toEqual([]);
  });

  test.each<{ what: string; on: Omit<OnePlacement, 'layers'>; bad: number; good: number }>([
    { what: 'film', on: { ...TEE, method: 'dtf' }, bad: 0.5, good: 0.8 },
    { what: 'a screen', on: { ...TEE, method: 'screen-print' }, bad: 0.25, good: 0.4 },
    { what: 'vinyl', on: { ...TEE, method: 'vinyl' }, bad: 0.8, good: 1.1 },
    { what: 'foil', on: TAG, bad: 0.3, good: 0.6 },
    { what: 'a laser on wood', on: BOARD, bad: 0.3, good: 0.5 },
  ])('rule 11: a gap that closes up in $what', async ({ on, bad, good }) => {
    const pair = (gap: number) => ({ ...on, layers: [twins(gap, on.method === 'hot-stamp' ? '#d4af37' : '#000000')] });
    expect(await raised('gap.narrow', pair(bad))).toHaveLength(1);
    expect(await raised('gap.narrow', pair(good))).toEqual([]);
  });

  test('rule 11: a gap in white art closes up where white is ink, and is none where it is bare ground', async () => {
    const slit = (mm: number) => ({
      type: 'shape',
      shape: { kind: 'path', d: `M0 0H10V10H0ZM${10 + mm} 0H${20 + mm}V10H${10 + mm}Z`, viewBox: [0, 0, 20 + mm, 10] },
      fill: '#ffffff',
      box: { x: 20, y: 80, width: 20 + mm, height: 10 },
    });
    const on = (colour: string, mm: number) => ({
      product: 'phone-case',
      variant: { colour },
      placement: 'wrap',
      method: 'uv-print',
      layers: [slit(mm), rect('#e04020', 20, 110, 20, 20)],
    });
    expect(await raised('gap.narrow', on('black', 0.1))).toEqual(['warning']);
    expect(await raised('gap.narrow', on('black', 0.25))).toEqual([]);
    expect(await raised('gap.narrow', on('white', 0.1))).toEqual([]);
  });

  test('rule 12: more ink than the sheet can take', async () => {
    const rich = (k: number) => rect({ cmyk: [85, 75, 75, k] }, 20, 10, 40, 40);
    const heavy = async (k: number) => ofCode((await printed([rich(k)])).findings, 'ink.total-area').map(({ measured }) => measured);
    expect(await heavy(100)).toEqual([335]);
    expect(await heavy(80)).toEqual([]);
  });

  test('rule 12: inks that layers name are thinned where the settings ask for it, and black stays', async () => {
    const ground = [rect({ cmyk: [85, 75, 75, 100] }, 20, 10, 40, 40)];
    expect(ofCode((await printed(ground, { inkLimit: 'all' })).findings, 'ink.total-area')).toEqual([]);
    const plates = await platesOf(await pdfOf(ground, { inkLimit: 'all', maxInk: 280 }), 72);
    const inks = ['Cyan', 'Magenta', 'Yellow', 'Black'].map((name) => {
      const plate = plates.get(name);
      return plate ? ((at(plate, 38, 28, 72)[0] ?? 0) / 255) * 100 : 0;
    });
    expect(inks.reduce((sum, ink) => sum + ink, 0)).toBeGreaterThan(275);
    expect(inks.reduce((sum, ink) => sum + ink, 0)).toBeLessThan(283);
    expect(inks[3]).toBeGreaterThan(99);
    expect((inks[0] ?? 0) / (inks[1] ?? 1)).toBeCloseTo(85 / 75, 1);
  });

  test('rule 13: screen colours in a file for the press', async () => {
    const spaces = async (settings: object) => (await pdfText([rect('#2060ff', 20, 10, 40, 40)], settings)).match(/ rg\b| k\b/g) ?? [];
    expect(new Set(await spaces({}))).toEqual(new Set([' k']));
    expect(await spaces({ colour: 'rgb' })).toContain(' rg');
  });

  test('rule 14: a colour that the inks cannot print', async () => {
    const shift = async (fill: string) => ofCode((await printed([rect(fill, 20, 10, 40, 40)])).findings, 'colour.out-of-gamut');
    expect(await shift('#00ff40')).toMatchObject([{ severity: 'warning', pointer: '/placements/0/layers/0', required: 6, unit: 'dE00' }]);
    expect(await shift('#7a5c44')).toEqual([]);
  });

  test('rule 15: a small caption in four inks', async () => {
    const caption = (size: string, fill: unknown) => ({ layers: [text(size, { fill })] });
    expect(await raised('text.rich-black', caption('9pt', { cmyk: [60, 40, 40, 100] }))).toEqual(['warning']);
    expect(await raised('text.rich-black', caption('9pt', '#101010'))).toEqual(['warning']);
    expect(await raised('text.rich-black', caption('9pt', { cmyk: [0, 0, 0, 100] }))).toEqual([]);
    expect(await raised('text.rich-black', caption('9pt', '#000000'))).toEqual([]);
    expect(await raised('text.rich-black', caption('12.5pt', { cmyk: [60, 40, 40, 100] }))).toEqual([]);
  });

  test('rule 16: black text that knocks out its ground, and white text that overprints it', async () => {
    const on = (fill: string, size: string) =>
      pdfOf([
        rect({ cmyk: [60, 0, 0, 0] }, -3, -3, 106, 66),
        text(size, { text: 'IIIIII', fill, font: { family: 'Open Sans', weight: 800 }, box: { x: 10, y: 20, width: 80, height: 20 } }),
      ]);
    const cyanLeft = async (bytes: Uint8Array) => {
      const plate = (await platesOf(bytes, 600)).get('Cyan');
      if (!plate) throw new Error('expected a cyan plate');
      return Math.min(...Array.from({ length: 400 }, (_, i) => at(plate, 38 + i * 0.08, 33, 600)[0] ?? 0));
    };
    expect(await cyanLeft(await on('#000000', '11pt'))).toBeGreaterThan(140);
    expect(await cyanLeft(await on('#000000', '30pt'))).toBe(0);
    expect(await cyanLeft(await on('#ffffff', '11pt'))).toBe(0);
  });

  test('rule 17: a plate that the floor does not know, or knows under another name', async () => {
    const named = (name: string, other = name) => ({
      settings: { spots: ['CutContour', 'White'] },
      layers: [rect(spot(name), 40, 40, 50, 50), rect(spot(other), 120, 40, 50, 50)],
    });
    const [unknown] = ofCode(await findings(named('Cut Contour')), 'spot.unknown');
    expect(unknown?.hint).toBe('did you mean "CutContour"?');
    expect(await raised('spot.unknown', named('CutContour'))).toEqual([]);
    const cutLine = { layers: [rect(spot('CutContour'), 40, 40, 50, 50)] };
    const [tool] = ofCode(await findings(cutLine), 'spot.is-tool');
    expect(tool).toMatchObject({ severity: 'error', measured: 'CutContour' });
    expect(await raised('spot.is-tool', { ...cutLine, settings: { finishing: [{ spot: 'CutContour', step: 'cut' }] } })).toEqual([]);
    expect(await raised('spot.is-tool', { layers: [rect(spot('Gold'), 40, 40, 50, 50)] })).toEqual([]);
    expect(await raised('spot.twins', { layers: named('Brand 200 C', 'brand 200').layers })).toEqual(['warning']);
    expect(() => specOf({ layers: [rect(spot('All'), 40, 40, 50, 50)] })).toThrow(/PDF reserves/);
    // Only the finished file has the plates of its contours and its white.
    const plates = async (spots: readonly string[]) =>
      ofCode((await printed([rect('#204060', 20, 10, 40, 40)], { spots, cutContour: 'art', white: 'under' })).findings, 'spot.unknown');
    expect(await plates(['Cut Contour'])).toMatchObject([
      { measured: 'White', severity: 'warning' },
      { measured: 'CutContour', hint: 'did you mean "Cut Contour"?' },
    ]);
    expect(await plates(['CutContour', 'White'])).toEqual([]);
    expect(await plates([])).toEqual([]);
  });

  test('rule 18: a cut line that is open, crosses itself, is drawn twice or turns too sharply', async () => {
    const cut = (...paths: readonly string[]) => ({
      settings: { finishing: [{ spot: 'Knife', step: 'cut' }], cutContour: 'none' },
      layers: paths.map((d) => ({
        type: 'shape',
        shape: { kind: 'path', d, viewBox: [0, 0, 100, 100] },
        stroke: { paint: spot('Knife'), width: 0.1 },
        box: { x: 50, y: 50, width: 100, height: 100 },
      })),
    });
    const ring = 'M50 10A40 40 0 1 1 49.9 10Z';
    expect(await raised('cut.open', cut('M10 10H90V90'))).toEqual(['error']);
    expect(await raised('cut.crosses', cut('M10 10L90 90H10L90 10Z'))).toEqual(['error']);
    expect(await raised('cut.duplicate', cut(ring, ring))).toEqual(['error']);
    expect(await raised('cut.radius', cut('M10 10H90V90H10Z'))).toEqual(['warning']);
    expect((await findings(cut(ring))).filter(({ code }) => code.startsWith('cut.'))).toEqual([]);
    const circle = (points: number) =>
      `M${Array.from({ length: points }, (_, i) => `${50 + 40 * Math.cos((i / points) * 2 * Math.PI)} ${50 + 40 * Math.sin((i / points) * 2 * Math.PI)}`).join('L')}Z`;
    expect(await raised('cut.dense', cut(circle(3000)))).toEqual(['warning']);
    expect(await raised('cut.dense', cut(circle(300)))).toEqual([]);
  });

  test('rule 18: a dashed cut line is one mistake, and a filled shape with a line one cut', async () => {
    const knife = (more: object) => ({
      settings: { finishing: [{ spot: 'Knife', step: 'cut' }], cutContour: 'none' },
      layers: [{ type: 'shape', shape: { kind: 'ellipse' }, box: { x: 50, y: 50, width: 80, height: 80 }, ...more }],
    });
    const dashed = ofCode(await findings(knife({ stroke: { paint: spot('Knife'), width: 0.1, dash: [2, 2] } })), 'cut.open');
    expect(dashed).toMatchObject([{ severity: 'error', message: expect.stringMatching(/There are \d\d more such places/) }]);
    const filled = await findings(knife({ fill: spot('Knife'), stroke: { paint: spot('Knife'), width: 1 } }));
    expect(filled.filter(({ code }) => code.startsWith('cut.'))).toEqual([]);
  });

  test('rule 19: stickers too near to one another', async () => {
    const discs = (gap: number) => ({
      settings: { finishing: [{ spot: 'Knife', step: 'cut' }], cutContour: 'none' },
      layers: [0, 40 + gap].map((x) => ({
        type: 'shape',
        shape: { kind: 'ellipse' },
        stroke: { paint: spot('Knife'), width: 0.1 },
        box: { x: 50 + x, y: 50, width: 40, height: 40 },
      })),
    });
    const [near] = ofCode(await findings(discs(1.1)), 'cut.near');
    expect(near).toMatchObject({ severity: 'error', measured: 1.1, required: 2 });
    expect(await raised('cut.near', discs(2.1))).toEqual([]);
  });

  test('rule 19: a knife too near to the edge of the sheet, which nothing offers to move away from its art', async () => {
    const at = (x: number) => ({
      settings: { finishing: [{ spot: 'Knife', step: 'cut' }], cutContour: 'none' },
      layers: [
        {
          type: 'shape',
          shape: { kind: 'ellipse' },
          stroke: { paint: spot('Knife'), width: 0.1 },
          box: { x, y: 50, width: 60, height: 60 },
        },
        { type: 'shape', shape: { kind: 'ellipse' }, fill: '#204060', box: { x: x + 12, y: 62, width: 36, height: 36 } },
      ],
    });
    const near = await findings(at(1));
    expect(ofCode(near, 'cut.near')).toMatchObject([{ severity: 'error', measured: 1, required: 2, pointer: '/placements/0/layers/0' }]);
    expect(near.filter(({ autofix }) => autofix)).toEqual([]);
    expect(ofCode(await findings(at(-5)), 'cut.near')).toMatchObject([{ measured: -5 }]);
    expect((await findings(at(6))).filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(await raised('cut.near', at(0))).toEqual([]);
  });

  test('rule 20: no white on a dark article, and a soft shadow over white', async () => {
    const badge = { product: 'phone-case', variant: { colour: 'black' }, placement: 'wrap', method: 'uv-print' } as const;
    const art = [rect('#e04020', 20, 70, 40, 40)];
    expect(await raised('white.missing', { ...badge, settings: { white: 'none' }, layers: art })).toEqual(['warning']);
    expect(await raised('white.missing', { ...badge, layers: art })).toEqual([]);
    const fade = {
      radial: {
        stops: [
          { offset: 0, colour: '#ff8800' },
          { offset: 1, colour: '#ff8800', opacity: 0 },
        ],
      },
    };
    expect(await raised('alpha.soft', { ...BLACK_TEE, method: 'dtg', layers: [rect(fade, 40, 40, 120, 120)] })).toEqual(['warning']);
    expect(await raised('alpha.soft', { ...TEE, method: 'dtg', layers: [rect(fade, 40, 40, 120, 120)] })).toEqual([]);
  });

  test('rule 21: a design that nobody would see', async () => {
    const dtg = (layers: readonly unknown[]) => ({ ...BLACK_TEE, method: 'dtg', layers });
    expect(await raised('art.blank', dtg([]))).toEqual(['error']);
    expect(await raised('art.blank', dtg([rect('#ffffff', 40, 40, 0.5, 0.5)]))).toEqual(['error']);
    expect(await raised('art.invisible', dtg([rect('#1b1b1d', 40, 40, 100, 100)]))).toEqual(['error']);
    expect((await findings(dtg([rect('#ffffff', 40, 40, 100, 100)]))).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each<{ what: string; on: Omit<OnePlacement, 'layers'>; ground: string }>([
    { what: 'cloth by ink', on: { ...TEE, method: 'dtg' }, ground: '#ffffff' },
    { what: 'cloth by film', on: { ...BLACK_TEE, method: 'dtf' }, ground: '#1c1c1e' },
    { what: 'a mug', on: { product: 'mug-11oz', placement: 'wrap', method: 'sublimation' }, ground: '#ffffff' },
    { what: 'paper', on: {}, ground: '#ffffff' },
    { what: 'a case', on: { product: 'phone-case', placement: 'wrap', method: 'uv-print' }, ground: '' },
  ])('rule 21: a picture without a pixel, or in the colour of $what', async ({ on, ground }) => {
    const pixels = async (paint: string, mark: string | null) =>
      dataUrl(
        await sharp({ create: { width: 900, height: 900, channels: 4, background: paint } })
          .composite(
            mark === null ? [] : [{ input: { create: { width: 60, height: 4, channels: 4, background: mark } }, left: 700, top: 700 }],
          )
          .png()
          .toBuffer(),
      );
    const shown = async (paint: string, mark: string | null) =>
      (
        await findings({
          ...on,
          layers: [{ type: 'image', source: await pixels(paint, mark), box: { x: 20, y: 20, width: 40, height: 40 } }],
        })
      )
        .filter(({ code }) => code === 'art.blank' || code === 'art.invisible')
        .map(({ code }) => code);
    expect(await shown('#00000000', null)).toEqual(['art.blank']);
    // A thin line far from everything is art.
    expect(await shown('#00000000', '#cc3344')).toEqual([]);
    if (ground === '') return;
    expect(await shown(ground, null)).toEqual(['art.invisible']);
    expect(await shown(ground, '#cc3344')).toEqual([]);
  });

  test('rule 21: art that is clear, or fades from white to white on paper', async () => {
    expect(await raised('art.blank', { layers: [{ ...rect('#204060', 40, 40, 100, 100), opacity: 0 }] })).toEqual(['error']);
    const fade = (to: string) => ({
      linear: {
        stops: [
          { offset: 0, colour: '#ffffff' },
          { offset: 1, colour: to },
        ],
      },
    });
    expect(await raised('art.invisible', { layers: [rect(fade('#fdfdfd'), 40, 40, 100, 100)] })).toEqual(['error']);
    expect(await raised('art.invisible', { layers: [rect(fade('#999999'), 40, 40, 100, 100)] })).toEqual([]);
    expect(await raised('art.invisible', { layers: [{ ...rect('#204060', 40, 40, 100, 100), opacity: 0.04 }] })).toEqual(['error']);
  });

  test.each(['dtg', 'dtf', 'screen-print', 'vinyl'])('rule 22: navy lettering on black cloth by %s', async (method) => {
    const name = (fill: string) => ({ ...BLACK_TEE, method, layers: [text('30mm', { fill })] });
    expect(await raised('contrast.low', name('#1f2a44'))).toEqual(['warning']);
    expect(await raised('contrast.low', name('#f2f2f0'))).toEqual([]);
  });

  test('rule 22: white lettering is fine over art of its own', async () => {
    const over = (y: number) => ({ ...TEE, method: 'dtg', layers: [rect('#204060', 30, y, 200, 90), text('30mm', { fill: '#fdfdfd' })] });
    expect(await raised('contrast.low', over(200))).toEqual(['warning']);
    expect(await raised('contrast.low', over(50))).toEqual([]);
  });

  test('rule 23: more colours than are made', async () => {
    const stripes = (ids: readonly string[], palette: string) =>
      ids.map((id, i) => rect({ swatch: id, palette }, 20, 20 + i * 45, 100, 40));
    const vinyl = (ids: readonly string[]) => ({ ...TEE, method: 'vinyl', layers: stripes(ids, 'vinyls'), settings: { maxLayers: 3 } });
    expect(await raised('colours.too-many', vinyl(['red', 'black', 'yellow', 'forest']))).toEqual(['error']);
    expect(await raised('colours.too-many', vinyl(['red', 'black', 'yellow']))).toEqual([]);
    const inks = ['#c3232e', '#18181a', '#f6d53a', '#1f4633'].map((fill, i) => rect(fill, 20, 20 + i * 45, 100, 40));
    const screens = (maxColours: number) => ({ ...TEE, method: 'screen-print', layers: inks, settings: { maxColours } });
    expect(await raised('colours.too-many', screens(3))).toEqual(['error']);
    expect(await raised('colours.too-many', screens(4))).toEqual([]);
  });

  test('rule 24: more stitches than are covered, and designs that no hoop holds', async () => {
    const sewn = (width: number, settings: object = {}): OnePlacement => ({
      ...TEE,
      placement: 'left-chest',
      method: 'embroidery',
      layers: [rect('#ffcc00', 5, 5, width, 60)],
      settings,
    });
    expect(await raised('stitch.too-many', sewn(60))).toEqual([]);
    expect(await raised('stitch.too-many', sewn(60, { maxStitches: 3000 }))).toEqual(['warning']);
    expect(await raised('stitch.too-many', sewn(60, { maxStitches: 1000 }))).toEqual(['error']);
    expect(await raised('hoop.too-small', sewn(60, { hoop: '60x60' }))).toEqual([]);
    expect(await raised('hoop.too-small', sewn(61, { hoop: '60x60' }))).toEqual(['error']);
  });

  test.each<OnePlacement>([
    { ...TEE, method: 'vinyl', layers: [] },
    { ...TAG, layers: [] },
    { ...TEE, placement: 'left-chest', method: 'embroidery', layers: [] },
  ])('rule 25: a photo or a fade in $method', async (on) => {
    const fade = {
      linear: {
        stops: [
          { offset: 0, colour: '#d4af37' },
          { offset: 1, colour: '#204060' },
        ],
      },
    };
    expect(await raised('art.not-solid', { ...on, layers: [rect(fade, 10, 10, 20, 15)] })).toEqual(['error']);
    expect(await raised('art.not-solid', { ...on, layers: [photoAt(20)] })).toEqual(['error']);
    expect(await raised('art.not-solid', { ...on, layers: [rect('#d4af37', 10, 10, 20, 15)] })).toEqual([]);
  });

  test('rule 26: lettering that the file shows mirrored is told of', async () => {
    const vinyl = (kind: string) => ({ ...TEE, method: 'vinyl', settings: { kind }, layers: [text('40mm')] });
    expect(await raised('file.mirrored', vinyl('heat-transfer'))).toEqual(['info']);
    expect(await raised('file.mirrored', vinyl('sign'))).toEqual([]);
    const film = (mirror: boolean) => ({ ...TEE, method: 'dtf', settings: { mirror }, layers: [text('40mm')] });
    expect(await raised('file.mirrored', film(true))).toEqual(['info']);
    expect(await raised('file.mirrored', film(false))).toEqual([]);
  });

  test('rule 26: lettering that a flip turns round', async () => {
    const name = (more: object) => ({ layers: [text('40mm', more)] });
    expect((await findings(name({ flip: 'horizontal' }))).filter(({ code }) => code === 'text.flipped')).toMatchObject([
      { severity: 'warning', pointer: '/placements/0/layers/0' },
    ]);
    expect(await raised('text.flipped', name({ rotation: 200 }))).toEqual([]);
    expect(await raised('text.flipped', { layers: [{ ...rect('#204060', 60, 60, 80, 80), flip: 'horizontal' }] })).toEqual([]);
  });

  test('rule 27: art on the camera, and beside the handle', async () => {
    const on = (product: string, method: string, x: number, y: number) => ({
      product,
      placement: 'wrap',
      method,
      layers: [rect('#204060', x, y, 20, 20)],
    });
    expect(await raised('art.in-keep-out', on('phone-case', 'uv-print', 20, 20))).toEqual(['warning']);
    expect(await raised('art.in-keep-out', on('phone-case', 'uv-print', 30, 80))).toEqual([]);
    expect(await raised('art.in-keep-out', on('mug-11oz', 'sublimation', 6, 30))).toEqual(['warning']);
    expect(await raised('art.in-keep-out', on('mug-11oz', 'sublimation', 14, 30))).toEqual([]);
  });

  test('rule 28: a PDF as a press takes it, and none taken in as a picture', async () => {
    const { all, trailer } = await objectsOf(await pdfOf([rect('#204060', -3, -3, 106, 66)]));
    const page = all.find((one) => one['/Type'] === '/Page');
    const box = (name: string): readonly number[] => (Array.isArray(page?.[name]) ? page[name].map(Number) : []);
    const inside = (inner: readonly number[], outer: readonly number[]) =>
      inner.length === 4 && inner.every((side, i) => (i < 2 ? side >= (outer[i] ?? 0) : side <= (outer[i] ?? 0)));
    expect(inside(box('/TrimBox'), box('/BleedBox'))).toBe(true);
    expect(inside(box('/BleedBox'), box('/MediaBox'))).toBe(true);
    for (const forbidden of ['/ArtBox', '/Rotate', '/UserUnit', '/Annots', '/AA']) expect(page).not.toHaveProperty([forbidden]);
    expect(trailer).not.toHaveProperty(['/Encrypt']);
    expect(all.filter((one) => one['/S'] === '/GTS_PDFX')).toHaveLength(1);
    const pdf = `data:application/pdf;base64,${Buffer.from('%PDF-1.6 locked').toString('base64')}`;
    await expect(findings({ layers: [{ ...photoAt(20), source: pdf }] })).rejects.toThrow();
  });

  test('rule 29: a cover for another number of pages', async () => {
    // The spine of this cover is 20 mm: 240 leaves of 0.075 mm and 2 mm of boards.
    const cover = (pages: number, lettering = '8mm') => ({
      product: 'photo-book-210',
      placement: 'cover',
      settings: { spine: { pages, caliper: 0.075, plus: 2 } },
      layers: [text(lettering, { text: 'Our year', rotation: 90, box: { panel: 'spine', x: -60, y: 85, width: 140, height: 40 } })],
    });
    const [wrong] = ofCode(await findings(cover(400)), 'spine.width');
    expect(wrong).toMatchObject({ severity: 'error', measured: 20, required: 17 });
    expect(await raised('spine.width', cover(480))).toEqual([]);
    const bound = (pages: number) =>
      raised('book.page-count', {
        product: 'story-book-210',
        placement: 'cover',
        layers: [rect('#204060', 30, 30, 80, 80)],
        more: { pages },
      });
    expect(await bound(33)).toEqual(['error']);
    expect(await bound(32)).toEqual([]);
    expect(await raised('spine.lettering', cover(480, '19mm'))).toEqual(['warning']);
    expect(await raised('spine.lettering', cover(480))).toEqual([]);
  });

  test('rule 30: a shirt number that the game does not allow or that two players have, and a name wider than its box', async () => {
    const open = await loadDesign('player-jersey', resources);
    const team = (...numbers: readonly string[]) => {
      const rows = numbers.map((number, i) => ({ row: i + 2, cells: { name: `Player ${'ABC'[i]}`, number } }));
      return readRoster(rows, open, { numbers: 'nfhs-basketball' }).findings.map(({ code, row }) => `${row} ${code}`);
    };
    expect(team('45', '78')).toEqual(['3 answer.number-rule']);
    expect(team('45', '45')).toEqual(['3 roster.number-twice']);
    expect(team('45', '12', '3')).toEqual([]);
    const name = (words: string) => ({
      ...TEE,
      method: 'vinyl',
      layers: [text('60mm', { text: words, box: { x: 10, y: 40, width: 280, height: 90 } })],
    });
    expect(await raised('text.overflow', name('Wolfeschlegelsteinhausen'))).toEqual(['warning']);
    expect(await raised('text.overflow', name('Lee'))).toEqual([]);
  });
});

/** Two squares with a gap, as one layer. */
const twins = (gap: number, fill: string) => ({
  type: 'shape',
  shape: { kind: 'path', d: `M0 0H10V10H0ZM${10 + gap} 0H${20 + gap}V10H${10 + gap}Z`, viewBox: [0, 0, 20 + gap, 10] },
  fill,
  box: { x: 12, y: 12, width: 20 + gap, height: 10 },
});

/** The operators of a PDF, unpacked. */
const pdfText = async (layers: readonly unknown[], settings: object): Promise<string> =>
  withPdf(await pdfOf(layers, settings), (file) => run('qpdf', '--qdf', '--object-streams=disable', file, '-'));
