import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colourFromHex, type SrgbColour } from '../../../src/colour/colour.ts';
import { colourDistance } from '../../../src/colour/delta-e.ts';
import { boundsOfPath } from '../../../src/geometry/path.ts';
import { areaOfPath, pathContainsPoint } from '../../../src/geometry/polygons.ts';
import { bitAt } from '../../../src/render/plates/plane.ts';
import { ShareTable } from '../../../src/render/plates/share-table.ts';
import { traceDots } from '../../../src/render/plates/trace-dots.ts';
import { Unmixer } from '../../../src/render/plates/unmix.ts';
import { bitsOf, blankWords, countDots, grown, shrunk, type WordPlane } from '../../../src/render/plates/word-plane.ts';

const noPause = async (): Promise<void> => {};

const planeOf = (widthPx: number, heightPx: number, isInk: (x: number, y: number) => boolean): WordPlane => {
  const plane = blankWords(widthPx, heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = y * plane.stride + (x >> 5);
      if (isInk(x, y)) plane.words[at] = (plane.words[at] ?? 0) | (0x8000_0000 >>> (x & 31));
    }
  }
  return plane;
};

const dotsOf = (plane: WordPlane): string => {
  const bits = bitsOf(plane, 100);
  return Array.from({ length: plane.heightPx }, (_, y) =>
    Array.from({ length: plane.widthPx }, (__, x) => (bitAt(bits, x, y) ? '#' : '.')).join(''),
  ).join('\n');
};

/** The same by looking at every pixel around every pixel. */
const slowlyGrown = (plane: WordPlane, radius: number): WordPlane => {
  const bits = bitsOf(plane, 100);
  const reach = Math.floor(radius);
  return planeOf(plane.widthPx, plane.heightPx, (x, y) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) if (dx * dx + dy * dy <= radius * radius && bitAt(bits, x + dx, y + dy)) return true;
    }
    return false;
  });
};

const anyPlane = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 24 }), fc.array(fc.nat(2399), { maxLength: 30 }))
  .map(([width, height, dots]) => planeOf(width, height, (x, y) => dots.includes(y * 100 + x)));

