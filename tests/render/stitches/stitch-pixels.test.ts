import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../../../src/render/adjust/pixel-image.ts';
import { encodePixels } from '../../../src/render/raster/encode-pixels.ts';
import { type StitchPicture, stitchPixels } from '../../../src/render/stitches/stitch-pixels.ts';
import { ROLE, type StitchPlan } from '../../../src/stitch/plan.ts';
import { expectGolden } from '../../golden/golden.ts';
import { columnWord, GOLD, NAVY, plainRows, RED, satinCurve, tatamiDisc, threeColourPatch, WHITE } from '../../support/sample-plans.ts';
import { joined, path } from './single-thread.ts';
import { greySquare, slowestWave } from './spectrum.ts';

const { signal } = new AbortController();

const picture = (
  x: number,
  y: number,
  width: number,
  height: number,
  perMm: number,
  background: string | null = '#ffffff',
): StitchPicture => ({
  region: { x, y, width, height },
  widthPx: Math.round(width * perMm),
  heightPx: Math.round(height * perMm),
  background,
});

const paint = (plan: StitchPlan, of: StitchPicture): Promise<PixelImage> => stitchPixels(plan, of, signal);

/** How far a row is from white, pixel by pixel. */
const inkOf = ({ widthPx, rgba }: PixelImage, y: number): readonly number[] =>
  Array.from({ length: widthPx }, (_, x) => 255 - (rgba[(y * widthPx + x) * 4 + 1] ?? 0));

/** Middle of what covers a clear picture, by its alpha of more than a half. */
const middleOf = ({ widthPx, rgba }: PixelImage): { readonly x: number; readonly y: number } => {
  let [sum, sx, sy] = [0, 0, 0];
  for (let i = 3; i < rgba.length; i += 4) {
    // Shadow on cloth is black and lies beside the thread: the red of the thread does not.
    const weight = ((rgba[i] ?? 0) * (rgba[i - 3] ?? 0)) / 255;
    sum += weight;
    sx += weight * (((i >> 2) % widthPx) + 0.5);
    sy += weight * (Math.floor((i >> 2) / widthPx) + 0.5);
  }
  return { x: sx / sum, y: sy / sum };
};

const pixel = ({ widthPx, rgba }: PixelImage, x: number, y: number): readonly number[] => {
  const at = (Math.floor(y) * widthPx + Math.floor(x)) * 4;
  return [...rgba.subarray(at, at + 4)];
};

