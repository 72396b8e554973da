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
   * Shares 0..255 of up to three inks for straight RGBA pixels, written to red, green and blue of `into`; those of negative inks are left as
   * they are. Between grid points the three differences are taken in the order of their size (tetrahedra), so that greys are blended between
   * greys only.
   */
  fill(inks: readonly number[], rgba: Uint8Array, into: Uint8Array): void {
    const [red, green, blue] = [NODES * NODES * this.#count, NODES * this.#count, this.#count];
    const nodes = this.#nodes;
    const [ink0 = -1, ink1 = -1, ink2 = -1] = inks;
    for (let p = 0; p < rgba.length; p += 4) {
      const r = ((rgba[p] ?? 0) * STEPS) / 255;
      const g = ((rgba[p + 1] ?? 0) * STEPS) / 255;
      const b = ((rgba[p + 2] ?? 0) * STEPS) / 255;
      const ri = Math.min(STEPS - 1, Math.floor(r));
      const gi = Math.min(STEPS - 1, Math.floor(g));
      const bi = Math.min(STEPS - 1, Math.floor(b));
      const fr = r - ri;
      const fg = g - gi;
      const fb = b - bi;
      const low = ri * red + gi * green + bi * blue;
      const high = low + red + green + blue;
      // The largest difference leads from the low corner, the smallest to the high one.
      const isRedFirst = fr >= fg && (fg >= fb || fr >= fb);
      const isGreenFirst = !isRedFirst && fr < fg && (fr >= fb || fg >= fb);
      const isRedLast = fr < fg && fr < fb;
      const isGreenLast = !isRedLast && fr >= fg && fg < fb;
      const f1 = isRedFirst ? fr : isGreenFirst ? fg : fb;
      const f3 = isRedLast ? fr : isGreenLast ? fg : fb;
      const f2 = isRedFirst ? (isGreenLast ? fb : fg) : isGreenFirst ? (isRedLast ? fb : fr) : isRedLast ? fg : fr;
      const one = low + (isRedFirst ? red : isGreenFirst ? green : blue);
      const two = high - (isRedLast ? red : isGreenLast ? green : blue);
      if (ink0 >= 0) into[p] = between(nodes, ink0, low, one, two, high, f1, f2, f3);
      if (ink1 >= 0) into[p + 1] = between(nodes, ink1, low, one, two, high, f1, f2, f3);
      if (ink2 >= 0) into[p + 2] = between(nodes, ink2, low, one, two, high, f1, f2, f3);
    }
  }
}

/** From the low corner over the two next to it to the high one, rounded. */
const between = (
  nodes: Float32Array,
  ink: number,
  low: number,
  one: number,
  two: number,
  high: number,
  f1: number,
  f2: number,
  f3: number,
): number => {
  const start = nodes[low + ink] ?? 0;
  const first = nodes[one + ink] ?? 0;
  const second = nodes[two + ink] ?? 0;
  const end = nodes[high + ink] ?? 0;
  return Math.round(start + f1 * (first - start) + f2 * (second - first) + f3 * (end - second));
};
