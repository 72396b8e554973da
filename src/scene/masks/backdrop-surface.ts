import type { SmallPicture } from './small-picture.ts';

/** The colour of a background at any place of a picture: a quadratic in x and y for each channel. */
export type BackdropSurface = { readonly at: (channel: 0 | 1 | 2, x: number, y: number) => number };

const TERMS = 6;
const termsAt = (u: number, v: number): readonly number[] => [1, u, v, u * u, u * v, v * v];

/** One colour everywhere. */
export const flatBackdrop = (colour: readonly [number, number, number]): BackdropSurface => ({ at: (channel) => colour[channel] });

/**
 * Least squares over the pixels that `takes` lets in: follows the slow change of light of a studio ground, a wall or a sky. A little weight on
 * the middle colour keeps it flat where there are too few pixels to tell.
 */
export const fitBackdrop = (
  { width, height, channels }: SmallPicture,
  takes: (i: number) => boolean,
  middle: readonly [number, number, number],
): BackdropSurface => {
  const sums = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 3));
  let count = 0;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 40_000)));
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const i = y * width + x;
      if (!takes(i)) continue;
      count += 1;
      const terms = termsAt(x / width - 0.5, y / height - 0.5);
      for (let row = 0; row < TERMS; row += 1) {
        const into = sums[row];
        const term = terms[row] ?? 0;
        if (!into) continue;
        for (let column = 0; column < TERMS; column += 1) into[column] = (into[column] ?? 0) + term * (terms[column] ?? 0);
        for (let c = 0; c < 3; c += 1) into[TERMS + c] = (into[TERMS + c] ?? 0) + term * ((channels[c]?.values[i] ?? 0) - (middle[c] ?? 0));
      }
    }
  }
  // Ridge: terms that the pixels say nothing about stay at 0.
  sums.forEach((row, i) => {
    row[i] = (row[i] ?? 0) + (i === 0 ? 1e-9 : 1e-3 * (count + 1));
  });
  const solution = solve(sums);
  return {
    at: (channel, x, y) => {
      const terms = termsAt(x / width - 0.5, y / height - 0.5);
      return terms.reduce((sum, term, i) => sum + term * (solution[i]?.[channel] ?? 0), middle[channel]);
    },
  };
};

/** Gaussian elimination with pivots; three right-hand sides. */
const solve = (rows: readonly Float64Array[]): readonly (readonly number[])[] => {
  const work = [...rows];
  for (let k = 0; k < TERMS; k += 1) {
    let best = k;
    for (let i = k + 1; i < TERMS; i += 1) if (Math.abs(work[i]?.[k] ?? 0) > Math.abs(work[best]?.[k] ?? 0)) best = i;
    const [pivot, other] = [work[best], work[k]];
    if (!pivot || !other) continue;
    [work[k], work[best]] = [pivot, other];
    for (let i = 0; i < TERMS; i += 1) {
      const row = work[i];
      if (!row || i === k) continue;
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1);
      for (let j = k; j < row.length; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return work.map((row, i) => [0, 1, 2].map((c) => (row[TERMS + c] ?? 0) / (row[i] ?? 1)));
};
