import type { SrgbColour } from '../../colour/colour.ts';
import type { InkShares } from './coded-scene.ts';

/** Steps of a table along each of red, green and blue. */
const STEPS = 24;
const NODES = STEPS + 1;

/**
 * Shares of inks for every colour of a picture: solved on a grid of 25 x 25 x 25 and blended between, so that planes are as smooth as the
 * picture.
 */
export class ShareTable {
  readonly #count: number;
  readonly #nodes: Float32Array;

  constructor(count: number, sharesOf: (colour: SrgbColour) => InkShares) {
    this.#count = count;
    this.#nodes = new Float32Array(NODES ** 3 * count);
    let at = 0;
    for (let r = 0; r < NODES; r++) {
      for (let g = 0; g < NODES; g++) {
        for (let b = 0; b < NODES; b++) {
          const shares = sharesOf({ space: 'srgb', r: r / STEPS, g: g / STEPS, b: b / STEPS });
          for (let i = 0; i < count; i++) this.#nodes[at++] = 255 * (shares[i] ?? 0);
        }
      }
    }
  }

  /**
   * Shares 0..255 of one ink for straight RGBA pixels, written to every fourth byte of `into` from `offset` on. Between grid points the three
   * differences are taken in the order of their size (tetrahedra), so that greys are blended between greys only.
   */
  fill(ink: number, rgba: Uint8Array, into: Uint8Array, offset: number): void {
    const [red, green, blue] = [NODES * NODES * this.#count, NODES * this.#count, this.#count];
    const nodes = this.#nodes;
    for (let p = 0; p < rgba.length; p += 4) {
      const r = ((rgba[p] ?? 0) * STEPS) / 255;
      const g = ((rgba[p + 1] ?? 0) * STEPS) / 255;
      const b = ((rgba[p + 2] ?? 0) * STEPS) / 255;
      const [ri, gi, bi] = [Math.min(STEPS - 1, Math.floor(r)), Math.min(STEPS - 1, Math.floor(g)), Math.min(STEPS - 1, Math.floor(b))];
      const [fr, fg, fb] = [r - ri, g - gi, b - bi];
      const at = ri * red + gi * green + bi * blue + ink;
      const low = nodes[at] ?? 0;
      const high = nodes[at + red + green + blue] ?? 0;
      into[p + offset] = Math.round(
        fr >= fg
          ? fg >= fb
            ? path(nodes, at, low, high, red, green, fr, fg, fb)
            : fr >= fb
              ? path(nodes, at, low, high, red, blue, fr, fb, fg)
              : path(nodes, at, low, high, blue, red, fb, fr, fg)
          : fr >= fb
            ? path(nodes, at, low, high, green, red, fg, fr, fb)
            : fg >= fb
              ? path(nodes, at, low, high, green, blue, fg, fb, fr)
              : path(nodes, at, low, high, blue, green, fb, fg, fr),
      );
    }
  }
}

/** From the low corner to the high one along the largest difference first. */
const path = (
  nodes: Float32Array,
  at: number,
  low: number,
  high: number,
  first: number,
  second: number,
  f1: number,
  f2: number,
  f3: number,
): number => {
  const one = nodes[at + first] ?? 0;
  const two = nodes[at + first + second] ?? 0;
  return low + f1 * (one - low) + f2 * (two - one) + f3 * (high - two);
};
