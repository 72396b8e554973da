import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import type { Made, MakeContext } from '../../src/methods/method.ts';
import type { DecodedImage } from '../../src/model/resources.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { expectGolden } from '../golden/golden.ts';
import { at, mean, objectsOf, platesOf, run, withPdf } from '../render/pdf/tools.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';

const method = findMethod('uv-print');
if (!method) throw new Error('expected the method uv-print');

const DPI = 100;
const BLEED = 3;

/** Left half opaque, then a fade to clear. */
const cutOut: DecodedImage = (() => {
  const picture = testPicture(400, 100, 'c'.repeat(64));
  for (let i = 0; i < 400 * 100; i += 1) picture.rgba[i * 4 + 3] = i % 400 < 200 ? 255 : 0;
  return { ...picture, hasAlpha: true };
})();

const context = async (): Promise<MakeContext> => {
  const bytes = new Uint8Array(await readFile(new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url)));
  return {
    picture: () => cutOut,
    profile: (name) => ({ name, digest: '', bytes, conditionId: 'FOGRA39', description: 'Coated' }),
    palette: bundledPalette,
    lettering: () => [],
    articleColour: null,
    signal: new AbortController().signal,
  };
};

const rect = (x: number, y: number, width: number, height: number, fill: unknown) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});
const GLOSS = { spot: 'RDG_GLOSS', alternate: '#eeeeee' };

/** A cyan block, a fine line, a picture that is half clear, and a varnished patch. */
const LAYERS = [
  rect(10, 10, 30, 20, { cmyk: [100, 0, 0, 0] }),
  rect(50, 10, 0.4, 20, { cmyk: [0, 0, 0, 100] }),
  { type: 'image', source: 'p', fit: 'stretch', box: { x: 60, y: 10, width: 40, height: 10 } },
  rect(20, 15, 10, 10, GLOSS),
];

const sceneOf = async (layers: readonly unknown[]): Promise<Scene> => (await composeLayers({ layers, images: { p: cutOut } })).scene;

const make = async (layers: readonly unknown[], settings: object = {}): Promise<Made> =>
  method.make(
    {
      name: 'front',
      pages: [await sceneOf(layers)],
      settings: method.settings.parse(settings),
      title: 'Case',
      date: '2026-03-01T00:00:00Z',
      label: '',
    },
    await context(),
  );

const pdf = async (settings: object = {}, layers: readonly unknown[] = LAYERS): Promise<Uint8Array> => {
  const { files } = await make(layers, settings);
  const [file] = files;
  if (!file) throw new Error('expected a file');
  return file.data;
};

/** Ink of a plate at a place of the trim, 0..255. */
const inkAt = async (bytes: Uint8Array) => {
  const plates = await platesOf(bytes, DPI);
  return {
    names: [...plates.keys()].sort(),
    at: (name: string, x: number, y: number): number => {
      const plate = plates.get(name);
      return plate ? (at(plate, x + BLEED, y + BLEED, DPI)[0] ?? -1) : -1;
    },
  };
};

describe('the page', () => {
  test('is the artboard, with no marks, and art in device inks only', async () => {
    const bytes = await pdf();
    await withPdf(bytes, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      // 100 x 60 mm and 3 mm of bleed all round.
      expect(run('pdfinfo', '-box', file)).toMatch(/MediaBox:\s+0\.00\s+0\.00\s+300\.47\s+187\.09/);
      expect(run('pdfimages', '-list', file)).not.toMatch(/ (?:rgb|icc) /);
    });
    const { all } = await objectsOf(bytes);
    for (const dict of all) expect(JSON.stringify(dict)).not.toMatch(/DeviceRGB|ICCBased/);
  });

  test('has layers in the order in which they are laid down, named and stepped', async () => {
    const bytes = await pdf();
    const { all } = await objectsOf(bytes);
    expect(all.filter((dict) => dict['/Type'] === '/OCG').map((dict) => [dict['/Name'], dict['/GTS_Metadata']])).toEqual([
      ['u:RDG_WHITE', { '/GTS_ProcStepsGroup': '/White' }],
      ['u:CMYK', undefined],
      ['u:RDG_GLOSS', { '/GTS_ProcStepsGroup': '/Varnish' }],
    ]);
    await withPdf(bytes, (file) => {
      const trace = run('mutool', 'draw', '-F', 'trace', file, '1');
      expect([...trace.matchAll(/<layer name="([^"]*)"/g)].map(([, name]) => name)).toEqual(['RDG_WHITE', 'CMYK', 'RDG_GLOSS']);
      expect(trace).toMatch(/colorspace="Separation\(DeviceCMYK,RDG_WHITE\)"/);
      expect(trace).toMatch(/colorspace="Separation\(DeviceCMYK,RDG_GLOSS\)"/);
    });
  });
});

