import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { SRGB_PROFILE } from '../../../src/colour/srgb-profile.ts';
import type { Affine } from '../../../src/geometry/affine.ts';
import type { DecodedImage, JpegStream } from '../../../src/model/resources.ts';
import { writePdf } from '../../../src/render/pdf/write-pdf.ts';
import type { RasterNode } from '../../../src/scene/scene.ts';
import { box, documentOf, FOGRA, group, lookUp, pageOf, picture, pixels, solid } from './sample-scenes.ts';
import { at, drawnBy, meanDifference, objectsOf, platesOf, run, withPdf, write } from './tools.ts';

/** Four quarters of four colours: which way up a picture is shows at once. */
const QUARTERS = [
  [255, 0, 0, 255],
  [0, 200, 0, 255],
  [0, 0, 255, 255],
  [250, 220, 0, 255],
] as const;
const flag = pixels('flag', 120, 80, (x, y) => QUARTERS[(x < 60 ? 0 : 1) + (y < 40 ? 0 : 2)] ?? QUARTERS[0]);
const NO_JPEG: JpegStream = {
  bytes: new Uint8Array(0),
  widthPx: 0,
  heightPx: 0,
  components: 3,
  orientation: 1,
  inverted: false,
  icc: null,
};
let jpegFlag: DecodedImage;
const OVER: Affine = [60, 0, 0, 40, 10, 10];
const raw = (image: DecodedImage) => sharp(image.rgba, { raw: { width: image.widthPx, height: image.heightPx, channels: 4 } });

beforeAll(async () => {
  const bytes = new Uint8Array(await raw(flag).removeAlpha().jpeg({ quality: 95 }).toBuffer());
  jpegFlag = { ...flag, digest: 'jpeg-flag', jpeg: { ...NO_JPEG, bytes, widthPx: 120, heightPx: 80 } };
});

