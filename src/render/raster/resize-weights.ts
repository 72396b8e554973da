/** For each output pixel the first source pixel and `taps` (even) weights, 16384 = one: what the kernel's shrink passes read. */
export type ResizeWeights = { readonly size: number; readonly taps: number; readonly starts: Int32Array; readonly weights: Int16Array };

const ONE = 16384;

/** The cubic of Mitchell and Netravali (1988) with B = C = 1/3: no visible ringing, no visible blur. */
const mitchell = (x: number): number => {
  const t = Math.abs(x);
  if (t < 1) return (7 * t ** 3 - 12 * t ** 2 + 16 / 3) / 6;
  if (t < 2) return ((-7 / 3) * t ** 3 + 12 * t ** 2 - 20 * t + 32 / 3) / 6;
  return 0;
};

/**
 * Weights that shrink the window [from, from + length] of `sourceSize` pixels to `size` pixels with the Mitchell cubic stretched to the
 * output's pixel. Beyond the window's own pixels its edge pixels continue. `size` must not exceed `length`, rounded up.
 */
export const resizeWeights = (sourceSize: number, from: number, length: number, size: number): ResizeWeights => {
  const step = length / size;
  const [low, high] = [Math.max(0, Math.floor(from)), Math.min(sourceSize, Math.ceil(from + length)) - 1];
  const stretch = Math.max(1, step);
  const taps = Math.min(2 * Math.ceil(2 * stretch) + 2, high - low + 2) & ~1;
  const starts = new Int32Array(size);
  const weights = new Int16Array(size * taps);
  for (let i = 0; i < size; i++) {
    const centre = from + (i + 0.5) * step - 0.5;
    const first = Math.max(low, Math.min(Math.ceil(centre - 2 * stretch), high - taps + 1));
    starts[i] = first;
    const exact = new Float64Array(taps);
    for (let k = Math.ceil(centre - 2 * stretch); k <= centre + 2 * stretch; k++) {
      const slot = Math.min(high, Math.max(low, k)) - first;
      exact[slot] = (exact[slot] ?? 0) + mitchell((k - centre) / stretch);
    }
    weights.set(toSixteenBits(exact), i * taps);
  }
  return { size, taps, starts, weights };
};

/** Scales to a sum of exactly one; the rounding rest goes to the largest weight. */
const toSixteenBits = (exact: Float64Array): Int16Array => {
  const sum = exact.reduce((total, weight) => total + weight, 0);
  const rounded = Int16Array.from(exact, (weight) => Math.round((weight / sum) * ONE));
  const rest = ONE - rounded.reduce((total, weight) => total + weight, 0);
  const largest = rounded.reduce((best, weight, i) => (weight > (rounded[best] ?? 0) ? i : best), 0);
  rounded[largest] = (rounded[largest] ?? 0) + rest;
  return rounded;
};