describe('white', () => {
  test('lies under the art, drawn back from its edges, and stays whole under it', async () => {
    const ink = await inkAt(await pdf());
    expect(ink.names).toEqual(['Black', 'Cyan', 'Magenta', 'RDG_GLOSS', 'RDG_WHITE', 'Yellow']);
    expect(ink.at('RDG_WHITE', 15, 20)).toBe(255);
    expect(ink.at('Cyan', 15, 20)).toBe(255);
    expect(ink.at('RDG_WHITE', 45, 20)).toBe(0);
    expect(ink.at('RDG_WHITE', 62, 15)).toBe(255);
    expect(ink.at('RDG_WHITE', 90, 15)).toBe(0);
    expect(ink.at('RDG_WHITE', 50.2, 20)).toBeGreaterThan(150);
  });

  test('draws back by the choke, and by a quarter of it under fine lines', async () => {
    const area = async (white: string) => {
      const plates = await platesOf(await pdf({ white }, [rect(10, 10, 30, 20, '#336699'), rect(50, 10, 0.4, 20, '#336699')]), 400);
      const plate = plates.get('RDG_WHITE');
      if (!plate) throw new Error('expected a white plate');
      const row = Array.from({ length: plate.width }, (_, x) => plate.data[(plate.width * 362 + x) * plate.channels] ?? 0);
      const mm = (from: number, to: number) => (row.slice(from * 15.748, to * 15.748).reduce((sum, v) => sum + v / 255, 0) * 25.4) / 400;
      return { block: mm(10, 46), line: mm(50, 56) };
    };
    const [under, choked] = [await area('under'), await area('under-choked')];
    expect(Math.abs(under.block - 30)).toBeLessThan(0.13);
    // Two edges of 0.15 mm, each to the pixel of 0.06 mm.
    expect(under.block - choked.block).toBeGreaterThan(0.2);
    expect(under.block - choked.block).toBeLessThan(0.4);
    expect(under.line).toBeGreaterThan(0.36);
    expect(choked.line).toBeGreaterThan(0.27);
    expect(choked.line).toBeLessThan(under.line);
  });

  test('is nowhere, everywhere, or where the art is painted in it', async () => {
    expect((await inkAt(await pdf({ white: 'none' }))).names).toEqual(['Black', 'Cyan', 'Magenta', 'RDG_GLOSS', 'Yellow']);
    const flood = await inkAt(await pdf({ white: 'flood', whiteName: 'Weiss' }));
    expect(flood.at('Weiss', -2.8, -2.8)).toBe(255);
    expect(flood.at('Weiss', 15, 20)).toBe(255);
    const own = await inkAt(await pdf({ white: 'none' }, [rect(10, 10, 30, 20, { spot: 'RDG_WHITE', alternate: '#ffffff', tint: 60 })]));
    expect(own.names).toEqual(['Black', 'Cyan', 'Magenta', 'RDG_WHITE', 'Yellow']);
    expect(own.at('RDG_WHITE', 15, 20)).toBe(153);
    expect(own.at('Cyan', 15, 20)).toBe(0);
  });

  test('is left to the article: none on white, drawn back on any other', async () => {
    const names = async (articleColour: string | null) => {
      const settings = method.settings.parse({ varnish: 'none' });
      const work = { name: 'front', pages: [await sceneOf(LAYERS)], settings, title: 'Case', date: '2026-03-01T00:00:00Z', label: '' };
      const { files } = await method.make(work, { ...(await context()), articleColour });
      return [...(await platesOf(files[0]?.data ?? new Uint8Array(), 20)).keys()].includes('RDG_WHITE');
    };
    expect([await names('#ffffff'), await names('#1e2e52'), await names(null)]).toEqual([false, true, true]);
  });

  test('of white art is not drawn back, and shows no gap inside even art', async () => {
    const ink = await inkAt(
      await pdf({ whiteChoke: 1 }, [rect(10, 10, 30, 20, '#336699'), rect(20, 15, 10, 10, '#ffffff'), rect(60, 10, 10, 10, '#ffffff')]),
    );
    expect([19.5, 20.5, 25, 29.5, 30.5].map((x) => ink.at('RDG_WHITE', x, 20))).toEqual([255, 255, 255, 255, 255]);
    expect(ink.at('RDG_WHITE', 10.5, 20)).toBe(0);
    expect(ink.at('RDG_WHITE', 60.5, 15)).toBe(255);
  });

  test('from behind comes last, and the file is mirrored', async () => {
    const { files } = await make(LAYERS, { white: 'over', varnish: 'none' });
    expect(files[0]).toMatchObject({ mirrored: true });
    const bytes = files[0]?.data ?? new Uint8Array();
    await withPdf(bytes, (file) => {
      const trace = run('mutool', 'draw', '-F', 'trace', file, '1');
      expect([...trace.matchAll(/<layer name="([^"]*)"/g)].map(([, name]) => name)).toEqual(['CMYK', 'RDG_WHITE']);
    });
    const ink = await inkAt(bytes);
    expect(ink.at('Cyan', 100 - 15, 20)).toBe(255);
    expect(ink.at('RDG_WHITE', 100 - 15, 20)).toBe(255);
    expect(ink.at('Cyan', 15, 20)).toBe(0);
  });
});

describe('varnish', () => {
  test('lies on the inks where the art is painted in it, over all art, or over the page', async () => {
    const [spot, art, full] = await Promise.all(['spot', 'art', 'full'].map(async (varnish) => inkAt(await pdf({ varnish }))));
    const places = [
      [25, 20],
      [12, 12],
      [62, 15],
      [45, 20],
    ] as const;
    expect(places.map(([x, y]) => spot?.at('RDG_GLOSS', x, y))).toEqual([255, 0, 0, 0]);
    expect(places.map(([x, y]) => art?.at('RDG_GLOSS', x, y))).toEqual([255, 255, 255, 0]);
    expect(places.map(([x, y]) => full?.at('RDG_GLOSS', x, y))).toEqual([255, 255, 255, 255]);
    expect(spot?.at('Cyan', 25, 20)).toBe(255);
    expect(spot?.at('RDG_WHITE', 25, 20)).toBe(255);
  });
});

describe('pictures', () => {
  test('for art, white and varnish have one size, and black is ink', async () => {
    const { files } = await make(LAYERS, { format: 'png', dpi: DPI });
    expect(files.map(({ name }) => name)).toEqual(['front.png', 'front-white.png', 'front-varnish.png']);
    const [art, white, varnish] = await Promise.all(
      files.map(async ({ data }) => {
        const { data: pixels, info } = await sharp(data).raw().toBuffer({ resolveWithObject: true });
        return {
          ...info,
          at: (x: number, y: number) =>
            pixels[(Math.floor(((y + BLEED) / 25.4) * DPI) * info.width + Math.floor(((x + BLEED) / 25.4) * DPI)) * info.channels],
        };
      }),
    );
    expect([art?.width, art?.channels, white?.width, white?.channels]).toEqual([417, 4, 417, 3]);
    expect([white?.at(15, 20), white?.at(45, 20), white?.at(62, 15), white?.at(90, 15)]).toEqual([0, 255, 0, 255]);
    expect([varnish?.at(25, 20), varnish?.at(12, 12)]).toEqual([0, 255]);
  });
});

/** Mean ink of every plate, per cent of the page. */
const coverage = async (bytes: Uint8Array) => {
  const plates = await platesOf(bytes, 72);
  return Object.fromEntries([...plates].sort().map(([name, plate]) => [name, Math.round((mean(plate) / 2.55) * 10) / 10]));
};

test('plates hold as much ink as they should', async () => {
  expectGolden('methods/uv-print-coverage', {
    under: await coverage(await pdf()),
    behind: await coverage(await pdf({ white: 'over', varnish: 'none' })),
    flooded: await coverage(await pdf({ white: 'flood', varnish: 'full' })),
  });
  const { files } = await make(LAYERS, { format: 'png', dpi: 72, varnish: 'art', whiteChoke: 0.6 });
  for (const { name, data } of files) expectGolden(`methods/uv-print-${name.replace('.png', '')}`, data);
});

describe('checks', () => {
  const codes = async (layers: readonly unknown[], settings: object = {}, articleColour: string | null = null) =>
    method
      .check(await sceneOf(layers), method.settings.parse(settings), {
        articleColour,
        pointer: '/placements/0',
        picture: () => cutOut,
        palette: bundledPalette,
      })
      .map(({ severity, code }) => `${severity} ${code}`);
  const block = [rect(10, 10, 30, 20, '#336699')];

  test('tell white that is missing or needless', async () => {
    expect(await codes(block, { white: 'none' }, '#1d1d1f')).toEqual(['warning white.missing']);
    expect(await codes(block, { white: 'under' }, '#ffffff')).toEqual(['info white.needless']);
    expect(await codes(block, {}, '#ffffff')).toEqual([]);
    expect(await codes(block, {}, '#1d1d1f')).toEqual([]);
    expect(await codes(block, { white: 'none' }, '#ffffff')).toEqual([]);
  });

  test('tell lines, gaps and lettering that are too fine', async () => {
    expect(await codes([...block, rect(50, 10, 0.08, 20, '#336699')])).toEqual(['warning stroke.thin']);
    expect(await codes([...block, rect(20, 10, 0.15, 20, '#ffffff')])).toEqual(['warning stroke.thin', 'warning gap.narrow']);
    expect(await codes([...block, rect(40.15, 10, 5, 20, '#336699')])).toEqual(['warning gap.narrow']);
    const text = (size: number, fill: string) => ({
      type: 'text',
      text: 'Noa',
      font: { family: 'Open Sans' },
      size,
      fill,
      box: { x: 12, y: 12, width: 20, height: 6 },
    });
    expect(await codes([text(1.6, '#336699')])).toContain('warning text.small');
    expect(await codes([text(2, '#336699')])).not.toContain('warning text.small');
    expect(await codes([...block, text(2, '#ffffff')])).toContain('warning text.small');
    expect(await codes([...block, text(2.4, '#ffffff')])).not.toContain('warning text.small');
  });

  test('tell fades over white, varnish that is lost, and names the RIP does not know', async () => {
    const fade = {
      linear: {
        stops: [
          { offset: 0, colour: '#336699' },
          { offset: 1, colour: '#336699', opacity: 0 },
        ],
      },
    };
    expect(await codes([rect(10, 10, 30, 20, fade)])).toEqual(['warning alpha.soft']);
    expect(await codes([...block, rect(60, 10, 10, 10, GLOSS)], { varnish: 'none' })).toEqual(['warning varnish.unused']);
    expect(await codes([...block, rect(60, 10, 10, 10, GLOSS)], { white: 'over' })).toEqual(['warning varnish.behind']);
    expect(await codes([...block, rect(60, 10, 10, 10, { spot: 'RDG_Gloss', alternate: '#eeeeee' })])).toEqual(['warning spot.unknown']);
  });
});

test('appearance is ink with a skin of its own, and varnish above it', async () => {
  const scene = await sceneOf(LAYERS);
  const request = { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 100, heightPx: 60 };
  const look = async (settings: object) => method.appearance(scene, method.settings.parse(settings), request, await context());
  const [ink, gloss] = await look({});
  expect([ink?.process, gloss?.process]).toEqual(['ink', 'dye']);
  expect(ink?.surface?.height?.[20 * 100 + 15]).toBeCloseTo(0.03, 5);
  expect(gloss?.rgba[(20 * 100 + 25) * 4 + 3]).toBe(255);
  expect(gloss?.rgba[(12 * 100 + 12) * 4 + 3]).toBe(0);
  expect((await look({ white: 'none', varnish: 'none' })).map(({ process }) => process)).toEqual(['dye']);
  const [flood] = await look({ white: 'flood', varnish: 'none' });
  expect([...(flood?.rgba.subarray(0, 4) ?? [])]).toEqual([255, 255, 255, 255]);
});
