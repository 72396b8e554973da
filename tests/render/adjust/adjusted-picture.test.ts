import { describe, expect, it } from 'vitest';
import { adjustedPicture, adjustedSize } from '../../../src/render/adjust/adjusted-picture.ts';
import { applyAdjustments } from '../../../src/render/adjust/apply-adjustments.ts';
import type { PixelImage } from '../../../src/render/adjust/pixel-image.ts';
import type { ImageAdjustment } from '../../../src/scene/scene.ts';

const NEVER = new AbortController().signal;
const whole = (widthPx: number, heightPx: number) => ({
  image: { digest: 'a', widthPx, heightPx, hasAlpha: false },
  source: { x: 0, y: 0, width: widthPx, height: heightPx },
});
const image = (widthPx: number, heightPx: number, at: (x: number, y: number) => readonly number[]): PixelImage => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y += 1) for (let x = 0; x < widthPx; x += 1) rgba.set(at(x, y), (y * widthPx + x) * 4);
  return { widthPx, heightPx, rgba };
};
const pixel = ({ rgba, widthPx }: PixelImage, x: number, y: number): number[] => [
  ...rgba.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 4),
];
const shrunk = (from: PixelImage, widthPx: number, heightPx: number) => adjustedPicture(from, [], { widthPx, heightPx }, NEVER);

describe('adjustedSize', () => {
  it('is what the placement shows, to the pixel', () => {
    expect(adjustedSize(whole(9000, 6000), { width: 3543.3, height: 2362.2 })).toEqual({ widthPx: 3543, heightPx: 2362 });
  });

  it('never enlarges', () => {
    expect(adjustedSize(whole(800, 600), { width: 4000, height: 3000 })).toMatchObject({ widthPx: 800, heightPx: 600 });
    expect(adjustedSize(whole(9000, 6000), { width: 9001, height: 6001 })).toMatchObject({ widthPx: 9000, heightPx: 6000 });
  });

  it('counts the whole picture when only a part is shown', () => {
    const half = { ...whole(9000, 6000), source: { x: 4500, y: 0, width: 4500, height: 6000 } };
    expect(adjustedSize(half, { width: 2250, height: 3000 })).toEqual({ widthPx: 4500, heightPx: 3000 });
  });

  it('keeps the proportions of a picture that is placed stretched, as its finer side needs', () => {
    expect(adjustedSize(whole(9000, 6000), { width: 1000, height: 4000 })).toEqual({ widthPx: 6000, heightPx: 4000 });
  });

  it('keeps enough pixels for effects on a thumbnail', () => {
    expect(adjustedSize(whole(9000, 6000), { width: 90, height: 60 })).toEqual({ widthPx: 2000, heightPx: 1333 });
    expect(adjustedSize(whole(1000, 700), { width: 90, height: 60 })).toMatchObject({ widthPx: 1000, heightPx: 700 });
  });
});

describe('a picture shrunk before adjusting', () => {
  it('is the exact mean where sizes divide, and keeps a flat colour at any size', async () => {
    const board = image(12, 8, (x, y) => ((x + y) % 2 === 0 ? [200, 0, 90, 255] : [100, 0, 10, 255]));
    expect(pixel(await shrunk(board, 6, 4), 3, 2)).toEqual([150, 0, 50, 255]);
    const flat = image(37, 23, () => [201, 17, 254, 255]);
    for (const [w, h] of [
      [36, 22],
      [19, 23],
      [7, 5],
      [1, 1],
    ] as const) {
      const made = await shrunk(flat, w, h);
      expect([made.widthPx, made.heightPx, made.rgba.length]).toEqual([w, h, w * h * 4]);
      for (let y = 0; y < h; y += 1) for (let x = 0; x < w; x += 1) expect(pixel(made, x, y)).toEqual([201, 17, 254, 255]);
    }
  });

  it('keeps the place of everything: a slope stays the same slope', async () => {
    const slope = image(200, 100, (x, y) => [x + 0.5, 2 * y + 1, 0, 255]);
    const made = await shrunk(slope, 71, 53);
    for (let y = 0; y < 53; y += 7)
      for (let x = 0; x < 71; x += 7) {
        const [r = 0, g = 0] = pixel(made, x, y);
        expect(Math.abs(r - ((x + 0.5) / 71) * 200)).toBeLessThan(1.2);
        expect(Math.abs(g - ((y + 0.5) / 53) * 200)).toBeLessThan(1.6);
      }
  });

  it('does not mix in the colour of clear pixels', async () => {
    const sticker = image(9, 9, (x) => (x < 4 ? [0, 0, 255, 255] : [255, 0, 0, 0]));
    const made = await shrunk(sticker, 4, 4);
    for (let x = 0; x < 4; x += 1) expect(pixel(made, x, 1).slice(0, 2)).toEqual([0, 0]);
    expect(pixel(made, 3, 1)[3]).toBe(0);
    expect(pixel(made, 1, 1)[3]).toBeGreaterThan(180);
  });
});

