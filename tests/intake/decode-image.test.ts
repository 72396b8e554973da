import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/intake/decode-image.ts';
import { DEFAULT_IMAGE_LIMITS } from '../../src/intake/image-limits.ts';
import type { DecodedImage } from '../../src/model/resources.ts';

/** 40 x 24: left half red, right half blue, a green corner at the top left. */
const marker = (): Sharp => {
  const rgb = Buffer.alloc(40 * 24 * 3);
  for (let y = 0; y < 24; y += 1)
    for (let x = 0; x < 40; x += 1) rgb.set(x < 8 && y < 8 ? [0, 160, 0] : x < 20 ? [200, 20, 20] : [20, 20, 200], (y * 40 + x) * 3);
  return sharp(rgb, { raw: { width: 40, height: 24, channels: 3 } });
};

const at = (image: DecodedImage, x: number, y: number): number[] => [
  ...image.rgba.subarray((y * image.widthPx + x) * 4, (y * image.widthPx + x) * 4 + 4),
];

const near = (got: readonly number[], want: readonly number[], by: number): void => {
  got.forEach((value, i) => {
    expect(Math.abs(value - (want[i] ?? 0)), `${got} against ${want}`).toBeLessThanOrEqual(by);
  });
};

describe('decodeImage', () => {
  it.each([
    ['png', () => marker().png(), 0],
    ['palette png', () => marker().png({ palette: true }), 3],
    ['16-bit png', () => marker().toColourspace('rgb16').png(), 1],
    ['jpeg', () => marker().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }), 12],
    ['progressive jpeg', () => marker().jpeg({ quality: 95, progressive: true, chromaSubsampling: '4:4:4' }), 12],
    ['lossless webp', () => marker().webp({ lossless: true }), 0],
    ['lossy webp', () => marker().webp({ quality: 95 }), 40],
    ['lzw tiff', () => marker().tiff({ compression: 'lzw' }), 0],
    ['tiled deflate tiff', () => marker().tiff({ compression: 'deflate', tile: true, tileWidth: 256, tileHeight: 256 }), 0],
  ] as const)('reads the colours of a %s', async (_, make, tolerance) => {
    const image = await decodeImage(await make().toBuffer());
    expect([image.widthPx, image.heightPx, image.hasAlpha, image.rgba.length]).toEqual([40, 24, false, 40 * 24 * 4]);
    near(at(image, 2, 2), [0, 160, 0, 255], tolerance);
    near(at(image, 14, 18), [200, 20, 20, 255], tolerance);
    near(at(image, 36, 4), [20, 20, 200, 255], tolerance);
    expect(image.warnings).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright as an independent reader does', async (orientation) => {
    for (const file of [
      await marker().withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
      await marker().withMetadata({ orientation }).webp({ lossless: true }).toBuffer(),
      await marker().withMetadata({ orientation }).tiff().toBuffer(),
      await marker().withMetadata({ orientation }).png().toBuffer(),
    ]) {
      const image = await decodeImage(file);
      const { data, info } = await sharp(file).autoOrient().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      expect([image.widthPx, image.heightPx]).toEqual([info.width, info.height]);
      expect(Buffer.compare(Buffer.from(image.rgba), data)).toBe(0);
      if (image.jpeg) expect([image.jpeg.orientation, image.jpeg.widthPx]).toEqual([orientation, 40]);
    }
  });

  it('keeps alpha straight, from RGBA, grey with alpha and transparent palette', async () => {
    const rgba = Buffer.from([255, 0, 0, 128, 0, 0, 255, 0, 10, 20, 30, 255, 9, 9, 9, 1]);
    const source = (): Sharp => sharp(rgba, { raw: { width: 2, height: 2, channels: 4 } });
    const image = await decodeImage(await source().png().toBuffer());
    expect(image.hasAlpha).toBe(true);
    expect([...image.rgba.subarray(0, 4)]).toEqual([255, 0, 0, 128]);
    expect([...image.rgba.subarray(8, 12)]).toEqual([10, 20, 30, 255]);
    const grey = await decodeImage(await source().toColourspace('b-w').png().toBuffer());
    expect([grey.hasAlpha, grey.rgba[3]]).toEqual([true, 128]);
    const palette = await decodeImage(await source().png({ palette: true }).toBuffer());
    expect([palette.hasAlpha, palette.rgba[7]]).toEqual([true, 0]);
  });

  it('counts an alpha channel that is opaque everywhere as none', async () => {
    const image = await decodeImage(await marker().ensureAlpha().png().toBuffer());
    expect(image.hasAlpha).toBe(false);
  });

  it.each([
    ['16-bit grey png', () => marker().toColourspace('grey16').png()],
    ['1-bit png', () => marker().threshold(80).png({ palette: true, colours: 2 })],
    ['1-bit tiff', () => marker().threshold(80).toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' })],
    ['16-bit tiff', () => marker().toColourspace('rgb16').tiff()],
    ['lab tiff', () => marker().toColourspace('lab').tiff()],
    ['grey jpeg', () => marker().toColourspace('b-w').jpeg({ quality: 95 })],
  ] as const)('reads a %s as the plain decoder does', async (_, make) => {
    const file = await make().toBuffer();
    const image = await decodeImage(file);
    const plain = await sharp(file).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
    expect(new Set(plain).size).toBeGreaterThan(1);
    expect(Math.max(...plain.map((value, i) => Math.abs(value - (image.rgba[i] ?? 0))))).toBeLessThanOrEqual(1);
    expect(image.warnings).toEqual([]);
  });

  it('applies an embedded wide-gamut profile', async () => {
    const file = await marker().withIccProfile('p3').png().toBuffer();
    const image = await decodeImage(file);
    near(at(image, 14, 18), [200, 20, 20, 255], 2);
    const raw = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
    expect(raw[(18 * 40 + 14) * 3]).not.toBe(200);
  });

  it('reads CMYK JPEG with the right polarity, with and without a profile', async () => {
    const cmyk = await marker().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 98 }).toBuffer();
    const image = await decodeImage(cmyk);
    near(at(image, 14, 18), [200, 20, 20, 255], 30);
    const [r = 0, g = 0, b = 0] = at(image, 36, 4);
    expect(b).toBeGreaterThan(Math.max(r, g) + 40);
    expect([image.jpeg?.components, image.jpeg?.inverted, image.jpeg?.icc !== null]).toEqual([4, true, true]);
    const bare = await decodeImage(image.jpeg?.bytes ?? new Uint8Array());
    near(at(bare, 14, 18), [200, 20, 20, 255], 60);
    expect(bare.warnings.join()).toContain('CMYK without a usable colour profile');
  });

  it('passes a JPEG stream on without metadata, position data or trailing bytes', async () => {
    const file = await marker()
      .withExif({ IFD3: { GPSLatitudeRef: 'N' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const image = await decodeImage(Buffer.concat([file, Buffer.from('secret tail')]));
    const text = Buffer.from(image.jpeg?.bytes ?? []).toString('latin1');
    expect(text).not.toMatch(/Exif|ICC_PROFILE|secret/);
    const meta = await sharp(image.jpeg?.bytes).metadata();
    expect([meta.width, meta.height, meta.exif, meta.icc]).toEqual([40, 24, undefined, undefined]);
    expect(image.jpeg?.icc?.length).toBeGreaterThan(400);
  });

  it('gives the digest of the file as received', async () => {
    const file = await marker().png().toBuffer();
    expect((await decodeImage(file)).digest).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('uses the first frame of an animation and says so', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const file = await sharp(frames, { join: { animated: true } })
      .webp({ lossless: true })
      .toBuffer();
    const image = await decodeImage(file);
    expect([image.widthPx, image.heightPx, at(image, 4, 4)]).toEqual([8, 8, [255, 0, 0, 255]]);
    expect(image.warnings.join()).toContain('3 frames');
  });

  it.each([
    ['page.pdf', '%PDF-1.7\n', 'a PDF document'],
    ['page.html', '<!doctype html><html>', 'a web page'],
    ['archive', 'PK\u0003\u0004....', 'a ZIP archive'],
    ['drawing', '<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
    ['animation', 'GIF89a....', 'a GIF picture'],
    ['nothing known', 'hello', 'an unknown kind'],
  ])('refuses %s by content and names what is accepted', async (_, text, name) => {
    await expect(decodeImage(Buffer.from(text, 'latin1'))).rejects.toMatchObject({
      code: 'image.format',
      message: expect.stringContaining(name),
    });
    await expect(decodeImage(Buffer.from(text, 'latin1'))).rejects.toThrow('PNG, JPEG, WebP or TIFF');
  });

  it('refuses AVIF and says what to do', async () => {
    const file = await marker().avif().toBuffer();
    await expect(decodeImage(file)).rejects.toMatchObject({ code: 'image.format', hint: expect.stringContaining('PNG or JPEG') });
  });

  it('refuses every kind of file cut off at any tenth', async () => {
    const noisy = sharp({
      create: { width: 64, height: 64, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 }, background: '#888' },
    });
    const files = [
      await noisy.clone().png().toBuffer(),
      await noisy.clone().jpeg().toBuffer(),
      await noisy.clone().jpeg({ progressive: true }).toBuffer(),
      await noisy.clone().webp().toBuffer(),
      await noisy.clone().tiff().toBuffer(),
    ];
    for (const file of files)
      for (let tenth = 1; tenth < 10; tenth += 1)
        await expect(decodeImage(file.subarray(0, Math.floor((file.length * tenth) / 10)))).rejects.toMatchObject({
          code: 'image.corrupt',
        });
  });

  it('refuses by pixels, side and bytes from the header alone', async () => {
    const file = await marker().png().toBuffer();
    const refused = { code: 'image.too-large' };
    await expect(decodeImage(file, { ...DEFAULT_IMAGE_LIMITS, maxPixels: 959 })).rejects.toMatchObject(refused);
    await expect(decodeImage(file, { ...DEFAULT_IMAGE_LIMITS, maxSidePx: 39 })).rejects.toMatchObject(refused);
    await expect(decodeImage(file, { ...DEFAULT_IMAGE_LIMITS, maxBytes: file.length - 1 })).rejects.toMatchObject(refused);
    await expect(
      decodeImage(file, { ...DEFAULT_IMAGE_LIMITS, maxPixels: 960, maxSidePx: 40, maxBytes: file.length }),
    ).resolves.toBeDefined();
  });

  it('ignores a damaged or foreign profile with a warning', async () => {
    const file = await marker().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
    const broken = Buffer.from(file);
    broken[broken.indexOf('acsp')] = 0;
    const image = await decodeImage(broken);
    expect(image.warnings.join()).toContain('colour profile in the picture was ignored');
    expect(image.jpeg?.icc).toBeNull();
    const press = await marker().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    const cmykProfile = (await sharp(press).metadata()).icc ?? Buffer.alloc(0);
    const body = Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(cmykProfile)]);
    const png = await marker().png().toBuffer();
    const chunk = Buffer.alloc(body.length + 12);
    chunk.writeUInt32BE(body.length, 0);
    chunk.write('iCCP', 4, 'latin1');
    body.copy(chunk, 8);
    chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
    const foreign = await decodeImage(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]));
    expect(foreign.warnings.join()).toContain('CMYK colours');
    near(at(foreign, 14, 18), [200, 20, 20, 255], 0);
  });
});