describe('JPEG files', () => {
  it('pass through byte for byte, tagged sRGB, at the right resolution', async () => {
    const bytes = await write(documentOf([pageOf([picture(jpegFlag, OVER)])]), lookUp(jpegFlag));
    await withPdf(bytes, (file, folder) => {
      const [, , row = ''] = run('pdfimages', '-list', file).split('\n');
      expect(row.trim().split(/\s+/).slice(2, 9)).toEqual(['image', '120', '80', 'icc', '3', '8', 'jpeg']);
      expect(row).toMatch(/\s51\s+51\s/);
      run('pdfimages', '-all', file, join(folder, 'out'));
      const [extracted = ''] = readdirSync(folder).filter((entry) => entry.startsWith('out'));
      expect(Buffer.compare(readFileSync(join(folder, extracted)), Buffer.from(jpegFlag.jpeg?.bytes ?? []))).toBe(0);
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turn upright from EXIF orientation %i', async (orientation) => {
    const turned = sharp(await raw(flag).removeAlpha().withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer());
    // What is stored must look like the flag only after the orientation is applied, so store the inverse: find it by trying all eight.
    const upright = await turned.rotate().raw().toBuffer({ resolveWithObject: true });
    const rgba = await sharp(upright.data, { raw: { width: upright.info.width, height: upright.info.height, channels: 3 } })
      .ensureAlpha()
      .raw()
      .toBuffer();
    const stored = new Uint8Array(await raw(flag).removeAlpha().jpeg({ quality: 95 }).toBuffer());
    const image: DecodedImage = {
      ...flag,
      digest: `turned-${orientation}`,
      widthPx: upright.info.width,
      heightPx: upright.info.height,
      rgba: new Uint8Array(rgba),
      jpeg: { ...NO_JPEG, bytes: stored, widthPx: 120, heightPx: 80, orientation },
    };
    const passed = await write(documentOf([pageOf([picture(image, OVER)])]), lookUp(image));
    const decoded = await write(documentOf([pageOf([picture(image, OVER)])]), lookUp({ ...image, jpeg: null }));
    expect(meanDifference(await drawnBy('mutool', passed, 40), await drawnBy('mutool', decoded, 40))).toBeLessThan(1);
  });

  it('of four inks that are stored inverted come out the right way round', async () => {
    const cmyk = new Uint8Array(
      await sharp({ create: { width: 16, height: 16, channels: 3, background: '#ff0000' } })
        .toColourspace('cmyk')
        .jpeg()
        .toBuffer(),
    );
    const image: DecodedImage = {
      ...pixels('inks', 16, 16, () => [255, 0, 0, 255]),
      jpeg: { ...NO_JPEG, bytes: cmyk, widthPx: 16, heightPx: 16, components: 4, inverted: true },
    };
    const bytes = await write(documentOf([pageOf([picture(image, OVER)])]), lookUp(image));
    const plates = await platesOf(bytes, 36);
    const ink = (name: string): number => {
      const plate = plates.get(name);
      return (plate && at(plate, 40, 30, 36)[0]) ?? Number.NaN;
    };
    expect(ink('Cyan')).toBeLessThan(30);
    expect(ink('Magenta')).toBeGreaterThan(200);
  });

  it('keep a profile of their own, and lose one that does not fit', async () => {
    const own = Uint8Array.from(SRGB_PROFILE);
    own[4] = 'x'.charCodeAt(0);
    const broken = {
      'another colour space': [16, 0x47],
      'a device link': [12, 0x6c],
      'a version to come': [8, 5],
      'no profile at all': [36, 0],
    } as const;
    const embedded = async (icc: Uint8Array): Promise<boolean> => {
      const image: DecodedImage = { ...jpegFlag, jpeg: { ...NO_JPEG, ...jpegFlag.jpeg, icc } };
      return Buffer.from(await write(documentOf([pageOf([picture(image, OVER)])]), lookUp(image))).includes(Buffer.from(icc));
    };
    expect(await embedded(own)).toBe(true);
    for (const [what, [at, value]] of Object.entries(broken)) {
      const icc = Uint8Array.from(own);
      icc[at] = value;
      expect(await embedded(icc), what).toBe(false);
    }
  });

  it('are decoded when they are adjusted, need inks, or carry four untagged inks into an RGB file', async () => {
    const colour = { mode: 'cmyk', profile: FOGRA, intent: 'relative', blackText: 'k100', images: 'cmyk' } as const;
    const grey = picture(jpegFlag, OVER, { adjust: [{ kind: 'grey' }] });
    const untagged: DecodedImage = { ...jpegFlag, digest: 'untagged', jpeg: { ...NO_JPEG, ...jpegFlag.jpeg, components: 4 } };
    const filterOf = async (bytes: Uint8Array): Promise<unknown> =>
      (await objectsOf(bytes)).all.find((dict) => dict['/Subtype'] === '/Image')?.['/Filter'];
    expect(await filterOf(await write(documentOf([pageOf([grey])]), lookUp(jpegFlag)))).toBe('/FlateDecode');
    expect(await filterOf(await write(documentOf([pageOf([picture(jpegFlag, OVER)])], { colour }), lookUp(jpegFlag)))).toBe('/FlateDecode');
    expect(
      await filterOf(await write(documentOf([pageOf([picture(untagged, OVER)])], { colour: { mode: 'rgb' } }), lookUp(untagged))),
    ).toBe('/FlateDecode');
    expect(
      await filterOf(await write(documentOf([pageOf([picture(jpegFlag, OVER)])], { colour: { mode: 'rgb' } }), lookUp(jpegFlag))),
    ).toBe('/DCTDecode');
  });
});

describe('pixels', () => {
  it('come back exactly from the file', async () => {
    const noise = pixels('noise', 61, 47, (x, y) => [(x * 37 + y * 11) & 255, (x * y) & 255, ((x * 7919 + y * 104_729) >> 3) & 255, 255]);
    const bytes = await write(documentOf([pageOf([picture(noise, OVER)])], { colour: { mode: 'rgb' } }), lookUp(noise));
    await withPdf(bytes, async (file, folder) => {
      run('pdfimages', '-png', file, join(folder, 'out'));
      const back = await sharp(join(folder, 'out-000.png')).ensureAlpha().raw().toBuffer();
      expect(Buffer.compare(back, Buffer.from(noise.rgba))).toBe(0);
    });
  });

  it('keep their transparency as a soft mask, and have none when opaque', async () => {
    const soft = pixels('soft', 40, 40, (x) => [255, 0, 0, x < 20 ? 0 : 255]);
    const bytes = await write(documentOf([pageOf([picture(soft, [40, 0, 0, 40, 10, 10])])]), lookUp(soft));
    const images = (await objectsOf(bytes)).all.filter((dict) => dict['/Subtype'] === '/Image');
    expect(images).toHaveLength(2);
    const page = await drawnBy('pdftoppm', bytes, 50);
    expect(at(page, 3 + 15, 3 + 30, 50)).toEqual([255, 255, 255]);
    expect(at(page, 3 + 40, 3 + 30, 50)[1]).toBeLessThan(80);
    const opaque = await write(documentOf([pageOf([picture(flag, OVER)])]), lookUp({ ...flag, hasAlpha: true }));
    expect((await objectsOf(opaque)).all.filter((dict) => dict['/Subtype'] === '/Image')).toHaveLength(1);
  });

  it('show only the part that was asked for, in its place', async () => {
    const corner = picture(flag, [30, 0, 0, 20, 50, 30], { source: { x: 60, y: 40, width: 60, height: 40 } });
    const page = await drawnBy('pdftoppm', await write(documentOf([pageOf([corner])], { colour: { mode: 'rgb' } }), lookUp(flag)), 50);
    expect(at(page, 3 + 52, 3 + 32, 50)).toEqual([250, 220, 0]);
    expect(at(page, 3 + 78, 3 + 48, 50)).toEqual([250, 220, 0]);
    for (const [x, y] of [
      [48, 40],
      [82, 40],
      [60, 28],
      [60, 52],
    ] as const)
      expect(at(page, 3 + x, 3 + y, 50)).toEqual([255, 255, 255]);
  });

  it('are adjusted no finer than 450 to the inch, and never enlarged', async () => {
    const large = pixels('large', 2600, 1300, (x, y) => [x & 255, y & 255, 40, 255]);
    const sizeAt = async (mm: number, adjust: RasterNode['adjust']): Promise<unknown> => {
      const node = picture(large, [mm, 0, 0, mm / 2, 0, 0], { adjust });
      const bytes = await write(documentOf([pageOf([node])], { colour: { mode: 'rgb' } }), lookUp(large));
      const found = (await objectsOf(bytes)).all.find((dict) => dict['/Subtype'] === '/Image');
      return [found?.['/Width'], found?.['/Height']];
    };
    const sepia = [{ kind: 'sepia', amount: 1 }] as const;
    expect(await sizeAt(127, sepia)).toEqual([2250, 1125]);
    expect(await sizeAt(400, sepia)).toEqual([2600, 1300]);
    expect(await sizeAt(10, sepia)).toEqual([2000, 1000]);
    expect(await sizeAt(127, [])).toEqual([2600, 1300]);
  });

  it('become inks here when pictures are to be converted, within the ink limit', async () => {
    const dark = pixels('dark', 8, 8, () => [10, 0, 0, 255]);
    const colour = { mode: 'cmyk', profile: FOGRA, intent: 'relative', blackText: 'k100', images: 'cmyk', maxInk: 2.6 } as const;
    const plates = await platesOf(await write(documentOf([pageOf([picture(dark, OVER)])], { colour }), lookUp(dark)), 36);
    const inks = ['Cyan', 'Magenta', 'Yellow', 'Black'].map((name) => {
      const plate = plates.get(name);
      return ((plate && at(plate, 40, 30, 36)[0]) ?? Number.NaN) / 255;
    });
    const sum = inks.reduce((a, b) => a + b, 0);
    expect(sum).toBeLessThanOrEqual(2.6);
    expect(sum).toBeGreaterThan(2.4);
  });
});

describe('a part of a picture', () => {
  const WIDE = { width: 600, height: 400 };
  const scene = (x: number, y: number): readonly [number, number, number, number] => [
    128 + 120 * Math.sin(x / 19),
    128 + 120 * Math.cos((x + y) / 31),
    (x * 2 + y) & 255,
    255,
  ];
  const wide = pixels('wide', WIDE.width, WIDE.height, scene);
  let photo: DecodedImage;
  beforeAll(async () => {
    const bytes = new Uint8Array(await raw(wide).removeAlpha().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer());
    const decoded = await sharp(bytes).ensureAlpha().raw().toBuffer();
    photo = { ...wide, digest: 'photo', rgba: new Uint8Array(decoded), jpeg: { ...NO_JPEG, bytes, ...sizeOf(wide) } };
  });
  const sizeOf = ({ widthPx, heightPx }: DecodedImage) => ({ widthPx, heightPx });
  const RGB_FILE = { colour: { mode: 'rgb' } } as const;
  const page = (image: DecodedImage, more: Partial<RasterNode>, at: Affine = OVER) =>
    write(documentOf([pageOf([picture(image, at, more)])], RGB_FILE), lookUp(image));
  const listed = (bytes: Uint8Array): Promise<readonly (readonly string[])[]> =>
    withPdf(bytes, (file) =>
      run('pdfimages', '-list', file)
        .trim()
        .split('\n')
        .slice(2)
        .map((row) => row.trim().split(/\s+/)),
    );

  it('that is a small part goes in alone, to the pixel, with one more all round', async () => {
    const bytes = await page(photo, { source: { x: 100.5, y: 50, width: 99.5, height: 80 } });
    const [row, ...more] = await listed(bytes);
    expect([more.length, row?.slice(2, 5), row?.[8]]).toEqual([0, ['image', '102', '82'], 'image']);
    await withPdf(bytes, async (file, folder) => {
      run('pdfimages', '-png', file, join(folder, 'out'));
      const back = await sharp(join(folder, 'out-000.png')).ensureAlpha().raw().toBuffer();
      const wanted = await raw(photo).extract({ left: 99, top: 49, width: 102, height: 82 }).raw().toBuffer();
      expect(Buffer.compare(back, wanted)).toBe(0);
    });
  });

  it('that is a large part leaves the JPEG whole', async () => {
    const [row] = await listed(await page(photo, { source: { x: 0, y: 0, width: 300, height: 400 } }));
    expect([row?.slice(2, 5), row?.[8]]).toEqual([['image', '600', '400'], 'jpeg']);
  });

  it('of grey or four inks keeps the JPEG and so its inks, stored once for all parts', async () => {
    const bytes = new Uint8Array(await raw(wide).removeAlpha().toColourspace('b-w').jpeg().toBuffer());
    const grey: DecodedImage = { ...wide, digest: 'grey', jpeg: { ...NO_JPEG, bytes, ...sizeOf(wide), components: 1 } };
    const parts = [0, 200, 400].map((x) => picture(grey, OVER, { source: { x, y: 0, width: 100, height: 100 } }));
    const rows = await listed(await write(documentOf([pageOf(parts)], RGB_FILE), lookUp(grey)));
    expect(new Set(rows.map((row) => `${row[3]} ${row[4]} ${row[8]} ${row[10]}`)).size).toBe(1);
    expect(rows[0]?.slice(3, 9)).toEqual(['600', '400', 'gray', '1', '8', 'jpeg']);
  });

  it.each([
    ['plain', {}],
    ['adjusted', { adjust: [{ kind: 'sepia', amount: 0.7 }] }],
    ['with hard pixels', { interpolation: 'nearest' }],
  ] as const)('%s looks as the same part of the whole', async (_, more) => {
    const source = { x: 60.25, y: 33.5, width: 150, height: 150 };
    const at: Affine = [50, 12, -10, 40, 30, 8];
    const rest = { x: source.x, y: source.y, width: source.width, height: source.height };
    const part = await page(photo, { source: rest, ...more }, at);
    // The same pixels as a picture of their own, cut beforehand in whole pixels and placed by hand: independent of the code that cuts.
    const cutOut = pixels('cut', 152, 152, (x, y) => {
      const from = ((y + 32) * WIDE.width + x + 59) * 4;
      return [photo.rgba[from] ?? 0, photo.rgba[from + 1] ?? 0, photo.rgba[from + 2] ?? 0, 255];
    });
    const own = await page(cutOut, { source: { x: 1.25, y: 1.5, width: 150, height: 150 }, ...more }, at);
    for (const reader of ['pdftoppm', 'mutool'] as const)
      expect(meanDifference(await drawnBy(reader, part, 100), await drawnBy(reader, own, 100)), reader).toBeLessThan(0.5);
  });

  it('as a strip that is stretched far does not ask a reader for the whole picture at that size', async () => {
    const at: Affine = [100, 0, 0, 70, 0, 0];
    const bytes = await page(photo, { source: { x: 301.4, y: 0, width: 0.05, height: 400 } }, at);
    await withPdf(bytes, (file, folder) => {
      const { stderr } = spawnSync('pdftoppm', ['-r', '150', '-png', file, join(folder, 'page')], { encoding: 'utf8' });
      expect(stderr).toBe('');
    });
    const drawn = await drawnBy('pdftoppm', bytes, 50);
    const shown = sampleOf(drawn);
    const wanted = [...photo.rgba.subarray((200 * WIDE.width + 301) * 4, (200 * WIDE.width + 301) * 4 + 3)];
    shown.forEach((v, i) => {
      expect(Math.abs(v - (wanted[i] ?? 0))).toBeLessThan(16);
    });
  });
  const sampleOf = (drawn: Awaited<ReturnType<typeof drawnBy>>): number[] => at(drawn, 3 + 50, 3 + 35, 50);

  it('masks a group as the same part of the whole', async () => {
    const source = { x: 60, y: 33, width: 200, height: 200 };
    const mask = picture(photo, OVER, { source });
    const cutOut = pixels('cut', 202, 202, (x, y) => {
      const from = ((y + 32) * WIDE.width + x + 59) * 4;
      return [photo.rgba[from] ?? 0, photo.rgba[from + 1] ?? 0, photo.rgba[from + 2] ?? 0, 255];
    });
    const draw = (node: RasterNode, image: DecodedImage) =>
      write(documentOf([pageOf([group([box(0, 0, 100, 70, solid('#2040a0'))], { mask: node })])], RGB_FILE), lookUp(image));
    const [row] = await listed(await draw(mask, photo));
    expect(row?.slice(3, 5)).toEqual(['202', '202']);
    const own = picture(cutOut, OVER, { source: { x: 1, y: 1, width: 200, height: 200 } });
    const [one, two] = [await draw(mask, photo), await draw(own, cutOut)];
    expect(meanDifference(await drawnBy('mutool', one, 72), await drawnBy('mutool', two, 72))).toBeLessThan(0.2);
  });
});

describe('an abort', () => {
  it('is heard while a large picture is packed', async () => {
    const large = pixels('large', 2000, 2000, (x, y) => [(x * 7919) & 255, (y * 104_729) & 255, (x * y) & 255, 255]);
    const control = new AbortController();
    let asked = 0;
    const pixelsOf = (): DecodedImage => {
      asked += 1;
      setImmediate(() => control.abort(new Error('stopped')));
      return large;
    };
    await expect(writePdf(documentOf([pageOf([picture(large, OVER)])]), pixelsOf, control.signal)).rejects.toThrow('stopped');
    expect(asked).toBe(1);
  });
});

describe('sharing', () => {
  it('keeps a hundred pages over one megabyte picture at about a megabyte', async () => {
    const noise = pixels('big', 700, 700, (x, y) => [(x * 7919) & 255, (y * 104_729) & 255, ((x * y * 31) >> 2) & 255, 255]);
    const jpeg = new Uint8Array(await raw(noise).removeAlpha().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
    const padded = new Uint8Array(Math.max(jpeg.length, 1_000_000));
    padded.set(jpeg);
    const image: DecodedImage = { ...noise, jpeg: { ...NO_JPEG, bytes: padded, widthPx: 700, heightPx: 700 } };
    const pages = Array.from({ length: 100 }, () => pageOf([picture(image, OVER)]));
    const bytes = await write(documentOf(pages), lookUp(image));
    expect(bytes.length).toBeLessThan(padded.length + FOGRA.bytes.length + 100_000);
    await withPdf(bytes, (file) => expect(run('pdfinfo', file)).toMatch(/Pages:\s+100/));
  });
});
