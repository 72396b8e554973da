import { describe, expect, it } from 'vitest';
import type { Appearance } from '../../src/render/appearance.ts';
import { UV_INK } from '../../src/render/finishes.ts';
import { raisedInk, whiteEdge } from '../../src/render/white-edge.ts';

const SIDE = 20;

/** A red square of 8 x 8 in the middle of 20 x 20 pixels, 10 a mm. */
const square = (): Appearance => {
  const rgba = new Uint8Array(SIDE * SIDE * 4);
  for (let y = 6; y < 14; y += 1) for (let x = 6; x < 14; x += 1) rgba.set([200, 20, 30, 255], (y * SIDE + x) * 4);
  return { process: 'ink', widthPx: SIDE, heightPx: SIDE, region: { x: 0, y: 0, width: 2, height: 2 }, rgba };
};
const at = ({ rgba }: Appearance, x: number, y: number): readonly number[] => [
  ...rgba.subarray((y * SIDE + x) * 4, (y * SIDE + x) * 4 + 4),
];

describe('a white edge', () => {
  it('stands out around the ink by its millimetres and leaves the ink alone', () => {
    const edged = whiteEdge(square(), 0.2);
    expect(at(edged, 8, 8)).toEqual([200, 20, 30, 255]);
    expect(at(edged, 6, 6)).toEqual([200, 20, 30, 255]);
    expect(at(edged, 5, 10)).toEqual([255, 255, 255, 255]);
    expect(at(edged, 4, 10)).toEqual([255, 255, 255, 255]);
    expect(at(edged, 3, 10)[3]).toBe(0);
    // Corners are rounded.
    expect(at(edged, 4, 4)[3]).toBeLessThan(60);
  });

  it('of less than a pixel is faint', () => {
    const edged = whiteEdge(square(), 0.04);
    expect(at(edged, 5, 10)).toEqual([255, 255, 255, 102]);
    expect(at(edged, 4, 10)[3]).toBe(0);
  });

  it('of no width is the same art', () => {
    const plain = square();
    expect(whiteEdge(plain, 0)).toBe(plain);
  });
});

describe('raised ink', () => {
  it('is as high as it covers', () => {
    const plain = square();
    plain.rgba[(10 * SIDE + 10) * 4 + 3] = 51;
    const { surface, rgba } = raisedInk(plain, 0.05, UV_INK);
    expect(rgba).toBe(plain.rgba);
    expect(surface?.finish).toBe(UV_INK);
    expect(surface?.height?.[8 * SIDE + 8]).toBeCloseTo(0.05, 6);
    expect(surface?.height?.[10 * SIDE + 10]).toBeCloseTo(0.01, 6);
    expect(surface?.height?.[0]).toBe(0);
  });
});
