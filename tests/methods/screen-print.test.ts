import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { colourFromHex, type SrgbColour } from '../../src/colour/colour.ts';
import { colourDistance } from '../../src/colour/delta-e.ts';
import { screenPrint } from '../../src/methods/screen-print/index.ts';
import { screenPrintSettings } from '../../src/methods/screen-print/settings.ts';
import type { DecodedImage } from '../../src/model/resources.ts';
import { expectGolden } from '../golden/golden.ts';
import { type Pixels, platesOf } from '../render/pdf/tools.ts';
import { testPicture } from '../support/compose-spec.ts';
import {
  BLACK_TEE,
  contextOf,
  disc,
  findingsOf,
  inkAt,
  inkListOf,
  type Job,
  made,
  type ReadPlate,
  readPlates,
  rect,
  sceneOf,
  WHITE_TEE,
} from './support/screen-print.ts';

const DPI = 360;
/** Pixels of a length on the card's plates, from the left or top edge of the plate. */
const px = (mm: number): number => Math.round(((mm + 15) * DPI) / 25.4);

const CLUB: Job = {
  layers: [
    rect(5, 5, 50, 50, '#da2128'),
    rect(55, 5, 20, 50, '#f3ae2b'),
    disc(20, 20, 20, '#000000'),
    { type: 'text', text: 'GO', font: { family: 'Anton' }, size: 20, fill: '#ffffff', box: { x: 60, y: 20, width: 38, height: 25 } },
  ],
  settings: { dpi: DPI },
  article: BLACK_TEE,
};

describe('plates', () => {
  test('come one for each ink: underbase, light to dark, white last, black left to the black shirt', async () => {
    const club = await made(CLUB);
    expect(club.files.map(({ name }) => name)).toEqual([
      'front-1-underbase.tif',
      'front-2-ink-gold.tif',
      'front-3-ink-bright-red.tif',
      'front-4-hilite-white.tif',
      'front-separations.pdf',
      'front-inks.json',
    ]);
    expect(inkListOf(club).plates.map(({ order, name, after }) => [order, name, after])).toEqual([
      [1, 'UNDERBASE', 'flash'],
      [2, 'Ink Gold', null],
      [3, 'Ink Bright Red', 'flash'],
      [4, 'HILITE WHITE', null],
    ]);
  });

  test('carry the same marks at the same places', async () => {
    const plates = await readPlates(await made(CLUB));
    const [width, height] = [plates[0]?.widthPx ?? 0, plates[0]?.heightPx ?? 0];
    const half = px(-15 + 7.5);
    const places = [
      [width / 2, half],
      [width / 2, height - half],
      [half, height / 2],
      [width - half, height / 2],
    ] as const;
    for (const [x, y] of places) {
      const around = plates.map((plate) => windowAround(plate, Math.round(x), Math.round(y), 60));
      for (const one of around) expect(one).toEqual(around[0]);
      const dots = around[0]?.reduce((sum, dot) => sum + dot, 0) ?? 0;
      // Two lines of 7 mm and a circle of 4 mm across, 0.25 pt wide: 2.35 square millimetres.
      expect(dots / (DPI / 25.4) ** 2).toBeGreaterThan(1.6);
      expect(dots / (DPI / 25.4) ** 2).toBeLessThan(3.2);
    }
  });

  test('keep the underbase inside by the choke, and bare where nothing prints', async () => {
    const [base, ...inks] = await readPlates(await made({ ...CLUB, settings: { dpi: 720 } }));
    if (!base) throw new Error('expected an underbase');
    const at = (mm: number): number => Math.round(((mm + 15) * 720) / 25.4);
    const first = (plate: ReadPlate, y: number): number =>
      Array.from({ length: 400 }, (_, i) => at(0) + i).find((x) => inkAt(plate, x, y) === 1) ?? 0;
    const red = inks[1];
    if (!red) throw new Error('expected red');
    expect(first(base, at(12)) - first(red, at(12))).toBe(7);
    expect(inkAt(base, at(30), at(30))).toBe(0);
    // Between red and gold the base goes on.
    for (let x = at(50); x < at(60); x++) expect(inkAt(base, x, at(10))).toBe(1);
  });

  test('spread gold under red by the trap and no farther', async () => {
    const [, gold, red] = await readPlates(await made({ ...CLUB, settings: { dpi: 720 } }));
    if (!gold || !red) throw new Error('expected gold and red');
    const y = Math.round(((10 + 15) * 720) / 25.4);
    const both = Array.from({ length: gold.widthPx }, (_, x) => inkAt(gold, x, y) + inkAt(red, x, y)).filter((sum) => sum === 2);
    expect(both).toHaveLength(5);
  });

  test('give thin strokes a thinner underbase rather than none', async () => {
    const lines = {
      layers: [rect(10, 10, 60, 0.4, '#da2128'), rect(10, 20, 60, 0.7, '#da2128')],
      settings: { dpi: 720 },
      article: BLACK_TEE,
    };
    const [base] = await readPlates(await made(lines));
    const rows = [10.2, 20.35].map((mm) => Math.round(((mm + 15) * 720) / 25.4));
    for (const y of rows) expect(base && inkAt(base, Math.round((55 * 720) / 25.4), y)).toBe(1);
  });

  test('need no underbase on white cloth, and white art prints nothing there', async () => {
    const plates = inkListOf(await made({ ...CLUB, article: WHITE_TEE })).plates.map(({ name }) => name);
    expect(plates).toEqual(['Ink Gold', 'Ink Bright Red', 'Ink Black']);
  });

  test('can be PNG, mirrored, and without the second white', async () => {
    const job = { ...CLUB, settings: { dpi: DPI, format: 'png', mirror: true, highlightWhite: false } };
    const [plain, turned] = [await readPlates(await made(CLUB)), await readPlates(await made(job))];
    expect(turned.map(({ name }) => name)).toEqual(['front-1-underbase.png', 'front-2-ink-gold.png', 'front-3-ink-bright-red.png']);
    const [gold, mirrored] = [plain[1], turned[1]];
    if (!gold || !mirrored) throw new Error('expected gold');
    const y = px(30);
    const row = (plate: ReadPlate): readonly number[] => Array.from({ length: plate.widthPx }, (_, x) => inkAt(plate, x, y));
    expect(row(mirrored)).toEqual([...row(gold)].reverse());
  });

  test('break tints of a plate into dots of that tint', async () => {
    const tint = { spot: 'Ink Royal Blue', alternate: '#1f4fa3', tint: 40 };
    const [plate] = inkListOf(await made({ layers: [rect(20, 10, 40, 40, tint)], settings: { dpi: DPI }, article: WHITE_TEE })).plates;
    expect(plate).toMatchObject({ name: 'Ink Royal Blue', meshPerInch: 180, halftone: { lpi: 45 } });
    expect(plate?.areaCm2).toBeGreaterThan(16 * 0.39);
    expect(plate?.areaCm2).toBeLessThan(16 * 0.41);
  });
});

