import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { writeBitTiff } from '../../../src/render/plates/bit-tiff.ts';
import { dither } from '../../../src/render/plates/dither.ts';
import { halftone } from '../../../src/render/plates/halftone.ts';
import { type BitPlane, bitAt, blankBits, countBits, type Plane } from '../../../src/render/plates/plane.ts';
import { writeBitBmp, writeGreyBmp } from '../../../src/render/plates/plate-bmp.ts';
import { writeBitPng, writeGreyPng } from '../../../src/render/plates/plate-png.ts';

const noPause = async (): Promise<void> => {};

/** Rows of runs that begin with white; a run beyond the width is cut. */
const planeOfRuns = (widthPx: number, rows: readonly (readonly number[])[], dpi = 720): BitPlane => {
  const plane = blankBits({ widthPx, heightPx: rows.length, dpi });
  rows.forEach((runs, y) => {
    let x = 0;
    runs.forEach((length, i) => {
      for (let k = 0; k < length && x < widthPx; k++, x++) {
        const at = y * plane.rowBytes + (x >> 3);
        if (i % 2 === 1) plane.data[at] = (plane.data[at] ?? 0) | (0x80 >> (x & 7));
      }
    });
  });
  return plane;
};

/** 1 for ink, row-major. */
const dotsOf = (plane: BitPlane): Uint8Array =>
  Uint8Array.from({ length: plane.widthPx * plane.heightPx }, (_, i) =>
    Number(bitAt(plane, i % plane.widthPx, Math.floor(i / plane.widthPx))),
  );

const inkOfFile = async (file: Uint8Array): Promise<Uint8Array> => {
  const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  return Uint8Array.from({ length: info.width * info.height }, (_, i) => Number((data[i * info.channels] ?? 0) < 128));
};

const everyRun = (): BitPlane => {
  const rows = Array.from({ length: 2700 }, (_, n) => [n % 7, n, 5, 2700 - n]);
  return planeOfRuns(5600, rows);
};

describe('1-bit TIFF', () => {
  test('libtiff reads every length of black and white run back from Group 4', async () => {
    const plane = everyRun();
    const file = await writeBitTiff(plane, noPause, { description: 'ink 1 of 3' });
    expect(await sharp(file).metadata()).toMatchObject({ width: 5600, height: 2700, density: 720 });
    expect(Buffer.compare(await inkOfFile(file), dotsOf(plane))).toBe(0);
  });

  test('libtiff reads any dots back, packed either way', async () => {
    const rows = fc.array(fc.array(fc.nat(90), { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 700 }),
        rows,
        fc.constantFrom('group4' as const, 'deflate' as const),
        async (width, runs, compression) => {
          const plane = planeOfRuns(width, runs);
          expect(Buffer.compare(await inkOfFile(await writeBitTiff(plane, noPause, { compression })), dotsOf(plane))).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('libtiff reads dots of halftones back, as they stand on plates', async () => {
    const tones = {
      widthPx: 2377,
      heightPx: 900,
      dpi: 720,
      data: Uint8Array.from({ length: 2377 * 900 }, (_, i) => ((i % 2377) * 255) / 2377),
    };
    for (const dot of ['ellipse', 'round'] as const) {
      const plane = halftone(tones, { lpi: 65, angle: 22.5, dot });
      expect(Buffer.compare(await inkOfFile(await writeBitTiff(plane, noPause)), dotsOf(plane))).toBe(0);
    }
    const noise = dither({ ...tones, heightPx: 300, data: tones.data.slice(0, 2377 * 300) }, 'stucki');
    expect(Buffer.compare(await inkOfFile(await writeBitTiff(noise, noPause)), dotsOf(noise))).toBe(0);
  });

  test('stops between strips', async () => {
    const stop = async (): Promise<void> => {
      throw new Error('enough');
    };
    await expect(writeBitTiff(everyRun(), stop)).rejects.toThrow('enough');
  });
});

const ramp: Plane = { widthPx: 37, heightPx: 11, dpi: 508, data: Uint8Array.from({ length: 37 * 11 }, (_, i) => (i * 7) & 255) };
const odd = planeOfRuns(
  37,
  Array.from({ length: 11 }, (_, y) => [y, 3, y % 4, 40]),
  508,
);

describe('PNG plates', () => {
  test('hold dots in one bit, ink as black, with 20,000 pixels a metre at 508 dpi', async () => {
    const file = writeBitPng(odd);
    expect(file[24]).toBe(1);
    expect(new DataView(file.buffer).getUint32(file.indexOf(0x70, 30) + 4)).toBe(20_000);
    expect(Array.from(await inkOfFile(file))).toEqual(Array.from(dotsOf(odd)));
    expect((await sharp(file).metadata()).density).toBe(508);
  });

  test('hold tones in eight bits, solid ink as black', () => {
    const { data } = PNG.sync.read(Buffer.from(writeGreyPng(ramp)));
    expect(Array.from(ramp.data, (_, i) => 255 - (data[i * 4] ?? 0))).toEqual(Array.from(ramp.data));
  });
});

const readBmp = async (file: Uint8Array): Promise<readonly number[]> => {
  const image = await loadImage(Buffer.from(file));
  const canvas = createCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  return Array.from({ length: image.width * image.height }, (_, i) => 255 - (data[i * 4] ?? 0));
};

describe('BMP plates', () => {
  test('hold dots and their resolution, ink as black', async () => {
    const file = writeBitBmp(odd);
    const view = new DataView(file.buffer);
    expect([view.getUint16(28, true), view.getInt32(38, true), view.getInt32(42, true), view.getUint32(2, true)]).toEqual([
      1,
      20_000,
      20_000,
      file.length,
    ]);
    expect(await readBmp(file)).toEqual(Array.from(dotsOf(odd), (ink) => ink * 255));
  });

  test('hold tones, solid ink as black', async () => {
    expect(await readBmp(writeGreyBmp(ramp))).toEqual(Array.from(ramp.data));
  });
});

test('a plate whose bytes do not fit its size is refused', async () => {
  const short = { ...odd, data: odd.data.subarray(1) };
  await expect(writeBitTiff(short, noPause)).rejects.toThrow('expected 37 x 11 pixels');
  expect(() => writeBitPng(short)).toThrow('expected 37 x 11 pixels');
  expect(countBits(odd)).toBe(dotsOf(odd).reduce((sum, dot) => sum + dot, 0));
});
