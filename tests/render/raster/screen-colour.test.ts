import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CmykColour, hexOf, type SrgbColour } from '../../../src/colour/colour.ts';
import { colourDistance } from '../../../src/colour/delta-e.ts';
import { type ColourTransform, openTransform } from '../../../src/colour/icc.ts';
import { INK_PRIMARIES, screenColour } from '../../../src/render/raster/screen-colour.ts';

const inks = (c: number, m: number, y: number, k: number): CmykColour => ({ space: 'cmyk', c, m, y, k });
let toScreen: ColourTransform;
const seen = ({ c, m, y, k }: CmykColour): SrgbColour => {
  const [r = 0, g = 0, b = 0] = toScreen.colour([c, m, y, k]);
  return { space: 'srgb', r, g, b };
};

beforeAll(async () => {
  const icc = new Uint8Array(readFileSync(new URL('../../../profiles/FOGRA39L_coated.icc', import.meta.url)));
  toScreen = await openTransform(icc, 'srgb', 'relative', { blackPointCompensation: true });
});
afterAll(() => toScreen.dispose());

/** A fixed run of numbers in 0..1 (Numerical Recipes' generator). */
const numbers = (): (() => number) => {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
};

describe('screenColour', () => {
  it('stands on the primaries of the bundled profile', () => {
    const made = Array.from({ length: 16 }, (_, i) => toScreen.colour([i & 1, (i >> 1) & 1, (i >> 2) & 1, (i >> 3) & 1]));
    expect(INK_PRIMARIES).toEqual(made);
  });

  it('shows every solid overprint as the profile does', () => {
    for (let i = 0; i < 16; i += 1) {
      const colour = inks(i & 1, (i >> 1) & 1, (i >> 2) & 1, (i >> 3) & 1);
      expect(hexOf(screenColour(colour))).toBe(hexOf(seen(colour)));
    }
  });

  it('keeps paper white, shows black ink as near-black and cyan as ink on paper', () => {
    expect(hexOf(screenColour(inks(0, 0, 0, 0)))).toBe('#ffffff');
    expect(hexOf(screenColour(inks(0, 0, 0, 1)))).toBe('#1f1f1d');
    expect(hexOf(screenColour(inks(1, 0, 0, 0)))).toBe('#009fe3');
  });

  it('is near the profile for any mix of inks', () => {
    const next = numbers();
    const distances = Array.from({ length: 2000 }, () => {
      const colour = inks(next(), next(), next(), next());
      return colourDistance(screenColour(colour), seen(colour));
    });
    expect(distances.reduce((sum, v) => sum + v, 0) / distances.length).toBeLessThan(3);
    expect(Math.max(...distances)).toBeLessThan(7);
  });

  it('gets darker or stays as an ink is added', () => {
    for (const ink of [0, 1, 2, 3]) {
      const lightness = Array.from({ length: 21 }, (_, step) => {
        const [c = 0, m = 0, y = 0, k = 0] = [0, 1, 2, 3].map((i) => (i === ink ? step / 20 : 0.1));
        const { r, g, b } = screenColour(inks(c, m, y, k));
        return r + g + b;
      });
      for (let i = 1; i < lightness.length; i += 1) expect(lightness[i]).toBeLessThan(lightness[i - 1] ?? 0);
    }
  });

  it('takes inks out of range as none or all', () => {
    expect(screenColour(inks(-1, 2, 0, 0))).toEqual(screenColour(inks(0, 1, 0, 0)));
  });

  it('shows a tint of a spot ink as less of its inks, or as its screen colour thinned', () => {
    const spot = (tint: number, alternate: CmykColour | SrgbColour) => screenColour({ space: 'spot', name: 'Any', tint, alternate });
    expect(spot(0.5, inks(0.8, 0, 1, 0.2))).toEqual(screenColour(inks(0.4, 0, 0.5, 0.1)));
    expect(hexOf(spot(0, inks(0.8, 0, 1, 0.2)))).toBe('#ffffff');
    expect(spot(0.5, { space: 'srgb', r: 0, g: 0.5, b: 1 })).toEqual({ space: 'srgb', r: 0.5, g: 0.75, b: 1 });
  });
});