const windowAround = (plate: ReadPlate, x: number, y: number, reach: number): readonly number[] =>
  Array.from({ length: (2 * reach) ** 2 }, (_, i) => inkAt(plate, x - reach + (i % (2 * reach)), y - reach + Math.floor(i / (2 * reach))));

/** A badge as a customer sends it: three colours with smoothed edges on nothing. */
const badge = async (): Promise<DecodedImage> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="360"><circle cx="180" cy="180" r="160" fill="#da2128"/><circle cx="180" cy="180" r="90" fill="#ffffff"/><path d="M330 40L560 180L330 320Z" fill="#1f4fa3"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    digest: 'b'.repeat(64),
    widthPx: info.width,
    heightPx: info.height,
    hasAlpha: true,
    rgba: new Uint8Array(data),
    jpeg: null,
    warnings: [],
  };
};

describe('flat pictures', () => {
  test('come apart into their colours, and edges become no ink', async () => {
    const images = { badge: await badge() };
    const job = {
      layers: [{ type: 'image', source: 'badge', fit: 'stretch', box: { x: 0, y: 0, width: 100, height: 60 } }],
      images,
      settings: { dpi: DPI },
      article: BLACK_TEE,
    };
    expect((await findingsOf(job)).filter(({ severity }) => severity === 'error')).toEqual([]);
    const list = inkListOf(await made(job));
    expect(list.plates.map(({ name }) => name)).toEqual(['UNDERBASE', 'Ink Bright Red', 'Ink Royal Blue', 'HILITE WHITE']);
    const perMm2 = (100 / 600) ** 2;
    const expected = {
      'Ink Bright Red': Math.PI * (160 ** 2 - 90 ** 2) * perMm2,
      'Ink Royal Blue': ((230 * 280) / 2) * perMm2,
      'HILITE WHITE': Math.PI * 90 ** 2 * perMm2,
    };
    for (const [name, mm2] of Object.entries(expected)) {
      const plate = list.plates.find((one) => one.name === name);
      // A ring of trap is added to what reaches under darker inks.
      expect((plate?.areaCm2 ?? 0) / (mm2 / 100)).toBeGreaterThan(0.985);
      expect((plate?.areaCm2 ?? 0) / (mm2 / 100)).toBeLessThan(1.03);
      expect(plate?.halftone).toBeNull();
    }
  });
});

