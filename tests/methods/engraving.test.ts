import { Resvg } from '@resvg/resvg-js';

import { PNG } from 'pngjs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import type { MadeFile, MakeContext } from '../../src/methods/method.ts';
import type { Finding } from '../../src/model/finding.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';
import { DxfParser } from '../support/dxf-parser.ts';

const PICTURE = testPicture(600, 400);

const context: MakeContext = {
  articleColour: null,
  picture: () => PICTURE,
  profile: () => {
    throw new Error('expected no profile');
  },
  palette: bundledPalette,
  lettering: () => [],
  signal: new AbortController().signal,
};

const method = () => {
  const found = findMethod('engraving');
  if (!found) throw new Error('expected the method engraving');
  return found;
};

const make = async (layers: readonly unknown[], settings: object = {}): Promise<readonly MadeFile[]> => {
  const { scene } = await composeLayers({ layers, images: { p: PICTURE } });
  const work = {
    name: 'face',
    pages: [scene],
    settings: method().settings.parse(settings),
    title: 'Board',
    date: '2026-03-01T00:00:00Z',
    label: '',
  };
  return (await method().make(work, context)).files;
};

const check = async (layers: readonly unknown[], settings: object = {}, picture = PICTURE): Promise<readonly Finding[]> => {
  const { scene } = await composeLayers({ layers, images: { p: picture } });
  const facts = { articleColour: null, pointer: '/placements/0', picture: () => picture, palette: bundledPalette };
  return method().check(scene, method().settings.parse(settings), facts);
};

const text = (file: MadeFile | undefined): string => new TextDecoder('latin1').decode(file?.data);
const rect = (fill: unknown, x: number, y: number, width: number, height: number) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});
const CUT = { spot: 'CUT', alternate: '#ff0000' };
const LAYER = (i: number): string => `/placements/0/layers/${i}`;

const vertices = (file: MadeFile | undefined, layer: string): readonly { x: number; y: number }[][] => {
  const dxf = new DxfParser().parseSync(text(file));
  return (dxf?.entities ?? []).flatMap((one) => {
    const points: unknown = Reflect.get(one, 'vertices');
    return one.layer === layer && Array.isArray(points) ? [points] : [];
  });
};

