/** One number a pixel, row-major. */
export type Plane = { readonly width: number; readonly height: number; readonly values: Float32Array };

export const planeOf = (width: number, height: number): Plane => ({ width, height, values: new Float32Array(width * height) });

/** Running mean along one line, its ends repeated. */
const meanLine = (from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number): void => {
  const at = (i: number): number => from[start + Math.min(count - 1, Math.max(0, i)) * step] ?? 0;
  let sum = 0;
  for (let i = -radius; i <= radius; i += 1) sum += at(i);
  for (let i = 0; i < count; i += 1) {
    to[start + i * step] = sum / (2 * radius + 1);
    sum += at(i + radius + 1) - at(i - radius);
  }
};

/** The mean over squares of 2 * radius + 1 pixels; near the borders their values are repeated. */
export const boxMean = ({ width, height, values }: Plane, radius: number): Plane => {
  const across = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y += 1) meanLine(values, across, y * width, 1, width, radius);
  for (let x = 0; x < width; x += 1) meanLine(across, out, x, width, height, radius);
  return { width, height, values: out };
};

/** Three box means: close to a Gaussian of `sigma` pixels. */
export const soften = (plane: Plane, sigma: number): Plane => {
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  return boxMean(boxMean(boxMean(plane, radius), radius), radius);
};

export const combine = (a: Plane, b: Plane, with_: (a: number, b: number) => number): Plane => ({
  ...a,
  values: a.values.map((value, i) => with_(value, b.values[i] ?? 0)),
});

/** A sample per output pixel, straight between the pixel centres of the plane; the edges are repeated. */
export const stretchPlane = (plane: Plane, width: number, height: number): Plane => {
  if (plane.width === width && plane.height === height) return plane;
  const out = planeOf(width, height);
  const columns = Array.from({ length: width }, (_, x) => lineAt(x, width, plane.width));
  for (let y = 0; y < height; y += 1) {
    const row = lineAt(y, height, plane.height);
    const [above, below] = [row.first * plane.width, row.second * plane.width];
    for (let x = 0; x < width; x += 1) {
      const { first, second, share } = columns[x] ?? { first: 0, second: 0, share: 0 };
      const top = (plane.values[above + first] ?? 0) * (1 - share) + (plane.values[above + second] ?? 0) * share;
      const bottom = (plane.values[below + first] ?? 0) * (1 - share) + (plane.values[below + second] ?? 0) * share;
      out.values[y * width + x] = top * (1 - row.share) + bottom * row.share;
    }
  }
  return out;
};

const lineAt = (i: number, to: number, from: number): { readonly first: number; readonly second: number; readonly share: number } => {
  const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
  const first = Math.floor(at);
  return { first, second: Math.min(from - 1, first + 1), share: at - first };
};

/** 0..1 to bytes. */
export const toBytes = ({ values }: Plane): Uint8Array => {
  const out = new Uint8Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = 255 * Math.min(1, Math.max(0, values[i] ?? 0)) + 0.5;
  return out;
};