/** Mean ink of the plates of a PDF within the print area, 0 to 1, as Ghostscript separates them. */
const separated = async (pdf: Uint8Array, dpi: number): Promise<ReadonlyMap<string, number>> => {
  const inset = Math.round((15 * dpi) / 25.4);
  const meanOf = ({ width, height, channels, data }: Pixels): number => {
    let [sum, count] = [0, 0];
    for (let y = inset; y < height - inset; y++)
      for (let x = inset; x < width - inset; x++, count++) sum += data[(y * width + x) * channels] ?? 0;
    return sum / 255 / count;
  };
  return new Map([...(await platesOf(pdf, dpi))].map(([name, plate]) => [name, meanOf(plate)]));
};

describe('the separations', () => {
  test('have exactly the named plates, with the coverage of the plates of dots', async () => {
    const club = await made({ ...CLUB, settings: { dpi: 720 } });
    const pdf = club.files.find(({ mediaType }) => mediaType === 'application/pdf');
    const plates = await separated(pdf?.data ?? new Uint8Array(), 400);
    const list = inkListOf(club).plates;
    expect([...plates.keys()].sort()).toEqual([...['Black', 'Cyan', 'Magenta', 'Yellow'], ...list.map(({ name }) => name)].sort());
    for (const name of ['Black', 'Cyan', 'Magenta', 'Yellow']) expect(plates.get(name)).toBe(0);
    // Ghostscript paints every pixel that an outline touches: half a pixel more all round.
    for (const { name, coveragePercent } of list) expect(Math.abs(100 * (plates.get(name) ?? 0) - coveragePercent)).toBeLessThan(0.3);
    expectGolden(
      'methods/screen-print-coverage',
      list.map(({ name, coveragePercent, areaCm2 }) => ({ name, coveragePercent, areaCm2 })),
    );
  });

  test('hand tones over as amounts', async () => {
    const fade = {
      linear: {
        stops: [
          { offset: 0, colour: '#1f4fa3' },
          { offset: 1, colour: '#1f4fa3', opacity: 0 },
        ],
      },
    };
    const job = { layers: [rect(10, 10, 80, 40, fade)], settings: { dpi: DPI }, article: WHITE_TEE };
    const result = await made(job);
    const pdf = result.files.find(({ mediaType }) => mediaType === 'application/pdf');
    const plates = await separated(pdf?.data ?? new Uint8Array(), 144);
    const [plate] = inkListOf(result).plates;
    expect(plate?.name).toBe('Ink Royal Blue');
    expect(Math.abs(100 * (plates.get('Ink Royal Blue') ?? 0) - (plate?.coveragePercent ?? 0))).toBeLessThan(0.6);
  });
});

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encoded = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** What a square of the print area looks like from afar: opaque inks over one another on the article, in light. */
const seenAt = (
  plates: readonly ReadPlate[],
  colours: readonly SrgbColour[],
  article: SrgbColour,
  x: number,
  y: number,
  side: number,
): SrgbColour => {
  const sum = [0, 0, 0];
  for (let v = y; v < y + side; v++) {
    for (let u = x; u < x + side; u++) {
      const top = plates.reduce((shown, plate, i) => (inkAt(plate, u, v) === 1 ? (colours[i] ?? shown) : shown), article);
      [top.r, top.g, top.b].forEach((value, c) => {
        sum[c] = (sum[c] ?? 0) + linear(value);
      });
    }
  }
  const [r, g, b] = sum.map((value) => encoded(value / side ** 2));
  return { space: 'srgb', r: r ?? 0, g: g ?? 0, b: b ?? 0 };
};

const srgb = (hex: string): SrgbColour => colourFromHex(hex) ?? { space: 'srgb', r: 0, g: 0, b: 0 };

/** Mean CIEDE2000 between the plates laid over one another and the picture that was asked for. */
const meanDistance = async (picture: DecodedImage, settings: object, article: string): Promise<number> => {
  const job = {
    layers: [{ type: 'image', source: 'p', fit: 'stretch', box: { x: 0, y: 0, width: 100, height: 60 } }],
    images: { p: picture },
    settings: { dpi: 360, lpi: 45, ...settings },
    article,
  };
  const result = await made(job);
  const plates = await readPlates(result);
  const colours = inkListOf(result).plates.map(({ colour }) => srgb(colour));
  const distances: number[] = [];
  for (let y = 4; y < 56; y += 6) {
    for (let x = 4; x < 96; x += 6) {
      const at = (Math.floor((y / 60) * picture.heightPx) * picture.widthPx + Math.floor((x / 100) * picture.widthPx)) * 4;
      const [r, g, b] = [...picture.rgba.subarray(at, at + 3)].map((value) => value / 255);
      const side = 32;
      const seen = seenAt(plates, colours, srgb(article), px(x) - side / 2, px(y) - side / 2, side);
      distances.push(colourDistance(seen, { space: 'srgb', r: r ?? 0, g: g ?? 0, b: b ?? 0 }));
    }
  }
  return distances.reduce((sum, one) => sum + one, 0) / distances.length;
};

