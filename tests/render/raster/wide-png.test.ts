import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePixels } from '../../../src/render/raster/encode-pixels.ts';

/** Wide enough that the code of a strip is made from a sample of its rows. */
const WIDTH = 2311;
const HEIGHT = 70;

type Pattern = (x: number, y: number) => number;

/** Repeatable bytes without any order. */
const noise: Pattern = (x, y) => {
  const mixed = Math.imul(x * 2654435761 + y * 40503, 2246822519);
  return (mixed ^ (mixed >>> 13)) >>> 0;
};

const PATTERNS: Readonly<Record<string, Pattern>> = {
  'noise in every row': noise,
  'noise only in the rows that are not sampled': (x, y) => (y % 5 === 0 ? 0 : noise(x, y)),
  'noise only in the rows that are sampled': (x, y) => (y % 5 === 0 ? noise(x, y) : 0xff000000),
  'short runs of every length': (x, y) => ((x * x + y) % 977 < 40 ? noise(x, y) : 0xff336699),
  nothing: () => 0,
};

const picture = (pattern: Pattern): Uint8Array => {
  const words = new Uint32Array(WIDTH * HEIGHT);
  for (let i = 0; i < words.length; i++) words[i] = pattern(i % WIDTH, Math.floor(i / WIDTH));
  return new Uint8Array(words.buffer);
};

describe('a wide PNG', () => {
  it.each(Object.entries(PATTERNS))('comes back bit by bit: %s', async (_, pattern) => {
    const rgba = picture(pattern);
    const png = await encodePixels({ widthPx: WIDTH, heightPx: HEIGHT, rgba }, { format: 'png' });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([WIDTH, HEIGHT, 4]);
    expect(Buffer.compare(data, rgba)).toBe(0);
  });
});