describe('a picture of stitches', () => {
  it('shows a thread where it is sewn, as wide as it is', async () => {
    const image = await paint(path([2, 5, 8, 5]), picture(0, 0, 10, 10, 20));
    const column = Array.from({ length: 200 }, (_, y) => inkOf(image, y)[100] ?? 0);
    const covered = column.flatMap((ink, y) => (ink > 150 ? [y] : []));
    expect(covered.length / 20).toBeGreaterThan(0.34);
    expect(covered.length / 20).toBeLessThan(0.5);
    expect(((covered[0] ?? 0) + (covered.at(-1) ?? 0) + 1) / 2 / 20).toBeCloseTo(5, 1);
    const row = inkOf(image, 100).flatMap((ink, x) => (ink > 150 ? [x] : []));
    expect((row[0] ?? 0) / 20).toBeGreaterThan(1.8);
    expect((row.at(-1) ?? 0) / 20).toBeLessThan(8.2);
  });

  it('moves by a part of a pixel when the design does', async () => {
    const view = picture(0, 0, 8, 8, 6, null);
    const at = await Promise.all([0, 0.25, 0.5, 0.75].map((px) => paint(path([2 + px / 6, 3, 5 + px / 6, 4.5]), view)));
    const xs = at.map((image) => middleOf(image).x);
    for (const [i, x] of xs.entries()) expect(x - (xs[0] ?? 0)).toBeCloseTo(i * 0.25, 1);
  });

  it('lays later thread over earlier thread, and hides underlay', async () => {
    const [gold, navy] = [path([2, 5, 8, 5], GOLD), path([5, 2, 5, 8], NAVY)];
    const over = pixel(await paint(joined(navy, gold), picture(0, 0, 10, 10, 20)), 100, 100);
    const under = pixel(await paint(joined(gold, navy), picture(0, 0, 10, 10, 20)), 100, 100);
    expect(over[0]).toBeGreaterThan(150);
    expect(under[0]).toBeLessThan(90);

    const hidden = joined(path([9, 3, 9, 23, 14, 23, 14, 5, 19, 5, 19, 22], RED, ROLE.underlay), tatamiDisc(12, { angleDeg: 20 }));
    const image = await paint(hidden, picture(5, 5, 18, 18, 10, '#1f2f5c'));
    const red = Array.from({ length: image.rgba.length >> 2 }, (_, i) => (image.rgba[i * 4] ?? 0) - (image.rgba[i * 4 + 2] ?? 0));
    // Hardly anything glints through between two rows, nothing shows.
    expect(red.filter((by) => by > 25).length).toBeLessThan(10);
    expect(Math.max(...red)).toBeLessThan(60);
  });

  it('throws a shadow to the lower right, on cloth of any colour and on clear ground', async () => {
    const plan = tatamiDisc(6);
    // Beside the disc at its upper left and its lower right, 0.3 mm away.
    const beside = (of: PixelImage, c: number): readonly number[] =>
      [8 - 6.5 * Math.SQRT1_2, 8 + 6.5 * Math.SQRT1_2].map((mm) => pixel(of, mm * 10, mm * 10)[c] ?? 0);
    const [lit = 0, dark = 0] = beside(await paint(plan, picture(0, 0, 16, 16, 10, '#e0e0e0')), 1);
    expect(lit).toBeGreaterThan(200);
    expect(dark).toBeLessThan(lit - 12);
    const clear = await paint(plan, picture(0, 0, 16, 16, 10, null));
    const [thin = 0, thick = 0] = beside(clear, 3);
    expect(thick).toBeGreaterThan(thin + 15);
    expect(pixel(clear, 0, 0)).toEqual([0, 0, 0, 0]);
  });

  it('shines across its course: one column is brighter the other way round', async () => {
    const rows = async (angleDeg: number): Promise<number> => {
      const image = await paint(plainRows(20, { angleDeg }, GOLD), picture(7, 7, 10, 10, 10));
      return greySquare(image, 0, 0, 64).reduce((sum, v) => sum + v, 0) / 4096;
    };
    const [along, across] = [await rows(53), await rows(143)];
    expect(across).toBeGreaterThan(along * 1.1);
  });

  it('stays near the colour of its thread', async () => {
    for (const thread of [WHITE, GOLD, RED, NAVY]) {
      const image = await paint(plainRows(20, { angleDeg: 0 }, thread), picture(7, 7, 10, 10, 12));
      const named = [1, 3, 5].map((at) => Number.parseInt(thread.colour.slice(at, at + 2), 16));
      for (const [c, value] of named.entries()) {
        const mean = image.rgba.reduce((sum, v, i) => (i % 4 === c ? sum + v : sum), 0) / (image.rgba.length / 4);
        expect(Math.abs(mean - value), `${thread.name} channel ${c}`).toBeLessThan(26);
      }
    }
  });

  it('tells the plies of a thread apart from 8 pixels on, and none below', async () => {
    // Along the middle of a long thread nothing but its twist goes up and down.
    const unrest = async (threadPx: number): Promise<number> => {
      const perMm = threadPx / 0.4;
      const image = await paint(path([0, 1, 12, 1]), picture(4, 0, 4, 2, perMm));
      const middle = inkOf(image, Math.floor(perMm));
      return Math.max(...middle) - Math.min(...middle);
    };
    expect(await unrest(6.8)).toBeLessThan(4);
    expect(await unrest(8)).toBeGreaterThanOrEqual(3);
    expect(await unrest(16)).toBeGreaterThan(15);
  });

  it('is the same each time and in parts as in whole', async () => {
    const plan = threeColourPatch();
    const whole = await paint(plan, picture(10, 10, 20, 20, 10));
    expect(await paint(plan, picture(10, 10, 20, 20, 10))).toEqual(whole);
    const part = await paint(plan, picture(14, 14, 10, 10, 10));
    // Shadows look up to 1.8 mm around: the middle knows no edge.
    for (let y = 30; y < 70; y += 1) for (let x = 30; x < 70; x += 1) expect(pixel(part, x, y)).toEqual(pixel(whole, x + 40, y + 40));
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const work = stitchPixels(threeColourPatch(), picture(0, 0, 64, 64, 12), stop.signal);
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });

  it('refuses a picture without an area', async () => {
    await expect(paint(satinCurve(), { ...picture(0, 0, 10, 10, 10), widthPx: 0 })).rejects.toMatchObject({ code: 'stitches.picture' });
    await expect(paint(satinCurve(), picture(0, 0, 0, 10, 10))).rejects.toMatchObject({ code: 'stitches.picture' });
  });

  it('shows the cloth alone for a plan of nothing', async () => {
    const nothing = [{ blocks: [] }, path([]), path([3, 3]), path([3, 3, 3, 3])];
    for (const plan of nothing) {
      const image = await paint(plan, picture(0, 0, 6, 6, 4, '#336699'));
      expect(new Set(Array.from({ length: 576 }, (_, i) => pixel(image, i % 24, i / 24).join()))).toEqual(new Set(['51,102,153,255']));
    }
  });

  it('survives plans that no machine could sew', async () => {
    const coordinate = fc.oneof(fc.double({ min: -20, max: 20 }), fc.constantFrom(Number.NaN, 1e9, -1e9, 1e-300, Number.POSITIVE_INFINITY));
    await fc.assert(
      fc.asyncProperty(fc.array(coordinate, { maxLength: 24 }), async (points) => {
        const image = await paint(path(points), picture(-5, -5, 10, 10, 4));
        expect(image.rgba.length).toBe(1600 * 4);
      }),
      { numRuns: 30, seed: 6 },
    );
  });
});

