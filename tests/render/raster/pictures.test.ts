import { describe, expect, it } from 'vitest';
import { about, multiply, rotation, scaling, translation } from '../../../src/geometry/affine.ts';
import { draw, pictureOf, pixelAt, placed } from './scenes.ts';

const noisy = pictureOf('noisy', 9, 7, (x, y) => [(x * 53 + y * 31) % 256, (x * 97) % 256, (y * 71 + x) % 256, 255]);
const grey = (value: number): [number, number, number, number] => [value, value, value, 255];

describe('a picture', () => {
  it('placed at its own size on whole pixels comes back unchanged', async () => {
    const picture = await draw(9, 7, [placed(noisy, [9, 0, 0, 7, 0, 0])], [noisy]);
    expect(picture.rgba).toEqual(noisy.rgba);
  });

  it('turned by quarters and mirrored comes back pixel for pixel', async () => {
    const turned = await draw(7, 9, [placed(noisy, multiply(translation(7, 0), rotation(90), scaling(9, 7)))], [noisy]);
    for (let y = 0; y < 9; y++) for (let x = 0; x < 7; x++) expect(pixelAt(turned, x, y)).toEqual(pixelAt(noisy, y, 6 - x));
    const mirrored = await draw(9, 7, [placed(noisy, [9, 0, 0, 7, 0, 0])], [noisy], { mirror: true });
    for (let x = 0; x < 9; x++) expect(pixelAt(mirrored, x, 3)).toEqual(pixelAt(noisy, 8 - x, 3));
  });

  it('has exactly covered edges between pixels and no dark fringe', async () => {
    const white = pictureOf('white', 4, 4, () => [255, 255, 255, 255]);
    const picture = await draw(6, 6, [placed(white, [3.5, 0, 0, 3, 1.25, 1])], [white]);
    expect([0, 1, 2, 3, 4, 5].map((x) => pixelAt(picture, x, 2)[3])).toEqual([0, 191, 255, 255, 191, 0]);
    expect(pixelAt(picture, 1, 2).slice(0, 3)).toEqual([255, 255, 255]);
    const turned = await draw(20, 20, [placed(white, about({ x: 10, y: 10 }, multiply(rotation(30), [10, 0, 0, 10, 5, 5])))], [white]);
    for (let i = 0; i < turned.rgba.length; i += 4) {
      if ((turned.rgba[i + 3] ?? 0) > 0) expect(turned.rgba[i]).toBe(255);
    }
  });

  it('shrunk from a one-pixel checkerboard is an even grey', async () => {
    const board = pictureOf('board', 240, 240, (x, y) => grey((x + y) % 2 === 0 ? 255 : 0));
    for (const size of [120, 80, 71.3, 53.7, 31, 12.9]) {
      const picture = await draw(130, 130, [placed(board, [size, 0, 0, size, 3, 3])], [board]);
      const inner = Array.from(
        { length: Math.floor(size) - 6 },
        (_, i) => pixelAt(picture, 6 + i, 6 + (i % Math.max(1, Math.floor(size) - 8)))[0] ?? 0,
      );
      expect(Math.min(...inner)).toBeGreaterThanOrEqual(122);
      expect(Math.max(...inner)).toBeLessThanOrEqual(134);
    }
  });

  it('shrunk and turned shows no moire in fine stripes', async () => {
    const stripes = pictureOf('stripes', 400, 400, (x) => grey(x % 2 === 0 ? 255 : 0));
    const picture = await draw(
      120,
      120,
      [placed(stripes, about({ x: 60, y: 60 }, multiply(rotation(23), [90, 0, 0, 90, 15, 15])))],
      [stripes],
    );
    const inner = Array.from({ length: 40 }, (_, i) => pixelAt(picture, 40 + i, 45 + ((i * 7) % 30))[0] ?? 0);
    expect(Math.max(...inner) - Math.min(...inner)).toBeLessThanOrEqual(10);
  });

  it('keeps its mean when shrunk, in one direction or both', async () => {
    const wild = pictureOf('wild', 301, 203, (x, y) => grey((x * 7919 + y * 104729) % 256));
    const mean = wild.rgba.filter((_, i) => i % 4 === 0).reduce((sum, v) => sum + v, 0) / (301 * 203);
    for (const [w, h] of [
      [100, 203],
      [301, 50],
      [37, 29],
    ] as const) {
      const picture = await draw(w, h, [placed(wild, [w, 0, 0, h, 0, 0])], [wild]);
      const shrunk = picture.rgba.filter((_, i) => i % 4 === 0).reduce((sum, v) => sum + v, 0) / (w * h);
      expect(Math.abs(shrunk - mean)).toBeLessThan(1);
    }
  });

  it('enlarged runs smoothly from pixel to pixel', async () => {
    const ramp = pictureOf('ramp', 6, 2, (x) => grey(x * 50));
    const picture = await draw(120, 4, [placed(ramp, [120, 0, 0, 4, 0, 0])], [ramp]);
    const levels = Array.from({ length: 80 }, (_, i) => pixelAt(picture, 20 + i, 2)[0] ?? 0);
    levels.slice(1).forEach((level, i) => {
      expect(level - (levels[i] ?? 0)).toBeGreaterThanOrEqual(1);
      expect(level - (levels[i] ?? 0)).toBeLessThanOrEqual(4);
    });
  });

  it('enlarged with nearest keeps hard pixels', async () => {
    const picture = await draw(36, 28, [placed(noisy, [36, 0, 0, 28, 0, 0], { interpolation: 'nearest' })], [noisy]);
    for (let y = 0; y < 28; y++) for (let x = 0; x < 36; x++) expect(pixelAt(picture, x, y)).toEqual(pixelAt(noisy, x >> 2, y >> 2));
  });

  it('never shows what lies outside its source window', async () => {
    const framed = pictureOf('framed', 40, 40, (x, y) => (x >= 10 && x < 30 && y >= 10 && y < 30 ? [0, 200, 0, 255] : [255, 0, 0, 255]));
    const source = { x: 10, y: 10, width: 20, height: 20 };
    for (const size of [80, 33, 20, 7.4]) {
      const picture = await draw(
        90,
        90,
        [placed(framed, about({ x: 45, y: 45 }, multiply(rotation(11), [size, 0, 0, size, 5, 5])), { source })],
        [framed],
      );
      for (let i = 0; i < picture.rgba.length; i += 4) {
        if ((picture.rgba[i + 3] ?? 0) > 8) expect(picture.rgba[i]).toBeLessThanOrEqual(8);
      }
    }
  });

  it('honours fractions of a pixel in its source window', async () => {
    const ramp = pictureOf('ramp', 101, 1, (x) => grey(2 * x));
    const source = { x: 10.5, y: 0, width: 40, height: 1 };
    for (const width of [20, 40, 160]) {
      const picture = await draw(width, 1, [placed(ramp, [width, 0, 0, 1, 0, 0], { source })], [ramp]);
      const middle = ((pixelAt(picture, width / 2 - 1, 0)[0] ?? 0) + (pixelAt(picture, width / 2, 0)[0] ?? 0)) / 2;
      expect(Math.abs(middle - 2 * (10.5 + 20 - 0.5))).toBeLessThanOrEqual(1);
    }
  });

  it('with soft alpha does not bleed the colour of clear pixels', async () => {
    const sticker = pictureOf('sticker', 16, 16, (x) => (x < 8 ? [0, 0, 255, 255] : [255, 0, 0, 0]));
    for (const size of [50, 11]) {
      const picture = await draw(50, 50, [placed(sticker, [size, 0, 0, size, 0, 0])], [sticker]);
      for (let i = 0; i < picture.rgba.length; i += 4) if ((picture.rgba[i + 3] ?? 0) > 4) expect(picture.rgba[i]).toBe(0);
    }
  });

  it('is adjusted before it is placed', async () => {
    const picture = await draw(9, 7, [placed(noisy, [9, 0, 0, 7, 0, 0], { adjust: [{ kind: 'grey' }] })], [noisy]);
    const [r, g, b] = pixelAt(picture, 4, 3);
    expect([r, g]).toEqual([g, b]);
  });

  it('adjusted and much larger than it is shown keeps every part in its place', async () => {
    const large = pictureOf('large', 3000, 2400, (x, y) => [x < 1500 ? 20 : 220, y < 1200 ? 30 : 230, 128, 255]);
    const adjust = [{ kind: 'invert' }] as const;
    const all = await draw(50, 40, [placed(large, [50, 0, 0, 40, 0, 0], { adjust })], [large]);
    const inverse = (x: number, y: number): number[] => [x < 25 ? 235 : 35, y < 20 ? 225 : 25, 127, 255];
    for (const x of [2, 22, 27, 47]) for (const y of [2, 17, 22, 37]) expect(pixelAt(all, x, y)).toEqual(inverse(x, y));
    const source = { x: 1400.5, y: 1100.5, width: 200, height: 200 };
    const part = await draw(100, 100, [placed(large, [100, 0, 0, 100, 0, 0], { adjust, source })], [large]);
    expect([pixelAt(part, 45, 45), pixelAt(part, 54, 45), pixelAt(part, 45, 54)].map(([r, g]) => [r, g])).toEqual([
      [235, 225],
      [35, 225],
      [235, 25],
    ]);
  });

  it('squashed to a line is left out', async () => {
    const picture = await draw(4, 4, [placed(noisy, [4, 4, 4, 4, 0, 0])], [noisy]);
    expect(Math.max(...picture.rgba)).toBe(0);
  });
});