describe('dots', () => {
  test('grow by a disc, wherever they lie', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlane, fc.double({ min: 1, max: 9, noNaN: true }), async (plane, radius) => {
        expect(dotsOf(await grown(plane, radius, noPause))).toBe(dotsOf(slowlyGrown(plane, radius)));
      }),
      { numRuns: 60 },
    );
  });

  test('shrink back to a square after they grew, and keep the edge of the plane', async () => {
    const square = planeOf(70, 70, (x, y) => x >= 20 && x < 50 && y >= 20 && y < 50);
    expect(dotsOf(await shrunk(await grown(square, 6, noPause), 6, noPause))).toBe(dotsOf(square));
    const half = planeOf(70, 70, (x) => x < 35);
    expect(dotsOf(await shrunk(half, 5, noPause))).toBe(dotsOf(planeOf(70, 70, (x) => x < 30)));
  });

  test('shrink as paper grows, wherever they lie', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlane, fc.double({ min: 1, max: 6, noNaN: true }), async (dots, radius) => {
        const plane = await grown(dots, 7, noPause);
        const bits = bitsOf(plane, 100);
        const paper = slowlyGrown(
          planeOf(plane.widthPx, plane.heightPx, (x, y) => !bitAt(bits, x, y)),
          radius,
        );
        const kept = bitsOf(paper, 100);
        expect(dotsOf(await shrunk(plane, radius, noPause))).toBe(
          dotsOf(planeOf(plane.widthPx, plane.heightPx, (x, y) => !bitAt(kept, x, y))),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('are counted', () => {
    expect(countDots(planeOf(77, 31, (x, y) => (x + y) % 3 === 0))).toBe(
      [...dotsOf(planeOf(77, 31, (x, y) => (x + y) % 3 === 0))].filter((dot) => dot === '#').length,
    );
  });
});

describe('outlines of dots', () => {
  const place = { x: 10, y: 20, mmPerPx: 0.1 };

  test('keep the corners of a rectangle to a hundredth of a pixel', () => {
    const path = traceDots(
      planeOf(90, 60, (x, y) => x >= 7 && x < 81 && y >= 11 && y < 40),
      place,
    );
    expect(boundsOfPath(path)).toEqual({
      x: expect.closeTo(10.7),
      y: expect.closeTo(21.1),
      width: expect.closeTo(7.4),
      height: expect.closeTo(2.9),
    });
    expect(areaOfPath(path)).toBeCloseTo(7.4 * 2.9, 2);
  });

  test('follow a ring with its hole, true to less than a pixel', () => {
    const far = (x: number, y: number): number => Math.hypot(x + 0.5 - 150, y + 0.5 - 150);
    const ring = planeOf(300, 300, (x, y) => far(x, y) < 130 && far(x, y) > 60);
    const path = traceDots(ring, place);
    expect(areaOfPath(path) / (Math.PI * (13 ** 2 - 6 ** 2))).toBeCloseTo(1, 2);
    expect([150, 150 + 61, 150 + 129, 150 + 131].map((x) => pathContainsPoint(path, { x: 10 + x / 10, y: 35 }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(path.coords.length / 2).toBeLessThan(180);
  });

  test('cover what the dots cover, whatever they are', () => {
    fc.assert(
      fc.property(anyPlane, (plane) => {
        const big = planeOf(plane.widthPx * 8, plane.heightPx * 8, (x, y) => bitAt(bitsOf(plane, 1), x >> 3, y >> 3));
        const path = traceDots(big, { x: 0, y: 0, mmPerPx: 1 });
        expect(Math.abs(areaOfPath(path) - countDots(big))).toBeLessThan(0.5 + countDots(big) / 50);
      }),
      { numRuns: 15 },
    );
  });
});

const srgb = (hex: string): SrgbColour => colourFromHex(hex) ?? { space: 'srgb', r: 0, g: 0, b: 0 };

describe('unmixing', () => {
  const inks = ['#fcd92f', '#da2128', '#1f4fa3', '#ffffff'].map(srgb);
  const unmixer = new Unmixer(inks, srgb('#17171a'));

  test('gives an ink its own colour, and the article nothing', () => {
    inks.forEach((colour, ink) => {
      const shares = unmixer.shares(colour);
      expect(shares[ink]).toBeGreaterThan(0.97);
    });
    expect(unmixer.shares(srgb('#17171a')).reduce((sum, share) => sum + share, 0)).toBeLessThan(0.02);
  });

  test('makes shares that fill no more than the area and look like colours within reach', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (r, g, b) => {
        const shares = unmixer.shares({ space: 'srgb', r: r / 255, g: g / 255, b: b / 255 });
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
    for (const hex of ['#8c1a1f', '#f0a0a0', '#7f7f80', '#e8d8a0']) {
      expect(colourDistance(srgb(hex), unmixer.mixed(unmixer.shares(srgb(hex))))).toBeLessThan(6);
    }
  });

  test('is what it was where shares follow the colour in a straight line, whichever channel is the largest', () => {
    const table = new ShareTable(3, ({ r, g, b }) => [r, g, b]);
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (r, g, b) => {
        const out = new Uint8Array(4);
        table.fill([0, 1, 2], Uint8Array.from([r, g, b, 255]), out);
        expect([...out]).toEqual([r, g, b, 0]);
      }),
    );
  });

  test('is blended between solved colours in the table', () => {
    const table = new ShareTable(inks.length, (colour) => unmixer.shares(colour));
    const rgba = Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255, 170, 85, 0, 255, 85, 85, 85, 255]);
    const out = new Uint8Array(rgba.length);
    table.fill([-1, 3, 0], rgba, out);
    expect([0, 1, 2, 3].map((i) => out[4 * i])).toEqual([0, 0, 0, 0]);
    const exact = Array.from({ length: 4 }, (_, i) => {
      const [r, g, b] = [...rgba.subarray(4 * i, 4 * i + 3)].map((v) => v / 255);
      return Math.round(255 * (unmixer.shares({ space: 'srgb', r: r ?? 0, g: g ?? 0, b: b ?? 0 })[3] ?? 0));
    });
    expect(Array.from({ length: 4 }, (_, i) => out[4 * i + 1])).toEqual(exact);
  });
});