/** Browns and skin: what photographs are made of. */
const warmPicture = (): DecodedImage => {
  const picture = testPicture(500, 300, 'c'.repeat(64));
  picture.rgba.forEach((_, i) => {
    const [x, y] = [((i >> 2) % 500) / 500, Math.floor((i >> 2) / 500) / 300];
    const tone = 0.15 + 0.85 * x;
    if (i % 4 < 3) picture.rgba[i] = Math.round(255 * tone * ([1, 0.75 + 0.2 * y, 0.55 + 0.4 * y][i % 4] ?? 1));
  });
  return picture;
};

describe('simulated process', () => {
  test('looks like a warm picture from afar on black and on white cloth', async () => {
    for (const article of [BLACK_TEE, WHITE_TEE])
      expect(await meanDistance(warmPicture(), { process: 'simulated' }, article)).toBeLessThan(6);
  });

  test('prints with the inks that are named and no others', async () => {
    const inks = ['white', 'bright-red', 'gold', 'royal-blue'];
    const job = {
      layers: [{ type: 'image', source: 'p', box: { x: 0, y: 0, width: 100, height: 60 } }],
      images: { p: warmPicture() },
      settings: { dpi: DPI, process: 'simulated', inks },
      article: BLACK_TEE,
    };
    const names = inkListOf(await made(job)).plates.map(({ name }) => name);
    expect(names).toEqual(['UNDERBASE', 'Ink Gold', 'Ink Bright Red', 'Ink Royal Blue', 'HILITE WHITE']);
  });
});

describe('the look', () => {
  const lookOf = async (job: Job) => {
    const scene = await sceneOf(job);
    const request = { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 400, heightPx: 240 };
    const [look] = await screenPrint.appearance(scene, screenPrintSettings.parse(job.settings ?? {}), request, contextOf(job));
    if (!look) throw new Error('expected a look');
    return look;
  };

  test('is the inks over one another, thicker where there is an underbase', async () => {
    const look = await lookOf(CLUB);
    const image = sharp(look.rgba, { raw: { width: 400, height: 240, channels: 4 } });
    expectGolden('methods/screen-print-look', new Uint8Array(await image.png().toBuffer()));
    const at = (40 * 400 + 40) * 4;
    expect([...look.rgba.subarray(at, at + 4)]).toEqual([0xda, 0x21, 0x28, 255]);
    expect(look.surface?.height?.[at / 4]).toBeCloseTo(0.11, 3);
    expect((await lookOf({ ...CLUB, article: WHITE_TEE })).surface?.height?.[at / 4]).toBeCloseTo(0.05, 3);
  });
});

