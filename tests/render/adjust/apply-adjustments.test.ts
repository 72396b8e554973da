import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyAdjustments, type PixelImage } from '../../../src/render/adjust/apply-adjustments.ts';
import type { ImageAdjustment } from '../../../src/scene/scene.ts';

const image = (widthPx: number, heightPx: number, at: (x: number, y: number) => readonly number[]): PixelImage => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y += 1) for (let x = 0; x < widthPx; x += 1) rgba.set(at(x, y), (y * widthPx + x) * 4);
  return { widthPx, heightPx, rgba };
};

const flat = (r: number, g: number, b: number, a = 255): PixelImage => image(64, 64, () => [r, g, b, a]);
const pixel = ({ rgba, widthPx }: PixelImage, x: number, y: number): number[] => [
  ...rgba.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 4),
];
const first = (from: PixelImage, adjustment: ImageAdjustment): number[] => pixel(applyAdjustments(from, [adjustment]), 0, 0);
const meanRed = ({ rgba }: PixelImage): number => rgba.reduce((sum, v, i) => sum + (i % 4 === 0 ? v : 0), 0) / (rgba.length / 4);

const ALL: readonly ImageAdjustment[] = [
  { kind: 'grey' },
  { kind: 'sepia', amount: 0.8 },
  { kind: 'duotone', shadow: '#102', highlight: '#ffe0a0' },
  { kind: 'tint', colour: '#1f7ab8', amount: 1 },
  { kind: 'posterise', levels: 4 },
  { kind: 'pop-art', colours: ['#101020', '#c03050', '#f8e8c0'] },
  { kind: 'threshold', level: 0.5 },
  { kind: 'tone', brightness: 0.1, contrast: 0.2, saturation: -0.3, gamma: 1.4 },
  { kind: 'line-art', detail: 0.5 },
  { kind: 'halftone', cell: 0.1, angle: 30, colour: '#202020' },
  { kind: 'vignette', amount: 0.7 },
  { kind: 'pixelate', cell: 0.2 },
  { kind: 'invert' },
  { kind: 'remove-white' },
];