describe('outlines', () => {
  test('are at true size, engraved, scored and cut in layers of their own', async () => {
    const files = await make([
      rect('#3366aa', 10, 10, 20, 10),
      rect({ spot: 'Score', alternate: '#0000ff' }, 40, 10, 5, 5),
      { type: 'shape', shape: { kind: 'rect' }, stroke: { paint: CUT, width: 2 }, box: { x: 5, y: 5, width: 60, height: 40 } },
    ]);
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['face.svg', 'image/svg+xml'],
      ['face.dxf', 'image/vnd.dxf'],
    ]);
    const [width, height] = [files[0]?.widthMm ?? 0, files[0]?.heightMm ?? 0];
    expect(text(files[0])).toContain(`width="${width}mm" height="${height}mm"`);
    expect([...text(files[0]).matchAll(/<g id="(\w+)"/g)].map(([, id]) => id)).toEqual(['ENGRAVE', 'SCORE', 'CUT']);
    const [cut] = vertices(files[1], 'CUT');
    // The beam follows the path that was drawn, not the outline of its stroke.
    expect([Math.min(...(cut ?? []).map(({ x }) => x)), Math.max(...(cut ?? []).map(({ x }) => x))]).toEqual([5, 65]);
    expect([Math.min(...(cut ?? []).map(({ y }) => y)), Math.max(...(cut ?? []).map(({ y }) => y))]).toEqual([height - 45, height - 5]);
    expect(vertices(files[1], 'ENGRAVE')).toHaveLength(1);
  });

  test('are seen by another renderer where the art is', async () => {
    const [svg] = await make([rect('#000000', 10, 10, 20, 10), rect('#ffffff', 15, 12, 5, 5)]);
    const shown = new Resvg(text(svg), { fitTo: { mode: 'width', value: 1000 }, background: '#ffffff' }).render();
    const at = (x: number, y: number): number => shown.pixels[(y * 10 * shown.width + x * 10) * 4] ?? -1;
    expect([at(12, 11), at(17, 14), at(28, 18), at(35, 15)]).toEqual([0, 255, 0, 255]);
  });

  test('grow by half the kerf where they are cut, and holes shrink', async () => {
    const ring = {
      type: 'shape',
      shape: { kind: 'path', d: 'M0 0H40V30H0Z M10 10V20H20V10Z' },
      fill: CUT,
      box: { x: 10, y: 5, width: 40, height: 30 },
    };
    const files = await make([ring], { vectorFormats: ['dxf'], kerf: 0.2 });
    const widths = vertices(files[0], 'CUT').map((points) => Math.max(...points.map(({ x }) => x)) - Math.min(...points.map(({ x }) => x)));
    expect(widths.map((one) => Math.round(one * 100) / 100).sort((a, b) => a - b)).toEqual([9.8, 40.2]);
  });

  test('take outlines in outlines for holes when both were drawn apart, and keep open cuts', async () => {
    const slit = { ...rect(null, 15, 20, 0, 0), shape: { kind: 'path', d: 'M0 0L12 3', viewBox: [0, 0, 12, 3] } };
    const layers = [
      rect(CUT, 10, 5, 40, 30),
      rect(CUT, 30, 10, 10, 10),
      { ...slit, fill: undefined, stroke: { paint: CUT, width: 0.1 }, box: { x: 15, y: 20, width: 12, height: 3 } },
    ];
    const [file] = await make(layers, { vectorFormats: ['dxf'], kerf: 0.2 });
    const widths = vertices(file, 'CUT').map((points) => Math.max(...points.map(({ x }) => x)) - Math.min(...points.map(({ x }) => x)));
    expect(widths.map((one) => Math.round(one * 100) / 100).sort((a, b) => a - b)).toEqual([9.8, 12, 40.2]);
  });

  test('tell of layers that vanish in art marked alike', async () => {
    const block = rect('#1f3a5f', 10, 5, 40, 30);
    const name = (fill: string) => rect(fill, 20, 15, 20, 10);
    const [finding] = await check([block, name('#ffd166')]);
    expect(finding).toMatchObject({ severity: 'warning', code: 'layer.unseen', pointer: LAYER(1) });
    expect(await check([block, name('#ffffff')])).toEqual([]);
    expect(await check([block, rect('#ffffff', 15, 10, 30, 20), name('#ffd166')])).toEqual([]);
    expect(await check([rect('#ffffff', 10, 5, 40, 30), name('#ffffff')])).toMatchObject([{ code: 'layer.unseen' }]);
    const outlined = { type: 'text', text: 'AB', font: { family: 'Anton' }, size: 20, outlines: [{ width: 0.4, colour: '#000000' }] };
    expect((await check([outlined])).filter(({ code }) => code === 'layer.unseen')).toEqual([]);
  });

  test('are clipped by every group around them, and open lines are not lost', async () => {
    const half = (x: number, layers: readonly unknown[]) => ({
      type: 'group',
      box: { x, y: 5, width: 40, height: 30 },
      clip: { kind: 'rect' },
      layers,
    });
    const slit = { ...rect(null, 0, 20, 30, 3), shape: { kind: 'path', d: 'M0 0L12 3', viewBox: [0, 0, 12, 3] } };
    const open = { ...slit, fill: undefined, stroke: { paint: CUT, width: 0.1 } };
    const nested = half(10, [{ ...half(0, [rect(CUT, 0, 0, 60, 20), open]), box: { x: -20, y: 0, width: 40, height: 30 } }]);
    const [file] = await make([nested], { vectorFormats: ['dxf'] });
    const widths = vertices(file, 'CUT').map((points) => Math.max(...points.map(({ x }) => x)) - Math.min(...points.map(({ x }) => x)));
    expect(widths.map(Math.round).sort((a, b) => a - b)).toEqual([20, 30]);
  });

  test('are refused where cuts cross or come twice', async () => {
    const bow = { ...rect(CUT, 10, 5, 40, 30), shape: { kind: 'path', d: 'M0 0L50 50V0L0 50Z', viewBox: [0, 0, 50, 50] } };
    expect(await check([bow])).toContainEqual(expect.objectContaining({ severity: 'error', code: 'cut.crosses', pointer: LAYER(0) }));
    const crossing = await check([rect(CUT, 10, 5, 40, 30), rect(CUT, 30, 20, 40, 25)]);
    expect(crossing).toContainEqual(expect.objectContaining({ code: 'cut.crosses', pointer: LAYER(1) }));
    const twice = await check([rect(CUT, 10, 5, 40, 30), rect(CUT, 10, 5, 40, 30)]);
    expect(twice).toContainEqual(expect.objectContaining({ severity: 'error', code: 'cut.duplicate', pointer: LAYER(1) }));
    expect((await check([rect(CUT, 10, 5, 40, 30), rect(CUT, 20, 12, 10, 10)])).map(({ code }) => code)).toEqual([]);
  });

  test('are scaled around a rotary that is set to another diameter', async () => {
    const [file] = await make([rect('#000000', 10, 10, 20, 10)], {
      vectorFormats: ['svg'],
      rotary: { axis: 'x', diameter: 10, setDiameter: 25 },
    });
    const [plain] = await make([rect('#000000', 10, 10, 20, 10)], { vectorFormats: ['svg'] });
    expect(file?.widthMm).toBe(plain?.widthMm);
    expect(file?.heightMm).toBeCloseTo((plain?.heightMm ?? 0) * 2.5, 6);
  });

  test('asked for alone refuse a picture, and forced still hold all that is even', async () => {
    const layers = [{ type: 'image', source: 'p', box: { x: 10, y: 10, width: 30, height: 20 } }, rect('#000000', 60, 20, 20, 10)];
    expect(await check(layers, { mode: 'vector' })).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'art.not-solid', pointer: LAYER(0), hint: expect.stringContaining('"auto"') }),
    );
    expect((await check(layers)).filter(({ code }) => code === 'art.not-solid')).toEqual([]);
    const files = await make(layers, { mode: 'vector' });
    const outlines = files.map((file) => text(file)).filter((one) => one.includes('ENGRAVE'));
    expect(outlines).toHaveLength(2);
    expect(outlines[0]).toContain('L60 20');
  });

  test('mark art that is nothing but white', async () => {
    const [file] = await make([rect('#ffffff', 10, 10, 20, 10)], { vectorFormats: ['dxf'] });
    expect(vertices(file, 'ENGRAVE')).toHaveLength(1);
  });
});

