import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenResources, openFsResources } from '../../src/drivers/resources/fs-resources.ts';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { BACKDROP_NAMES } from '../../src/model/backdrops.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { sha256 } from '../../src/model/digest.ts';
import { sheetLayout } from '../../src/produce/contact-sheet.ts';
import { preview, previewSheet } from '../../src/produce/preview.ts';
import { produce } from '../../src/produce/produce.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const signal = new AbortController().signal;

let resources: OpenResources;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-test-'));
  const green = sharp({ create: { width: 300, height: 100, channels: 3, background: '#20c040' } });
  await writeFile(join(folder, 'scene.png'), await green.png().toBuffer());
  await writeFile(join(folder, 'broken.png'), 'no picture');
  resources = await openFsResources({
    templatesDir: at('templates'),
    fontsDir: at('fonts'),
    profilesDir: at('profiles'),
    baseDir: folder,
  });
});
afterAll(async () => {
  await resources.close();
  await rm(folder, { recursive: true });
});

const art = { type: 'shape', shape: { kind: 'rect' }, fill: '#ff0000', box: { x: 60, y: 60, width: 180, height: 200 } };
const spec = (mockups: object, more: object = {}) =>
  parseDesignSpec({
    product: 'crew-tee',
    variant: { colour: 'white', size: 'm' },
    placements: [{ placement: 'front', method: 'dtg', settings: { dpi: 72 }, layers: [art] }],
    mockups,
    ...more,
  });
const front = (mockups: object, more: object = {}) => preview(spec(mockups), resources, { view: 'front', widthPx: 240, signal, ...more });