describe('checks', () => {
  const stripes = ['#fcd92f', '#f0742a', '#da2128', '#1f4fa3', '#0f8a4b', '#5b3489', '#1a1a1a', '#ee86ad'].map((fill, i) =>
    rect(4 + i * 11, 10, 10, 40, fill),
  );

  test('refuse more inks than screens, and their advice mends it', async () => {
    const job = { layers: stripes, article: WHITE_TEE };
    const [finding] = (await findingsOf(job)).filter(({ code }) => code === 'colours.too-many');
    expect(finding).toMatchObject({ severity: 'error', measured: 8, required: 6, unit: 'inks' });
    const inks: unknown = JSON.parse(/\{"inks": (\[.*\])\}/.exec(finding?.hint ?? '')?.[1] ?? '[]');
    const mended = await findingsOf({ ...job, settings: { inks } });
    expect(mended.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('do not advise to print one colour as quite another', async () => {
    const layers = ['#da2128', '#1f4fa3', '#0f8a4b', '#1a1a1a'].map((fill, i) => rect(4 + i * 11, 10, 10, 40, fill));
    const [finding] = (await findingsOf({ layers, article: WHITE_TEE, settings: { maxColours: 2 } })).filter(
      ({ code }) => code === 'colours.too-many',
    );
    expect(finding).toMatchObject({ measured: 4, required: 2, hint: expect.stringContaining('too different to be merged') });
    expect(finding?.autofix).toBeUndefined();
  });

  test('find pictures in the colour of the cloth, and the cloth may be another than the variant says', async () => {
    const picture = testPicture(60, 60);
    const black = { ...picture, rgba: picture.rgba.map((_, i) => (i % 4 === 3 ? 255 : 26)) };
    const layers = [{ type: 'image', source: 'p', box: { x: 10, y: 10, width: 30, height: 30 } }];
    const codes = async (article: string, settings = {}) =>
      (await findingsOf({ layers, images: { p: black }, article, settings })).map(({ code }) => code);
    expect(await codes('#1a1a1a')).toEqual(['art.invisible']);
    expect(await codes(WHITE_TEE)).not.toContain('art.invisible');
    expect(await codes('#1a1a1a', { articleColour: '#f7f7f5' })).not.toContain('art.invisible');
  });

  test('name thin lines, narrow gaps, small type, fades and weak inks where they are', async () => {
    const fade = {
      linear: {
        stops: [
          { offset: 0, colour: '#da2128' },
          { offset: 1, colour: '#fcd92f' },
        ],
      },
    };
    const layers = [
      rect(5, 5, 40, 0.2, '#da2128'),
      rect(5, 10, 20, 10, '#da2128'),
      rect(25.2, 10, 20, 10, '#da2128'),
      {
        type: 'text',
        text: 'small print',
        font: { family: 'Lora' },
        size: 1.8,
        fill: '#da2128',
        box: { x: 5, y: 25, width: 60, height: 6 },
      },
      rect(5, 35, 40, 20, fade),
      rect(60, 35, 20, 20, '#55585c'),
      rect(60, 5, 20, 20, '#8a2be2'),
      rect(85, 5, 10, 10, { spot: 'Ink White', alternate: '#ffffff', tint: 4 }),
    ];
    const findings = await findingsOf({ layers, article: BLACK_TEE });
    const found = findings.map(({ code, pointer }) => `${code} ${pointer}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'stroke.thin /placements/0/layers/0',
        'text.small /placements/0/layers/3',
        'art.fade /placements/0/layers/4',
        'colour.far /placements/0/layers/6',
        'tint.out-of-range /placements/0/layers/7',
      ]),
    );
    expect(found.some((one) => one.startsWith('gap.narrow'))).toBe(true);
  });

  test('tell colours far from their inks once for each layer, by the farthest', async () => {
    const two = { ...rect(60, 5, 20, 20, '#8a2be2'), stroke: { paint: '#3cfde6', width: 4 } };
    const findings = await findingsOf({ layers: [two, rect(5, 5, 20, 20, '#30f90e')], article: BLACK_TEE });
    const far = findings.filter(({ code }) => code === 'colour.far');
    expect(far.map(({ pointer }) => pointer)).toEqual(['/placements/0/layers/0', '/placements/0/layers/1']);
    expect(far[0]?.message).toContain('1 more colour of it has no ink near');
    expect(far[1]?.message).not.toContain('more');
  });

  test('say nothing of slivers that no plate shows', async () => {
    const layers = [rect(10, 10, 40, 20, '#da2128'), rect(10.02, 5, 50, 40, '#f3ae2b')];
    const codes = (await findingsOf({ layers, article: WHITE_TEE })).map(({ code }) => code);
    expect(codes).not.toContain('stroke.thin');
    const hairline = await findingsOf({ layers: [...layers, rect(5, 50, 40, 0.03, '#da2128')], article: WHITE_TEE });
    expect(hairline.find(({ code }) => code === 'stroke.thin')).toMatchObject({ pointer: '/placements/0/layers/2', measured: 0.03 });
  });

  test('refuse photographs in spot process and say what would work', async () => {
    const job = {
      layers: [{ type: 'image', source: 'p', box: { x: 0, y: 0, width: 100, height: 60 } }],
      images: { p: warmPicture() },
      article: BLACK_TEE,
    };
    const refused = (await findingsOf(job)).find(({ code }) => code === 'art.not-solid');
    expect(refused).toMatchObject({ severity: 'error', pointer: '/placements/0/layers/0', hint: expect.stringContaining('simulated') });
    const simulated = await findingsOf({ ...job, settings: { process: 'simulated', errorDpi: 1 } });
    expect(simulated.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('tell an ink that the palette does not have', async () => {
    await expect(findingsOf({ layers: stripes, settings: { inks: ['mud'] } })).rejects.toThrow(
      'expected an ink of palette "inks", got "mud"',
    );
  });
});
