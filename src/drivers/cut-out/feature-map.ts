/** Channels of one pixel after another, row-major: what a small network works on. */
export type FeatureMap = { readonly width: number; readonly height: number; readonly channels: number; readonly values: Float32Array };

/** Below 0 a tenth remains. */
const leaky = (v: number): number => (v < 0 ? 0.1 * v : v);

/** 3 x 3 filters over all channels, without a margin: each side loses two pixels. `filters` by row, column, channel in, channel out. */
export const convolve3 = (input: FeatureMap, filters: Float32Array, bias: Float32Array): FeatureMap => {
  const [width, height, channels] = [input.width - 2, input.height - 2, bias.length];
  const values = new Float32Array(width * height * channels);
  const sums = new Float64Array(channels);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      sums.set(bias);
      for (let tap = 0; tap < 9; tap += 1) {
        const from = ((y + Math.floor(tap / 3)) * input.width + x + (tap % 3)) * input.channels;
        for (let c = 0; c < input.channels; c += 1) {
          const value = input.values[from + c] ?? 0;
          const at = (tap * input.channels + c) * channels;
          for (let k = 0; k < channels; k += 1) sums[k] = (sums[k] ?? 0) + value * (filters[at + k] ?? 0);
        }
      }
      for (let k = 0; k < channels; k += 1) values[(y * width + x) * channels + k] = leaky(sums[k] ?? 0);
    }
  }
  return { width, height, channels, values };
};

/** A 3 x 3 filter for each channel alone, then a mix of the channels; clear pixels around. */
export const separable3 = (input: FeatureMap, depth: Float32Array, mix: Float32Array, bias: Float32Array): FeatureMap => {
  const { width, height, channels } = input;
  const own = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const to = (y * width + x) * channels;
      for (let tap = 0; tap < 9; tap += 1) {
        const [sx, sy] = [x + (tap % 3) - 1, y + Math.floor(tap / 3) - 1];
        if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
        const from = (sy * width + sx) * channels;
        for (let c = 0; c < channels; c += 1)
          own[to + c] = (own[to + c] ?? 0) + (input.values[from + c] ?? 0) * (depth[tap * channels + c] ?? 0);
      }
    }
  }
  return mixChannels({ ...input, values: own }, mix, bias, leaky);
};

/** Every pixel's channels to others; `mix` by channel in, channel out. */
export const mixChannels = (
  { width, height, channels, values }: FeatureMap,
  mix: Float32Array,
  bias: Float32Array,
  after: (value: number) => number,
): FeatureMap => {
  const count = bias.length;
  const out = new Float32Array(width * height * count);
  const sums = new Float64Array(count);
  for (let i = 0; i < width * height; i += 1) {
    sums.set(bias);
    for (let c = 0; c < channels; c += 1) {
      const value = values[i * channels + c] ?? 0;
      for (let k = 0; k < count; k += 1) sums[k] = (sums[k] ?? 0) + value * (mix[c * count + k] ?? 0);
    }
    for (let k = 0; k < count; k += 1) out[i * count + k] = after(sums[k] ?? 0);
  }
  return { width, height, channels: count, values: out };
};

/** The largest of each 2 x 2 pixels, every `step` pixels; past the right and bottom edge there is nothing. */
export const poolMost = ({ width, height, channels, values }: FeatureMap, step: 1 | 2): FeatureMap => {
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const out = new Float32Array(columns * rows * channels).fill(Number.NEGATIVE_INFINITY);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const to = (y * columns + x) * channels;
      for (let tap = 0; tap < 4; tap += 1) {
        const [sx, sy] = [x * step + (tap % 2), y * step + (tap >> 1)];
        if (sx >= width || sy >= height) continue;
        const from = (sy * width + sx) * channels;
        for (let c = 0; c < channels; c += 1) out[to + c] = Math.max(out[to + c] ?? 0, values[from + c] ?? 0);
      }
    }
  }
  return { width: columns, height: rows, channels, values: out };
};
