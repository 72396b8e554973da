import { describe, expect, test } from 'vitest';
import { closeSlits } from '../../../src/stitch/satin/close-slits.ts';
import type { Pair } from '../../../src/stitch/satin/column-ruler.ts';

const PITCH = 0.4;

/** Stitches of a straight column of 5 mm, so far apart on each rail, that on which a stitch ends on its left. */
const straight = (count: number, pitchMm: number): readonly Pair[] =>
  Array.from({ length: count }, (_, k) => {
    const [up, down] = [0, 5].map((y) => ({ x: (k * pitchMm) / 2, y }));
    return { left: (k % 2 === 0 ? up : down) ?? { x: 0, y: 0 }, right: (k % 2 === 0 ? down : up) ?? { x: 0, y: 0 } };
  });

const shortAt = (count: number, at: number, share: number): readonly number[] =>
  Array.from({ length: count }, (_, k) => (k === at ? share : 0));

describe('a stitch that stops short', () => {
  test('goes on to where the slit it would leave ends', () => {
    const shares = closeSlits(straight(21, PITCH), shortAt(21, 10, 0.6), PITCH);
    expect(shares[10]).toBeLessThan(0.12);
    expect(shares.filter((share) => share > 0)).toHaveLength(1);
  });

  test('stays where its neighbours close up without it', () => {
    const shares = shortAt(41, 20, 0.6);
    expect(closeSlits(straight(41, PITCH / 2), shares, PITCH)).toEqual(shares);
  });

  test('is found where neighbours turn aside to stitches that stop short on the other rail', () => {
    const pairs = straight(21, PITCH);
    const shares = pairs.map((_, k) => (k === 10 ? 0.5 : k === 11 || k === 13 ? 0.45 : 0));
    expect(closeSlits(pairs, shares, PITCH)[10]).toBeLessThan(0.12);
  });
});
