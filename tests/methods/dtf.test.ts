import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import type { MadeFile, MakeContext } from '../../src/methods/method.ts';
import type { Finding } from '../../src/model/finding.ts';
import { expectGolden } from '../golden/golden.ts';
import { drawnBy, platesOf, run, withPdf } from '../render/pdf/tools.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const method = findMethod('dtf');
if (!method) throw new Error('expected the method dtf');

const PICTURE = testPicture(700, 420);
const MM = 300 / 25.4;

const context = (articleColour: string | null = null): MakeContext => ({
  picture: () => PICTURE,
  profile: () => {
    throw new Error('film needs no profile');
  },
  palette: bundledPalette,
  lettering: () => [],
  articleColour,
  signal: new AbortController().signal,
});

const rect = (x: number, y: number, width: number, height: number, fill: unknown) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});

const glow = {
  type: 'shape',
  shape: { kind: 'ellipse' },
  fill: {
    radial: {
      stops: [
        { offset: 0, colour: '#ff5d3d' },
        { offset: 0.5, colour: '#ff5d3d' },
        { offset: 1, colour: '#ff5d3d', opacity: 0 },
      ],
    },
  },
  box: { x: 10, y: 10, width: 40, height: 40 },
};

const make = async (
  layers: readonly unknown[],
  settings: object = {},
  articleColour: string | null = null,
): Promise<readonly MadeFile[]> => {
  const { scene } = await composeLayers({ layers, images: { p: PICTURE } });
  const work = {
    name: 'front-dtf',
    pages: [scene],
    settings: method.settings.parse(settings),
    title: 'T',
    date: '2026-03-01T00:00:00Z',
    label: 'A',
  };
  return (await method.make(work, context(articleColour))).files;
};

const check = async (
  layers: readonly unknown[],
  settings: object = {},
  articleColour: string | null = '#17171a',
): Promise<readonly Finding[]> => {
  const { scene } = await composeLayers({ layers, images: { p: PICTURE } });
  const facts = { articleColour, pointer: '/placements/0', picture: () => PICTURE, palette: bundledPalette };
  return method.check(scene, method.settings.parse(settings), facts);
};

/** Pixels as an independent reader sees them. */
const read = async (file: MadeFile | undefined) => {
  const picture = sharp(file?.data);
  // Grey files are widened unless told otherwise.
  const { data, info } = await (file?.name.includes('-white') ? picture.toColourspace('b-w') : picture)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (xMm: number, yMm: number): readonly number[] => {
    const i = (Math.round(yMm * MM) * info.width + Math.round(xMm * MM)) * info.channels;
    return [...data.subarray(i, i + info.channels)];
  };
  return { data, info, at };
};

const alphasOf = (data: Uint8Array): ReadonlySet<number> => new Set(data.filter((_, i) => i % 4 === 3));

