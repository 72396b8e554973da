import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../src/drivers/sandbox/sandbox.ts';
import { readImageHeader } from '../../src/intake/image-header.ts';
import { DEFAULT_IMAGE_LIMITS } from '../../src/intake/image-limits.ts';
import { inFreshChild, type Outcome, outcomeOf } from './peak-memory.ts';
import { chunk, flatPng, header, png, smallPng, zeros } from './png-chunks.ts';

/** For what must be cheap: a child of its own, so that its memory is known. */
const decodeFresh = (bytes: Uint8Array): Promise<Outcome> => inFreshChild((sandbox) => sandbox.decodeImage(bytes));

/** One child for all the rest: it must survive every one of them. */
const shared = openSandbox({ children: 1 });
afterAll(() => shared.close());
const decode = (bytes: Uint8Array): Promise<Omit<Outcome, 'peakMb'>> => outcomeOf(shared.decodeImage(bytes));

/** A child that only looked at a header stays near the size of the bare program with its libraries loaded. */
const IDLE_MB = 110;

const tiff = (entries: readonly (readonly [tag: number, type: number, count: number, value: number])[], next = 0): Buffer => {
  const out = Buffer.alloc(8 + 2 + entries.length * 12 + 4 + 64);
  out.write('II*\0', 0, 'latin1');
  out.writeUInt32LE(8, 4);
  out.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], i) => {
    out.writeUInt16LE(tag, 10 + i * 12);
    out.writeUInt16LE(type, 12 + i * 12);
    out.writeUInt32LE(count, 14 + i * 12);
    out.writeUInt32LE(value, 18 + i * 12);
  });
  out.writeUInt32LE(next, 10 + entries.length * 12);
  return out;
};

/** A directory with two fields. */
const PAGE_BYTES = 30;

const red = (): Sharp => sharp({ create: { width: 64, height: 48, channels: 3, background: '#d02010' } });