const pixel = async (data: Uint8Array, x: number, y: number): Promise<readonly number[]> => {
  const { data: raw, info } = await sharp(data).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return [...raw.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
};

describe('a mockup of a size', () => {
  test.each(['contain', 'cover'] as const)('that %ss the view has that size, in each format', async (fit) => {
    for (const format of ['jpeg', 'webp', 'png', 'avif'] as const) {
      const { file } = await front({}, { widthPx: 200, heightPx: 300, fit, format });
      const { width, height, mediaType } = await sharp(file.data).metadata();
      expect([width, height, mediaType]).toEqual([200, 300, file.mediaType]);
    }
  });

  test('is refused when its proportions make no sense', async () => {
    expect(() => spec({ width: 4000, height: 100 })).toThrow('quarter of the width');
    await expect(front({}, { widthPx: 1000, heightPx: 100 })).rejects.toMatchObject({ code: 'mockup.size' });
  });

  test('is as the spec says', async () => {
    const sink = openMemorySink();
    const options = { signal, version: 'test', only: 'mockup' } as const;
    const { artifacts } = await produce(spec({ width: 160, height: 200, format: 'avif', views: ['front'] }), resources, sink, options);
    expect(artifacts).toMatchObject([{ name: 'mockup-front.avif', mediaType: 'image/avif', widthPx: 160, heightPx: 200 }]);
  });
});

describe('a mockup with a scene', () => {
  test('shows a picture behind the product, and its shadow on it', async () => {
    const { file } = await front({ background: { image: 'scene.png' } });
    const [red = 0, green = 0, blue = 0] = await pixel(file.data, 4, 4);
    expect(green - Math.max(red, blue)).toBeGreaterThan(90);
    const cloth = await pixel(file.data, 80, 200);
    expect(Math.max(...cloth.slice(0, 3)) - Math.min(...cloth.slice(0, 3))).toBeLessThan(25);
    const corner = await pixel(file.data, 236, 120);
    // Light falls from the left: the right side of the scene lies in the shade.
    expect(corner[1] ?? 0).toBeLessThan(green);
  });

  test('names the picture among what went in', async () => {
    const sink = openMemorySink();
    const options = { signal, version: 'test', only: 'mockup' } as const;
    const asked = spec({ width: 100, views: ['front'], background: { image: 'scene.png', blur: 2 } });
    const { inputs } = await produce(asked, resources, sink, options);
    expect(inputs).toContainEqual(expect.objectContaining({ kind: 'image', name: 'scene.png' }));
  });

  test.each(BACKDROP_NAMES)('can stand before %s', async (backdrop) => {
    const [{ file }, { file: plain }] = await Promise.all([front({ background: { backdrop } }), front({})]);
    expect(sha256(file.data)).not.toBe(sha256(plain.data));
  });

  test('takes a gradient that the spec spells out', async () => {
    const stops = [
      { offset: 0, colour: '#ff0000' },
      { offset: 1, colour: '#0000ff' },
    ];
    const { file } = await front({ background: { linear: { angle: 90, stops } } });
    const [top, bottom] = [await pixel(file.data, 4, 4), await pixel(file.data, 4, 235)];
    expect((top[0] ?? 0) - (top[2] ?? 0)).toBeGreaterThan(100);
    expect((bottom[2] ?? 0) - (bottom[0] ?? 0)).toBeGreaterThan(100);
  });

  test.each([
    ['gone.png', 'resource.not-found'],
    ['../scene.png', 'resource.forbidden'],
    ['broken.png', undefined],
  ])('says where the picture %s was asked for when it cannot be had', async (image, code) => {
    const failure = front({ background: { image } });
    await expect(failure).rejects.toMatchObject({ pointer: '/mockups/background/image', ...(code ? { code } : {}) });
    await expect(failure).rejects.toThrow(image);
  });

  test.each([
    ['#12', 'expected a colour'],
    [{ backdrop: 'fog' }, 'expected'],
    [{ image: '' }, 'expected'],
    [{ image: 'a.png', blur: 99 }, 'expected'],
    [{}, 'expected'],
  ])('refuses %j', (background, message) => {
    expect(() => spec({ background })).toThrow(message);
  });

  test('refuses JPEG for a clear background, wherever it is asked for', async () => {
    expect(() => spec({ background: 'transparent', format: 'jpeg' })).toThrow('/mockups/format: expected a format with transparency');
    const clear = { background: 'transparent', format: 'webp' };
    await expect(front(clear, { format: 'jpeg' })).rejects.toMatchObject({ code: 'preview.format' });
    const { file } = await front(clear);
    expect([file.mediaType, (await pixel(file.data, 2, 2))[3]]).toEqual(['image/webp', 0]);
  });
});

describe('a contact sheet', () => {
  test('is as wide as asked, its parts in proportion, with whole pixels for each cell', () => {
    for (const widthPx of [400, 801, 1600, 4000]) {
      for (let count = 1; count <= 12; count += 1) {
        const sheet = sheetLayout(count, widthPx);
        const { columns, rows, cellPx, gapPx, marginPx } = sheet;
        expect([sheet.widthPx, Number.isInteger(cellPx)]).toEqual([widthPx, true]);
        const left = widthPx - 2 * marginPx.x - columns * cellPx - (columns - 1) * gapPx;
        expect(left === 0 || left === 1).toBe(true);
        expect(sheet.heightPx).toBeGreaterThan(rows * cellPx);
        const usual = sheetLayout(count);
        expect([columns, rows]).toEqual([usual.columns, usual.rows]);
        expect(Math.abs(cellPx / widthPx - usual.cellPx / usual.widthPx)).toBeLessThan(0.01);
      }
    }
  });

  test('that is too narrow for its views says how wide it must be, and that is wide enough', () => {
    for (let count = 1; count <= 40; count += 1) {
      const message = (() => {
        try {
          return String(sheetLayout(count, 16).cellPx);
        } catch (error) {
          return String(error);
        }
      })();
      const [, least = 'nothing'] = /expected at least (\d+) px for a sheet of/.exec(message) ?? [];
      expect(sheetLayout(count, Number(least)).cellPx).toBeGreaterThanOrEqual(16);
      expect(Number(least)).toBeLessThan(count * 60);
    }
  });

  test('has a cell for each picture, and few empty ones', () => {
    for (let count = 1; count <= 12; count += 1) {
      const { columns, rows, cellPx, widthPx, heightPx } = sheetLayout(count);
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      expect(columns * rows - count).toBeLessThan(Math.max(2, columns - 1));
      expect(columns * cellPx).toBeLessThan(widthPx);
      expect(rows * cellPx).toBeLessThan(heightPx);
      expect(Math.max(widthPx, heightPx)).toBeLessThanOrEqual(2000);
    }
  });

  test('is one of the files of an order that asks for it, and the same each time', async () => {
    const asked = spec({ width: 120, format: 'png', contactSheet: true, views: ['front', 'back'] });
    const make = async () => produce(asked, resources, openMemorySink(), { signal, version: 'test', only: 'mockup' });
    const { artifacts } = await make();
    expect(artifacts.map(({ name }) => name)).toEqual(['mockup-front.png', 'mockup-back.png', 'contact-sheet.png']);
    const { widthPx, heightPx } = sheetLayout(2);
    expect(artifacts[2]).toMatchObject({ role: 'mockup', widthPx, heightPx });
    expect((await make()).artifacts).toEqual(artifacts);
  });

  test('shows every view with its name below', async () => {
    const { file } = await previewSheet(spec({ views: ['front', 'back'] }), resources, { format: 'png', signal });
    const { cellPx, widthPx } = sheetLayout(2);
    const middles = await Promise.all(
      [0.27, 0.73].map((share) => pixel(file.data, Math.round(widthPx * share), 48 + Math.round(cellPx * 0.45))),
    );
    expect(middles[0]?.[0] ?? 0).toBeGreaterThan((middles[0]?.[1] ?? 0) + 80);
    expect(Math.abs((middles[1]?.[0] ?? 0) - (middles[1]?.[1] ?? 0))).toBeLessThan(30);
    const label = await sharp(file.data)
      .extract({ left: 48, top: 48 + cellPx + 8, width: 200, height: 34 })
      .greyscale()
      .raw()
      .toBuffer();
    expect(label.filter((value) => value < 110).length).toBeGreaterThan(100);
  });

  test('of small mockups shows them as sharp as the sheet alone would', async () => {
    const asked = spec({ width: 64, format: 'png', contactSheet: true, views: ['front'] });
    const sink = openMemorySink();
    await produce(asked, resources, sink, { signal, version: 'test', only: 'mockup' });
    const { file } = await previewSheet(asked, resources, { format: 'png', signal });
    expect(sha256(sink.files()?.get('contact-sheet.png') ?? new Uint8Array())).toBe(sha256(file.data));
  });

  test('of nothing says so', async () => {
    await expect(previewSheet(spec({ views: [] }), resources, { signal })).rejects.toMatchObject({ code: 'preview.no-views' });
  });
});