describe('applyAdjustments', () => {
  it.each(ALL.map((adjustment) => [adjustment.kind, adjustment] as const))(
    '%s changes the picture, keeps size and source, and repeats exactly',
    (_, adjustment) => {
      const source = image(40, 30, (x, y) => [x * 6, y * 8, (x * y) % 256, 255]);
      const before = Uint8Array.from(source.rgba);
      const once = applyAdjustments(source, [adjustment]);
      expect([once.widthPx, once.heightPx, once.rgba.length]).toEqual([40, 30, source.rgba.length]);
      expect(Buffer.compare(source.rgba, before)).toBe(0);
      expect(Buffer.compare(once.rgba, before)).not.toBe(0);
      expect(Buffer.compare(applyAdjustments(source, [adjustment]).rgba, once.rgba)).toBe(0);
    },
  );

  it.each(
    ALL.filter(({ kind }) => kind !== 'pixelate' && kind !== 'remove-white').map((adjustment) => [adjustment.kind, adjustment] as const),
  )('%s keeps alpha', (_, adjustment) => {
    const source = image(20, 20, (x, y) => [90, 140, 200, (x * 13 + y) % 256]);
    const alpha = ({ rgba }: PixelImage): number[] => [...rgba].filter((__, i) => i % 4 === 3);
    expect(alpha(applyAdjustments(source, [adjustment]))).toEqual(alpha(source));
  });

  it('survives pictures of any small size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(...ALL), (width, height, adjustment) => {
        const made = applyAdjustments(
          image(width, height, (x, y) => [x * 20, y * 20, 7, 255]),
          [adjustment],
        );
        expect(made.rgba.length).toBe(width * height * 4);
      }),
      { numRuns: 200 },
    );
  });

  it('gives greys by luminance in linear light', () => {
    expect(first(flat(255, 0, 0), { kind: 'grey' })).toEqual([127, 127, 127, 255]);
    expect(first(flat(0, 255, 0), { kind: 'grey' })).toEqual([220, 220, 220, 255]);
    expect(first(flat(77, 77, 77), { kind: 'grey' })).toEqual([77, 77, 77, 255]);
  });

  it('maps black and white of a duotone to its two colours exactly', () => {
    const duotone = { kind: 'duotone', shadow: '#102030', highlight: '#f0e0d0' } as const;
    expect(first(flat(0, 0, 0), duotone)).toEqual([16, 32, 48, 255]);
    expect(first(flat(255, 255, 255), duotone)).toEqual([240, 224, 208, 255]);
  });

  it('keeps the tint colour itself, black and white', () => {
    const tint = { kind: 'tint', colour: '#1f7ab8', amount: 1 } as const;
    expect(first(flat(0x1f, 0x7a, 0xb8), tint)).toEqual([0x1f, 0x7a, 0xb8, 255]);
    expect(first(flat(0, 0, 0), tint)).toEqual([0, 0, 0, 255]);
    expect(first(flat(255, 255, 255), tint)).toEqual([255, 255, 255, 255]);
  });

  it('leaves the picture as it is at neutral settings', () => {
    const source = image(16, 16, (x, y) => [x * 16, y * 16, 100, 255]);
    for (const neutral of [
      { kind: 'tone', brightness: 0, contrast: 0, saturation: 0, gamma: 1 },
      { kind: 'sepia', amount: 0 },
      { kind: 'posterise', levels: 256 },
      { kind: 'pixelate', cell: 0 },
    ] as const)
      expect(Buffer.compare(applyAdjustments(source, [neutral]).rgba, source.rgba), neutral.kind).toBe(0);
  });

  it('gives as many posterised values as asked, and two at a threshold', () => {
    const ramp = image(256, 1, (x) => [x, x, x, 255]);
    const values = (adjustment: ImageAdjustment): Set<number> =>
      new Set(applyAdjustments(ramp, [adjustment]).rgba.filter((_, i) => i % 4 === 0));
    expect(values({ kind: 'posterise', levels: 5 })).toEqual(new Set([0, 64, 128, 191, 255]));
    expect(values({ kind: 'threshold', level: 0.5 })).toEqual(new Set([0, 255]));
    expect(pixel(applyAdjustments(ramp, [{ kind: 'threshold', level: 0.5 }]), 127, 0)[0]).toBe(0);
    expect(pixel(applyAdjustments(ramp, [{ kind: 'threshold', level: 0.5 }]), 128, 0)[0]).toBe(255);
  });

  it.each([0, 15, 45, 75])('covers as much paper with halftone dots as the grey is dark, at %i degrees', (angle) => {
    for (const value of [20, 64, 128, 200, 240]) {
      const dots = applyAdjustments(
        image(240, 240, () => [value, value, value, 255]),
        [{ kind: 'halftone', cell: 12 / 240, angle, colour: '#000' }],
      );
      expect(Math.abs(meanRed(dots) - value)).toBeLessThan(4);
    }
  });

  it('gives solid ink for black and bare paper for white in a halftone', () => {
    const halftone = { kind: 'halftone', cell: 0.1, angle: 22, colour: '#0a141e' } as const;
    expect(new Set(applyAdjustments(flat(0, 0, 0), [halftone]).rgba)).toEqual(new Set([10, 20, 30, 255]));
    expect(new Set(applyAdjustments(flat(255, 255, 255), [halftone]).rgba)).toEqual(new Set([255]));
  });

  it('averages pixel blocks in linear light, weighted by alpha', () => {
    const half = image(8, 8, (x) => (x % 2 === 0 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    expect(first(half, { kind: 'pixelate', cell: 0.5 })).toEqual([188, 188, 188, 255]);
    const faint = image(8, 8, (x) => (x % 2 === 0 ? [200, 10, 10, 255] : [0, 0, 0, 0]));
    expect(first(faint, { kind: 'pixelate', cell: 0.5 })).toEqual([200, 10, 10, 128]);
  });

  it('darkens corners and not the middle with a vignette', () => {
    const made = applyAdjustments(flat(200, 200, 200), [{ kind: 'vignette', amount: 1 }]);
    expect(pixel(made, 32, 32)[0]).toBe(200);
    expect(pixel(made, 0, 0)[0]).toBeLessThan(30);
  });

  it('draws a dark line along an edge and leaves flat areas white in line art', () => {
    const disc = image(200, 200, (x, y) => (Math.hypot(x - 100, y - 100) < 60 ? [60, 60, 60, 255] : [220, 220, 220, 255]));
    const drawn = applyAdjustments(disc, [{ kind: 'line-art', detail: 0.5 }]);
    expect([pixel(drawn, 100, 100)[0], pixel(drawn, 5, 5)[0], pixel(drawn, 190, 100)[0]]).toEqual([255, 255, 255]);
    for (let degrees = 0; degrees < 360; degrees += 10) {
      const at = (r: number): number =>
        pixel(
          drawn,
          Math.round(100 + r * Math.cos((degrees * Math.PI) / 180)),
          Math.round(100 + r * Math.sin((degrees * Math.PI) / 180)),
        )[0] ?? 255;
      const darkest = Math.min(...[56, 57, 58, 59, 60, 61].map(at));
      expect(darkest, `at ${degrees} degrees`).toBeLessThan(64);
    }
  });

  it('refuses a colour that is none', () => {
    expect(() => applyAdjustments(flat(0, 0, 0), [{ kind: 'tint', colour: 'teal', amount: 1 }])).toThrow(
      expect.objectContaining({ code: 'adjust.colour' }),
    );
  });
});

describe('white', () => {
  it('that was removed comes back over white paper, to a rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), (r, g, b) => {
        const [cr = 0, cg = 0, cb = 0, a = 0] = first(flat(r, g, b), { kind: 'remove-white' });
        const overWhite = [cr, cg, cb].map((v) => 255 + ((v - 255) * a) / 255);
        expect(Math.max(...overWhite.map((v, i) => Math.abs(v - ([r, g, b][i] ?? 0))))).toBeLessThanOrEqual(0.51);
      }),
    );
  });

  it('is clear, and black stays solid', () => {
    expect(first(flat(255, 255, 255), { kind: 'remove-white' })[3]).toBe(0);
    expect(first(flat(0, 0, 0), { kind: 'remove-white' })).toEqual([0, 0, 0, 255]);
    expect(first(flat(0, 0, 0, 100), { kind: 'remove-white' })[3]).toBe(100);
  });

  it('inverts to black and back', () => {
    expect(first(flat(255, 0, 40), { kind: 'invert' })).toEqual([0, 255, 215, 255]);
  });
});
