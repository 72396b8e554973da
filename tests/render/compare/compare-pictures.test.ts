import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { comparePictures } from '../../../src/render/compare/compare-pictures.ts';

type Rgba = readonly [number, number, number, number];

const picture = async (width: number, height: number, colourAt: (x: number, y: number) => Rgba): Promise<Uint8Array> => {
  const data = Uint8Array.from(Array.from({ length: width * height }, (_, i) => colourAt(i % width, Math.floor(i / width))).flat());
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
};
const BLUE: Rgba = [20, 40, 200, 255];

describe('comparePictures', () => {
  it('finds no difference between equal pixels in other bytes', async () => {
    const png = await picture(30, 20, () => BLUE);
    const again = await sharp(png).png({ compressionLevel: 0 }).toBuffer();
    expect((await comparePictures(png, again)).difference).toMatchObject({ pixels: 0, share: 0, most: 0, box: null });
  });

  it('counts the pixels that differ, how far, and where', async () => {
    const before = await picture(100, 50, () => BLUE);
    const after = await picture(100, 50, (x, y) => (x >= 40 && x < 44 && y === 7 ? [20, 50, 190, 255] : BLUE));
    expect((await comparePictures(before, after)).difference).toEqual({
      before: { widthPx: 100, heightPx: 50 },
      after: { widthPx: 100, heightPx: 50 },
      pixels: 4,
      share: 4 / 5000,
      most: 10,
      box: { x: 40, y: 7, width: 4, height: 1 },
    });
  });

  it('sees no difference in colours that nothing shows of', async () => {
    const before = await picture(8, 8, () => [255, 0, 0, 0]);
    const after = await picture(8, 8, () => [0, 255, 0, 0]);
    expect((await comparePictures(before, after)).difference.pixels).toBe(0);
  });

  it('marks one pixel of a large picture where people see it', async () => {
    const before = await picture(1440, 720, () => BLUE);
    const after = await picture(1440, 720, (x, y) => (x === 720 && y === 360 ? [255, 255, 255, 255] : BLUE));
    const { data, info } = await sharp(await (await comparePictures(before, after)).picture())
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const isRed = (i: number): boolean => (data[i * info.channels] ?? 0) > 180 && (data[i * info.channels + 1] ?? 255) < 60;
    const red = Array.from({ length: info.width * info.height }, (_, i) => i).filter(isRed);
    expect([info.width, info.height]).toEqual([1104, 360]);
    expect(red.map((i) => [i % info.width, Math.floor(i / info.width)])).toEqual([[744 + 180, 90]]);
  });

  it('tells the sizes of pictures that have another, and refuses what is none', async () => {
    const { difference, picture: drawn } = await comparePictures(await picture(10, 10, () => BLUE), await picture(12, 10, () => BLUE));
    expect(difference).toMatchObject({ before: { widthPx: 10 }, after: { widthPx: 12 }, pixels: 120, share: 1, box: null });
    expect((await sharp(await drawn()).metadata()).width).toBe(732);
    await expect(comparePictures(new Uint8Array(9), new Uint8Array(9))).rejects.toMatchObject({ code: 'compare.picture' });
  });
});