describe('an even fill', () => {
  const SIDE = 128;
  const square = (plan: StitchPlan, dpi: number): Promise<PixelImage> => {
    const mm = (SIDE / dpi) * 25.4;
    return paint(plan, {
      region: { x: 19 - mm / 2, y: 19 - mm / 2, width: mm, height: mm },
      widthPx: SIDE,
      heightPx: SIDE,
      background: '#ffffff',
    });
  };

  it.each([
    [72, 0.3, 0],
    [72, 0.4, 90],
    [150, 0.3, 90],
    [150, 0.4, 0],
    [300, 0.3, 0],
    [300, 0.4, 0],
    [317, 0.3, 90],
    [317, 0.4, 90],
  ])('has no bands at %i dpi with rows of %f mm at %i degrees', async (dpi, pitchMm, angleDeg) => {
    // Stitches longer than the square leave rows and nothing else, all of them faster than an eighth of a cycle a pixel.
    const image = await square(plainRows(44, { angleDeg, pitchMm, stitchMm: 400 }, GOLD), dpi);
    expect(slowestWave(greySquare(image, 0, 0, SIDE), 0.12)).toBeLessThan(0.02);
  });

  it('would have bands if its pixels were picked instead of averaged', async () => {
    const fine = await square(plainRows(44, { pitchMm: 0.3, stitchMm: 400 }, GOLD), 300);
    const step = 3;
    const small = 32;
    const picked = Float64Array.from({ length: small * small }, (_, i) => {
      const at = (Math.floor(i / small) * step * SIDE + (i % small) * step) * 4;
      return (fine.rgba[at] ?? 0) / 255;
    });
    expect(slowestWave(picked, 0.25)).toBeGreaterThan(0.04);
  });
});

describe('pictures that people have looked at', () => {
  it.each([
    ['satin-curve', satinCurve(), picture(2, 3, 24, 34, 6, '#e9e4da')],
    ['patch', threeColourPatch(), picture(0, 0, 64, 64, 4, '#8a8f96')],
    ['disc-close', tatamiDisc(6, { angleDeg: 20 }), picture(2, 2, 6, 6, 40, '#e9e4da')],
    ['word', columnWord(), picture(0, 0, 58, 16, 6, null)],
  ] as const)('looks as before: %s', async (name, plan, view) => {
    expectGolden(`stitches/${name}`, await encodePixels(await paint(plan, view), { format: 'png' }), { channel: 2, share: 0.002 });
  });
});
