import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { SRGB_PROFILE } from '../../../src/colour/srgb-profile.ts';
import type { Affine } from '../../../src/geometry/affine.ts';
import type { DecodedImage, JpegStream } from '../../../src/model/resources.ts';
import { writePdf } from '../../../src/render/pdf/write-pdf.ts';
import type { RasterNode } from '../../../src/scene/scene.ts';
import { documentOf, FOGRA, lookUp, pageOf, picture, pixels } from './sample-scenes.ts';
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
