import { describe, expect, it } from 'vitest';
import { colourFromHex } from '../../src/colour/colour.ts';
import { colourDistance, deltaE2000 } from '../../src/colour/delta-e.ts';
import { labOfSrgb, srgbOfLab } from '../../src/colour/lab.ts';

/** The 34 test pairs of Sharma, Wu and Dalal (2005), table 1: L1 a1 b1 L2 a2 b2 dE00. */
const PAIRS = `
50 2.6772 -79.7751 50 0 -82.7485 2.0425
50 3.1571 -77.2803 50 0 -82.7485 2.8615
50 2.8361 -74.0200 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0000
50 -1.1848 -84.8006 50 0 -82.7485 1.0000
50 -0.9009 -85.5211 50 0 -82.7485 1.0000
50 0 0 50 -1 2 2.3669
50 -1 2 50 0 0 2.3669
50 2.4900 -0.0010 50 -2.4900 0.0009 7.1792
50 2.4900 -0.0010 50 -2.4900 0.0010 7.1792
50 2.4900 -0.0010 50 -2.4900 0.0011 7.2195
50 2.4900 -0.0010 50 -2.4900 0.0012 7.2195
50 -0.0010 2.4900 50 0.0009 -2.4900 4.8045
50 -0.0010 2.4900 50 0.0010 -2.4900 4.8045
50 -0.0010 2.4900 50 0.0011 -2.4900 4.7461
50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492
50 2.5 0 61 -5 29 22.8977
50 2.5 0 56 -27 -3 31.9030
50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0000
50 2.5 0 50 3.2972 0 1.0000
50 2.5 0 50 1.8634 0.5757 1.0000
50 2.5 0 50 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082`
  .trim()
  .split('\n')
  .map((line) => line.split(' ').map(Number));

describe('deltaE2000', () => {
  it('has all 34 published pairs to check against', () => expect(PAIRS).toHaveLength(34));

  it.each(PAIRS)('gives the published figure for (%f %f %f) against (%f %f %f): %f', (l1, a1, b1, l2, a2, b2, expected) => {
    const one = { l: l1 ?? 0, a: a1 ?? 0, b: b1 ?? 0 };
    const two = { l: l2 ?? 0, a: a2 ?? 0, b: b2 ?? 0 };
    expect(deltaE2000(one, two)).toBeCloseTo(expected ?? Number.NaN, 4);
    expect(deltaE2000(two, one)).toBeCloseTo(expected ?? Number.NaN, 4);
  });
});

const hex = (text: string) => colourFromHex(text) ?? { space: 'srgb' as const, r: Number.NaN, g: 0, b: 0 };

describe('Lab', () => {
  it.each([
    ['#ffffff', 100, 0, 0],
    ['#000000', 0, 0, 0],
    ['#ff0000', 54.29, 80.81, 69.89],
    ['#00ff00', 87.82, -79.27, 80.99],
    ['#0000ff', 29.57, 68.3, -112.03],
  ])('turns %s into the known D50 value', (text, l, a, b) => {
    const lab = labOfSrgb(hex(text));
    expect(lab.l).toBeCloseTo(l, 1);
    expect(lab.a).toBeCloseTo(a, 1);
    expect(lab.b).toBeCloseTo(b, 1);
  });

  it('comes back to the same screen colour', () => {
    for (let i = 0; i < 4096; i += 7) {
      const colour = { space: 'srgb' as const, r: (i & 15) / 15, g: ((i >> 4) & 15) / 15, b: (i >> 8) / 15 };
      const back = srgbOfLab(labOfSrgb(colour));
      expect(Math.max(Math.abs(back.r - colour.r), Math.abs(back.g - colour.g), Math.abs(back.b - colour.b))).toBeLessThan(1e-6);
    }
  });

  it('puts colours no screen can show onto the nearest channel ends', () => {
    const { r, g, b } = srgbOfLab({ l: 50, a: -120, b: 0 });
    expect(r).toBe(0);
    expect(Math.max(g, b)).toBeLessThanOrEqual(1);
  });

  it('calls navy on black close and white on black far', () => {
    expect(colourDistance(hex('#000033'), hex('#000000'))).toBeLessThan(20);
    expect(colourDistance(hex('#ffffff'), hex('#000000'))).toBeCloseTo(100, 0);
  });
});
