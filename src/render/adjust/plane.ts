/** One number a pixel, row-major. */
export type Plane = { readonly width: number; readonly height: number; readonly values: Float32Array };

/** Mean over 2 * radius + 1 values along a line, edge values repeated; reads `from` and writes `to` at the same places. */
const boxLine = (from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number): void => {
  const last = start + (count - 1) * step;
  const first = from[start] ?? 0;
  const end = from[last] ?? 0;
  let sum = first * (radius + 1);
  for (let i = 1; i <= radius; i += 1) sum += i < count ? (from[start + i * step] ?? 0) : end;
  const scale = 1 / (2 * radius + 1);
  for (let i = 0, at = start; i < count; i += 1, at += step) {
    to[at] = sum * scale;
    const enter = i + radius + 1 < count ? (from[at + (radius + 1) * step] ?? 0) : end;
    const leave = i - radius >= 0 ? (from[at - radius * step] ?? 0) : first;
    sum += enter - leave;
  }
};

const gaussLine = (kernel: Float32Array, from: Float32Array, to: Float32Array, start: number, step: number, count: number): void => {
  const reach = (kernel.length - 1) / 2;
  for (let i = 0; i < count; i += 1) {
    let sum = 0;
    for (let k = -reach; k <= reach; k += 1) {
      const at = i + k < 0 ? 0 : i + k >= count ? count - 1 : i + k;
      sum += (from[start + at * step] ?? 0) * (kernel[k + reach] ?? 0);
    }
    to[start + i * step] = sum;
  }
};

const gaussKernel = (sigma: number): Float32Array => {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const raw = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = raw.reduce((total, v) => total + v, 0);
  return raw.map((v) => v / sum);
};

/** Gaussian blur, `sigma` in pixels, edges repeated. Small radii are exact; from sigma 3 on, three box passes (within 3 % of the curve). */
export const blur = (plane: Plane, sigma: number): Plane => {
  const { width, height } = plane;
  let [from, to] = [Float32Array.from(plane.values), new Float32Array(plane.values.length)];
  const rows = (run: (start: number, step: number, count: number) => void): void => {
    for (let y = 0; y < height; y += 1) run(y * width, 1, width);
  };
  const columns = (run: (start: number, step: number, count: number) => void): void => {
    for (let x = 0; x < width; x += 1) run(x, width, height);
  };
  const kernel = sigma < 3 ? gaussKernel(sigma) : null;
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  const line = (start: number, step: number, count: number): void =>
    kernel ? gaussLine(kernel, from, to, start, step, count) : boxLine(from, to, start, step, count, radius);
  for (let i = 0; i < (kernel ? 1 : 3); i += 1) {
    rows(line);
    [from, to] = [to, from];
    columns(line);
    [from, to] = [to, from];
  }
  return { width, height, values: from };
};

/** Bytes as 0..1, area-averaged by a whole factor so that the longer side is at most `maxSide`. */
export const reduce = (bytes: { readonly width: number; readonly height: number; readonly values: Uint8Array }, maxSide: number): Plane => {
  const factor = Math.ceil(Math.max(bytes.width, bytes.height) / maxSide);
  const width = Math.ceil(bytes.width / factor);
  const height = Math.ceil(bytes.height / factor);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [x1, y1] = [Math.min(bytes.width, (x + 1) * factor), Math.min(bytes.height, (y + 1) * factor)];
      let sum = 0;
      for (let sy = y * factor; sy < y1; sy += 1)
        for (let sx = x * factor; sx < x1; sx += 1) sum += bytes.values[sy * bytes.width + sx] ?? 0;
      values[y * width + x] = sum / ((x1 - x * factor) * (y1 - y * factor) * 255);
    }
  }
  return { width, height, values };
};
