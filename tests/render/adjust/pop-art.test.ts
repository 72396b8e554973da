import { describe, expect, it } from 'vitest';
import { applyAdjustments } from '../../../src/render/adjust/apply-adjustments.ts';
import { painted, pixelAt } from '../../scene/masks/support.ts';

const COLOURS = ['#101020', '#c03050', '#f8e8c0'];
const popped = (image: ReturnType<typeof painted>) => ({ ...image, ...applyAdjustments(image, [{ kind: 'pop-art', colours: COLOURS }]) });

/** Three stripes of different light, each with a fine weave. */
const stripes = painted(300, 120, (x, y) => {
  const base = [40, 120, 220][Math.min(2, Math.floor(x / 100))] ?? 0;
  const weave = (Math.floor(x) + Math.floor(y)) % 2 === 0 ? 9 : -9;
  return [base + weave, base + weave, base + weave];
});

describe('pop-art', () => {
  it('paints dark, middle and light parts in the first, second and third colour, without their texture', () => {
    const made = popped(stripes);
    for (const [x, colour] of [
      [50, [16, 16, 32, 255]],
      [150, [192, 48, 80, 255]],
      [250, [248, 232, 192, 255]],
    ] as const)
      for (const y of [20, 21, 60, 99]) expect(pixelAt(made, x, y)).toEqual(colour);
  });

  it('leaves hardly any pixel between two colours', () => {
    const made = popped(stripes);
    const flat = new Set(['16,16,32', '192,48,80', '248,232,192']);
    let mixed = 0;
    for (let i = 0; i < made.rgba.length; i += 4) if (!flat.has(made.rgba.subarray(i, i + 3).join(','))) mixed += 1;
    expect(mixed / (300 * 120)).toBeLessThan(0.03);
  });

  it('follows the light of a dark photo, and leaves clear parts out of account', () => {
    const dark = painted(200, 100, (x) => (x < 100 ? [20, 20, 20, 255] : x < 150 ? [70, 70, 70, 255] : [255, 255, 255, 0]));
    const made = popped(dark);
    expect(pixelAt(made, 50, 50).slice(0, 3)).not.toEqual(pixelAt(made, 125, 50).slice(0, 3));
    expect(pixelAt(made, 175, 50)[3]).toBe(0);
  });
});