describe('hostile pictures', () => {
  it('1 a 16,000 x 16,000 picture of one colour in a small file is refused before decoding', async () => {
    const file = await flatPng(16_000, 16_000);
    expect(file.length).toBeLessThan(2_000_000);
    const { problem, peakMb } = await decodeFresh(file);
    expect(problem).toMatchObject({ code: 'image.too-large', retry: 'never' });
    expect(peakMb).toBeLessThan(IDLE_MB);
  });

  it('2 a header that promises 60,000 x 60,000 is refused by the header', async () => {
    const { problem, peakMb } = await decodeFresh(png(header(60_000, 60_000), chunk('IDAT', deflateSync(Buffer.alloc(9)))));
    expect(problem?.code).toBe('image.too-large');
    expect(peakMb).toBeLessThan(IDLE_MB);
  });

  it('2 a header that promises a little more than there is data for is refused', async () => {
    const { problem } = await decode(png(header(4000, 4000), chunk('IDAT', deflateSync(Buffer.alloc(4001 * 100)))));
    expect(problem?.code).toBe('image.corrupt');
  });

  it('3 half a file is refused', async () => {
    const whole = await red().png().toBuffer();
    expect((await decode(whole.subarray(0, whole.length / 2))).problem?.code).toBe('image.corrupt');
    const photo = await red().jpeg().toBuffer();
    expect((await decode(photo.subarray(0, photo.length / 2))).problem?.code).toBe('image.corrupt');
  });

  it('4 text and profile chunks that inflate to 1 GB cost nothing', async () => {
    const bomb = Buffer.concat([Buffer.from('x\0\0', 'latin1'), await zeros(1_000_000_000)]);
    const { problem, result, peakMb } = await decodeFresh(smallPng(chunk('zTXt', bomb), chunk('iCCP', bomb), chunk('iTXt', bomb)));
    expect(problem).toBeNull();
    expect(result).toMatchObject({ widthPx: 4, warnings: [expect.stringContaining('colour profile')] });
    expect(peakMb).toBeLessThan(IDLE_MB + 60);
  });

  it('5 of 900 frames one is decoded, of 20,000 none', async () => {
    const frames = (count: number): Buffer => {
      const control = Buffer.alloc(8);
      control.writeUInt32BE(count, 0);
      return smallPng(chunk('acTL', control));
    };
    expect((await decode(frames(900))).result).toMatchObject({ widthPx: 4, warnings: [expect.stringContaining('900 frames')] });
    expect((await decode(frames(20_000))).problem?.code).toBe('image.too-many-frames');
    expect((await decode(Buffer.from('GIF89a'))).problem?.code).toBe('image.format');
  });

  it('6 a TIFF of 5,000 pages or with tiles 1,000,000 wide is refused', async () => {
    const pages = Buffer.concat(
      Array.from({ length: 5000 }, (_, i) => {
        const page = Buffer.alloc(PAGE_BYTES);
        page.writeUInt16LE(2, 0);
        for (const [at, tag] of [
          [2, 256],
          [14, 257],
        ] as const) {
          page.writeUInt16LE(tag, at);
          page.writeUInt16LE(3, at + 2);
          page.writeUInt32LE(1, at + 4);
          page.writeUInt32LE(9, at + 8);
        }
        page.writeUInt32LE(i === 4999 ? 0 : 8 + (i + 1) * PAGE_BYTES, 26);
        return page;
      }),
    );
    const manyPages = Buffer.concat([Buffer.from('II*\0\u0008\0\0\0', 'latin1'), pages]);
    const refused = await decode(manyPages);
    expect(refused.problem?.code).toBe('image.too-many-frames');
    const wideTiles = tiff([
      [256, 4, 1, 100],
      [257, 4, 1, 100],
      [322, 4, 1, 1_000_000],
      [323, 4, 1, 1_000_000],
    ]);
    const { problem, peakMb } = await decodeFresh(wideTiles);
    expect(problem?.code).toBe('image.corrupt');
    expect(peakMb).toBeLessThan(IDLE_MB);
  });

  it('7 a TIFF directory that points at itself is refused', async () => {
    expect((await decode(tiff([[256, 4, 1, 100]], 8))).problem).toMatchObject({
      code: 'image.corrupt',
      message: expect.stringContaining('loop'),
    });
  });

  it('8 a progressive JPEG of thousands of scans is refused by counting them', async () => {
    const file = await sharp({ create: { width: 2000, height: 2000, channels: 3, background: '#888' } })
      .jpeg({ progressive: true })
      .toBuffer();
    const lastScan = file.lastIndexOf(Buffer.from([0xff, 0xda]));
    const scan = file.subarray(lastScan, file.length - 2);
    const bomb = Buffer.concat([file.subarray(0, -2), ...Array.from({ length: 3000 }, () => scan), file.subarray(-2)]);
    const { problem, peakMb } = await decodeFresh(bomb);
    expect(problem).toMatchObject({ code: 'image.corrupt', message: expect.stringContaining('scans') });
    expect(peakMb).toBeLessThan(IDLE_MB + 20);
  });

  it('9 CMYK without a profile decodes to the right colours, with a word of warning', async () => {
    const file = await red().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer();
    const stripped = (await decode(file)).result;
    const stream = stripped && typeof stripped === 'object' && 'jpeg' in stripped ? stripped.jpeg : null;
    const bytes = stream && typeof stream === 'object' && 'bytes' in stream ? stream.bytes : null;
    if (!(bytes instanceof Uint8Array)) throw new Error('expected a passed-on JPEG stream');
    const { result } = await decode(bytes);
    expect(result).toMatchObject({ warnings: [expect.stringContaining('CMYK')], jpeg: { components: 4, inverted: true, icc: null } });
    const rgba = result && typeof result === 'object' && 'rgba' in result && result.rgba instanceof Uint8Array ? result.rgba : [];
    expect(rgba[0]).toBeGreaterThan(150);
    expect(rgba[1]).toBeLessThan(110);
  });

  it('10 AVIF and HEIF are refused unread', async () => {
    const heif = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1');
    expect((await decode(heif)).problem).toMatchObject({ code: 'image.format', hint: expect.stringContaining('JPEG') });
    expect((await decode(await red().avif().toBuffer())).problem?.code).toBe('image.format');
  });

  it('11 an orientation of 9 and 10 MB of EXIF are passed over and not handed on', async () => {
    const exif = (orientation: number): Buffer => {
      const block = Buffer.alloc(65_000);
      block.write('Exif\0\0II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0', 0, 'latin1');
      block.writeUInt16LE(orientation, 24);
      const segment = Buffer.from([0xff, 0xe1, 0, 0]);
      segment.writeUInt16BE(block.length + 2, 2);
      return Buffer.concat([segment, block]);
    };
    const file = await red().jpeg().toBuffer();
    const bomb = Buffer.concat([file.subarray(0, 2), ...Array.from({ length: 160 }, () => exif(9)), file.subarray(2)]);
    expect(bomb.length).toBeGreaterThan(10_000_000);
    expect(readImageHeader(Buffer.concat([file.subarray(0, 2), exif(6), file.subarray(2)]), DEFAULT_IMAGE_LIMITS).orientation).toBe(6);
    const { result } = await decode(bomb);
    expect(result).toMatchObject({ widthPx: 64, heightPx: 48, jpeg: { orientation: 1 } });
    const stream = JSON.stringify(result).length;
    expect(stream).toBeLessThan(1_000_000);
  });

  it('12 a cut-off or 100 MB profile is ignored with a warning', async () => {
    const file = await red().withIccProfile('p3').png().toBuffer();
    const { icc = Buffer.alloc(0) } = await sharp(file).metadata();
    for (const profile of [deflateSync(icc.subarray(0, icc.length / 2)), await zeros(100_000_000), deflateSync(Buffer.from('nonsense'))]) {
      const body = Buffer.concat([Buffer.from('p\0\0', 'latin1'), profile]);
      const { result, problem } = await decode(smallPng(chunk('iCCP', body)));
      expect(problem).toBeNull();
      expect(result).toMatchObject({ warnings: [expect.stringContaining('was ignored')] });
    }
  });

  it.each([
    ['a web page', '<html><script>alert(1)</script>'],
    ['an archive', 'PK\u0003\u0004'],
    ['a document', '%PDF-1.7'],
    ['a program', '\u007fELF\u0002\u0001'],
    ['14 a GIF that is also a script', 'GIF89a/*'],
    ['14 a document that is also an archive', '%PDF-1.4\nPK\u0003\u0004'],
  ])('13 %s under the name of a picture is refused by content', async (_, text) => {
    expect((await decode(Buffer.from(text.padEnd(200, ' '), 'latin1'))).problem?.code).toBe('image.format');
  });

  it('14 a picture with a page hidden behind it is handed on without the page', async () => {
    const file = Buffer.concat([await red().jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>PK\u0003\u0004')]);
    const { result } = await decode(file);
    const jpeg = result && typeof result === 'object' && 'jpeg' in result ? result.jpeg : null;
    const bytes = jpeg && typeof jpeg === 'object' && 'bytes' in jpeg && jpeg.bytes instanceof Uint8Array ? jpeg.bytes : new Uint8Array(0);
    expect(bytes.length).toBeGreaterThan(100);
    expect(Buffer.from(bytes).includes('<script>')).toBe(false);
  });

  it('15 files of no and of one byte are refused', async () => {
    expect((await decode(Buffer.alloc(0))).problem?.code).toBe('image.empty');
    expect((await decode(Buffer.from([0x89]))).problem?.code).toBe('image.format');
  });
});
