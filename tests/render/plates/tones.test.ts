import { describe, expect, test } from 'vitest';
import { DITHER_KINDS, dither } from '../../../src/render/plates/dither.ts';
import { DOT_SHAPES, halftone } from '../../../src/render/plates/halftone.ts';
import { type BitPlane, bitAt, countBits, type Plane } from '../../../src/render/plates/plane.ts';

const even = (tone: number, side = 256, dpi = 720): Plane => ({
  widthPx: side,
  heightPx: side,
  dpi,
  data: new Uint8Array(side * side).fill(tone),
});

const share = (plane: BitPlane): number => countBits(plane) / (plane.widthPx * plane.heightPx);

describe('dither', () => {
  test.each(DITHER_KINDS.filter((kind) => kind !== 'threshold'))('%s covers the share that the tone asks for', (kind) => {
    for (const tone of [0, 20, 64, 128, 200, 240, 255]) expect(Math.abs(share(dither(even(tone), kind)) - tone / 255)).toBeLessThan(0.012);
  });

  test('threshold cuts at half', () => {
    expect([127, 128].map((tone) => share(dither(even(tone), 'threshold')))).toEqual([0, 1]);
  });

  test('bayer-8 has 64 different steps', () => {
    const steps = new Set(Array.from({ length: 256 }, (_, tone) => countBits(dither(even(tone, 8), 'bayer-8'))));
    expect([...steps]).toEqual(Array.from({ length: 65 }, (_, i) => i));
  });

  test('runs every other row backwards unless told otherwise', () => {
    const [there, back] = [true, false].map((serpentine) => dither(even(90, 64), 'stucki', { serpentine }));
    expect(there?.data.subarray(0, 8)).toEqual(back?.data.subarray(0, 8));
    expect(there?.data).not.toEqual(back?.data);
  });
});

/** Strength of one frequency (cycles per pixel) in the dots: a single term of the Fourier sum. */
const powerAt = (plane: BitPlane, fx: number, fy: number): number => {
  let [re, im] = [0, 0];
  for (let y = 0; y < plane.heightPx; y++) {
    for (let x = 0; x < plane.widthPx; x++) {
      if (!bitAt(plane, x, y)) continue;
      const turn = 2 * Math.PI * (fx * x + fy * y);
      // A window without edges, so that the frame adds no lines of its own.
      const weight = (1 - Math.cos((2 * Math.PI * x) / plane.widthPx)) * (1 - Math.cos((2 * Math.PI * y) / plane.heightPx));
      re += weight * Math.cos(turn);
      im -= weight * Math.sin(turn);
    }
  }
  return Math.hypot(re, im);
};

/** Ruling and angle where the dots are strongest, searched around a guess. */
const measured = (plane: BitPlane, lpi: number, angle: number): { readonly lpi: number; readonly angle: number } => {
  let best = { lpi, angle, power: 0 };
  for (let dl = -2; dl <= 2; dl += 0.5) {
    for (let da = -2; da <= 2; da += 0.5) {
      const radians = ((angle + da) * Math.PI) / 180;
      const cycles = (lpi + dl) / plane.dpi;
      const power = powerAt(plane, cycles * Math.cos(radians), -cycles * Math.sin(radians));
      if (power > best.power) best = { lpi: lpi + dl, angle: angle + da, power };
    }
  }
  return best;
};

describe('halftone', () => {
  test.each([
    [45, 22.5, 'ellipse', 720],
    [55, 15, 'round', 720],
    [35, 75, 'square', 600],
  ] as const)('%f lpi at %f degrees of %s dots measures as that', (lpi, angle, dot, dpi) => {
    const plane = halftone(even(100, 320, dpi), { lpi, angle, dot });
    expect(measured(plane, lpi, angle)).toMatchObject({ lpi, angle });
  });

  test('lines run across the angle', () => {
    const plane = halftone(even(100, 320), { lpi: 45, angle: 30, dot: 'line' });
    expect(measured(plane, 45, 120)).toMatchObject({ lpi: 45, angle: 120 });
    expect(powerAt(plane, (45 / 720) * Math.cos(Math.PI / 6), (-45 / 720) * Math.sin(Math.PI / 6))).toBeLessThan(
      powerAt(plane, (45 / 720) * Math.cos((2 * Math.PI) / 3), (-45 / 720) * Math.sin((2 * Math.PI) / 3)) / 20,
    );
  });

  test.each(DOT_SHAPES)('%s dots cover the share that the tone asks for', (dot) => {
    for (const tone of [0, 13, 64, 128, 192, 242, 255]) {
      expect(Math.abs(share(halftone(even(tone), { lpi: 45, angle: 22.5, dot })) - tone / 255)).toBeLessThan(0.006);
    }
  });

  test('refuses a ruling that the pixels cannot carry', () => {
    expect(() => halftone(even(9, 8, 100), { lpi: 45, angle: 0, dot: 'round' })).toThrow('at most a third of 100 dpi');
  });
});