describe('dots', () => {
  const photo = { type: 'image', source: 'p', fit: 'stretch', box: { x: 10, y: 5, width: 60, height: 40 } };

  test('carry the tones of a picture, black where it is dark', async () => {
    const files = await make([photo], { dpi: 254, dither: 'stucki', stretch: false, contrast: 0, sharpen: 0, material: 'wood' });
    expect(files.map(({ name }) => name)).toEqual(['face.png']);
    const png = PNG.sync.read(Buffer.from(files[0]?.data ?? []));
    // The test picture runs from black on the left to full red on the right.
    const share = (from: number, to: number): number => {
      let black = 0;
      for (let y = 60; y < 440; y += 1)
        for (let x = from; x < to; x += 1) black += (png.data[(y * png.width + x) * 4] ?? 255) === 0 ? 1 : 0;
      return black / (380 * (to - from));
    };
    expect(share(100, 160)).toBeGreaterThan(share(600, 660));
    expect(share(0, 90)).toBe(0);
    expect((await sharp(Buffer.from(files[0]?.data ?? [])).metadata()).density).toBe(254);
  });

  test('leave an even picture its tone instead of stretching it to black', async () => {
    const grey = { ...PICTURE, rgba: PICTURE.rgba.map((_, i) => (i % 4 === 3 ? 255 : 200)) };
    const { scene } = await composeLayers({ layers: [photo], images: { p: grey } });
    const settings = method().settings.parse({ dpi: 100, dither: 'grey', contrast: 0, sharpen: 0 });
    const work = { name: 'face', pages: [scene], settings, title: 'Board', date: '2026-03-01T00:00:00Z', label: '' };
    const [file] = (await method().make(work, { ...context, picture: () => grey })).files;
    const { data, info } = await sharp(Buffer.from(file?.data ?? []))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[80 * info.width + 120]).toBe(200);
  });

  test('become a negative on glass', async () => {
    const tone = async (material: string): Promise<number> => {
      const [file] = await make([photo], { dpi: 100, dither: 'grey', material });
      const part = await sharp(Buffer.from(file?.data ?? []))
        .extract({ left: 60, top: 40, width: 200, height: 120 })
        .greyscale()
        .raw()
        .toBuffer();
      return part.reduce((sum, one) => sum + one, 0) / part.length;
    };
    expect((await tone('glass')) + (await tone('wood'))).toBeGreaterThan(250);
    expect((await tone('glass')) + (await tone('wood'))).toBeLessThan(260);
  });

  test('leave the lines to cut to a drawing beside them', async () => {
    const files = await make([photo, { ...rect(CUT, 5, 3, 70, 45) }], { dpi: 100, rasterFormat: 'bmp', vectorFormats: ['dxf'] });
    expect(files.map(({ name }) => name)).toEqual(['face.bmp', 'face.dxf']);
    expect(text(files[0]).slice(0, 2)).toBe('BM');
    expect(vertices(files[1], 'CUT')).toHaveLength(1);
  });
});