describe('files for film', () => {
  test('are a picture and its plate of white, sound for other readers', async () => {
    const files = await make([rect(20, 10, 30, 30, '#0f8f6f'), rect(60, 10, 30, 30, '#ffffff')]);
    expect(files.map(({ name, widthPx, heightPx, dpi, mirrored }) => ({ name, widthPx, heightPx, dpi, mirrored }))).toEqual(
      ['front-dtf.png', 'front-dtf-white.png'].map((name) => ({ name, widthPx: 1181, heightPx: 709, dpi: 300, mirrored: false })),
    );
    const folder = await temporaryFolder();
    for (const { name, data } of files) {
      await writeFile(join(folder, name), data);
      expect(execFileSync('pngcheck', ['-v', join(folder, name)], { encoding: 'utf8' })).toMatch(
        /11811x11811 pixels\/meter \(300 dpi\)[\s\S]*No errors/,
      );
    }
    const [art, white] = await Promise.all(files.map(read));
    expect(art?.info.channels).toBe(4);
    expect(art?.at(35, 25)).toEqual([0x0f, 0x8f, 0x6f, 255]);
    expect(white?.info).toMatchObject({ channels: 1, width: art?.info.width, height: art?.info.height });
    // 30 mm of green give way by half a millimetre, white art by nothing.
    expect([20.2, 20.35, 20.7, 35].map((x) => white?.at(x, 25)[0])).toEqual([0, 0, 255, 255]);
    expect([59.8, 60.2, 75].map((x) => white?.at(x, 25)[0])).toEqual([0, 255, 255]);
  });

  test('leave the white to the RIP, become TIFF, and are mirrored when the floor asks', async () => {
    const layers = [rect(10, 10, 20, 20, '#0f8f6f')];
    expect((await make(layers, { white: 'none' })).map(({ name }) => name)).toEqual(['front-dtf.png']);
    const [tiff] = await make(layers, { format: 'tiff' });
    expect(await sharp(tiff?.data).metadata()).toMatchObject({ format: 'tiff', hasAlpha: true, density: 300 });
    const mirrored = await make(layers, { mirror: true });
    expect(mirrored.map((file) => file.mirrored)).toEqual([true, true]);
    const [art, white] = await Promise.all(mirrored.map(read));
    expect([art?.at(80, 20)[3], art?.at(20, 20)[3], white?.at(80, 20)[0], white?.at(20, 20)[0]]).toEqual([255, 0, 255, 0]);
  });

  test('hold white back in pictures by less, also mirrored', async () => {
    const photo = [{ type: 'image', source: 'p', fit: 'stretch', box: { x: 10, y: 5, width: 70, height: 42 } }];
    for (const mirror of [false, true]) {
      const [, white] = await make(photo, { mirror });
      const { at } = await read(white);
      const x = (mm: number): number => (mirror ? 100 - mm : mm);
      expect([10.15, 10.5].map((mm) => at(x(mm), 25)[0])).toEqual([0, 255]);
    }
  });

  test.each(['halftone', 'solid'])('have no half clear pixel with fades as %s, and white wherever dots are', async (fades) => {
    const [art, plate] = await Promise.all((await make([glow], { fades })).map(read));
    expect(alphasOf(art?.data ?? new Uint8Array())).toEqual(new Set([0, 255]));
    const inked = (i: number): boolean => art?.data[i * 4 + 3] === 255;
    const white = [...(plate?.data ?? [])];
    expect(white.findIndex((value, i) => value > 0 && !inked(i))).toBe(-1);
    const dots = white.filter((_, i) => inked(i)).length;
    const backed = white.filter((value, i) => inked(i) && value === 255).length;
    expect(backed / dots).toBeGreaterThan(0.9);
  });

  test('let cloth of one colour show through', async () => {
    const layers = [rect(10, 10, 80, 40, '#17171a'), rect(30, 20, 20, 20, '#f4b73f')];
    for (const knockOut of ['#17171a', 'article']) {
      const [art, white] = await Promise.all((await make(layers, { knockOut }, '#17171a')).map(read));
      expect([art?.at(15, 15)[3], white?.at(15, 15)[0], art?.at(40, 30)[3], white?.at(40, 30)[0]]).toEqual([0, 0, 255, 255]);
    }
    const [kept] = await Promise.all((await make(layers, { knockOut: 'article' })).map(read));
    expect(kept?.at(15, 15)[3]).toBe(255);
  });

  test('carry the white in a PDF as a plate of its name, the same as in PNG, with the art beside it', async () => {
    const layers = [rect(20, 10, 30, 30, '#0f8f6f'), rect(60, 10, 30, 30, '#ffffff')];
    const [pdf, ...rest] = await make(layers, { format: 'pdf' });
    expect(rest).toEqual([]);
    expect(pdf).toMatchObject({ name: 'front-dtf.pdf', widthMm: 100, heightMm: 60, pages: 1 });
    const bytes = pdf?.data ?? new Uint8Array();
    await withPdf(bytes, (file) => expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors'));
    const plate = (await platesOf(bytes, 300)).get('RDG_WHITE');
    const [, white] = await Promise.all((await make(layers)).map(read));
    expect({ width: plate?.width, height: plate?.height }).toEqual({ width: white?.info.width, height: white?.info.height });
    const differences = [...(white?.data ?? [])].filter((value, i) => Math.abs(value - (plate?.data[i * (plate.channels ?? 1)] ?? 0)) > 3);
    expect(differences.length).toBeLessThan(50);
    const drawn = await drawnBy('pdftoppm', bytes, 50);
    const middle = (Math.round((25 / 25.4) * 50) * drawn.width + Math.round((35 / 25.4) * 50)) * drawn.channels;
    const shown = [...drawn.data.subarray(middle, middle + 3)].map((value, i) => Math.abs(value - ([0x0f, 0x8f, 0x6f][i] ?? 0)));
    expect(Math.max(...shown)).toBeLessThan(4);
    const [named] = await make(layers, { format: 'pdf', whiteName: 'White 1' });
    expect([...(await platesOf(named?.data ?? new Uint8Array(), 72)).keys()]).toContain('White 1');
  });

  test('keep their white plate', async () => {
    const [, white] = await make([glow, rect(60, 8, 30, 18, '#0f8f6f'), rect(60, 30, 30, 0.4, '#c42b6e')], { fades: 'halftone', dpi: 150 });
    expectGolden('methods/dtf-white', white?.data ?? new Uint8Array(), { channel: 2, share: 0 });
  });
});

describe('preflight for film', () => {
  test('refuses a glow that fades out into nothing, and says how much of the art does', async () => {
    const findings = await check([rect(60, 10, 20, 20, '#0f8f6f'), glow]);
    expect(findings).toMatchObject([{ severity: 'error', code: 'alpha.soft', pointer: '/placements/0/layers/1', required: 2, unit: '%' }]);
    // Three quarters of the disc lie outside half its radius.
    const disc = Math.PI * 20 * 20;
    expect(Math.abs(Number(findings[0]?.measured) - (100 * 0.75 * disc) / (disc + 400))).toBeLessThan(6);
  });

  test('only tells of fades that become dots or solid, and of none that lie on art that covers', async () => {
    for (const fades of ['halftone', 'solid'])
      expect(await check([glow], { fades })).toMatchObject([{ severity: 'info', code: 'alpha.soft' }]);
    expect(await check([rect(5, 5, 50, 50, '#0f8f6f'), glow])).toEqual([]);
  });

  test.each([
    ['a see-through layer', { ...rect(10, 10, 40, 40, '#0f8f6f'), opacity: 0.5 }],
    [
      'a picture with half clear pixels',
      { type: 'image', source: 'p', adjust: [{ kind: 'remove-white' }], box: { x: 5, y: 5, width: 70, height: 42 } },
    ],
  ])('sees %s', async (_, layer) => {
    expect(await check([layer])).toMatchObject([{ code: 'alpha.soft', severity: 'error', pointer: '/placements/0/layers/0' }]);
  });

  test('finds thin lines, narrow gaps and small text, each where it stands', async () => {
    const findings = await check([
      rect(10, 5, 60, 0.2, '#ffffff'),
      rect(10, 15, 20, 10, '#ffffff'),
      rect(30.5, 15, 20, 10, '#ffffff'),
      {
        type: 'text',
        text: 'made with care',
        font: { family: 'Open Sans' },
        size: 2,
        box: { x: 10, y: 35, width: 60, height: 4 },
        fill: '#ffffff',
      },
    ]);

    const found = findings.map(({ code, severity, pointer }) => `${code} ${severity} ${pointer}`);
    expect(found).toContain('stroke.thin warning /placements/0/layers/0');
    expect(found.some((one) => /^gap\.narrow warning \/placements\/0\/layers\/[12]$/.test(one))).toBe(true);
    // Gaps of letters are told, no more: small ones close up on any film.
    expect(found).toContain('gap.narrow info /placements/0/layers/3');
    expect(found).toContain('text.small warning /placements/0/layers/3');
  });

  test('tells of lettering that cloth of its colour would hide, unless it lies on other art', async () => {
    const text = {
      type: 'text',
      text: 'HI',
      font: { family: 'Bungee' },
      size: 14,
      box: { x: 50, y: 10, width: 40, height: 20 },
      fill: '#ffffff',
    };
    const alone = await check([rect(10, 10, 30, 30, '#0f8f6f'), text], {}, '#ffffff');
    expect(alone).toMatchObject([{ severity: 'warning', code: 'contrast.low', pointer: '/placements/0/layers/1', measured: 0 }]);
    expect(await check([rect(40, 5, 58, 40, '#0f8f6f'), text], {}, '#ffffff')).toEqual([]);
    expect(await check([rect(10, 10, 30, 30, '#0f8f6f'), text], {}, '#17171a')).toEqual([]);
  });

  test('lets thin lines be that have a picture under them', async () => {
    const photo = { type: 'image', source: 'p', fit: 'stretch', box: { x: 10, y: 5, width: 70, height: 42 } };
    expect(await check([photo, rect(15, 20, 60, 0.2, '#ffffff')])).toEqual([]);
  });
});