describe('adjusted small and adjusted large', () => {
  const photo = image(1200, 900, (x, y) => [
    128 + 100 * Math.sin(x / 90) * Math.cos(y / 70),
    128 + 80 * Math.sin((x + y) / 110),
    128 + 100 * Math.cos(x / 60),
    255,
  ]);
  const ALIKE: readonly ImageAdjustment[] = [
    { kind: 'grey' },
    { kind: 'sepia', amount: 0.8 },
    { kind: 'threshold', level: 0.5 },
    { kind: 'tone', brightness: 0.1, contrast: 0.2, saturation: -0.3, gamma: 1.4 },
    { kind: 'halftone', cell: 0.03, angle: 30, colour: '#202020' },
    { kind: 'vignette', amount: 0.7 },
    { kind: 'pixelate', cell: 0.031 },
    { kind: 'line-art', detail: 0.5 },
  ];

  it.each(ALIKE.map((adjustment) => [adjustment.kind, adjustment] as const))('%s looks alike', async (_, adjustment) => {
    const size = { widthPx: 630, heightPx: 473 };
    const small = await adjustedPicture(photo, [adjustment], size, NEVER);
    const large = await shrunk(applyAdjustments(photo, [adjustment]), size.widthPx, size.heightPx);
    const mean = small.rgba.reduce((sum, v, i) => sum + Math.abs(v - (large.rgba[i] ?? 0)), 0) / small.rgba.length;
    expect(mean).toBeLessThan(4);
  });

  it('a picture that needs no shrinking is adjusted exactly as by applyAdjustments', async () => {
    const made = await adjustedPicture(photo, ALIKE, photo, NEVER);
    expect(Buffer.compare(made.rgba, applyAdjustments(photo, ALIKE).rgba)).toBe(0);
  });
});

describe('an abort', () => {
  const HEAVY: readonly ImageAdjustment[] = [
    { kind: 'tone', brightness: 0.1, contrast: 0.2, saturation: -0.3, gamma: 1.4 },
    { kind: 'vignette', amount: 0.7 },
    { kind: 'line-art', detail: 0.5 },
    { kind: 'halftone', cell: 0.01, angle: 30, colour: '#202020' },
  ];

  it.each<readonly [readonly ImageAdjustment[]]>([[[]], ...HEAVY.map((adjustment) => [[adjustment]] as const)])(
    'is heard in the middle of %j',
    async (adjust) => {
      const large = image(1600, 1600, () => [90, 120, 150, 255]);
      const control = new AbortController();
      let turns = 0;
      const tick = (): void => {
        turns += 1;
        if (turns === 4) control.abort(new Error('stopped'));
        else setImmediate(tick);
      };
      setImmediate(tick);
      const size = adjust.length === 0 ? { widthPx: 1500, heightPx: 1500 } : large;
      await expect(adjustedPicture(large, adjust, size, control.signal)).rejects.toThrow('stopped');
    },
  );
});