describe('preflight', () => {
  test('finds pictures without a pixel, and those that leave the beam off', async () => {
    const layers = [{ type: 'image', source: 'p', box: { x: 10, y: 10, width: 60, height: 40 } }];
    const even = (tone: number, alpha: number) => ({ ...PICTURE, rgba: PICTURE.rgba.map((_, i) => (i % 4 === 3 ? alpha : tone)) });
    const codes = async (picture: typeof PICTURE, settings: object) =>
      (await check(layers, settings, picture)).filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(await codes(even(0, 0), {})).toEqual(['art.blank']);
    expect(await codes(even(255, 255), {})).toEqual(['art.invisible']);
    expect(await codes(even(255, 255), { material: 'glass' })).toEqual([]);
    expect(await codes(even(0, 255), { material: 'glass' })).toEqual(['art.invisible']);
    expect(await codes(PICTURE, {})).toEqual([]);
  });

  test('finds bridges that would break, with both figures', async () => {
    const holes = [rect(CUT, 10, 10, 10, 10), rect(CUT, 21.2, 10, 10, 10)];
    expect(await check(holes)).toContainEqual(
      expect.objectContaining({ code: 'cut.bridge-thin', severity: 'warning', measured: 1.2, required: 2, unit: 'mm' }),
    );
    expect((await check([holes[0], rect(CUT, 23, 10, 10, 10)])).filter(({ code }) => code === 'cut.bridge-thin')).toEqual([]);
  });

  test('finds lines too thin for the material, and areas longer than round', async () => {
    const line = { type: 'shape', shape: { kind: 'rect' }, fill: '#000000', box: { x: 10, y: 10, width: 40, height: 0.2 } };
    expect(await check([line], { material: 'wood' })).toContainEqual(
      expect.objectContaining({ code: 'stroke.thin', measured: 0.2, required: 0.25 }),
    );
    expect((await check([line], { material: 'steel' })).map(({ code }) => code)).not.toContain('stroke.thin');
    expect(await check([rect('#000000', 10, 10, 20, 10)], { rotary: { diameter: 5 } })).toContainEqual(
      expect.objectContaining({ code: 'rotary.too-far', severity: 'error', pointer: '/placements/0/settings/rotary' }),
    );
  });
});
